"""One role of a desk's sound (microphone, speaker, ringer): its device, and its stream while wanted. Main thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from agent_toolbar.domain.audio import FOLLOW_SYSTEM, AudioFault, AudioRole, AudioRoleSnapshot
from agent_toolbar.engine.audio_devices import DeviceWatch, choose

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

    from agent_toolbar.engine.audio_streams import MicrophoneStream, SpeakerStream

_log = logging.getLogger(__name__)

_RETRY_MS = 2000


class RoleLine(QObject):
    """Keeps a stream open on the right device for as long as it is wanted, whatever comes and goes.

    Signals:
        changed: the snapshot is another.
    """

    changed = Signal()

    def __init__(
        self,
        role: AudioRole,
        watch: DeviceWatch,
        make_stream: Callable[[QAudioDevice], MicrophoneStream | SpeakerStream],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._watch = watch
        self._make_stream = make_stream
        self._chosen = (FOLLOW_SYSTEM, "")
        self._wanted = False
        self._refused = False
        self._stream: MicrophoneStream | SpeakerStream | None = None
        self._opened_id = ""
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self.refresh)
        self.snapshot = self._choose()

    def choose(self, device_id: str, name: str) -> None:
        """Serves the role with this device from now on, also in the middle of a call."""
        if (device_id, name) != self._chosen:
            self._chosen = (device_id, name)
            self._refused = False
            self.refresh()

    def want(self, wanted: bool) -> None:
        """Opens the stream, or closes it."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._refused = False
            self.refresh()

    def refresh(self) -> None:
        """Brings the stream in line with what is wanted and with the devices that are there."""
        target = self._choose().in_use
        if self._stream is not None and (not self._wanted or target is None or target.id != self._opened_id):
            self._close()
        if self._wanted and self._stream is None and target is not None:
            self._open()
        elif not self._wanted:
            self._retry.stop()
        snapshot = self._choose()
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed.emit()

    def close(self) -> None:
        self._wanted = False
        self._retry.stop()
        self._close()

    def _choose(self) -> AudioRoleSnapshot:
        devices = self._watch.inputs if self._role is AudioRole.MICROPHONE else self._watch.outputs
        snapshot = choose(devices, *self._chosen)
        if not self._watch.loaded:
            return replace(snapshot, fault=AudioFault.NO_SOUND_SYSTEM)
        if self._refused and snapshot.in_use is not None:
            return replace(snapshot, fault=AudioFault.DEVICE_REFUSED)
        return snapshot

    def _open(self) -> None:
        target = self._choose().in_use
        if target is None:
            return
        handle = self._watch.handle(target, is_input=self._role is AudioRole.MICROPHONE)
        if handle is None or not self._watch.touchable():
            return
        stream = self._make_stream(handle)
        self._refused = not stream.start()
        if self._refused:
            _log.warning("the %s %r cannot be opened", self._role, target.name)
            stream.close()
            self._retry.start()
            return
        stream.failed.connect(self._reopen)
        self._stream, self._opened_id = stream, target.id

    def _reopen(self) -> None:
        _log.warning("the %s stands still and is opened again", self._role)
        self._close()
        self.refresh()

    def _close(self) -> None:
        if self._stream is not None:
            if self._watch.touchable():
                self._stream.close()
            else:
                self._stream.abandon()
            self._stream, self._opened_id = None, ""
