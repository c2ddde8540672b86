"""Which sound devices this desktop has and which one serves a role. Lives on the engine's main thread.

Qt Multimedia is loaded here and nowhere else, because it cannot be loaded on a desktop without libpulse.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from agent_toolbar.domain.audio import FOLLOW_SYSTEM, AudioDevice, AudioFault, AudioRoleSnapshot

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

_log = logging.getLogger(__name__)

_SETTLE_MS = 300
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

    Signals:
        changed: the lists or the default differ from before, said once when a plug has settled (300 ms).
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = _load()
        self.loaded = self._source is not None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._compare)
        self._handles: dict[tuple[str, bool], QAudioDevice] = {}
        self.inputs: tuple[AudioDevice, ...] = ()
        self.outputs: tuple[AudioDevice, ...] = ()
        if self._source is not None:
            self._source.audioInputsChanged.connect(self._settling.start)
            self._source.audioOutputsChanged.connect(self._settling.start)
            self._read(self._source)

    def handle(self, device: AudioDevice, *, is_input: bool) -> QAudioDevice | None:
        """Qt's device, None if it just went."""
        return self._handles.get((device.id, is_input))

    def close(self) -> None:
        self._settling.stop()
        if self._source is not None:
            self._source.audioInputsChanged.disconnect(self._settling.start)
            self._source.audioOutputsChanged.disconnect(self._settling.start)
            self._source = None

    def _compare(self) -> None:
        if self._source is None:
            return
        before = self.inputs, self.outputs
        self._read(self._source)
        if (self.inputs, self.outputs) != before:
            self.changed.emit()

    def _read(self, source: QMediaDevices) -> None:
        inputs, outputs = source.audioInputs(), source.audioOutputs()
        self._handles = {(_id(device), True): device for device in inputs}
        self._handles |= {(_id(device), False): device for device in outputs}
        self.inputs, self.outputs = _as_values(inputs), _as_values(outputs)


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "backslashreplace")


def _as_values(devices: Iterable[QAudioDevice]) -> tuple[AudioDevice, ...]:
    """Each id once: after PulseAudio was started anew, Qt lists some devices twice."""
    values = {_id(device): AudioDevice(_id(device), device.description(), device.isDefault()) for device in devices}
    return tuple(values.values())


def _load() -> QMediaDevices | None:
    """Qt's list of devices, with the PulseAudio back end on Linux unless the user chose another."""
    if sys.platform == "linux":
        # Native PipeWire is not settled yet in Qt 6.11 (decision 0003); pipewire-pulse serves the PulseAudio back end.
        os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")
        # WORKAROUND(Qt 6.11): the back end asks for periods of 1,024 samples, which are 64 ms at our rate, and gives
        # PulseAudio no room beyond; libpulse lets this variable overrule both.
        os.environ.setdefault("PULSE_LATENCY_MSEC", _PULSE_PERIOD_MS)
    try:
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415
    except ImportError as error:
        _log.warning("no sound: Qt Multimedia cannot be loaded: %s", error)
        return None
    # Without a plug-in path Qt does not load FFmpeg (12 MB), which devices, sinks and sources do not need.
    plugin_paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        devices = QMediaDevices()
        devices.audioInputs()
        return devices
    finally:
        QCoreApplication.setLibraryPaths(plugin_paths)
