"""What the doctor asks of the world outside: each probe answers once, on the GUI thread, within a bounded time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from agent_toolbar.domain.errors import AgentToolbarError


class Finding(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    WRONG = "wrong"
    UNKNOWN = "unknown"  # could not be found out, or does not apply


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """code names the sentence in i18n ("" for fine); params: what it shows."""

    finding: Finding
    code: str = ""
    params: dict[str, str | int | float] | None = None


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the account's PBX is said to be. port 0: SRV, then 5060. transport: "udp", "tcp" or "tls"."""

    server: str
    port: int
    transport: str


class NetworkProbes(Protocol):
    """Questions to the network, off the GUI thread. None of them uses the account's password."""

    def network(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        """Whether this computer has a way out to the PBX at all (an interface, a route)."""

    def names(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        """Whether the PBX's name can be resolved."""

    def transport(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        """Whether something answers there: OPTIONS over UDP, or a TCP connection with OPTIONS."""

    def certificate(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        """Of a TLS account; for others UNKNOWN with code "not_encrypted"."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """password: of the account, for digest (RFC 3261 section 22). test_number: an echo that answers, "" for none."""

    server: str
    port: int
    transport: str
    extension: str
    auth_user: str
    password: str
    test_number: str
    folder: Path


class Auditor(Protocol):
    """Asks the PBX what it is and can do, and writes audit.md and audit.html. It changes no registration."""

    def audit(self, request: AuditRequest, on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None]) -> None:
        """The written files, or why there are none (AvailabilityError, StorageError)."""

    def try_codecs(
        self, request: AuditRequest, codecs: tuple[str, ...], on_result: Callable[[ProbeResult], None]
    ) -> None:
        """Calls the test number with these sound formats and ends the call at once; answers within 10 s.

        WRONG with "no_common_codec" when the PBX takes none of them.
        """
