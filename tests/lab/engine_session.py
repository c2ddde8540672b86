"""An engine process alone, spoken to as the toolbar does: commands as JSON lines in, events out."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from agent_toolbar import paths
from agent_toolbar.application.ports.telephony import (
    AccountConfig,
    AnyCommand,
    AnyEvent,
    Attach,
    Attached,
    AudioChanged,
    AudioConfig,
    CallChanged,
    CommandRefused,
    Dial,
    Event,
    PresenceChanged,
    Register,
    RegistrationChanged,
    SetAccount,
    SetAudio,
)
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.json_lines import LineSplitter
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 10.0

E = TypeVar("E", bound=Event)


class EngineSession:
    """One engine and one attached client of it. Snapshots are as new as the last event that came.

    Attributes:
        events: everything that the engine said, oldest first.
        calls: the newest snapshot of each call, ended ones too.
        environ: what the engine was started with.
        attached: the newest answer to Attach.
    """

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.events: list[AnyEvent] = []
        self.calls: dict[str, CallSnapshot] = {}
        self.environ = dict(environ)
        self._folder = folder
        self._endpoint = Endpoint("engine", _runtime_dir(self.environ))
        self._decoder = msgspec.json.Decoder(AnyEvent)
        self._registration = RegistrationSnapshot()
        self._audio = AudioSnapshot()
        self._presence: tuple[ExtensionPresence, ...] = ()
        self._numbers = itertools.count(1)
        self._process: ChildProcess | None = None
        self._socket: socket.socket | None = None
        self._splitter = LineSplitter()

    # ---------------------------------------------------------------- process and connection

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *arguments: str) -> None:
        """Starts the engine and attaches."""
        command = [sys.executable, "-m", "agent_toolbar.engine", *arguments]
        self._process = ChildProcess(command, self._folder / "engine.log", self.environ)
        self.attach()

    def running(self) -> bool:
        return self._process is not None and self._process.running()

    def attach(self) -> Attached:
        """Connects and waits for the snapshot of everything, which also stays in `attached`."""
        connected, secret = wait_until(self._connect, START_TIMEOUT_S, f"the engine to listen, see {self._folder}")
        connected.setblocking(False)
        self._socket, self._splitter = connected, LineSplitter()
        seen = len(self.events)
        self.send(Attach(secret=secret, toolbar_pid=os.getpid()))
        self.attached = wait_until(lambda: self._first(Attached, seen), START_TIMEOUT_S, "Attached")
        return self.attached

    def detach(self) -> None:
        """Closes the connection without a word, as a toolbar that was killed does."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def kill(self) -> None:
        self.detach()
        assert self._process is not None
        self._process.kill()

    def stop(self) -> None:
        """Asks the engine to end; it must do so cleanly, without an abort of the library on the way out."""
        self.detach()
        process, self._process = self._process, None
        if process is not None and process.running():
            status = process.stop()
            assert status == 0, f"the engine ended with {status}: {process.output()[-3000:]}"

    # ---------------------------------------------------------------- commands

    def send(self, command: AnyCommand) -> None:
        assert self._socket is not None
        self._socket.setblocking(True)
        self._socket.sendall(msgspec.json.encode(command) + b"\n")
        self._socket.setblocking(False)

    def log_in(
        self,
        pbx: AsteriskPbx,
        extension: str = "1001",
        *,
        password: str | None = None,
        **wishes: Any,
    ) -> None:
        """Gives the account and switches CTI on; does not wait."""
        self.set_account(pbx, extension, password=password, **wishes)
        self.send(Register())

    def set_account(
        self,
        pbx: AsteriskPbx,
        extension: str = "1001",
        *,
        password: str | None = None,
        **wishes: Any,
    ) -> None:
        """wishes: further members of AccountConfig."""
        account = AccountConfig(
            server=pbx.host,
            port=pbx.port,
            extension=extension,
            password=pbx.password_of(extension) if password is None else password,
            **wishes,
        )
        self.send(SetAccount(account=account))

    def await_registered(self, timeout_s: float = 10.0) -> None:
        self.await_registration(lambda now: now.state is RegistrationState.REGISTERED, timeout_s)

    def ring_on(self, device_id: str) -> None:
        """Chooses the ringing device and waits until the engine uses it."""
        self.send(SetAudio(audio=AudioConfig(ringer_id=device_id, ringer_name=device_id)))
        wait_until(lambda: (used := self.audio.ringer.in_use) and used.id == device_id, 5, f"to ring on {device_id}")

    def dial(self, target: str, **wishes: Any) -> str:
        """The id of the new call; wishes: further members of Dial."""
        call = f"lab-{next(self._numbers)}"
        self.send(Dial(call=call, target=target, **wishes))
        return call

    def refusal(self, command: AnyCommand, timeout_s: float = 5.0) -> CommandRefused:
        """Sends a command that must be refused, and gives the refusal."""
        request = next(self._numbers) + 1000
        seen = len(self.events)
        self.send(msgspec.structs.replace(command, request=request))
        refused = wait_until(lambda: self._first(CommandRefused, seen), timeout_s, f"{command} to be refused")
        assert refused.request == request
        return refused

    # ---------------------------------------------------------------- what the engine says

    @property
    def registration(self) -> RegistrationSnapshot:
        self._listen()
        return self._registration

    @property
    def audio(self) -> AudioSnapshot:
        self._listen()
        return self._audio

    def presence(self) -> dict[str, Presence]:
        """Of every watched extension."""
        self._listen()
        return {one.extension: one.presence for one in self._presence}

    def told_of(self, call: str, since: int = 0) -> list[CallSnapshot]:
        """Every snapshot of a call in the events from that one on."""
        self._listen()
        changed = [event.call for event in self.events[since:] if isinstance(event, CallChanged)]
        return [one for one in changed if one.id == call]

    def live_calls(self) -> list[CallSnapshot]:
        self._listen()
        return [call for call in self.calls.values() if call.live]

    def await_registration(
        self, condition: Callable[[RegistrationSnapshot], bool], timeout_s: float = 10.0
    ) -> RegistrationSnapshot:
        wait_until(lambda: condition(self.registration), timeout_s, lambda: f"a registration; {self._story()}")
        return self._registration

    def await_call(
        self, condition: Callable[[CallSnapshot], bool], timeout_s: float = 10.0, call: str = ""
    ) -> CallSnapshot:
        """The first call (or the named one) for which `condition` holds."""

        def found() -> CallSnapshot | None:
            self._listen()
            known = [self.calls[call]] if call in self.calls else list(self.calls.values()) if not call else []
            return next((snapshot for snapshot in known if condition(snapshot)), None)

        return wait_until(found, timeout_s, lambda: f"a call of the wanted kind; {self._story()}")

    def await_state(self, state: CallState, call: str = "", timeout_s: float = 10.0) -> CallSnapshot:
        return self.await_call(lambda snapshot: snapshot.state is state, timeout_s, call)

    # ---------------------------------------------------------------- inside

    def _story(self) -> str:
        return "the engine said:\n" + "\n".join(str(event) for event in self.events[-12:])

    def _connect(self) -> tuple[socket.socket, str] | None:
        if not self.running():
            assert self._process is not None
            raise AssertionError(f"the engine ended: {self._process.output()[-3000:]}")
        with contextlib.suppress(OSError):
            return self._endpoint.connect(1.0)
        return None

    def _first(self, kind: type[E], since: int) -> E | None:
        self._listen()
        return next((event for event in self.events[since:] if isinstance(event, kind)), None)

    def _listen(self) -> None:
        """Takes in what has come so far; never waits."""
        while self._socket is not None:
            try:
                received = self._socket.recv(65536)
            except BlockingIOError:
                return
            if not received:
                self.detach()
            for line in self._splitter.feed(received):
                self._take(self._decoder.decode(line))

    def _take(self, event: AnyEvent) -> None:
        self.events.append(event)
        match event:
            case Attached(engine=engine):
                self._registration, self._audio = engine.registration, engine.audio
                self._presence = engine.presence
                self.calls.update({call.id: call for call in engine.calls})
            case CallChanged(call=call):
                self.calls[call.id] = call
            case RegistrationChanged(registration=registration):
                self._registration = registration
            case AudioChanged(audio=audio):
                self._audio = audio
            case PresenceChanged(presence=presence):
                self._presence = presence


def _runtime_dir(environ: Mapping[str, str]) -> Path:
    """Where a process with this environment keeps its sockets."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_RUNTIME_DIR", paths.HOME_VARIABLE):
            patch.setenv(name, environ[name])
        return paths.runtime_dir()
