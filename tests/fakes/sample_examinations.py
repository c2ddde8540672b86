"""What the doctor may say, for the tests and pictures of its window."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_state import Remedy

_PARAMS: dict[Check, dict[str, str | int | float]] = {
    Check.AUDIO_DEVICE: {"microphone": "Jabra Evolve2 40", "speaker": "Jabra Evolve2 40"},
    Check.MICROPHONE: {"dbfs": -24},
    Check.NETWORK: {"address": "192.168.1.20"},
    Check.NAMES: {"server": "pbx.example.com", "address": "192.0.2.10"},
    Check.TRANSPORT: {"port": 5060, "transport": "UDP"},
    Check.REGISTRATION: {"extension": "204", "took_ms": 12},
    Check.NAT: {"contact": "192.168.1.20"},
    Check.CODECS: {"codecs": "G722, PCMA, PCMU"},
}
_UNKNOWN = {
    Check.CERTIFICATE: "not_encrypted",
    Check.DO_NOT_DISTURB: "pbx_does_not_tell",
    Check.FORWARDING: "pbx_does_not_tell",
    Check.CRM: "not_set_up",
    Check.OUTBOX: "not_set_up",
}


def examination(*bad: CheckResult, upto: Check = Check.OUTBOX) -> Examination:
    """All is well but for `bad`; ends after `upto`."""
    found = {result.check: result for result in bad}
    checks = list(Check)[: list(Check).index(upto) + 1]
    return Examination(tuple(found.get(check, _usual(check)) for check in checks), done=upto is Check.OUTBOX)


def _usual(check: Check) -> CheckResult:
    if check in _UNKNOWN:
        return CheckResult(check, Finding.UNKNOWN, _UNKNOWN[check])
    return CheckResult(check, Finding.FINE, params=_PARAMS.get(check, {}))


ALL_WELL = examination()
PAUSED = examination(CheckResult(Check.PAUSE, Finding.WRONG, "paused_there", {"reason": "training"}, Remedy.TELL_QUEUE))
WRONG_PASSWORD = examination(
    CheckResult(
        Check.REGISTRATION,
        Finding.WRONG,
        "registration_wrong_password",
        {"extension": "204", "server": "pbx.example.com"},
        Remedy.ENTER_PASSWORD,
    )
)
PHONE_ONLY = examination(
    CheckResult(Check.QUEUE_LOGIN, Finding.WARNING, "queue_does_not_know", remedy=Remedy.OPEN_AVAILABILITY)
)
HALF_WAY = examination(upto=Check.NETWORK)
LISTENING = replace(examination(upto=Check.AUDIO_DEVICE), listening=True)
