"""Prints where the one filled button of a screen is, as "x y": a place inside it, above its words.

Run as `python -m tests.lab.filled_button #rrggbb LEAST_WIDTH` with DISPLAY set; prints nothing where there is none.
"""

from __future__ import annotations

import sys

import numpy as np
from PySide6.QtGui import QColor, QGuiApplication, QImage

LEAST_HEIGHT = 4  # a frame around a field is thinner


def main(colour: str, least_width: int) -> int:
    application = QGuiApplication([sys.argv[0]])
    image = application.primaryScreen().grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    inside = (pixels[:, : image.width()] & 0xFFFFFF) == (QColor(colour).rgb() & 0xFFFFFF)
    high = 0
    for y, row in enumerate(inside):
        start, length = longest_run(row)
        high = high + 1 if length >= least_width else 0
        if high == LEAST_HEIGHT:
            print(start + length // 2, y)
            break
    return 0


def longest_run(row: np.ndarray) -> tuple[int, int]:
    """Where the longest run of true values begins, and its length."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(lengths))
    return int(starts[longest]), int(lengths[longest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
