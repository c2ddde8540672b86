"""The sound test of the settings: a few seconds of the microphone, then the same on the speaker. Main thread."""

from __future__ import annotations

from agent_toolbar.domain.audio import AudioTestState
from agent_toolbar.engine.frame_ring import FRAME_MS, FrameRing

_LONGEST_S = 10.0
_PLAYED_OUT_S = 0.3  # what the speaker's stream and the card still hold when the recording is empty
_START_GRACE_FRAMES = 150  # a microphone may begin two seconds late


class SoundCheck:
    """Record and play back, in frames.

    Attributes:
        recording: takes what the speaker is to play; filled when the speaker is open.
    """

    def __init__(self, seconds: float) -> None:
        self._wanted = round(min(_LONGEST_S, max(1.0, seconds)) * 1000 / FRAME_MS)
        self._frames: list[bytes] = []
        self.recording = FrameRing(self._wanted)
        self.state = AudioTestState.RECORDING
        self._emptied_s: float | None = None

    def record(self, frame: bytes) -> None:
        """A frame came from the microphone."""
        if self.state is AudioTestState.RECORDING and len(self._frames) < self._wanted:
            self._frames.append(frame)

    def advance(self, elapsed_s: float) -> bool:
        """True when the state changed; `elapsed_s` since the test began."""
        before = self.state
        if before is AudioTestState.RECORDING:
            grace_s = (self._wanted + _START_GRACE_FRAMES) * FRAME_MS / 1000
            if len(self._frames) >= self._wanted or elapsed_s > grace_s:
                self.state = AudioTestState.PLAYING
        elif before is AudioTestState.PLAYING and not len(self.recording):
            self._emptied_s = elapsed_s if self._emptied_s is None else self._emptied_s
            if elapsed_s >= self._emptied_s + _PLAYED_OUT_S:
                self.state = AudioTestState.DONE
        return self.state is not before

    def play(self) -> None:
        """The speaker is open, if there is one: gives it everything."""
        for frame in self._frames:
            self.recording.push(frame)
        self._frames.clear()
