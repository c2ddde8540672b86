"""Open streams to the sound card: Qt's source and sink on one side, frames of 20 ms on the other. Main thread only.

Imported only where Qt Multimedia can be loaded (see audio_devices).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource

from agent_toolbar.engine.clock_discipline import TARGET_PLAYBACK_FRAMES
from agent_toolbar.engine.frame_ring import FRAME_BYTES, FRAME_MS, SILENCE, FrameRing
from agent_toolbar.engine.sample_format import OURS, FromDevice, SampleFormat, ToDevice

_SOURCE_BUFFER_MS = 200  # below 80 ms Qt's PulseAudio back end loses samples
_SINK_BUFFER_FRAMES = 8
_PUMP_MS = 20
_LEAST_QUEUED_FRAMES = 1.25
_MOST_WAITING_FRAMES = 10
_WATCH_MS = 1000
_STALLED_WATCHES = 4  # the first samples may come two seconds after the start

_CODES = {
    QAudioFormat.SampleFormat.UInt8: "B",
    QAudioFormat.SampleFormat.Int16: "h",
    QAudioFormat.SampleFormat.Int32: "i",
    QAudioFormat.SampleFormat.Float: "f",
}


def qt_format(device: QAudioDevice) -> QAudioFormat:
    """Our own format if the device takes it, else 48 kHz mono, else what the device prefers."""
    for rate_hz in (OURS.rate_hz, 48_000):
        wanted = QAudioFormat()
        wanted.setSampleRate(rate_hz)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(wanted):
            return wanted
    return device.preferredFormat()


def sample_format(qt: QAudioFormat) -> SampleFormat:
    return SampleFormat(qt.sampleRate(), qt.channelCount(), _CODES[qt.sampleFormat()])


class _Stalls(QObject):
    """Notices that a stream stands still: Qt says nothing when the sound server dies."""

    stalled = Signal()

    def __init__(self, progress: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._progress = progress
        self._last = 0
        self._still = 0
        self._timer = QTimer(self, interval=_WATCH_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._last, self._still = self._progress(), 0
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        now = self._progress()
        self._still = self._still + 1 if now == self._last else 0
        self._last = now
        if self._still >= _STALLED_WATCHES:
            self.stop()
            self.stalled.emit()


class PlaybackSource(Protocol):
    """Where a speaker's frames come from; FrameRing is one, see its attributes."""

    feeding: bool
    draining: bool
    downstream: float

    def __len__(self) -> int: ...

    def pull(self) -> bytes | None: ...

    def drop(self) -> None: ...

    def miss(self) -> None: ...


class MicrophoneStream(QObject):
    """Captures from one device into a ring, which it declares as fed from the first samples on.

    Signals:
        failed: it stands still; it is to be closed and opened again.
    """

    failed = Signal()

    def __init__(
        self, device: QAudioDevice, ring: FrameRing, prepare: Callable[[bytes], bytes], parent: QObject
    ) -> None:
        """`prepare` is applied to each frame that comes (volume, meter)."""
        super().__init__(parent)
        wanted = qt_format(device)
        theirs = sample_format(wanted)
        self._ring = ring
        self._prepare = prepare
        self._converter = FromDevice(theirs)
        self._source = QAudioSource(device, wanted, self)
        self._source.setBufferSize(round(theirs.bytes_per_ms * _SOURCE_BUFFER_MS))
        self._stream: QIODevice | None = None
        self._collected = b""
        self._received = 0
        self._stalls = _Stalls(lambda: self._received, self)
        self._stalls.stalled.connect(self.failed)

    def start(self) -> bool:
        """False if the device refuses. The first samples may come up to two seconds later."""
        self._stream = cast("QIODevice | None", self._source.start())
        if self._stream is None:
            return False
        self._stream.readyRead.connect(self._read)
        self._stalls.start()
        return True

    def close(self) -> None:
        if self._let_go():
            self._source.stop()
        self.deleteLater()

    def abandon(self) -> None:
        """Instead of close, when Qt's stream must not be touched any more."""
        self._let_go()
        _keep_for_ever(self)

    def _let_go(self) -> bool:
        self._stalls.stop()
        if self._stream is None:
            return False
        self._stream.readyRead.disconnect(self._read)
        self._stream = None
        self._ring.feeding = False
        return True

    def _read(self) -> None:
        if self._stream is None:
            return
        received = bytes(self._stream.readAll().data())
        self._received += len(received)
        collected = self._collected + self._converter.convert(received)
        whole = len(collected) // FRAME_BYTES * FRAME_BYTES
        self._collected = collected[whole:]
        for start in range(0, whole, FRAME_BYTES):
            self._ring.push(self._prepare(collected[start : start + FRAME_BYTES]))
        self._ring.feeding = True


class SpeakerStream(QObject):
    """Plays the frames of a ring on one device, silence while none are promised.

    About 80 ms are kept between ring and card; what comes late is replaced by silence and counted in the ring.

    Signals:
        failed: it stands still; it is to be closed and opened again.
    """

    failed = Signal()

    def __init__(
        self, device: QAudioDevice, ring: PlaybackSource, prepare: Callable[[bytes], bytes], parent: QObject
    ) -> None:
        """`prepare` is applied to each frame just before it is played (volume, meter)."""
        super().__init__(parent)
        wanted = qt_format(device)
        theirs = sample_format(wanted)
        self._ring = ring
        self._prepare = prepare
        self._converter = ToDevice(theirs)
        self._frame_bytes = theirs.bytes_per_ms * FRAME_MS
        self._sink = QAudioSink(device, wanted, self)
        self._sink.setBufferSize(round(self._frame_bytes * _SINK_BUFFER_FRAMES))
        self._stream: QIODevice | None = None
        self._pumped_s = 0.0
        self._pump_timer = QTimer(self, interval=_PUMP_MS, timerType=Qt.TimerType.PreciseTimer)
        self._pump_timer.timeout.connect(self._pump)
        self._stalls = _Stalls(self._sink.processedUSecs, self)
        self._stalls.stalled.connect(self.failed)

    def start(self) -> bool:
        """False if the device refuses."""
        self._stream = cast("QIODevice | None", self._sink.start())
        if self._stream is None:
            return False
        self._ring.draining = True
        self._pumped_s = time.monotonic()
        for _ in range(round(TARGET_PLAYBACK_FRAMES)):
            self._write(SILENCE)
        self._pump_timer.start()
        self._stalls.start()
        return True

    def close(self) -> None:
        if self._let_go():
            self._sink.stop()
        self.deleteLater()

    def abandon(self) -> None:
        """Instead of close, when Qt's stream must not be touched any more."""
        self._let_go()
        _keep_for_ever(self)

    def _let_go(self) -> bool:
        self._pump_timer.stop()
        self._stalls.stop()
        if self._stream is None:
            return False
        self._ring.draining = False
        self._stream = None
        return True

    def _pump(self) -> None:
        """Moves frames on while there is room; tops up with silence before the card runs dry."""
        ring = self._ring
        queued = (self._sink.bufferSize() - self._sink.bytesFree()) / self._frame_bytes
        self._count_dry_time(queued)
        if ring.feeding and queued + len(ring) > _MOST_WAITING_FRAMES:
            ring.drop()
        while _SINK_BUFFER_FRAMES - queued >= 1 and (frame := ring.pull()) is not None:
            self._write(self._prepare(frame))
            queued += 1
        wanted = _LEAST_QUEUED_FRAMES if ring.feeding else TARGET_PLAYBACK_FRAMES
        while queued < wanted:
            ring.miss()
            self._write(SILENCE)
            queued += 1
        ring.downstream = queued

    def _count_dry_time(self, queued: float) -> None:
        """When this process stood still for longer than what was queued, Qt has played silence by itself."""
        now_s = time.monotonic()
        if queued <= 0:
            for _ in range(round((now_s - self._pumped_s) * 1000 / FRAME_MS - self._ring.downstream)):
                self._ring.miss()
        self._pumped_s = now_s

    def _write(self, frame: bytes) -> None:
        if self._stream is not None:
            self._stream.write(self._converter.convert(frame))


_abandoned: list[QObject] = []


def _keep_for_ever(stream: QObject) -> None:
    """Neither Python nor Qt may delete it before the process ends."""
    stream.setParent(None)
    _abandoned.append(stream)
