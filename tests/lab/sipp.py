"""Customers without sound: SIPp plays a scenario of the folder `sipp` through the PBX's trunk, as any caller."""

from __future__ import annotations

from pathlib import Path

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.free_ports import free_port, free_range

SCENARIOS = Path(__file__).parent / "sipp"
TRANSACTION_TIMEOUT_S = 60


class SippCustomer:
    """One run of a scenario: "waits_for_goodbye", "says_goodbye" or "gives_up".

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
    ) -> None:
        host, port = to or (pbx.host, pbx.port)
        keys = {"extension": extension, "caller_name": name, "caller_number": number, "extra_header": header}
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._command: list[str | Path] = [
            *("sipp", f"{host}:{port}", "-sf", SCENARIOS / f"{scenario}.xml"),
            *("-i", "127.0.0.1", "-p", str(free_port()), "-mi", "127.0.0.1", "-mp", str(free_range(4))),
            *("-m", str(calls), "-l", str(calls), "-r", str(calls), "-rp", "100"),
            *("-d", str(int(pause_s * 1000)), "-timeout", str(TRANSACTION_TIMEOUT_S), "-rtp_echo", "-nostdin"),
            *("-trace_err", "-error_file", folder / "errors", "-trace_msg", "-message_file", folder / "messages"),
            *(part for key, value in keys.items() for part in ("-key", key, value)),
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
