"""A real engine process in a profile of its own, and a toolbar's end of its socket, for tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.json_lines import LineSplitter

E = TypeVar("E", bound=port.Event)
WAIT_S = 10.0


class EngineProcess:
    """Starts `python -m agent_toolbar.engine` and ends it by its pid."""

    def __init__(self, home: Path, runtime: Path, *, idle_limit_s: float = 30.0) -> None:
        self._environment = {**os.environ, "AGENT_TOOLBAR_HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}
        self._idle_limit_s = idle_limit_s
        self.runtime = runtime
        self.process = self.spawn()

    def spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "agent_toolbar.engine", "--idle-limit-s", str(self._idle_limit_s)],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def endpoint(self) -> Endpoint:
        (folder,) = (self.runtime / "agent-toolbar").iterdir()
        return Endpoint("engine", folder)

    def connect(self) -> socket.socket:
        limit = time.monotonic() + WAIT_S
        while True:
            try:
                return self.endpoint.connect(1.0)[0]
            except (OSError, ValueError):
                assert self.process.poll() is None, f"the engine died with {self.process.returncode}"
                assert time.monotonic() < limit, "the engine does not listen"
                os.sched_yield()

    def toolbar(self) -> Toolbar:
        return Toolbar(self.connect())

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def log(self) -> str:
        return "".join(file.read_text() for file in sorted(self.endpoint.folder.glob("engine*.log*")))

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(WAIT_S)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()


class Toolbar:
    """Speaks the port's language with an engine; keeps everything it heard."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.events: list[Any] = []
        self._looked_at = 0
        self._lines = LineSplitter()
        self._decoder = msgspec.json.Decoder(port.AnyEvent)

    def attach(self) -> port.Attached:
        self.send(port.Attach(request=1))
        return self.wait(port.Attached)

    def send(self, command: port.Command) -> None:
        self.socket.sendall(msgspec.json.encode(command) + b"\n")

    def set_account(self, pbx_port: int, **changes: Any) -> None:
        values = {"server": "127.0.0.1", "extension": "1001", "password": "secret", "port": pbx_port, **changes}
        self.send(port.SetAccount(account=port.AccountConfig(**values)))

    def wait(self, kind: type[E], condition: Callable[[E], bool] = lambda _: True, timeout_s: float = WAIT_S) -> E:
        """The next event of that kind that fulfils the condition; those before it are passed over."""
        limit = time.monotonic() + timeout_s
        while True:
            while self._looked_at < len(self.events):
                event = self.events[self._looked_at]
                self._looked_at += 1
                if isinstance(event, kind) and condition(event):
                    return event
            left = limit - time.monotonic()
            heard = left > 0 and self._receive(left)
            assert heard, f"no such {kind.__name__}; heard {self.events[-12:]}"

    def wait_call(self, condition: Callable[[CallSnapshot], bool], timeout_s: float = WAIT_S) -> CallSnapshot:
        return self.wait(port.CallChanged, lambda event: condition(event.call), timeout_s).call

    def wait_state(self, state: CallState, call: str = "") -> CallSnapshot:
        return self.wait_call(lambda one: one.state is state and one.id == (call or one.id))

    def wait_registration(self, state: RegistrationState, timeout_s: float = WAIT_S) -> RegistrationSnapshot:
        event = self.wait(port.RegistrationChanged, lambda one: one.registration.state is state, timeout_s)
        return event.registration

    def register(self, pbx_port: int, **changes: Any) -> RegistrationSnapshot:
        self.set_account(pbx_port, **changes)
        self.send(port.Register(request=2))
        return self.wait_registration(RegistrationState.REGISTERED)

    def calls(self) -> list[CallSnapshot]:
        """Every snapshot of a call heard so far."""
        return [event.call for event in self.events if isinstance(event, port.CallChanged)]

    def drain(self) -> None:
        """Hears what was said until now: the answer to a harmless command comes after it."""
        self.send(port.Mute(request=99, call="nobody", muted=True))
        self.wait(port.CommandRefused, lambda event: event.request == 99)

    def wait_closed(self, timeout_s: float = WAIT_S) -> None:
        limit = time.monotonic() + timeout_s
        while self._receive(max(0.01, limit - time.monotonic())):
            assert time.monotonic() < limit, "the engine keeps the connection"

    def close(self) -> None:
        self.socket.close()

    def _receive(self, timeout_s: float) -> bool:
        """False at the end of the connection or of the time."""
        self.socket.settimeout(timeout_s)
        try:
            received = self.socket.recv(1 << 16)
        except (TimeoutError, ConnectionResetError):
            return False
        self.events += [self._decoder.decode(line) for line in self._lines.feed(received)]
        return bool(received)
