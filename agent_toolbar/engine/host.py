"""Joins the parts of the engine and ends them in order: sound on the Qt thread, SIP and control on their own."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.errors import EngineError
from agent_toolbar.engine.bulletin import Bulletin
from agent_toolbar.engine.control_server import ControlServer
from agent_toolbar.engine.dialog_store import DialogStore
from agent_toolbar.engine.library import Library
from agent_toolbar.engine.media_clock import MediaClock
from agent_toolbar.engine.server_lookup import ServerLookup
from agent_toolbar.engine.sip_thread import SipThread
from agent_toolbar.engine.sound_desk import SoundDesk
from agent_toolbar.engine.taking_back import reconnecting
from agent_toolbar.engine.user_agent import UserAgent
from agent_toolbar.ipc.endpoint import Endpoint

_log = logging.getLogger(__name__)

_END_LIMIT_MS = 8000


class _DeskRemote(QObject):
    """Says to the SoundDesk on the Qt thread what other threads want of it.

    Signals:
        in_use_asked, ring_asked, configured, levels_asked, test_asked, test_ended: as the methods of SoundDesk.
    """

    in_use_asked = Signal(bool)
    ring_asked = Signal(bool)
    configured = Signal(object)
    levels_asked = Signal(bool)
    test_asked = Signal(float)
    test_ended = Signal()

    def __init__(self, desk: SoundDesk) -> None:
        super().__init__()
        queued = Qt.ConnectionType.QueuedConnection
        self.in_use_asked.connect(desk.set_in_use, queued)
        self.ring_asked.connect(desk.ring, queued)
        self.configured.connect(desk.configure, queued)
        self.levels_asked.connect(desk.watch_levels, queued)
        self.test_asked.connect(desk.start_test, queued)
        self.test_ended.connect(desk.stop_test, queued)

    def set_in_use(self, in_use: bool) -> None:
        self.in_use_asked.emit(in_use)

    def ring(self, ringing: bool) -> None:
        self.ring_asked.emit(ringing)


class EngineHost(QObject):
    """The whole engine. Lives on the Qt thread."""

    _stop_asked = Signal(str)
    _sip_ended = Signal()

    def __init__(self, endpoint: Endpoint, idle_limit_s: float) -> None:
        """Listens at once; the caller holds the lock of the profile's engine."""
        super().__init__()
        self._endpoint = endpoint
        self._stopping = False
        self._desk = SoundDesk()
        self._remote = _DeskRemote(self._desk)
        self._lookup = ServerLookup()
        self._bulletin = Bulletin(os.getpid(), time.time())
        self._store = DialogStore(endpoint.folder)
        for stored in self._store.read():
            self._bulletin.note_event(port.CallChanged(call=reconnecting(stored.call)))
        listener, secret = endpoint.listen()
        self._control = ControlServer(
            listener,
            secret,
            self._bulletin,
            on_command=self._route,
            on_detached=self._toolbar_left,
            on_idle=lambda: self._stop_asked.emit("idle"),
            idle_limit_s=idle_limit_s,
        )
        self._sip = SipThread(self._build_user_agent)
        queued = Qt.ConnectionType.QueuedConnection
        self._stop_asked.connect(self.stop, queued)
        self._sip_ended.connect(self._finish, queued)
        self._desk.changed.connect(lambda snapshot: self._control.publish(port.AudioChanged(audio=snapshot)))
        self._desk.levels.connect(self._control.publish)
        self._end_limit = QTimer(self, singleShot=True, interval=_END_LIMIT_MS)
        self._end_limit.timeout.connect(self._give_up)

    def start(self) -> None:
        self._bulletin.note_event(port.AudioChanged(audio=self._desk.snapshot()))
        self._sip.start(on_end=self._sip_ended.emit)
        self._control.start()

    def stop(self, why: str) -> None:
        """Ends everything within a bounded time; the event loop then returns."""
        if self._stopping:
            return
        self._stopping = True
        _log.info("engine stops: %s", why)
        self._end_limit.start()
        self._control.publish(port.EngineStopping())
        self._sip.stop()

    def _route(self, command: port.AnyCommand) -> None:
        """On the control thread."""
        match command:
            case port.SetAudio(audio=audio):
                self._remote.configured.emit(audio)
            case port.WatchLevels(watching=watching):
                self._remote.levels_asked.emit(watching)
            case port.StartAudioTest(seconds=seconds):
                if self._bulletin.has_live_calls:
                    raise EngineError("audio_test_in_call")
                self._remote.test_asked.emit(seconds)
            case port.StopAudioTest():
                self._remote.test_ended.emit()
            case port.Shutdown():
                self._stop_asked.emit("shutdown")
            case _:
                self._sip.post(lambda: self._agent.execute(command))

    def _toolbar_left(self) -> None:
        """On the control thread: nobody looks at the meters any more."""
        self._remote.levels_asked.emit(False)
        self._remote.test_ended.emit()

    def _build_user_agent(self, post: Callable[[Callable[[], None]], None]) -> UserAgent:
        """On the SIP thread."""

        def clock(library: Library) -> MediaClock:
            return MediaClock(self._desk.rings, library.register_thread)

        self._agent = UserAgent(
            self._control.publish, post, self._lookup.look_up, clock, self._remote, store=self._store
        )
        return self._agent

    def _finish(self) -> None:
        """The SIP thread has ended, by our wish or by a fault of its own."""
        if self._sip.join(1.0):
            self._end_limit.stop()
        self._desk.close()
        self._control.stop()
        self._endpoint.remove()
        QCoreApplication.exit(0 if self._sip.failed is None else 1)

    def _give_up(self) -> None:
        _log.error("the SIP thread does not end; leaving without it")
        self._endpoint.remove()
        os._exit(1)
