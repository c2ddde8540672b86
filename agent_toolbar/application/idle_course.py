"""Asks an agent whom the desktop has not noticed for some time whether they are there. GUI thread.

Unknown never means away: where the desktop cannot tell, nobody is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.runtime import Clock, IdleWatch, Timers
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.toolbar_state import IdleQuestion

LOOK_S = 10


class IdleCourse:
    """Looks only while the agent is ready and has no call.

    Attributes:
        question: what is asked now, None if nothing.
    """

    def __init__(
        self,
        watch: IdleWatch,
        settings: SettingsStore,
        clock: Clock,
        timers: Timers,
        *,
        waits_for_calls: Callable[[], bool],
        go_away: Callable[[str], None],
        on_change: Callable[[], None],
    ) -> None:
        """`go_away` sets the reason that it is given."""
        self._watch = watch
        self._settings = settings
        self._clock = clock
        self._timers = timers
        self._waits_for_calls = waits_for_calls
        self._go_away = go_away
        self._on_change = on_change
        self._here_s = 0.0
        self.question: IdleQuestion | None = None

    def start(self) -> None:
        self._timers.after_ms(LOOK_S * 1000, self._look)

    def still_there(self) -> None:
        """The agent answered."""
        self._here_s = self._clock.now_s()
        self._ask(None)

    def _look(self) -> None:
        self._timers.after_ms(LOOK_S * 1000, self._look)
        if self._settings.current.availability.idle_min and self._waits_for_calls():
            self._watch.idle_s(self._found)
        else:
            self._ask(None)

    def _found(self, idle_s: float | None) -> None:
        wanted, now_s = self._settings.current.availability, self._clock.now_s()
        limit_s = wanted.idle_min * 60
        if idle_s is None or not limit_s or min(idle_s, now_s - self._here_s) < limit_s:
            self._ask(None)
        elif self.question is None:
            question = IdleQuestion(now_s + wanted.idle_answer_s, wanted.idle_reason)
            self._ask(question)
            self._timers.after_ms(wanted.idle_answer_s * 1000, lambda: self._unanswered(question))

    def _unanswered(self, question: IdleQuestion) -> None:
        if self.question is not question:
            return
        self._ask(None)
        if self._waits_for_calls():
            self._go_away(question.reason)

    def _ask(self, question: IdleQuestion | None) -> None:
        if question != self.question:
            self.question = question
            self._on_change()
