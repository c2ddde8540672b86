"""Links that the system hands to the running application, as macOS does (QFileOpenEvent). GUI thread.

WORKAROUND(QUrl): it reads the number of `tel://0301234567` as the IPv4 address 3.5.57.119, so the raw text of the event
comes first, and a number of such a link that is an address is refused instead of dialled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.dial_uri import OWN_SCHEME, SCHEMES, LinkRefusal
from agent_toolbar.domain.errors import AgentToolbarError, LinkError
from agent_toolbar.domain.text import plain_text

_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", re.ASCII)
_NUMBER_SCHEMES = frozenset({"tel", "callto"})
_OURS = frozenset({*SCHEMES, OWN_SCHEME})
_MAX_SHOWN = 40


class LinkApplication(QApplication):
    """The application that hears of opened links.

    An event filter would do, too, but Qt asks one in Python about every event of every window.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(arguments)
        self._receive: Callable[[QFileOpenEvent], bool] | None = None
        self._early: list[QFileOpenEvent] = []

    def receive(self, receiver: Callable[[QFileOpenEvent], bool]) -> None:
        """From now on `receiver` is told, first of what came while there was none."""
        self._receive = receiver
        early, self._early = self._early, []
        for event in early:
            receiver(event)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if self._receive is None:
            self._early.append(event.clone())
            return True
        return self._receive(event)


class OpenedLinks:
    """Hands what was opened to the toolbar, which asks the person; what is refused is said on the bar."""

    def __init__(self, toolbar: Toolbar, bring_up: Callable[[], None]) -> None:
        self._toolbar = toolbar
        self._bring_up = bring_up

    def take(self, event: QFileOpenEvent) -> bool:
        """False for what is no link of ours, a file for example."""
        try:
            text = link_text(event.file(), event.url())
            if not text:
                return False
            self._bring_up()
            self._toolbar.request_dial(text, DialSource.LINK)
        except AgentToolbarError as error:
            self._bring_up()
            self._toolbar.report(error)
        return True


def link_text(raw: str, url: QUrl) -> str:
    """The link as it was written: `raw`, or what `url` still knows of it; "" when neither is a link of ours.

    Raises LinkError("link_damaged", text) for a number that is gone.
    """
    if _scheme(raw) in _OURS:
        return raw
    if not raw and not url.isValid():  # more digits than an address can hold
        raise LinkError(f"link_{LinkRefusal.DAMAGED}", text="…")
    if url.scheme().lower() not in _OURS:
        return ""
    text = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if url.scheme().lower() in _NUMBER_SCHEMES and _IPV4.fullmatch(url.host()):
        raise LinkError(f"link_{LinkRefusal.DAMAGED}", text=plain_text(text, _MAX_SHOWN))
    return text


def _scheme(text: str) -> str:
    scheme, colon, _ = text.strip().partition(":")
    return scheme.lower() if colon else ""
