"""Reasons and outcomes while a person edits them: as typed, with what is still wrong. Pure values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.application.ports.settings import Disposition, Reason

LONGEST_CODE = 40
LONGEST_LABEL = 60
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SECONDS_PER_MINUTE = 60


class CodeProblem(StrEnum):
    EMPTY = "empty"
    CHARACTERS = "characters"
    TWICE = "twice"


@dataclass
class Draft:
    """One reason or outcome as it stands in the fields.

    Attributes:
        max_min: whole minutes, 0 for no limit (reasons only); extra_s: what the settings have beyond whole minutes.
        follows_label: nobody typed a code yet, so it is made from the words.
    """

    code: str = ""
    en: str = ""
    fr: str = ""
    needs_note: bool = False
    colour: str = ""
    max_min: int = 0
    extra_s: int = 0
    follows_label: bool = False

    @classmethod
    def of(cls, entry: Reason | Disposition) -> Draft:
        minutes, extra_s = divmod(entry.max_s, _SECONDS_PER_MINUTE) if isinstance(entry, Reason) else (0, 0)
        return cls(entry.code, entry.en, entry.fr, entry.needs_note, entry.colour, minutes, extra_s)

    @property
    def blank(self) -> bool:
        """A new row in which nothing stands yet."""
        return not (self.code or self.en or self.fr)

    def reason(self) -> Reason:
        max_s = self.max_min * _SECONDS_PER_MINUTE + self.extra_s
        return Reason(self.code, self.en, self.fr, self.needs_note, self.colour, max_s)

    def disposition(self) -> Disposition:
        return Disposition(self.code, self.en, self.fr, self.needs_note, self.colour)


def code_problem(drafts: Sequence[Draft], place: int) -> CodeProblem | None:
    """What is wrong with the code of one of them; nothing with that of a blank one."""
    draft = drafts[place]
    if draft.blank:
        return None
    if not draft.code:
        return CodeProblem.EMPTY
    if not _CODE.fullmatch(draft.code):
        return CodeProblem.CHARACTERS
    if any(other.code == draft.code for other in drafts[:place]):
        return CodeProblem.TWICE
    return None


def code_of(label: str, taken: Sequence[str]) -> str:
    """A code that says the same as `label` and is not in `taken`: "Déjeuner tardif" becomes "dejeuner_tardif"."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_CODE].rstrip("_")
    if not code or code not in taken:
        return code
    number = 2
    while f"{code[: LONGEST_CODE - 4]}_{number}" in taken:
        number += 1
    return f"{code[: LONGEST_CODE - 4]}_{number}"
