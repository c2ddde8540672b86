"""Passwords in the system's keyring, else in the memory of this process; never in a file, a log or a command line.

Called on the GUI thread; a keyring may ask the person or hang, so it is only spoken to on a worker thread.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from agent_toolbar import paths
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.settings.keyring_backends import Keyring, find_real_keyring
from agent_toolbar.settings.long_secrets import LongSecrets

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_Secret = tuple[str, str]

PATIENCE_S = 20.0  # enough for a person to unlock the keyring


class KeyringVault:
    """Implements application.ports.settings.SecretVault.

    A password that was saved in this process is always found again in it, whatever becomes of the keyring.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        *,
        find_keyring: Callable[[], Keyring | None] = find_real_keyring,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`find_keyring` is called on the worker thread, until it has found one. Late answers count as none."""
        self._dispatcher = dispatcher
        self._find_keyring = find_keyring
        self._patience_s = patience_s
        self._service = _service_name()
        self._memory: dict[_Secret, str] = {}
        self._keyring: Keyring | None = None
        self._worker = _Worker()

    def load(self, server: str, extension: str, on_result: Callable[[str | None], None]) -> None:
        secret = _named(server, extension)
        if secret in self._memory:
            self._dispatcher.post(partial(on_result, self._memory[secret]))
            return
        self._ask(lambda keyring: keyring.get_password(self._service, _username(secret)), None, on_result)

    def save(self, server: str, extension: str, password: str, on_result: Callable[[bool], None]) -> None:
        secret = _named(server, extension)
        self._memory[secret] = password

        def keep(keyring: Keyring) -> bool:
            keyring.set_password(self._service, _username(secret), password)
            return True

        self._ask(keep, False, on_result)

    def forget(self, server: str, extension: str) -> None:
        secret = _named(server, extension)
        self._memory.pop(secret, None)

        def remove(keyring: Keyring) -> bool:
            if keyring.get_password(self._service, _username(secret)) is not None:
                keyring.delete_password(self._service, _username(secret))
            return True

        self._ask(remove, False, lambda _: None)

    def _ask(
        self, deed: Callable[[Keyring], _Result], otherwise: _Result, on_result: Callable[[_Result], None]
    ) -> None:
        """Answers what `deed` gives, or `otherwise` where there is no keyring, it refuses or takes too long."""
        answer = _FirstOf(self._dispatcher, on_result)
        limit = threading.Timer(self._patience_s, partial(answer.give, otherwise))
        limit.daemon = True
        limit.start()

        def work() -> None:
            result = otherwise
            try:
                if self._keyring is None and (found := self._find_keyring()) is not None:
                    self._keyring = LongSecrets(found)
                if self._keyring is not None:
                    result = deed(self._keyring)
            except Exception as fault:  # noqa: BLE001  # back ends raise whatever D-Bus, Win32 or macOS raised
                # Its text stays out of the log: nobody can promise that no secret is in it.
                _log.warning("the keyring refused: %s", type(fault).__name__)
            limit.cancel()
            answer.give(result)

        self._worker.add(work)


class _FirstOf(Generic[_Result]):
    """Answers once on the GUI thread, whoever comes first."""

    def __init__(self, dispatcher: Dispatcher, on_result: Callable[[_Result], None]) -> None:
        self._dispatcher = dispatcher
        self._on_result = on_result
        self._guard = threading.Lock()
        self._given = False

    def give(self, result: _Result) -> None:
        with self._guard:
            first = not self._given
            self._given = True
        if first:
            self._dispatcher.post(partial(self._on_result, result))


class _Worker:
    """Does one piece of work after the other on a thread that lives while there is some; it may hang for ever."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[Callable[[], None]] = deque()
        self._busy = False

    def add(self, work: Callable[[], None]) -> None:
        with self._guard:
            self._waiting.append(work)
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="keyring", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._guard:
                if not self._waiting:
                    self._busy = False
                    return
                work = self._waiting.popleft()
            work()


def _named(server: str, extension: str) -> _Secret:
    return server.strip().lower(), extension.strip()


def _username(secret: _Secret) -> str:
    server, extension = secret
    return f"{extension}@{server}"


def _service_name() -> str:
    """Two profiles on one desktop keep their passwords apart."""
    return "agent-toolbar" if paths.moved_home() is None else f"agent-toolbar {paths.profile_key()}"
