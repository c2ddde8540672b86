"""The port TelephonyEngine over the engine process. Called on the GUI thread; the waiting is in `LinkThread`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.telephony import AnyCommand, AnyEvent, EngineLink, EngineLinkChanged
from agent_toolbar.domain.errors import EngineError
from agent_toolbar.ipc.alarm import Alarm
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.telephony.codec import encode_command
from agent_toolbar.telephony.connection import Connection
from agent_toolbar.telephony.engine_process import EngineProcess, engine_command
from agent_toolbar.telephony.engine_reach import EngineReach
from agent_toolbar.telephony.engine_times import EngineTimes
from agent_toolbar.telephony.link_thread import LinkThread


class EngineClient:
    """Implements application.ports.telephony.TelephonyEngine.

    Each attachment is said as EngineLinkChanged(ATTACHED), followed by the engine's `Attached` with its snapshot.
    """

    def __init__(
        self,
        *,
        dispatcher: Dispatcher,
        endpoint: Endpoint,
        command: Sequence[str] | None = None,
        times: EngineTimes | None = None,
        error_log: Path | None = None,
        started_ahead: EngineProcess | None = None,
    ) -> None:
        """`command` starts an engine that listens at `endpoint`; None for the one of this installation.

        `started_ahead` is an engine that is coming up already: the first one to attach to.
        """
        self._dispatcher = dispatcher
        self._endpoint = endpoint
        self._command = list(command or engine_command())
        self._times = times or EngineTimes()
        self._error_log = error_log
        self._started_ahead = started_ahead
        self._listeners: list[Callable[[AnyEvent | EngineLinkChanged], None]] = []
        self._link = EngineLink.STOPPED
        self._connection: Connection | None = None
        self._thread: LinkThread | None = None
        self._wanted = False
        self._generation = 0

    @property
    def link(self) -> EngineLink:
        """What the listeners were told last."""
        return self._link

    def listen(self, listener: Callable[[AnyEvent | EngineLinkChanged], None]) -> None:
        self._listeners.append(listener)

    def send(self, command: AnyCommand) -> None:
        if self._connection is None:
            raise EngineError("engine_not_attached")
        self._connection.put(encode_command(command))

    def start(self) -> None:
        """No effect while the link lives; after FAILED and after `stop` it begins anew."""
        if self._wanted:
            return
        self._wanted = True
        self._generation += 1
        self._thread = LinkThread(self._make_reach, partial(self._post, self._generation), self._times, self._thread)
        self._thread.start()

    def stop(self, *, keep_engine: bool) -> None:
        self._wanted = False
        self._connection = None
        if self._thread is not None:
            self._thread.ask_to_stop(keep_engine=keep_engine)

    def join(self, timeout_s: float) -> bool:
        """After `stop`, before this process ends: waits until the link is closed; False if that took longer."""
        return self._thread is None or self._thread.join(timeout_s)

    def _make_reach(self, alarm: Alarm, stop_asked: Callable[[], bool]) -> EngineReach:
        ahead, self._started_ahead = self._started_ahead, None
        return EngineReach(
            endpoint=self._endpoint,
            command=self._command,
            alarm=alarm,
            stop_asked=stop_asked,
            times=self._times,
            error_log=self._error_log,
            process=ahead,
        )

    def _post(self, generation: int, message: AnyEvent | EngineLinkChanged, connection: Connection | None) -> None:
        """On the link's thread."""
        self._dispatcher.post(partial(self._hear, generation, message, connection))

    def _hear(self, generation: int, message: AnyEvent | EngineLinkChanged, connection: Connection | None) -> None:
        """On the GUI thread."""
        if isinstance(message, EngineLinkChanged):
            self._link = message.link
            if generation == self._generation:
                self._connection = connection if self._wanted else None
                self._wanted = self._wanted and message.link is not EngineLink.FAILED
        for listener in self._listeners:
            listener(message)
