"""A system that is asked who opens links, and answers at once or when a test lets it."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.scheme_handlers import (
    DesktopSystem,
    HandlersAnswer,
    HandlersFound,
    Offer,
    SchemeHolder,
)
from agent_toolbar.domain.errors import AgentToolbarError

LINPHONE = HandlersFound(
    DesktopSystem.LINUX,
    Offer.NONE,
    Offer.NONE,
    (
        SchemeHolder("tel", "Linphone", "linphone.desktop"),
        SchemeHolder("callto"),
        SchemeHolder("sip", "Linphone", "linphone.desktop"),
        SchemeHolder("sips"),
        SchemeHolder("agent-toolbar"),
    ),
)


def held_by_us(found: HandlersFound) -> HandlersFound:
    """As after the person chose the toolbar for everything."""
    ours = tuple(SchemeHolder(one.scheme, "Agent Toolbar", "ours", ours=True) for one in found.holders)
    return replace(found, user=Offer.CURRENT, holders=ours)


class FakeLinkHandlers:
    """Implements LinkHandlers. Attributes: refuses: the answer to the next deed; slow: answers wait for `answer`."""

    def __init__(self, found: HandlersFound = LINPHONE) -> None:
        self.found = found
        self.before = found
        self.asked: list[str] = []
        self.refuses: AgentToolbarError | None = None
        self.slow = False
        self._waiting: list[tuple[HandlersAnswer, HandlersFound | AgentToolbarError]] = []

    def read(self, on_result: HandlersAnswer) -> None:
        self.asked.append("read")
        self._tell(on_result, self.found)

    def register(self, on_result: HandlersAnswer, *, default: bool = False) -> None:
        self.asked.append("register --default" if default else "register")
        if self.refuses is not None:
            self._tell(on_result, self.refuses)
            return
        self.found = held_by_us(self.found) if default else replace(self.found, user=Offer.CURRENT)
        self._tell(on_result, self.found)

    def unregister(self, on_result: HandlersAnswer) -> None:
        self.asked.append("unregister")
        self.found = self.before
        self._tell(on_result, self.refuses or self.found)

    def answer(self) -> None:
        """Everything that waits is answered."""
        waiting, self._waiting = self._waiting, []
        for on_result, answer in waiting:
            on_result(answer)

    def _tell(self, on_result: HandlersAnswer, answer: HandlersFound | AgentToolbarError) -> None:
        self._waiting.append((on_result, answer))
        if not self.slow:
            self.answer()
