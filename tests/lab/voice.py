"""The agent's mouth and ears at the virtual headset."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.headset import RATE_HZ, SPEAKER, VirtualHeadset
from tests.lab.hearing import Ear

LONG_S = 90.0


@contextmanager
def speaking(headset: VirtualHeadset, frequency_hz: float) -> Iterator[None]:
    """Says a tone into the microphone for as long as the block runs."""
    player = headset.say_tone(frequency_hz, LONG_S)
    try:
        yield
    finally:
        player.terminate()
        player.wait()


@contextmanager
def listening(headset: VirtualHeadset, device: str = SPEAKER) -> Iterator[Ear]:
    """Hears what a speaker plays for as long as the block runs."""
    recording = headset.listen(device)
    try:
        yield Ear(recording.so_far, RATE_HZ)
    finally:
        recording.stop()
