"""A telephone system of this test run: Asterisk on loopback, on ports of its own, with the configuration beside it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port, free_range
from tests.lab.hearing import write_tone

TEMPLATES = Path(__file__).parent / "asterisk"
HOLD_MUSIC_HZ = 440
RTP_PORTS = 100
START_TIMEOUT_S = 30.0
CONSOLE_TIMEOUT_S = 20.0
_STATE_FIELD, _BRIDGE_FIELD = 4, -2  # of a line of "core show channels concise"
_TOKEN = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class QueueMember:
    """One agent in one queue. reason: of the pause, "" if none was given."""

    there: bool
    paused: bool
    reason: str


class AsteriskPbx:
    """One running Asterisk. Extensions and passwords stand in asterisk/pjsip.conf and asterisk/extensions.conf.

    Attributes:
        host, port: where it speaks SIP, by UDP and TCP.
    """

    def __init__(
        self,
        packages: AsteriskPackages,
        folder: Path,
        *,
        ring_s: int = 60,
        strips_headers: bool = False,
        returns: bool = True,
    ) -> None:
        """See `choose`."""
        self.host = "127.0.0.1"
        self.port = free_port()
        self._packages = packages
        self._folder = folder
        self._process: ChildProcess | None = None
        self._write_configuration(_globals(ring_s, strips_headers=strips_headers, returns=returns))

    @staticmethod
    def password_of(extension: str) -> str:
        return f"agent-{extension}"

    def start(self) -> None:
        """Runs it and waits until it serves calls."""
        command = self._packages.command("-f", "-C", str(self._configuration))
        self._process = ChildProcess(command, self._folder / "log/console")
        wait_until(self._booted, START_TIMEOUT_S, f"Asterisk to boot, see {self._folder}/log")

    def stop(self) -> None:
        """At once: an orderly end takes Asterisk a second, and nobody is there any more to hear its farewell."""
        if self._process is not None:
            self._process.stop(0.0)
            self._process = None

    def kill(self) -> None:
        """A power cut: no BYE, no farewell."""
        assert self._process is not None
        self._process.kill()
        self._process = None

    def console_command(self) -> list[str]:
        """How to start a console of it; `-rx COMMAND` behind it says one command."""
        return self._packages.command("-C", str(self._configuration))

    def cli(self, command: str) -> str:
        """The answer of Asterisk's console, "" where none runs.

        Said to its socket as `asterisk -rx` does, but without a process: some of this is asked many times a second.
        """
        answer = b""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as console:
            console.settimeout(CONSOLE_TIMEOUT_S)
            try:
                console.connect(str(self._folder / "run/asterisk.ctl"))
                console.sendall(f"cli quit after {command}\0".encode())
                while piece := console.recv(65536):
                    answer += piece
            except (ConnectionError, FileNotFoundError):
                return ""
        return answer.partition(b"\n")[2].decode(errors="replace")  # behind who it is: host/pid/version

    def registered(self, extension: str) -> bool:
        return f"Contact:  {extension}/" in self.cli("pjsip show contacts")

    def keeps_over_a_power_cut(self, extension: str) -> bool:
        """The registration is on Asterisk's disk, where it writes up to a second later."""
        return self._on_disk(f"/registrar/contact/{extension};%")

    def keeps_subscriptions_over_a_power_cut(self) -> bool:
        """Asterisk takes them up again when it starts, and says at once what has changed."""
        return self._on_disk("/subscription_persistence/%")

    def forget_everything(self) -> None:
        """Between a power cut and the next start: a PBX that was set up anew."""
        for file in (self._folder / "var").glob("astdb.sqlite3*"):
            file.unlink()

    def forget_registrations(self) -> None:
        """Loses every registration, as a PBX does that was set up anew."""
        for line in self.cli("database show registrar/contact").splitlines():
            if line.startswith("/registrar/contact/"):
                key = line.partition(":")[0].strip().removeprefix("/registrar/contact/")
                self.cli(f'database del registrar/contact "{key}"')

    def choose(self, *, ring_s: int = 60, strips_headers: bool = False, returns: bool = True) -> None:
        """From the next call on. `ring_s`: how long a telephone rings before the PBX gives up; `strips_headers`: no key
        of a story reaches a telephone; `returns`: a blind transfer that nobody takes comes back, else the customer is
        hung up on.
        """
        for name, value in _globals(ring_s, strips_headers=strips_headers, returns=returns).items():
            self.cli(f"dialplan set global {name} {value}")

    def contact_of(self, extension: str) -> tuple[str, int]:
        """Host and port where a registered telephone takes its calls."""
        found = re.search(rf"Contact:\s+{extension}/sips?:[^@\s]+@([\d.]+):(\d+)", self.cli("pjsip show contacts"))
        assert found, f"{extension} is not registered"
        return found[1], int(found[2])

    def channels(self) -> list[str]:
        """The names of all legs that are up or coming up."""
        return [fields[0] for fields in self._channel_fields()]

    def talks(self) -> list[list[str]]:
        """Who is connected with whom: for each bridge the names of its endpoints, such as ["1002", "marie"], sorted.

        A party on hold is still in its bridge.
        """
        bridges: dict[str, list[str]] = {}
        for fields in self._channel_fields():
            if bridge := fields[_BRIDGE_FIELD]:
                bridges.setdefault(bridge, []).append(_endpoint_of(fields[0]))
        return sorted(sorted(parties) for parties in bridges.values())

    def rings(self, endpoint: str) -> bool:
        """A leg to this endpoint rings."""
        return bool(self.ringing(endpoint))

    def ringing(self, endpoint: str) -> list[str]:
        """The names of the legs to this endpoint that ring."""
        return [
            fields[0]
            for fields in self._channel_fields()
            if _endpoint_of(fields[0]) == endpoint and fields[_STATE_FIELD] == "Ringing"
        ]

    def hang_up(self, endpoint: str) -> None:
        """Ends every leg of an endpoint from the PBX."""
        for channel in self.channels():
            if channel.startswith(f"PJSIP/{endpoint}-"):
                self.cli(f"channel request hangup {channel}")

    def digits_received(self) -> list[str]:
        """What callers of extension 605 dialled, a line per call."""
        return (self._folder / "digits").read_text().split()

    def transfers_asked(self) -> list[str]:
        """What became of the REFERs of extension 608 (TRANSFERSTATUS), a line per call."""
        file = self._folder / "transferred"
        return file.read_text().split() if file.exists() else []

    def queue_member(self, extension: str, queue: str = "support") -> QueueMember:
        """What `queue show` says of an agent."""
        lines = [line for line in self.cli(f"queue show {queue}").splitlines() if f"PJSIP/{extension}" in line]
        if not lines:
            return QueueMember(False, False, "")
        paused = re.search(r"\(paused(?::([^ )]*))?", lines[0])
        return QueueMember(True, paused is not None, (paused[1] or "") if paused else "")

    def pause(self, extension: str, reason: str, queue: str = "support") -> None:
        """As a supervisor does."""
        self.cli(f"queue pause member PJSIP/{extension} queue {queue} reason {reason}")

    def unpause(self, extension: str, queue: str = "support") -> None:
        self.cli(f"queue unpause member PJSIP/{extension} queue {queue}")

    def waiting(self, queue: str) -> int:
        """How many callers wait for an agent."""
        found = re.search(rf"^{queue} has (\d+) calls", self.cli(f"queue show {queue}"), re.MULTILINE)
        return int(found[1]) if found else 0

    def longest_wait_s(self, queue: str) -> int:
        """How long the first caller has waited; the queue looks for an agent every second."""
        found = re.search(r"\(wait: (\d+):(\d+)", self.cli(f"queue show {queue}"))
        return 60 * int(found[1]) + int(found[2]) if found else 0

    def set_switch(self, switch: str, on: bool) -> None:
        """A custom device state such as DEVDND1001, which a hint tells."""
        self.cli(f"devstate change Custom:{switch} {'INUSE' if on else 'NOT_INUSE'}")

    def note_messages(self) -> None:
        """From now on each SIP message stands in the log, also for `invited`."""
        self.cli("pjsip set logger on")

    def invited(self, extension: str = "1001") -> list[str]:
        """Whom this telephone asked for by INVITE since note_messages, a user part of the Request-URI per call."""
        return list(_invites_by(extension, self.log()).values())

    def freeze(self, frozen: bool) -> None:
        """It runs, but answers nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP if frozen else signal.SIGCONT)

    @property
    def queue_log(self) -> Path:
        """Where Asterisk writes what happens in its queues, as it happens."""
        return self._folder / "log/queue_log"

    def log(self) -> str:
        return (self._folder / "log/messages").read_text(errors="replace")

    @property
    def _configuration(self) -> Path:
        return self._folder / "etc/asterisk.conf"

    def _channel_fields(self) -> list[list[str]]:
        return [line.split("!") for line in self.cli("core show channels concise").splitlines() if "!" in line]

    def _on_disk(self, keys: str) -> bool:
        """There is a key like this, as SQL writes patterns."""
        kept = sqlite3.connect(f"file:{self._folder}/var/astdb.sqlite3?mode=ro", uri=True)
        with contextlib.closing(kept):
            return kept.execute("SELECT key FROM astdb WHERE key LIKE ?", (keys,)).fetchone() is not None

    def _booted(self) -> bool:
        if self._process is not None and not self._process.running():
            raise AssertionError(f"Asterisk ended: {self._process.output()[-2000:]}")
        return "fully booted" in self.cli("core waitfullybooted")

    def _write_configuration(self, choices: dict[str, str]) -> None:
        for part in ("etc", "var", "run", "log", "moh"):
            (self._folder / part).mkdir(parents=True, exist_ok=True)
        (self._folder / "digits").touch()  # Asterisk appends, but makes no file
        first = free_range(RTP_PORTS)
        values = {
            **{name.lower(): value for name, value in choices.items()},
            "folder": self._folder,
            "modules": self._packages.modules,
            "datadir": self._packages.datadir,
            "port": self.port,
            "rtp_first": first,
            "rtp_last": first + RTP_PORTS - 1,
        }
        for template in TEMPLATES.glob("*.conf"):
            text = _TOKEN.sub(lambda token: str(values[token[1]]), template.read_text())
            (self._folder / "etc" / template.name).write_text(text)
        write_tone(self._folder / "moh/hold.wav", HOLD_MUSIC_HZ, seconds=10, rate_hz=8000)


def _endpoint_of(channel: str) -> str:
    """Of a name such as PJSIP/1001-0000002a."""
    return channel.partition("/")[2].rpartition("-")[0]


def _invites_by(extension: str, log: str) -> dict[str, str]:
    """The wanted user by Call-ID; a call is asked for twice, as the first time has no password (401)."""
    wanted: dict[str, str] = {}
    for message in log.split("<--- Received SIP request")[1:]:
        begun = re.search(r"^INVITE sips?:([^@;>\s]+)@", message, re.MULTILINE)
        caller = re.search(r"^From: .*sips?:([^@]+)@", message, re.MULTILINE)
        call_id = re.search(r"^Call-ID: (\S+)", message, re.MULTILINE)
        if begun and caller and call_id and caller[1] == extension:
            wanted.setdefault(call_id[1], begun[1])
    return wanted


def _globals(ring_s: int, *, strips_headers: bool, returns: bool) -> dict[str, str]:
    """The global variables of extensions.conf."""
    return {
        "RING_S": str(ring_s),
        "STRIPS_HEADERS": "yes" if strips_headers else "no",
        "RETURNS": "yes" if returns else "no",
    }
