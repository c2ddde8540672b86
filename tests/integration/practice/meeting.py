"""The practice exchange and a telephone of our own, both in this process, on real UDP sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from agent_toolbar.practice.exchange import Exchange
from agent_toolbar.practice.people import People
from agent_toolbar.practice.script_files import load_scripts
from agent_toolbar.practice.scripts import Language, PracticeScripts
from tests.integration.practice.tiny_phone import TinyPhone

_RINGS_S = 0.4


def _quick(scripts: PracticeScripts) -> PracticeScripts:
    """The same people, but for how long they let it ring."""
    colleagues = {name: replace(one, rings_s=_RINGS_S) for name, one in scripts.colleagues.items()}
    return replace(scripts, colleagues=colleagues)


SCRIPTS = _quick(load_scripts())
Test = Callable[["Meeting"], Awaitable[None]]


class Meeting:
    """Attributes:
    events: what the exchange reported, as (event, facts).
    """

    def __init__(self, language: Language = Language.EN) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.exchange = Exchange(SCRIPTS, People.load(), language, self._report)
        self.phone = TinyPhone(self.exchange)
        self.exchange.on_change = self.phone.changes.notify

    def _report(self, event: str, **facts: str | int | bool) -> None:
        self.events.append((event, facts))
        self.phone.changes.notify()

    def names(self) -> list[str]:
        return [event for event, _ in self.events]

    async def run(self, test: Test) -> None:
        await self.exchange.open()
        await self.phone.open()
        try:
            await test(self)
        finally:
            await self.exchange.close()
            self.phone.close()


def meet(test: Test, language: Language = Language.EN) -> None:
    asyncio.run(Meeting(language).run(test))
