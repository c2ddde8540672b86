"""The sound of ringing."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from agent_toolbar import paths
from agent_toolbar.engine.frame_ring import FRAME_BYTES
from agent_toolbar.engine.level_meter import loudness
from agent_toolbar.engine.ringer import LoopedSound


def write_wave(file: Path, *, frames: int, rate_hz: int = 16000, channels: int = 1) -> Path:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes(b"".join(bytes([number]) * FRAME_BYTES for number in range(frames)))
    return file


def test_the_shipped_ring_sounds_at_once_and_has_a_pause() -> None:
    sound = LoopedSound(paths.resource_path("sounds", "ring.wav"))

    levels = [loudness(sound.pull()) for _ in range(200)]

    assert levels[1] > 0.6
    assert levels[-50:] == [0.0] * 50


def test_a_loop_begins_anew_after_its_end_and_at_a_rewind(tmp_path: Path) -> None:
    sound = LoopedSound(write_wave(tmp_path / "ring.wav", frames=3))

    first = [sound.pull()[0] for _ in range(5)]
    sound.rewind()

    assert first == [0, 1, 2, 0, 1]
    assert sound.pull()[0] == 0


@pytest.mark.parametrize("wrong", [{"rate_hz": 44100}, {"channels": 2}, {"frames": 0}])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"ring\.wav"):
        LoopedSound(write_wave(tmp_path / "ring.wav", **{"frames": 3, **wrong}))
