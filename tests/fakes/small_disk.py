"""A disk that is really full: a tiny memory file system for root, else a limit on the size of files."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

if sys.platform != "win32":
    import resource

_BLOCK = b"x" * 4096


class SmallDisk(Protocol):
    folder: Path

    def fill(self) -> None:
        """From now on nothing more can be written."""

    def free(self) -> None:
        """There is room again."""


class FileSystemDisk:
    """A mounted tmpfs of a few hundred kilobytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        def write_on() -> None:
            while True:
                stream.write(_BLOCK)

        with self._filler.open("wb", buffering=0) as stream, pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            write_on()

    def free(self) -> None:
        self._filler.unlink()


class LimitedFiles:
    """RLIMIT_FSIZE of this process and its children: writing beyond one block fails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(_BLOCK), self._before[1]))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


def can_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def mounted_disk(folder: Path, size_kib: int) -> Iterator[SmallDisk | None]:
    """A file system of `size_kib` at `folder`, or None where mounting is not allowed (most containers)."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_kib}k", "tmpfs", str(folder)]
    if not can_mount() or subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield FileSystemDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def limited_files(folder: Path) -> Iterator[SmallDisk]:
    folder.mkdir()
    disk = LimitedFiles(folder)
    try:
        yield disk
    finally:
        disk.free()
