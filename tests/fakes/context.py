"""A store of shared stories in memory. It answers at once, or when the test says so."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.domain.context import LIFE_S, PROBABLE_S, CallContext
from agent_toolbar.domain.errors import AgentToolbarError, StorageError

Found = Callable[[CallContext | None], None]
FaultListener = Callable[[AgentToolbarError | None], None]


class FakeContextStore:
    """Implements application.ports.context.ContextStore.

    `slow` keeps answers until `answer` is called; `away` plays a database that cannot be reached. `asked` lists the
    keys, and pairs of number and extension, that were looked for; `used` the URLs.
    """

    def __init__(self, clock: Clock, *, slow: bool = False) -> None:
        self.stories: dict[str, tuple[float, CallContext]] = {}
        self.asked: list[str | tuple[str, str]] = []
        self.slow = slow
        self.away = False
        self.closed = False
        self.used: list[str] = []
        self._clock = clock
        self._listeners: list[FaultListener] = []
        self._waiting: list[Callable[[], None]] = []

    def use(self, url: str) -> None:
        self.used.append(url)

    def check(self, on_result: FaultListener) -> None:
        on_result(StorageError("context_store_unreachable", place="db.test") if self.away else None)

    def put(self, context: CallContext) -> None:
        self.stories.pop(context.key, None)
        self.stories[context.key] = (self._clock.now_s(), context)

    def find(self, key: str, on_result: Found) -> None:
        self.asked.append(key)
        self._answer(on_result, next((story for story in self._living(LIFE_S) if story.key == key), None))

    def find_probable(self, number: str, extension: str, on_result: Found) -> None:
        self.asked.append((number, extension))
        found = [
            story
            for story in self._living(PROBABLE_S)
            if number in {story.number, story.sender.extension} - {""}
            and extension in {story.to_extension, story.sender.extension} - {""}
        ]
        self._answer(on_result, found[-1] if found else None)

    def watch_faults(self, listener: FaultListener) -> None:
        self._listeners.append(listener)

    def show_fault(self, fault: AgentToolbarError | None) -> None:
        for listener in self._listeners:
            listener(fault)

    def answer(self) -> None:
        """Gives all answers that wait."""
        waiting, self._waiting = self._waiting, []
        for answer in waiting:
            answer()

    def close(self) -> None:
        self.closed = True

    def _living(self, seconds: float) -> list[CallContext]:
        if self.away:
            return []
        since_s = self._clock.now_s() - seconds
        return [story for kept_s, story in self.stories.values() if kept_s >= since_s]

    def _answer(self, on_result: Found, story: CallContext | None) -> None:
        if self.slow:
            self._waiting.append(lambda: on_result(story))
        else:
            on_result(story)
