"""A sound desk, a media clock and a bridge in a process of their own, told what to do by lines of JSON on stdin.

The bridge plays 440 Hz to the speaker; what comes from the microphone is recorded from slot 0.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pjsua2 as pj
from PySide6.QtCore import QCoreApplication, QSocketNotifier

from agent_toolbar.application.ports.telephony import AudioConfig, LevelsMeasured
from agent_toolbar.engine.library import Library
from agent_toolbar.engine.media_clock import MediaClock
from agent_toolbar.engine.sound_desk import SoundDesk
from tests.lab.deadline import wait_until

HZ = 440
LEVEL = 8000
WAV_HEADER_BYTES = 44


class DeskProcess:
    def __init__(self, app: QCoreApplication, folder: Path) -> None:
        self._app = app
        self._file = folder / "spoken.wav"
        self._levels: LevelsMeasured | None = None
        self._desk = SoundDesk()
        self._desk.levels.connect(self._note_levels)
        self._library = Library()
        self._clock = MediaClock(self._desk.rings, self._library.register_thread)
        self._clock.start(self._library.use_own_clock())
        self._media = self._library.desk_media()
        self._clock.set_busy(True)
        self._tone = pj.ToneGenerator()
        self._tone.createToneGenerator(16000, 1)
        tones = pj.ToneDescVector()
        tone = pj.ToneDesc()
        tone.freq1, tone.on_msec, tone.off_msec, tone.volume = HZ, 1000, 0, LEVEL
        tones.push_back(tone)
        self._tone.play(tones, True)
        self._tone.startTransmit(self._media)
        self._recorder: Any = pj.AudioMediaRecorder()
        self._recorder.createRecorder(str(self._file))
        self._media.startTransmit(self._recorder)
        self._orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._orders.activated.connect(self._read)
        self._rest = b""

    def _read(self) -> None:
        received = os.read(sys.stdin.fileno(), 65536)
        if not received:
            self._close()
            return
        *lines, self._rest = (self._rest + received).split(b"\n")
        for line in lines:
            order = json.loads(line)
            frames = self._obey(order.pop("order"), order)
            snapshot = msgspec.to_builtins(self._desk.snapshot())
            print(json.dumps({**snapshot, "levels": msgspec.to_builtins(self._levels), "frames": frames}), flush=True)

    def _obey(self, order: str, arguments: dict[str, Any]) -> str:
        match order:
            case "configure":
                self._desk.configure(AudioConfig(**arguments))
            case "use":
                self._desk.set_in_use(arguments["in_use"])
            case "ring":
                self._desk.ring(arguments["ringing"])
            case "watch":
                self._desk.watch_levels(arguments["watching"])
            case "test":
                self._desk.start_test(arguments["seconds"])
            case "tone":
                self._tone.stop()
            case "spoken":
                return self._spoken()
        return ""

    def _spoken(self) -> str:
        """Ends the recording; its samples in hexadecimal."""
        self._media.stopTransmit(self._recorder)
        self._recorder = None
        wait_until(self._complete, 5.0, "the recorder's last tick, which writes the header")
        return self._file.read_bytes()[WAV_HEADER_BYTES:].hex()

    def _complete(self) -> bool:
        header = self._file.read_bytes()[:WAV_HEADER_BYTES]
        return header[8:12] == b"WAVE" and any(header[40:44])

    def _note_levels(self, levels: LevelsMeasured) -> None:
        self._levels = levels

    def _close(self) -> None:
        self._orders.setEnabled(False)
        self._tone = self._recorder = self._media = None
        self._clock.stop()
        self._desk.close()
        self._library.destroy()
        self._app.quit()


def main() -> int:
    app = QCoreApplication([sys.argv[0]])
    with tempfile.TemporaryDirectory() as folder:
        process = DeskProcess(app, Path(folder))
        status = app.exec()
        del process
    return status


if __name__ == "__main__":
    sys.exit(main())
