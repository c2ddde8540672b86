"""Which sound devices this desktop has and which one serves a role. Lives on the engine's main thread.

Qt Multimedia is loaded here first, and late, because it cannot be loaded on a desktop without libpulse.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from agent_toolbar.domain.audio import FOLLOW_SYSTEM, AudioDevice, AudioFault, AudioRoleSnapshot
from agent_toolbar.engine.pulse_server import PulseServer

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

_log = logging.getLogger(__name__)

_SETTLE_MS = 300
_POLL_MS = 1000
_ANSWER_MS = 30
_FIRST_ANSWER_S = 0.3
_QT_RECONNECTS_S = 3.0
_MARGIN_S = 0.5
_PULSE_PERIOD_MS = "40"


def choose(devices: Sequence[AudioDevice], chosen_id: str, chosen_name: str) -> AudioRoleSnapshot:
    """The device that serves a role: the chosen id, else the chosen name, else the desktop's default."""
    default = next((device for device in devices if device.is_default), devices[0] if devices else None)
    if default is None:
        return AudioRoleSnapshot(chosen_id, chosen_name, None, AudioFault.NO_DEVICE)
    if chosen_id == FOLLOW_SYSTEM:
        return AudioRoleSnapshot(chosen_id, chosen_name, default)
    found = _find(devices, chosen_id, chosen_name)
    fault = AudioFault.NONE if found else AudioFault.CHOSEN_DEVICE_GONE
    return AudioRoleSnapshot(chosen_id, chosen_name, found or default, fault)


def _find(devices: Sequence[AudioDevice], chosen_id: str, chosen_name: str) -> AudioDevice | None:
    by_id = (device for device in devices if device.id == chosen_id)
    by_name = (device for device in devices if chosen_name and device.name == chosen_name)
    return next(by_id, None) or next(by_name, None)


class DeviceWatch(QObject):
    """The devices of this desktop, kept up to date.

    Attributes:
        loaded: False where Qt Multimedia cannot be loaded; there are no devices then.
        inputs, outputs: the devices of now.

    Signals:
        changed: the lists or the default differ from before, said once when a plug has settled (300 ms).
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: QMediaDevices | None = None
        self._handles: dict[tuple[str, bool], QAudioDevice] = {}
        self.inputs: tuple[AudioDevice, ...] = ()
        self.outputs: tuple[AudioDevice, ...] = ()
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._compare)
        self._poll = QTimer(self, singleShot=True)
        self._poll.timeout.connect(self._look_at_server)
        self.loaded = _can_load()
        self._server = PulseServer() if self.loaded and _on_pulse() else None
        self._outage = SoundServerOutage()
        if self._server is not None:
            self._server.poll_until_settled(_FIRST_ANSWER_S)
            self._look_at_server()
        elif self.loaded:
            self._begin()

    def handle(self, device: AudioDevice, *, is_input: bool) -> QAudioDevice | None:
        """Qt's device, None if it just went."""
        return self._handles.get((device.id, is_input))

    def touchable(self) -> bool:
        """Qt's streams may be opened and closed; while the sound server is away that would end the process."""
        if self._server is None:
            return True
        self._server.poll()
        return not self._outage.lasts(alive=self._server.alive, now_s=time.monotonic())

    def close(self) -> None:
        self._settling.stop()
        self._poll.stop()
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._source is not None:
            self._source.audioInputsChanged.disconnect(self._settling.start)
            self._source.audioOutputsChanged.disconnect(self._settling.start)
            self._source = None

    def _begin(self) -> None:
        self._source = _load()
        self._source.audioInputsChanged.connect(self._settling.start)
        self._source.audioOutputsChanged.connect(self._settling.start)

    def _look_at_server(self) -> None:
        if self._server is None:
            return
        self.touchable()
        if self._source is None and self._server.alive:
            self._begin()
        self._compare()
        self._poll.start(_POLL_MS if self._server.settled else _ANSWER_MS)

    def _compare(self) -> None:
        before = self.inputs, self.outputs
        self._read()
        if (self.inputs, self.outputs) != before:
            self.changed.emit()

    def _read(self) -> None:
        gone = self._server.gone if self._server is not None else frozenset()
        away = self._source is None or self._outage.lasting
        inputs = [] if away or self._source is None else self._source.audioInputs()
        outputs = [] if away or self._source is None else self._source.audioOutputs()
        known = [(device, True) for device in inputs] + [(device, False) for device in outputs]
        self._handles = {(_id(device), way): device for device, way in known if _id(device) not in gone}
        self.inputs = _as_values(device for (_, is_input), device in self._handles.items() if is_input)
        self.outputs = _as_values(device for (_, is_input), device in self._handles.items() if not is_input)


class SoundServerOutage:
    """Whether Qt has lost the sound server. It tries once, three seconds later; where that fails, it never does again.

    Attributes:
        lasting: Qt must not be asked to open or close a stream.
    """

    def __init__(self) -> None:
        self.lasting = False
        self._was_alive = False
        self._began_s = 0.0
        self._back_s = 0.0

    def lasts(self, *, alive: bool, now_s: float) -> bool:
        """`lasting` after a look at the server."""
        if self._was_alive and not alive:
            _log.warning("the sound server is gone")
            self.lasting, self._began_s = True, now_s
        elif alive and not self._was_alive:
            self._back_s = now_s
        self._was_alive = alive
        in_time = self._back_s < self._began_s + _QT_RECONNECTS_S - _MARGIN_S
        if self.lasting and alive and in_time and now_s > self._began_s + _QT_RECONNECTS_S + _MARGIN_S:
            _log.info("the sound server is back")
            self.lasting = False
        return self.lasting


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "backslashreplace")


def _as_values(devices: Iterable[QAudioDevice]) -> tuple[AudioDevice, ...]:
    return tuple(AudioDevice(_id(device), device.description(), device.isDefault()) for device in devices)


def _on_pulse() -> bool:
    return sys.platform == "linux" and os.environ.get("QT_AUDIO_BACKEND") == "pulseaudio"


def _can_load() -> bool:
    """Loads Qt Multimedia, with the PulseAudio back end on Linux unless the user chose another."""
    if sys.platform == "linux":
        # Native PipeWire is not settled yet in Qt 6.11 (decision 0003); pipewire-pulse serves the PulseAudio back end.
        os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")
        # WORKAROUND(Qt 6.11): the back end asks for periods of 1,024 samples, which are 64 ms at our rate, and gives
        # PulseAudio no room beyond; libpulse lets this variable overrule both.
        os.environ.setdefault("PULSE_LATENCY_MSEC", _PULSE_PERIOD_MS)
    try:
        import PySide6.QtMultimedia  # noqa: F401, PLC0415
    except ImportError as error:
        _log.warning("no sound: Qt Multimedia cannot be loaded: %s", error)
        return False
    return True


def _load() -> QMediaDevices:
    """Qt's list of devices, which connects to the sound server."""
    from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - see _can_load

    # Without a plug-in path Qt does not load FFmpeg (12 MB), which devices, sinks and sources do not need.
    plugin_paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        devices = QMediaDevices()
        devices.audioInputs()
        return devices
    finally:
        QCoreApplication.setLibraryPaths(plugin_paths)
