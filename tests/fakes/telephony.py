"""The port TelephonyEngine in this process: records what it is told and says what the test wants."""

from __future__ import annotations

import os
from collections.abc import Callable

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.telephony import AnyCommand, AnyEvent, EngineLink, EngineLinkChanged
from agent_toolbar.domain.errors import EngineError
from tests.fakes.engine_script import EngineScript


class FakeTelephonyEngine:
    """Implements TelephonyEngine. Listeners are called inside `emit`, or through `dispatcher` when one is given.

    Attributes:
        commands: everything that was sent, oldest first.
        script: the pretended engine; with `reacts` it answers commands as a well-behaved engine does.
        unanswered: kinds of commands that it takes without a word; the test says what comes of them.
    """

    def __init__(self, *, dispatcher: Dispatcher | None = None, reacts: bool = False) -> None:
        self.commands: list[AnyCommand] = []
        self.script = EngineScript()
        self.unanswered: set[type[AnyCommand]] = set()
        self.link = EngineLink.STOPPED
        self._dispatcher = dispatcher
        self._reacts = reacts
        self._wanted = False
        self._listeners: list[Callable[[AnyEvent | EngineLinkChanged], None]] = []

    def listen(self, listener: Callable[[AnyEvent | EngineLinkChanged], None]) -> None:
        self._listeners.append(listener)

    def send(self, command: AnyCommand) -> None:
        if self.link is not EngineLink.ATTACHED:
            raise EngineError("engine_not_attached")
        self.commands.append(command)
        if self._reacts and type(command) not in self.unanswered:
            for event in self.script.react(command):
                self.emit(event)

    def start(self) -> None:
        if not self._wanted:
            self._wanted = True
            self.emit(EngineLinkChanged(link=EngineLink.STARTING))
            self.attach()

    def stop(self, *, keep_engine: bool) -> None:
        if not keep_engine:
            self.script = EngineScript()
        self._wanted = False
        self.link = EngineLink.STOPPED
        self.emit(EngineLinkChanged(link=EngineLink.STOPPED))

    def attach(self) -> None:
        """The engine is there (again): ATTACHED, then its snapshot."""
        self.emit(EngineLinkChanged(link=EngineLink.ATTACHED, pid=os.getpid(), started_s=self.script.started_s))
        self.emit(wire.Attached(protocol=wire.PROTOCOL_VERSION, engine=self.script.snapshot()))

    def die(self) -> None:
        """The engine is gone with its calls; `attach` brings a new one."""
        self.script = EngineScript()
        self.emit(EngineLinkChanged(link=EngineLink.LOST, detail="killed by the test"))

    def emit(self, message: AnyEvent | EngineLinkChanged) -> None:
        """Says `message` to all listeners."""
        if self._dispatcher is None:
            self._hear(message)
        else:
            self._dispatcher.post(lambda: self._hear(message))

    def _hear(self, message: AnyEvent | EngineLinkChanged) -> None:
        if isinstance(message, EngineLinkChanged):
            self.link = message.link
            self._wanted = self._wanted and message.link is not EngineLink.FAILED
        for listener in self._listeners:
            listener(message)
