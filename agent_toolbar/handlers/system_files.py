"""Writes files that belong to the system or to the person, whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.whole_file import replaced_whole


@contextlib.contextmanager
def told_as_scheme_errors() -> Iterator[None]:
    """The one converter of what a disk refuses."""
    try:
        yield
    except PermissionError as fault:
        raise SchemeError("handlers_not_allowed", place=str(fault.filename or "")) from fault
    except OSError as fault:
        raise SchemeError("handlers_failed", detail=str(fault)) from fault


def text_to_edit(file: Path) -> str:
    """ "" only for what is not there: what cannot be read must not be overwritten. Raises OSError."""
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def write_whole(file: Path, content: bytes, mode: int = 0o644) -> None:
    """Puts `content` in the place of the file, whose mode stays; where it is a link, in the place of what it leads to.

    Raises OSError, and then everything is as it was.
    """
    file = file.resolve()
    with contextlib.suppress(FileNotFoundError):
        mode = file.stat().st_mode & 0o777
    file.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(file.parent, os.W_OK):
        raise PermissionError(13, "may not write here", str(file.parent))
    with replaced_whole(file, mode=mode) as stream:
        stream.write(content)
