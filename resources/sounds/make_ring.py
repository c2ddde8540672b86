"""Makes ring.wav: a soft two-tone ring, two strokes and a pause, 16 kHz, mono, 16 bit. Run it to hear a change."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

RATE_HZ = 16_000
CYCLE_S = 4.0
STROKES_S = (0.0, 1.1)
STROKE_S = 0.9
LOW_HZ, HIGH_HZ = 523.25, 659.26  # C5 and E5
WARBLE_S = 0.075
PARTIALS = ((1, 1.0), (2, 0.28), (3, 0.10))
PEAK = 0.35


def main() -> None:
    samples = [PEAK * sum(_stroke(at / RATE_HZ - start) for start in STROKES_S) for at in range(int(CYCLE_S * RATE_HZ))]
    with wave.open(str(Path(__file__).with_name("ring.wav")), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(array("h", [round(32767 * sample) for sample in samples]).tobytes())


def _stroke(t: float) -> float:
    """One stroke of the bell: both tones in turn, each with a soft attack, under a slow decay."""
    if not 0 <= t < STROKE_S:
        return 0.0
    note, since = divmod(t, WARBLE_S)
    hz = LOW_HZ if note % 2 == 0 else HIGH_HZ
    attack = min(1.0, since / 0.008) * min(1.0, (WARBLE_S - since) / 0.008)
    decay = math.exp(-1.2 * t) * min(1.0, (STROKE_S - t) / 0.05)
    tone = sum(weight * math.sin(2 * math.pi * hz * partial * t) for partial, weight in PARTIALS)
    return attack * decay * tone / sum(weight for _, weight in PARTIALS)


if __name__ == "__main__":
    main()
