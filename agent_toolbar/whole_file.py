"""Files that are there whole or not at all, whenever the computer stops. Standard library only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

OWNER_ONLY = 0o600


@contextmanager
def replaced_whole(path: Path, *, mode: int = OWNER_ONLY, lasting: bool = False) -> Iterator[IO[bytes]]:
    """A new file, in the place of `path` when the block has ended well; else that one stays as it was.

    lasting: after the block also its new name is on the disk. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode != OWNER_ONLY:
            written.chmod(mode)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    if lasting and os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
