"""All sound of the engine: microphone, speaker and ringer of this desk, their volumes, levels and test. Main thread.

The frame rings join it to the media clock; nothing here touches the SIP library.
"""

from __future__ import annotations

import logging
import time
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from agent_toolbar import paths
from agent_toolbar.application.ports.telephony import AudioConfig, LevelsMeasured
from agent_toolbar.domain.audio import AudioRole, AudioSnapshot, AudioTestState
from agent_toolbar.engine.audio_devices import DeviceWatch
from agent_toolbar.engine.audio_role import RoleLine
from agent_toolbar.engine.frame_ring import FrameRing, FrameRings
from agent_toolbar.engine.level_meter import LevelMeter
from agent_toolbar.engine.ringer import LoopedSound
from agent_toolbar.engine.sound_check import SoundCheck
from agent_toolbar.engine.volume import Volume

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

    from agent_toolbar.engine.audio_streams import MicrophoneStream, SpeakerStream

_log = logging.getLogger(__name__)

_LEVELS_MS = 100
_TEST_STEP_MS = 50
_COUNT_MS = 2000


class SoundDesk(QObject):
    """The sound of this desk. Works, silently, without any device and without Qt Multimedia.

    Attributes:
        rings: capture and playback frames, for the media clock.

    Signals:
        changed: an AudioSnapshot with another device, volume, fault or state of the test, when use begins or ends,
            and while in use at most every two seconds when frames were lost.
        levels: a LevelsMeasured, ten times a second while watched.
    """

    changed = Signal(object)
    levels = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rings = FrameRings()
        self._config = AudioConfig()
        self._in_use = False
        self._watching = False
        self._test: SoundCheck | None = None
        self._test_began_s = 0.0
        self._volumes = {role: Volume() for role in AudioRole}
        self._heard, self._spoken = LevelMeter(), LevelMeter()
        self._ring_sound = _load_ring()
        self._watch = DeviceWatch(self)
        self._microphone = RoleLine(AudioRole.MICROPHONE, self._watch, self._open_microphone, self)
        self._speaker = RoleLine(AudioRole.SPEAKER, self._watch, self._open_speaker, self)
        self._ringer = RoleLine(AudioRole.RINGER, self._watch, self._open_ringer, self)
        self._lines = (self._microphone, self._speaker, self._ringer)
        self._levels_timer = QTimer(self, interval=_LEVELS_MS)
        self._levels_timer.timeout.connect(self._tell_levels)
        self._test_timer = QTimer(self, interval=_TEST_STEP_MS)
        self._test_timer.timeout.connect(self._step_test)
        self._count_timer = QTimer(self, interval=_COUNT_MS)
        self._count_timer.timeout.connect(self._tell_losses)
        self._told = self.snapshot()
        self._watch.changed.connect(self._refresh)
        for line in self._lines:
            line.changed.connect(self._tell)

    # ---------------------------------------------------------------- what the engine asks for

    def configure(self, config: AudioConfig) -> None:
        """Takes devices and volumes into use, also in the middle of a call."""
        self._config = config
        self._volumes[AudioRole.MICROPHONE].factor = config.microphone_volume
        self._volumes[AudioRole.SPEAKER].factor = config.speaker_volume
        self._volumes[AudioRole.RINGER].factor = config.ringer_volume
        self._microphone.choose(config.microphone_id, config.microphone_name)
        self._speaker.choose(config.speaker_id, config.speaker_name)
        self._ringer.choose(config.ringer_id, config.ringer_name)
        self._tell()

    def snapshot(self) -> AudioSnapshot:
        return AudioSnapshot(
            inputs=self._watch.inputs,
            outputs=self._watch.outputs,
            microphone=self._microphone.snapshot,
            speaker=self._speaker.snapshot,
            ringer=self._ringer.snapshot,
            microphone_volume=self._volumes[AudioRole.MICROPHONE].factor,
            speaker_volume=self._volumes[AudioRole.SPEAKER].factor,
            ringer_volume=self._volumes[AudioRole.RINGER].factor,
            test=self._test.state if self._test else AudioTestState.IDLE,
            counters=self.rings.counters(),
        )

    def set_in_use(self, in_use: bool) -> None:
        """A call is offered or up: opens microphone and speaker. A test that runs is ended."""
        if in_use and self._test is not None:
            self.stop_test()
        self._in_use = in_use
        self._serve()
        if in_use:
            self._count_timer.start()
        else:
            self._count_timer.stop()
        self._tell(counters=True)

    def ring(self, ringing: bool) -> None:
        """Rings in a loop on the ringing device until told otherwise."""
        if self._ring_sound is not None:
            self._ring_sound.rewind()
            self._ringer.want(ringing)

    def watch_levels(self, watching: bool) -> None:
        """Measures ten times a second; the microphone is open meanwhile."""
        self._watching = watching
        if watching:
            self._heard.read()
            self._spoken.read()
            self._levels_timer.start()
        else:
            self._levels_timer.stop()
        self._serve()

    def start_test(self, seconds: float) -> None:
        """Records for `seconds` (1 to 10), then plays it back. Nothing happens in a call: calls come first."""
        if self._in_use:
            return
        self._end_test()
        self._test = SoundCheck(seconds)
        self._test_began_s = time.monotonic()
        self._test_timer.start()
        self._serve()
        self._tell()

    def stop_test(self) -> None:
        self._end_test()
        self._serve()
        self._tell()

    def close(self) -> None:
        """Lets go of all devices; the desk is of no use afterwards."""
        self._levels_timer.stop()
        self._test_timer.stop()
        self._count_timer.stop()
        for line in self._lines:
            line.close()
        self._watch.close()

    # ---------------------------------------------------------------- inside

    @property
    def _test_state(self) -> AudioTestState:
        return self._test.state if self._test else AudioTestState.IDLE

    def _serve(self) -> None:
        """Opens what somebody needs now and closes the rest."""
        state = self._test_state
        self._microphone.want(self._in_use or self._watching or state is AudioTestState.RECORDING)
        self._speaker.want(self._in_use or state is AudioTestState.PLAYING)

    def _open_microphone(self, device: QAudioDevice) -> MicrophoneStream:
        from agent_toolbar.engine.audio_streams import MicrophoneStream  # noqa: PLC0415 - needs Qt Multimedia

        return MicrophoneStream(device, self.rings.capture, self._prepare_spoken, self)

    def _open_speaker(self, device: QAudioDevice) -> SpeakerStream:
        from agent_toolbar.engine.audio_streams import SpeakerStream  # noqa: PLC0415 - needs Qt Multimedia

        ring: FrameRing = self.rings.playback if self._test is None else self._test.recording
        return SpeakerStream(device, ring, self._prepare_heard, self)

    def _open_ringer(self, device: QAudioDevice) -> SpeakerStream:
        from agent_toolbar.engine.audio_streams import SpeakerStream  # noqa: PLC0415 - needs Qt Multimedia

        assert self._ring_sound is not None
        return SpeakerStream(device, self._ring_sound, self._volumes[AudioRole.RINGER].apply, self)

    def _prepare_spoken(self, frame: bytes) -> bytes:
        frame = self._volumes[AudioRole.MICROPHONE].apply(frame)
        if self._watching:
            self._spoken.measure(frame)
        if self._test is not None:
            self._test.record(frame)
        return frame

    def _prepare_heard(self, frame: bytes) -> bytes:
        frame = self._volumes[AudioRole.SPEAKER].apply(frame)
        if self._watching:
            self._heard.measure(frame)
        return frame

    def _refresh(self) -> None:
        for line in self._lines:
            line.refresh()
        self._tell()

    def _step_test(self) -> None:
        if self._test is None or not self._test.advance(time.monotonic() - self._test_began_s):
            return
        self._serve()
        if self._test.state is AudioTestState.PLAYING:
            self._test.play()
        else:
            self._test_timer.stop()
        self._tell()

    def _end_test(self) -> None:
        self._test_timer.stop()
        self._test = None
        if not self._in_use:
            self._speaker.want(False)

    def _tell_levels(self) -> None:
        self.levels.emit(LevelsMeasured(microphone=self._spoken.read(), speaker=self._heard.read()))

    def _tell_losses(self) -> None:
        told, now = self._told.counters, self.rings.counters()
        if replace(now, captured=0, played=0) != replace(told, captured=0, played=0):
            self._tell(counters=True)

    def _tell(self, *, counters: bool = False) -> None:
        snapshot = self.snapshot()
        known = self._told if counters else replace(self._told, counters=snapshot.counters)
        if snapshot != known:
            self._told = snapshot
            self.changed.emit(snapshot)


def _load_ring() -> LoopedSound | None:
    file = paths.resource_path("sounds", "ring.wav")
    try:
        return LoopedSound(file)
    except (OSError, wave.Error, ValueError):
        _log.exception("calls ring without a sound: %s cannot be used", file.name)
        return None
