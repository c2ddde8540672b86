"""Settings and secrets in memory, with the behaviour of the ports."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import AgentToolbarError, SettingsError
from agent_toolbar.settings.flat_values import values_of


class FakeSettingsStore:
    """Nothing is written; faults and forced keys are whatever the test sets.

    Attributes:
        after_policy: what is in force once the policy was read again, None for no change.
    """

    def __init__(self, settings: Settings | None = None, forced: frozenset[str] = frozenset()) -> None:
        self.current = settings or Settings()
        self.fault: AgentToolbarError | None = None
        self.policy_fault: AgentToolbarError | None = None
        self.forced = forced
        self.after_policy: Settings | None = None
        self._listeners: list[Callable[[Settings], None]] = []

    def put(self, settings: Settings) -> None:
        before, after = values_of(self.current), values_of(settings)
        for key in self.forced:
            if after[key] != before[key]:
                raise SettingsError("settings_forced", key=key)
        self._use(settings)

    def read_policy(self) -> None:
        self.policy_fault = None
        self._use(self.after_policy or self.current)

    def _use(self, settings: Settings) -> None:
        self.current = settings
        for listener in self._listeners:
            listener(settings)

    def watch(self, listener: Callable[[Settings], None]) -> None:
        self._listeners.append(listener)


class FakeSecretVault:
    """`lasting` False is a desktop without a keyring; `slow` keeps answers until `answer` is called."""

    def __init__(self, *, lasting: bool = True, slow: bool = False) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.lasting = lasting
        self.slow = slow
        self._waiting: list[Callable[[], None]] = []

    def load(self, server: str, extension: str, on_result: Callable[[str | None], None]) -> None:
        self._answer(lambda: on_result(self.secrets.get((server, extension))))

    def save(self, server: str, extension: str, password: str, on_result: Callable[[bool], None]) -> None:
        self.secrets[(server, extension)] = password
        self._answer(lambda: on_result(self.lasting))

    def forget(self, server: str, extension: str) -> None:
        self.secrets.pop((server, extension), None)

    def answer(self) -> None:
        """Gives all answers that wait."""
        waiting, self._waiting = self._waiting, []
        for answer in waiting:
            answer()

    def _answer(self, answer: Callable[[], None]) -> None:
        if self.slow:
            self._waiting.append(answer)
        else:
            answer()
