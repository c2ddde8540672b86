"""The language of an audit's report. Pure; apart from the toolbar's catalogues, as no Qt runs on the audit's thread."""

from __future__ import annotations

from agent_toolbar.diagnostics.audit.french import FRENCH

NOT_ASKED = "not asked"


class Words:
    """Says our sentences, given in English, in one language.

    Attributes:
        language: "en" or "fr".
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language if language == "fr" else "en"

    def say(self, sentence: str, **values: str | int) -> str:
        """The values fill the {places} of the sentence and are never read as one themselves."""
        return self._known(sentence).format(**values)

    def heard(self, text: str) -> str:
        """What came from outside or instead of it: what the PBX said stays as it is."""
        return self._known(text or NOT_ASKED)

    def _known(self, text: str) -> str:
        return FRENCH.get(text, text) if self.language == "fr" else text


ENGLISH = Words()
