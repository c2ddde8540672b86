"""Finds the running engine of this profile or starts one, and greets it. Runs on the engine link's thread."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from agent_toolbar.application.ports.telephony import PROTOCOL_VERSION, Attach, Attached, CommandRefused, Shutdown
from agent_toolbar.ipc.alarm import Alarm
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.telephony.codec import EngineSpeechError, Peek, decode_event, encode_command, peek
from agent_toolbar.telephony.connection import Connection, ConnectionLostError, EngineUnresponsiveError
from agent_toolbar.telephony.engine_process import EngineProcess, kill_foreign
from agent_toolbar.telephony.engine_times import EngineTimes

_log = logging.getLogger(__name__)

_CONNECT_S = 1.0
_POLL_S = 0.01
_KILL_S = 2.0


class StopAskedError(Exception):
    """The toolbar closes the link while an engine was being reached."""


class EngineDiedError(Exception):
    """No engine could be attached; the text is for the log."""


class EngineReach:
    """Gets one attached connection at a time."""

    def __init__(
        self,
        *,
        endpoint: Endpoint,
        command: Sequence[str],
        alarm: Alarm,
        stop_asked: Callable[[], bool],
        times: EngineTimes,
        error_log: Path | None,
        process: EngineProcess | None = None,
    ) -> None:
        """`process` is an engine that was started already and may not listen yet."""
        self._endpoint = endpoint
        self._command = command
        self._alarm = alarm
        self._stop_asked = stop_asked
        self._times = times
        self._error_log = error_log
        self._lock = InstanceLock(endpoint.name, endpoint.folder)
        self.process = process

    def attach(self) -> tuple[Connection, Attached]:
        """Attaches to the engine that runs, else to a new one.

        Raises EngineDiedError, after which no engine that hangs is left, and StopAskedError.
        """
        try:
            while True:
                attached = self._attach_once()
                if attached is not None:
                    return attached
        except (EngineUnresponsiveError, EngineSpeechError) as fault:
            self.replace(str(fault))
        except ConnectionLostError as fault:
            raise EngineDiedError(f"attaching: {fault}") from fault

    def replace(self, reason: str) -> NoReturn:
        """Kills the engine that holds this profile and raises EngineDiedError(reason)."""
        self._kill(reason)
        raise EngineDiedError(reason)

    def pause(self, seconds: float) -> None:
        """Waits. Raises StopAskedError when the toolbar closes the link meanwhile."""
        deadline = time.monotonic() + seconds
        while (left_s := deadline - time.monotonic()) > 0:
            self._alarm.wait(left_s)
            self._alarm.clear()
            self._require_wanted()

    def end(self, wait_s: float) -> None:
        """Waits until the engine has ended, and kills it after `wait_s`."""
        deadline = time.monotonic() + wait_s
        while self._alive() and time.monotonic() < deadline:
            self._alarm.wait(_POLL_S)
            self._alarm.clear()
        if self._alive():
            self._kill("it does not end")

    def _kill(self, reason: str) -> None:
        _log.warning("engine is killed: %s", reason)
        if self.process is not None and self.process.exit_status() is None:
            self.process.kill()
        holder = self._lock.holder_pid()
        if holder:
            kill_foreign(holder)
            deadline = time.monotonic() + _KILL_S
            while self._lock.holder_pid() and time.monotonic() < deadline:
                self._alarm.wait(_POLL_S)

    def _alive(self) -> bool:
        if self.process is not None and self.process.exit_status() is None:
            return True
        return self._lock.holder_pid() != 0

    def _attach_once(self) -> tuple[Connection, Attached] | None:
        """None when an engine of another protocol version was there and has ended now."""
        connection, secret = self._open() or self._start_and_open()
        with contextlib.ExitStack() as unless_attached:
            unless_attached.callback(connection.close)
            attached = self._greet(connection, secret)
            if attached is None:
                return None
            unless_attached.pop_all()
            return connection, attached

    def _open(self) -> tuple[Connection, str] | None:
        try:
            connected, secret = self._endpoint.connect(_CONNECT_S)
        except TimeoutError as fault:
            raise EngineUnresponsiveError("it accepts no connection") from fault
        except OSError:  # nobody listens
            return None
        return Connection(connected, self._alarm), secret

    def _start_and_open(self) -> tuple[Connection, str]:
        self._require_wanted()
        if self.process is None or self.process.exit_status() is not None:
            self.process = self._start()
        deadline = time.monotonic() + self._times.listen_s
        while True:
            exit_status = self.process.exit_status()
            opened = self._open()
            if opened is not None:
                return opened
            if exit_status is not None and not self._lock.holder_pid():
                raise EngineDiedError(f"exit status {exit_status} before it listened")
            if time.monotonic() >= deadline:
                self.replace("it does not listen")
            self.pause(_POLL_S)

    def _start(self) -> EngineProcess:
        if self.process is not None:
            self.process.let_go()
        try:
            return EngineProcess(self._command, self._error_log)
        except OSError as fault:
            raise EngineDiedError(f"starting: {fault}") from fault

    def _greet(self, connection: Connection, secret: str) -> Attached | None:
        """None when an engine of another protocol version was there and has ended now."""
        deadline = time.monotonic() + self._times.attach_s
        connection.put(encode_command(Attach(secret=secret, toolbar_pid=os.getpid())))
        line = None
        while line is None:
            if time.monotonic() >= deadline:
                raise EngineUnresponsiveError("no answer to Attach")
            line = connection.next_line(deadline)
            self._require_wanted()
        greeting = peek(line)
        if greeting.type == Attached.__struct_config__.tag and greeting.protocol != PROTOCOL_VERSION:
            self._outlast(connection, greeting)
            return None
        answer = decode_event(line)
        if isinstance(answer, CommandRefused):
            raise EngineUnresponsiveError(f"refused Attach: {answer.code} {answer.detail}")
        if not isinstance(answer, Attached):
            raise EngineUnresponsiveError(f"answered Attach with {type(answer).__name__}")
        return answer

    def _outlast(self, connection: Connection, greeting: Peek) -> None:
        """Lets an engine of another version finish its calls, then ends it: an update came during a call."""
        calls = {call.id for call in greeting.engine.calls}
        _log.warning("engine speaks protocol %d, it ends after its %d calls", greeting.protocol, len(calls))
        ending = False
        while True:
            if not calls and not ending:
                connection.put(encode_command(Shutdown()))
                ending = True
            try:
                line = connection.next_line(None)
            except ConnectionLostError:
                break
            self._require_wanted()
            if line is not None:
                calls.discard(peek(line).ended_call)
        self.end(self._times.end_s)

    def _require_wanted(self) -> None:
        if self._stop_asked():
            raise StopAskedError
