"""The thread of the engine link: attach, hand on events, start anew after a death, until the toolbar closes it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from agent_toolbar.application.ports.telephony import AnyEvent, EngineLink, EngineLinkChanged, Shutdown
from agent_toolbar.ipc.alarm import Alarm
from agent_toolbar.telephony.codec import EngineSpeechError, decode_event, encode_command
from agent_toolbar.telephony.connection import Connection, ConnectionLostError, EngineUnresponsiveError
from agent_toolbar.telephony.engine_reach import EngineDiedError, EngineReach, StopAskedError
from agent_toolbar.telephony.engine_times import EngineTimes
from agent_toolbar.telephony.restart_policy import RestartPolicy

_log = logging.getLogger(__name__)
_LEAVE_S = 0.5


class LinkThread:
    """Owns the connection. What it has to say goes through `tell`, in order."""

    def __init__(
        self,
        make_reach: Callable[[Alarm, Callable[[], bool]], EngineReach],
        tell: Callable[[AnyEvent | EngineLinkChanged, Connection | None], None],
        times: EngineTimes,
        after: LinkThread | None,
    ) -> None:
        """`tell` gets the connection along with ATTACHED; `after` is the link before, which must have ended first."""
        self._times = times
        self._alarm = Alarm()
        self._stopping = threading.Event()
        self._keep_engine = False
        self._reach = make_reach(self._alarm, self._stopping.is_set)
        self._tell = tell
        self._after = after
        self._policy = RestartPolicy(times.restart_delays_s)
        self._thread = threading.Thread(target=self._run, name="engine-link", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self, *, keep_engine: bool) -> None:
        """From any thread; returns at once."""
        self._keep_engine = keep_engine
        self._stopping.set()
        self._alarm.ring()

    def join(self, timeout_s: float | None) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._after is not None:
            self._after.join(None)
            self._after = None
        self._say(EngineLink.STARTING)
        outcome = EngineLink.STOPPED
        detail = ""
        try:
            self._keep_attached()
        except StopAskedError:
            if not self._keep_engine and self._reach.process is not None:
                self._reach.end(0.0)  # ours, and it has nothing to finish yet
        except EngineDiedError as fault:
            outcome, detail = EngineLink.FAILED, str(fault)
        if self._reach.process is not None:
            self._reach.process.let_go()
        self._say(outcome, detail=detail)
        self._alarm.close()

    def _keep_attached(self) -> None:
        """Returns when the link was closed on purpose. Raises EngineDiedError after one death too many."""
        while True:
            try:
                connection, attached = self._reach.attach()
            except EngineDiedError as fault:
                self._note_death(fault)
                continue
            try:
                self._tell(
                    EngineLinkChanged(
                        link=EngineLink.ATTACHED, pid=attached.engine.pid, started_s=attached.engine.started_s
                    ),
                    connection,
                )
                self._tell(attached, None)
                self._hand_on(connection)
            except (ConnectionLostError, EngineSpeechError, EngineDiedError) as fault:
                connection.close()
                self._say(EngineLink.LOST, detail=str(fault))
                self._recover(fault)
            else:
                self._close(connection)
                return

    def _hand_on(self, connection: Connection) -> None:
        """Returns when the link is to be closed."""
        while not self._stopping.is_set():
            line = connection.next_line(None)
            if line is not None:
                self._tell(decode_event(line), None)

    def _recover(self, fault: Exception) -> None:
        if isinstance(fault, EngineUnresponsiveError):
            try:
                self._reach.replace(str(fault))
            except EngineDiedError as death:
                fault = death
        self._note_death(fault)

    def _note_death(self, fault: Exception) -> None:
        delay_s = self._policy.note_death(time.monotonic())
        if delay_s is None:
            raise EngineDiedError(str(fault)) from fault
        _log.warning("engine lost (%s), starting again in %.2f s", fault, delay_s)
        self._reach.pause(delay_s)

    def _close(self, connection: Connection) -> None:
        """Sends what is queued and lets the engine close first: closing with unread events would reset the connection,
        and the engine might lose its last commands."""
        if not self._keep_engine:
            connection.put(encode_command(Shutdown()))
        deadline = time.monotonic() + (_LEAVE_S if self._keep_engine else self._times.end_s)
        ended = False
        try:
            while time.monotonic() < deadline:
                if connection.flushed:
                    connection.finish()
                connection.next_line(deadline)
        except ConnectionLostError:
            ended = True
        connection.close()
        if not self._keep_engine:
            self._reach.end(self._times.end_s if ended else 0.0)

    def _say(self, link: EngineLink, *, detail: str = "") -> None:
        self._tell(EngineLinkChanged(link=link, detail=detail), None)
