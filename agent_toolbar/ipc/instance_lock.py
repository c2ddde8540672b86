"""One process per role and profile, by an advisory lock that the system releases when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from agent_toolbar import paths


class InstanceLock:
    """Held by the one toolbar (or the one engine) of a profile for as long as it lives."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.path = (folder or paths.runtime_dir()) / f"{name}.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """True if this process now is the one; False if another process holds the lock."""
        file = self.path.open("a+")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
