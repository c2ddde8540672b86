"""The recordings of the practice line: A-law WAV files of resources/practice/speech. Pure after loading."""

from __future__ import annotations

import struct
from pathlib import Path

from agent_toolbar.paths import resource_path
from agent_toolbar.practice.rtp import SAMPLE_RATE
from agent_toolbar.practice.scripts import Language, Line

_ALAW_FORMAT = 6  # WAVE_FORMAT_ALAW, RFC 2361 section 3


class SpeechError(ValueError):
    """A file that is no recording of the practice line."""


class Speech:
    """All that can be said in one language; each recording is read once."""

    def __init__(self, language: Language, folder: Path | None = None) -> None:
        root = folder or resource_path("practice", "speech")
        self._folder = root / language
        self._music = root / "music.wav"
        self._read: dict[str, bytes] = {}

    def of(self, line: Line) -> bytes:
        """The line in A-law at 8 kHz. Raises SpeechError or OSError."""
        if line.recording not in self._read:
            path = self._folder / f"{line.recording}.wav"
            self._read[line.recording] = wav_chunks(path.read_bytes(), path.name)[b"data"]
        return self._read[line.recording]

    def music(self, seconds: float) -> bytes:
        """Hold music of this length, a short piece again and again."""
        piece = wav_chunks(self._music.read_bytes(), self._music.name)[b"data"]
        samples = int(seconds * SAMPLE_RATE)
        return (piece * (samples // len(piece) + 1))[:samples]


def wav_chunks(raw: bytes, name: str) -> dict[bytes, bytes]:
    """The chunks of a RIFF file of A-law at 8 kHz, one channel. Raises SpeechError for any other."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WAVE":
        raise SpeechError(f"{name}: no WAV file")
    chunks: dict[bytes, bytes] = {}
    position = 12
    while position + 8 <= len(raw):
        kind, size = struct.unpack_from("<4sI", raw, position)
        chunks[kind] = raw[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    form = struct.unpack_from("<HHI", chunks.get(b"fmt ", bytes(8)))
    if form != (_ALAW_FORMAT, 1, SAMPLE_RATE) or b"data" not in chunks:
        raise SpeechError(f"{name}: not A-law at 8 kHz in one channel")
    return chunks


def recorded_text(raw: bytes, name: str) -> str:
    """The text that was spoken into a recording (LIST INFO ICMT), "" if it does not say. Raises SpeechError."""
    note = wav_chunks(raw, name).get(b"LIST", b"")
    if note[:8] != b"INFOICMT":
        return ""
    return note[12 : 12 + int.from_bytes(note[8:12], "little")].rstrip(b"\0").decode()
