"""Decides which customer calls next and when. Runs on the asyncio loop."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.practice.changes import Changes
from agent_toolbar.practice.scripts import Scenario


@dataclass(frozen=True, slots=True)
class Pace:
    """first_call_s after the registration, next_call_s after the last call ended."""

    first_call_s: float = 4.0
    next_call_s: float = 15.0


class Traffic:
    """Customers call one after the other, first in the order of the lessons, then shuffled.

    Nobody calls while there is a call. `changed` must be called when a registration or a call begins or ends.
    """

    def __init__(
        self,
        lessons: list[Scenario],
        pace: Pace,
        seed: int | None,
        *,
        is_registered: Callable[[], bool],
        is_busy: Callable[[], bool],
        call: Callable[[Scenario], object],
    ) -> None:
        """is_busy: there is a call. call: starts a scenario and returns at once, busy by then."""
        self._lessons = lessons
        self._pace = pace
        self._random = random.Random(seed)
        self._is_registered = is_registered
        self._is_busy = is_busy
        self._call = call
        self._changes = Changes()
        self._queue: list[Scenario] = []
        self._first_round = True
        self._quiet = False

    def set_quiet(self, *, quiet: bool) -> None:
        """Quiet: nobody calls unless asked to."""
        self._quiet = quiet
        self._changes.notify()

    def changed(self) -> None:
        self._changes.notify()

    async def run(self) -> None:
        """Never returns; cancel it."""
        while True:
            await self._changes.until(self._is_registered)
            wait_s = self._pace.first_call_s
            while self._is_registered():
                await self._changes.until(lambda: self._may_call() or not self._is_registered())
                disturbed = await self._changes.until(lambda: not self._may_call(), wait_s)
                if not disturbed:
                    self._call(self.next_scenario())
                wait_s = self._pace.next_call_s

    def next_scenario(self) -> Scenario:
        if not self._queue:
            self._queue = list(self._lessons)
            if not self._first_round:
                self._random.shuffle(self._queue)
            self._first_round = False
        return self._queue.pop(0)

    def _may_call(self) -> bool:
        return not self._quiet and self._is_registered() and not self._is_busy()
