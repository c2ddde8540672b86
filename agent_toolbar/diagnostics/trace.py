"""Moments to measure from outside: a JSON line each into the file that AGENT_TOOLBAR_TRACE names, else nothing."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

VARIABLE = "AGENT_TOOLBAR_TRACE"


def trace_file() -> Path | None:
    """Where moments are noted, None when nobody measures."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


class Trace:
    """Writes {"moment": ..., "at_s": seconds since the epoch, "monotonic_s": ...} plus the given words."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or trace_file()

    def note(self, moment: str, **words: str) -> None:
        """Cheap when nobody measures. Words are ids, never names or numbers."""
        if self._file is None:
            return
        line = {"moment": moment, "at_s": time.time(), "monotonic_s": time.monotonic(), **words}
        with self._file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
