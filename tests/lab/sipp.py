"""Telephones without sound: SIPp plays a scenario of the folder `sipp`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.free_ports import free_port, free_range

SCENARIOS = Path(__file__).parent / "sipp"
TRANSACTION_TIMEOUT_S = 60
_BRACES = re.compile(r"\{\{(\w+)\}\}")
_RECEIVED = re.compile(r"^\w+ message received \[\d+\] bytes :$", re.MULTILINE)
_MESSAGE_END = re.compile(r"^-{20,} .*$", re.MULTILINE)


class SippRun:
    """One run of a scenario towards `to`, a host and port.

    `own_port` is where it speaks from, 0 for any. `keys` fill in the scenario's [words], `fills` the {{words}} that
    SIPp wants literally; `credentials` are a user and its password.
    """

    def __init__(
        self,
        folder: Path,
        scenario: str,
        to: tuple[str, int],
        keys: Mapping[str, str],
        *,
        fills: Mapping[str, str] | None = None,
        credentials: tuple[str, str] | None = None,
        options: Sequence[str] = ("-m", "1"),
        own_port: int = 0,
        timeout_s: int = TRANSACTION_TIMEOUT_S,
    ) -> None:
        host, port = to
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        text = _BRACES.sub(lambda word: (fills or {})[word[1]], (SCENARIOS / f"{scenario}.xml").read_text())
        (folder / f"{scenario}.xml").write_text(text)
        self._command: list[str | Path] = [
            *("sipp", f"{host}:{port}", "-sf", folder / f"{scenario}.xml", *options),
            *("-i", "127.0.0.1", "-p", str(own_port or free_port()), "-mi", "127.0.0.1", "-mp", str(free_range(4))),
            *("-timeout", str(timeout_s), "-rtp_echo", "-nostdin"),
            *("-trace_err", "-error_file", folder / "errors", "-trace_msg", "-message_file", folder / "messages"),
            *(part for key, value in keys.items() for part in ("-key", key, value)),
            *(("-au", credentials[0], "-ap", credentials[1]) if credentials else ()),
        ]
        self._process: ChildProcess | None = None

    def start(self) -> None:
        self._process = ChildProcess(self._command, self._folder / "log")

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop(1.0)
            self._process = None

    def finished(self) -> bool:
        """The scenario is over, as written or not."""
        return self._process is None or not self._process.running()

    def went_as_written(self, timeout_s: float = 15.0) -> bool:
        """Waits for the end. True if every message came as the scenario says; otherwise see `messages`."""
        assert self._process is not None
        return self._process.wait(timeout_s) == 0

    def messages(self) -> str:
        """The SIP messages of this run."""
        file = self._folder / "messages"
        return file.read_text(errors="replace") if file.exists() else ""

    def received(self) -> list[str]:
        """The messages that came, oldest first."""
        pieces = _MESSAGE_END.split(self.messages())
        return [piece[found.end() :].strip() for piece in pieces if (found := _RECEIVED.search(piece))]


class SippCustomer(SippRun):
    """A customer who calls: "waits_for_goodbye", "says_goodbye", "gives_up" or "takes_refer".

    `header` is one more line of the INVITE, such as a Diversion; `pause_s` is how long the scenario's pause takes;
    `calls` at once, all with the same name and number. `to` names another target than the PBX, as host and port.
    """

    def __init__(
        self,
        pbx: AsteriskPbx,
        folder: Path,
        scenario: str,
        *,
        extension: str = "1001",
        name: str = "Marie Dupont",
        number: str = "+33123456789",
        header: str = "X-Lab: yes",
        pause_s: float = 1.0,
        calls: int = 1,
        to: tuple[str, int] | None = None,
        fills: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            folder,
            scenario,
            to or (pbx.host, pbx.port),
            {"extension": extension, "caller_name": name, "caller_number": number, "extra_header": header},
            fills=fills,
            options=(
                *("-m", str(calls), "-l", str(calls), "-r", str(calls), "-rp", "100"),
                *("-d", str(int(pause_s * 1000))),
            ),
        )

    def direction_wanted(self) -> str:
        """How the agent's telephone wants the sound in its newest offer or answer: "sendrecv", "sendonly" ..."""
        described = [message for message in self.received() if "\nm=audio" in message]
        found = re.search(r"^a=(sendrecv|sendonly|recvonly|inactive)\r?$", described[-1], re.MULTILINE)
        return found[1] if found else "sendrecv"


def refer_taken(answer: str = "202 Accepted", *, then: str = "silence", report: str = "200 OK") -> dict[str, str]:
    """The `fills` of "takes_refer": the answer to the REFER; then "silence", "bye", "ringing" only, or the "report"."""
    return {
        "refer_answer": answer,
        "then": {"silence": "wait", "bye": "bye"}.get(then, "report"),
        "after_ringing": "final" if then == "report" else "wait",
        "report": report,
    }
