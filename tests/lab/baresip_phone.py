"""A telephone with real sound: baresip, which says a tone and records what it hears."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port, free_range
from tests.lab.hearing import Ear, Samples, samples_of, write_tone

MODULES = Path("/usr/lib/baresip/modules")
RATE_HZ = 8000
VOICE_S = 300
WAV_HEADER_BYTES = 44

_CONFIGURATION = """\
poll_method epoll
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
audio_source aufile,{folder}/voice.wav
audio_player aubridge,unused
audio_alert aubridge,unused
ausrc_srate {rate}
auplay_srate {rate}
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
rtp_ports {rtp_first}-{rtp_last}
jitter_buffer_delay 0-0
snd_path {folder}/recordings
ctrl_tcp_listen 127.0.0.1:{control}
module_path {modules}
module uuid.so
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module account.so
module menu.so
module ctrl_tcp.so
"""


class BaresipPhone:
    """One telephone, registered as an endpoint of pjsip.conf; answers by itself unless told otherwise.

    Attributes:
        user: the endpoint. number: what the PBX shows of it.
        voice_hz: the tone that it says as long as a call is up.
        ear: what it hears in its newest call.
    """

    def __init__(
        self,
        pbx: AsteriskPbx,
        folder: Path,
        user: str,
        *,
        password: str,
        number: str,
        voice_hz: int,
        answers: bool = True,
    ) -> None:
        self.user = user
        self.number = number
        self.voice_hz = voice_hz
        self.ear = Ear(self.heard, RATE_HZ)
        self._pbx = pbx
        self._folder = folder
        self._control_port = free_port()
        self._process: ChildProcess | None = None
        (folder / "recordings").mkdir(parents=True)
        (folder / "contacts").touch()
        write_tone(folder / "voice.wav", voice_hz, VOICE_S, RATE_HZ)
        first = free_range(20)
        (folder / "config").write_text(
            _CONFIGURATION.format(
                folder=folder,
                rate=RATE_HZ,
                rtp_first=first,
                rtp_last=first + 19,
                control=self._control_port,
                modules=MODULES,
            )
        )
        mode = "auto" if answers else "manual"
        (folder / "accounts").write_text(
            f"<sip:{user}@{pbx.host}:{pbx.port}>;auth_user={user};auth_pass={password};answermode={mode};regint=60\n"
        )

    @staticmethod
    def available() -> bool:
        return shutil.which("baresip") is not None

    def start(self) -> None:
        self._process = ChildProcess(["baresip", "-f", self._folder], self._folder / "log")
        wait_until(lambda: self._pbx.registered(self.user), 10, f"{self.user} to register, see {self._folder}/log")

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def call(self, extension: str) -> None:
        self._order("dial", f"sip:{extension}@{self._pbx.host}:{self._pbx.port}")

    def answer(self) -> None:
        self._order("accept")

    def hang_up(self) -> None:
        """Ends the call; a call that rings is refused as busy (486)."""
        self._order("hangup")

    def transfer(self, extension: str) -> None:
        """Sends the other party elsewhere by a plain REFER."""
        self._order("transfer", f"sip:{extension}@{self._pbx.host}:{self._pbx.port}")

    def heard(self) -> Samples:
        """Everything that was heard in the newest call so far."""
        recording = self._recording()
        return samples_of(recording.read_bytes()[WAV_HEADER_BYTES:] if recording else b"")

    def _recording(self) -> Path | None:
        found = sorted((self._folder / "recordings").glob("*-dec.wav"), key=lambda path: path.stat().st_mtime)
        return found[-1] if found else None

    def _order(self, command: str, parameters: str = "") -> None:
        """Says a command of baresip's menu over its control port (a JSON netstring) and waits for the answer."""
        order = json.dumps({"command": command, "params": parameters, "token": command}).encode()
        with socket.create_connection(("127.0.0.1", self._control_port), timeout=5) as connection:
            connection.sendall(b"%d:%s," % (len(order), order))
            answer = _answer_to(command, connection)
        if not answer.get("ok"):
            raise AssertionError(f"{self.user} cannot {command}: {answer}")


def _answer_to(token: str, connection: socket.socket) -> dict[str, Any]:
    """Reads netstrings until the one that answers `token`; events that come in between are passed over."""
    received = b""
    while True:
        size, colon, rest = received.partition(b":")
        if colon and len(rest) > int(size):
            message = json.loads(rest[: int(size)])
            if message.get("response") and message.get("token") == token:
                return dict(message)
            received = rest[int(size) + 1 :]
            continue
        piece = connection.recv(65536)
        if not piece:
            raise AssertionError(f"baresip closed its control port before it answered {token!r}")
        received += piece
