"""Speaks all lines of the practice line into resources/practice/speech (needs espeak-ng, flite and sox).

Each recording carries its text, so that a test sees when a text was changed and not spoken again. A recording whose
text is the same is kept; --all speaks everything anew.
"""

from __future__ import annotations

import argparse
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from agent_toolbar.paths import resource_path
from agent_toolbar.practice.script_files import load_scripts
from agent_toolbar.practice.scripts import Language, Line, Voice
from agent_toolbar.practice.speech import recorded_text, wav_chunks

# English by flite's voices made from people's recordings, French by espeak-ng; `effects` of sox shape each voice.
FLITE = {
    Voice.FIRST_WOMAN: ("slt", []),
    Voice.SECOND_WOMAN: ("slt", ["pitch", "-180", "tempo", "0.97"]),
    Voice.FIRST_MAN: ("rms", []),
    Voice.SECOND_MAN: ("awb", []),
}
ESPEAK = {
    Voice.FIRST_WOMAN: ("fr-fr+f2", ["-s", "158", "-p", "52"]),
    Voice.SECOND_WOMAN: ("fr-fr+f5", ["-s", "165", "-p", "44"]),
    Voice.FIRST_MAN: ("fr-fr+m3", ["-s", "160", "-p", "40"]),
    Voice.SECOND_MAN: ("fr-fr+m7", ["-s", "155", "-p", "48"]),
}
MUSIC = ["C4", "E4", "G4", "C5", "A3", "C4", "E4", "A4", "F3", "A3", "C4", "F4", "G3", "B3", "D4", "G4"]
# Off with the silence at both ends, a telephone's band, an even level with headroom, a short rest of silence.
TRIM = ["silence", "1", "0.02", "0.4%", "reverse", "silence", "1", "0.02", "0.4%", "reverse"]
BAND = ["rate", "-v", "8000", "highpass", "180", "equalizer", "2600", "1.2q", "2"]
LEVEL = ["norm", "-12", "compand", "0.02,0.20", "6:-70,-60,-26,-17,-12", "-3", "-90", "0.1", "norm", "-5"]
REST = ["pad", "0.05", "0.08"]


def speak(line: Line, language: Language, target: Path) -> None:
    """Writes one line as A-law WAV at 8 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        raw, text = Path(folder, "raw.wav"), line.texts[language]
        if language is Language.EN:
            voice, effects = FLITE[line.voice]
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", raw], check=True)
        else:
            voice, options = ESPEAK[line.voice]
            effects = []
            subprocess.run(["espeak-ng", "-v", voice, *options, "-w", raw, text], check=True)
        spoken = Path(folder, "spoken.wav")
        encoding = ["-e", "a-law", "-b", "8", "-c", "1"]
        subprocess.run(["sox", "-D", raw, *encoding, spoken, *effects, *TRIM, *BAND, *LEVEL, *REST], check=True)
        audio = wav_chunks(spoken.read_bytes(), spoken.name)[b"data"]
    target.write_bytes(_wav(audio, text))


def compose(target: Path) -> None:
    """Writes the hold music: a few plucked strings, four broken chords."""
    with tempfile.TemporaryDirectory() as folder:
        notes = []
        for number, pitch in enumerate(MUSIC):
            note = Path(folder, f"{number}.wav")
            synth = ["synth", "0.25", "pluck", pitch, "fade", "0", "0.25", "0.1"]
            subprocess.run(["sox", "-D", "-R", "-n", "-r", "8000", "-c", "1", note, *synth], check=True)
            notes.append(note)
        piece = Path(folder, "piece.wav")
        level = ["lowpass", "2200", "norm", "-12"]
        subprocess.run(["sox", "-D", *notes, "-e", "a-law", "-b", "8", piece, *level], check=True)
        audio = wav_chunks(piece.read_bytes(), piece.name)[b"data"]
    target.write_bytes(_wav(audio, "hold music"))


def _wav(alaw: bytes, text: str) -> bytes:
    """A RIFF file of WAVE_FORMAT_ALAW (RFC 2361 section 3) with the text as comment (LIST INFO ICMT)."""
    form = struct.pack("<HHIIHHH", 6, 1, 8000, 8000, 1, 8, 0)
    note = b"INFO" + _chunk(b"ICMT", text.encode() + b"\0")
    body = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"LIST", note) + _chunk(b"data", alaw)
    return _chunk(b"RIFF", body)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _spoken(recording: Path) -> str:
    return recorded_text(recording.read_bytes(), recording.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    everything = parser.parse_args().all
    lines = load_scripts().lines
    music = resource_path("practice", "speech") / "music.wav"
    if everything or not music.exists():
        compose(music)
    total = music.stat().st_size
    for language in Language:
        folder = resource_path("practice", "speech", language)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.wav"):
            if left.stem not in lines:
                left.unlink()
        for line in lines.values():
            target = folder / f"{line.recording}.wav"
            if everything or not target.exists() or _spoken(target) != line.texts[language]:
                speak(line, language, target)
            total += target.stat().st_size
    sys.stdout.write(f"{2 * len(lines) + 1} recordings, {total} bytes\n")


if __name__ == "__main__":
    main()
