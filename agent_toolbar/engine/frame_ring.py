"""Bounded queues of audio frames between the media clock's thread and the sound card's thread."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from agent_toolbar.domain.audio import AudioCounters

SAMPLE_RATE_HZ = 16_000
FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE_HZ * FRAME_MS // 1000
FRAME_BYTES = 2 * FRAME_SAMPLES
SILENCE = bytes(FRAME_BYTES)

_CAPTURE_FRAMES = 10
_PLAYBACK_FRAMES = 15


class FrameRing:
    """Frames of 20 ms (16 kHz, mono, signed 16 bit) from one producer thread to one consumer thread.

    When it is full, the oldest frame goes, so that the delay stays bounded. Without a consumer it stays empty.
    No lock is needed: the deque's steps are atomic under the interpreter's lock.

    Attributes:
        feeding: the producer promises a frame every 20 ms, so that an empty ring is a loss.
        downstream: frames that the consumer took and did not play yet, by its own count.
        passed, dropped, missing: frames taken out, thrown away, and not there when they were due.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._frames: deque[bytes] = deque()
        self._draining = False
        self.feeding = False
        self.downstream = 0.0
        self.passed = 0
        self.dropped = 0
        self.missing = 0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def draining(self) -> bool:
        """A consumer takes frames out. Setting it, either way, empties the ring."""
        return self._draining

    @draining.setter
    def draining(self, value: bool) -> None:
        self._draining = value
        self._frames.clear()
        self.downstream = 0.0

    def push(self, frame: bytes) -> None:
        """By the producer. Ignored while nobody drains the ring."""
        if not self._draining:
            return
        if len(self._frames) >= self._capacity:
            self.drop()
        self._frames.append(frame)

    def pull(self) -> bytes | None:
        """By the consumer: the oldest frame, None if there is none."""
        frame = self._take()
        if frame is not None:
            self.passed += 1
        return frame

    def drop(self) -> None:
        """By the consumer: throws the oldest frame away, because too many wait."""
        if self._take() is not None:
            self.dropped += 1

    def miss(self) -> None:
        """By the consumer: a frame was due and did not come. Not counted when the producer promised none."""
        if self.feeding:
            self.missing += 1

    def _take(self) -> bytes | None:
        try:
            return self._frames.popleft()
        except IndexError:
            return None


@dataclass(frozen=True, slots=True)
class FrameRings:
    """The two rings of a desk: capture from the microphone to the bridge, playback from the bridge to the speaker."""

    capture: FrameRing = field(default_factory=lambda: FrameRing(_CAPTURE_FRAMES))
    playback: FrameRing = field(default_factory=lambda: FrameRing(_PLAYBACK_FRAMES))

    def counters(self) -> AudioCounters:
        return AudioCounters(
            captured=self.capture.passed,
            played=self.playback.passed,
            capture_dropped=self.capture.dropped,
            capture_missing=self.capture.missing,
            play_dropped=self.playback.dropped,
            play_missing=self.playback.missing,
        )
