"""Which browsers may speak to the local API, in a file that only its owner reads; no token is in it. GUI thread."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from agent_toolbar.whole_file import replaced_whole

_log = logging.getLogger(__name__)


class KeptPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One browser at one origin. token_sha256: hexadecimal. paired_s: seconds since the epoch."""

    origin: str
    token_sha256: str
    paired_s: float


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    pages: tuple[KeptPage, ...]


class PairedPagesFile:
    """Reads once; writes the newest on the executor that it is given.

    A file that cannot be read counts as empty: its pages are paired again.
    """

    def __init__(self, path: Path, io: Executor) -> None:
        self._path = path
        self._io = io
        self._guard = threading.Lock()
        self._unwritten: bytes | None = None

    def read(self) -> tuple[KeptPage, ...]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_File).pages
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as fault:
            _log.warning("the paired pages cannot be read: %s", fault)
            return ()

    def write(self, pages: tuple[KeptPage, ...]) -> None:
        with self._guard:
            waits = self._unwritten is not None
            self._unwritten = msgspec.json.encode(_File(1, pages))
        if not waits:
            self._io.submit(self._write_newest)

    def _write_newest(self) -> None:
        with self._guard:
            text, self._unwritten = self._unwritten, None
        if text is None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replaced_whole(self._path) as file:
                file.write(text)
        except OSError as fault:  # they are paired for this session; after it they must be paired again
            _log.warning("the paired pages are not written: %s", fault)
