"""What a contact file says before it is understood: the rows of CSV and vCard readers, and their text encoding.

Runs in the import process.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from agent_toolbar.application.ports.directory import SkippedRow, SkipReason
from agent_toolbar.domain.errors import ContactImportError
from agent_toolbar.domain.text import plain_text

SHOWN_LENGTH = 80
_BLOCK_BYTES = 1 << 20
_SAMPLE_BYTES = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"SQLite format 3")  # a workbook instead of its export
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class WrittenPhone:
    """A number as the file has it, with "work", "mobile", "home" or ""."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact as the file has it. `line` counts from 1 in the file."""

    line: int
    name: str
    company: str = ""
    phones: tuple[WrittenPhone, ...] = ()
    importance: str = ""
    owner: str = ""
    external_id: str = ""


def skipped(line: int, reason: SkipReason, text: str = "") -> SkippedRow:
    return SkippedRow(line, reason, plain_text(text, SHOWN_LENGTH))


class LineSource:
    """The lines of a file with their number, and a look ahead."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._ahead: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        """The next line, None at the end."""
        line = self._ahead.popleft() if self._ahead else next(self._lines, None)
        if line is not None:
            self.number += 1
        return line

    def peek(self, distance: int) -> str | None:
        """The line that is `distance` lines after the next one."""
        while len(self._ahead) <= distance:
            line = next(self._lines, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[distance]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as text lines. Bytes that do not fit its encoding are marked, see `is_broken`."""

    stream: IO[bytes]
    lines: Iterable[str]
    size: int

    def bytes_read(self) -> int:
        """How far the file has been read, to the next block."""
        return self.stream.tell()


@contextmanager
def open_text(stream: IO[bytes], path: Path) -> Iterator[TextFile]:
    """Finds the encoding of the file (BOM, UTF-8, UTF-16, else Windows-1252) and begins at its first line.

    Raises ContactImportError for an empty file and for one that is no text.
    """
    size = path.stat().st_size
    head = stream.read(_SAMPLE_BYTES)
    if not head.strip(b"\x00 \t\r\n"):
        raise ContactImportError("contacts_file_empty", file=path.name)
    if head.startswith(_NO_TEXT):
        raise ContactImportError("contacts_not_text", file=path.name)
    encoding = _encoding_of_head(head) or _encoding_of_all(stream)
    stream.seek(0)
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    lines = io.TextIOWrapper(stream, encoding, errors, newline="")
    try:
        yield TextFile(stream, lines, size)
    finally:
        lines.detach()


def is_broken(text: str) -> bool:
    """Some of the bytes of `text` were not of the file's encoding."""
    return not text.isascii() and (_ESCAPED_BYTE.search(text) is not None or _REPLACED in text)


def _encoding_of_head(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if head[1::2].count(0) > len(head) // 6:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 6:
        return "utf-16-be"
    return ""


def _encoding_of_all(stream: IO[bytes]) -> str:
    """UTF-8 if most of what is not ASCII fits it; a few broken rows do not make the file another encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    fitting = broken = 0
    stream.seek(0)
    while block := stream.read(_BLOCK_BYTES):
        text = decoder.decode(block)
        if text.isascii():
            continue
        escaped = len(_ESCAPED_BYTE.findall(text))
        broken += escaped
        fitting += sum(1 for char in text if char > "\x7f") - escaped
    return "utf-8" if fitting >= broken else "cp1252"
