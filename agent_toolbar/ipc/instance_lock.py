"""One process per role and profile, by an advisory lock that the system releases when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from agent_toolbar import paths


class InstanceLock:
    """Held by the one toolbar (or the one engine) of a profile for as long as it lives.

    Its file holds the process id of the holder and is never deleted: deleting it would allow two holders.
    """

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.path = (folder or paths.runtime_dir()) / f"{name}.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """True if this process now is the one, False if another is. Raises OSError if the lock cannot be tried."""
        if self._file is not None:
            return True
        file = self._open_locked()
        if file is None:
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

    def holder_pid(self) -> int:
        """The process that holds the lock now, 0 if nobody does. Never the id of a process that is gone."""
        if self._file is not None:
            return os.getpid()
        file = self._open_locked()
        if file is not None:
            file.close()
            return 0
        written = self.path.read_text().strip()
        return int(written) if written.isdigit() else 0

    def _open_locked(self) -> IO[str] | None:
        file = self.path.open("a+")
        try:
            locked = _try_lock(file)
        except OSError:
            file.close()
            raise
        if locked:
            return file
        file.close()
        return None


if sys.platform == "win32":
    import errno
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        file.seek(1 << 20)  # a byte far behind the process id, so that others can still read that
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as refused:
            if refused.errno in {errno.EACCES, errno.EDEADLOCK}:
                return False
            raise
        return True
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
