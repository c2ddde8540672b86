""" "Why am I not getting calls?": what is checked, in order, and what came out. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_state import Remedy


class Check(StrEnum):
    """In the order in which they are made and shown: what is wrong first explains what comes after it."""

    CTI = "cti"
    AUDIO_DEVICE = "audio_device"
    MICROPHONE = "microphone"
    ENGINE = "engine"
    NETWORK = "network"
    NAMES = "names"
    TRANSPORT = "transport"
    CERTIFICATE = "certificate"
    REGISTRATION = "registration"
    NAT = "nat"
    CODECS = "codecs"
    CALL = "call"
    QUEUE_LOGIN = "queue_login"
    PAUSE = "pause"
    WRAP_UP = "wrap_up"
    DO_NOT_DISTURB = "do_not_disturb"
    FORWARDING = "forwarding"
    CRM = "crm"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """code: names the sentence in i18n ("" for "all is well"); params: what it shows; remedy: the repair button."""

    check: Check
    finding: Finding
    code: str = ""
    params: dict[str, str | int | float] = field(default_factory=dict)
    remedy: Remedy = Remedy.NONE


@dataclass(frozen=True, slots=True)
class Examination:
    """results: in the order of Check, as far as they are known; done: nothing more will come.

    listening: the microphone is open at this moment, to measure it.
    """

    results: tuple[CheckResult, ...] = ()
    done: bool = False
    listening: bool = False

    @property
    def cause(self) -> CheckResult | None:
        """The first thing that is wrong, else the first warning, None if all is well."""
        for finding in (Finding.WRONG, Finding.WARNING):
            for result in self.results:
                if result.finding is finding:
                    return result
        return None
