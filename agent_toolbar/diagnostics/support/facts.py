"""What support may know, built value by value: enumerations, truth values, numbers and codes of ours. Pure.

Nothing is copied and then blacked out: a text of the agent, of a caller or of a contact has no way in here, because
no function takes one over. What is not in a list of ours is counted or called "other".
"""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Collection, Iterable
from enum import Enum, StrEnum

import msgspec

from agent_toolbar.application.examination import CheckResult, Examination
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_state import Fault, ToolbarState
from agent_toolbar.domain import errors
from agent_toolbar.domain.audio import AudioRoleSnapshot
from agent_toolbar.domain.call import CallSnapshot

Fact = bool | int | float | str | None | list["Fact"] | dict[str, "Fact"]

OTHER = "other"
CODECS = frozenset({"G722", "PCMA", "PCMU", "opus"})
MOMENTS = frozenset({"card_painted"})  # everything that is noted anywhere
_NUMBERS = frozenset({"port", "status", "took_ms", "dbfs", "days", "count"})  # parameters of findings and faults
_ERROR_CLASS = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_]*\.)*([A-Za-z_][A-Za-z0-9_]*)(?::|$)")
_EXCEPTIONS = {
    *(name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)),
    *(name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)),
}


def enumerated(value: StrEnum | None) -> str | None:
    """The value of an enumeration of ours; anything else that stands in its place is "other"."""
    if value is None:
        return None
    return str(value.value) if isinstance(value, Enum) else OTHER


def known(code: str, codes: Collection[str]) -> str:
    return code if code in codes else OTHER


def number(value: object) -> int | float | None:
    """None for what is no number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


# ------------------------------------------------------------------ the toolbar's state


def state_facts(state: ToolbarState, codes: Collection[str], now_s: float) -> dict[str, Fact]:
    """`codes`: every code that has a sentence. Times are told as "how long ago"."""
    registration, agent = state.registration, state.agent
    return {
        "cti_on": bool(state.cti_on),
        "practice": bool(state.practice),
        "engine": {
            "link": enumerated(state.link),
            "running_s": _ago(state.engine_started_s, now_s),
        },
        "registration": {
            "state": enumerated(registration.state),
            "fault": enumerated(registration.fault),
            "sip_status": number(registration.sip_status),
            "transport": enumerated(registration.transport),
            "expires_s": number(registration.expires_s),
            "registered_for_s": _ago(registration.registered_s, now_s),
        },
        "account": {
            "configured": bool(state.account.configured),
            "port": number(state.account.port),
            "password_known": bool(state.account.password_known),
            "password_kept": bool(state.account.password_kept),
        },
        "agent": {
            "state": enumerated(agent.state),
            "for_s": _ago(agent.since_s, now_s),
            "has_reason": bool(agent.reason),
            "desired_ready": bool(agent.desired.ready),
            "confirmed": enumerated(agent.confirmed.state),
            "agreement": enumerated(agent.agreement),
        },
        "calls": [_call(view.call, now_s) for view in state.calls],
        "ended_lately": [_call(view.call, now_s) for view in state.just_ended],
        "wrap_up_open": state.wrap_up is not None,
        "transfer": enumerated(state.transfer.state) if state.transfer is not None else None,
        "audio": {
            "inputs": len(state.audio.inputs),
            "outputs": len(state.audio.outputs),
            "microphone": _role(state.audio.microphone),
            "speaker": _role(state.audio.speaker),
            "ringer": _role(state.audio.ringer),
            "microphone_volume": number(state.audio.microphone_volume),
            "speaker_volume": number(state.audio.speaker_volume),
            "ringer_volume": number(state.audio.ringer_volume),
            "captured": number(state.audio.counters.captured),
            "played": number(state.audio.counters.played),
            "capture_dropped": number(state.audio.counters.capture_dropped),
            "capture_missing": number(state.audio.counters.capture_missing),
            "play_dropped": number(state.audio.counters.play_dropped),
            "play_missing": number(state.audio.counters.play_missing),
        },
        "missed": number(state.missed),
        "contacts": number(state.contacts),
        "colleagues": len(state.colleagues),
        "faults": [_fault(fault, codes) for fault in state.faults],
    }


def _call(call: CallSnapshot, now_s: float) -> Fact:
    quality = call.quality
    return {
        "direction": enumerated(call.direction),
        "state": enumerated(call.state),
        "began_s_ago": _ago(call.started_s, now_s),
        "answered": bool(call.answered_s),
        "held": bool(call.held),
        "muted": bool(call.muted),
        "in_conference": bool(call.in_conference),
        "encrypted": bool(call.encrypted),
        "codec": known(call.codec, CODECS) if call.codec else None,
        "sip_status": number(call.sip_status),
        "end_cause": enumerated(call.end_cause),
        "ended_by": enumerated(call.ended_by),
        "mos": number(quality.mos) if quality is not None else None,
        "loss_percent": number(quality.loss_percent) if quality is not None else None,
        "jitter_ms": number(quality.jitter_ms) if quality is not None else None,
        "round_trip_ms": number(quality.round_trip_ms) if quality is not None else None,
    }


def _role(role: AudioRoleSnapshot) -> Fact:
    return {"chosen": bool(role.chosen_id), "in_use": role.in_use is not None, "fault": enumerated(role.fault)}


def _fault(fault: Fault, codes: Collection[str]) -> Fact:
    return {
        "code": known(fault.code, codes),
        "place": enumerated(fault.place),
        "serious": bool(fault.serious),
        "params": _numbers(fault.params),
    }


def _ago(moment_s: float, now_s: float) -> int | None:
    return round(now_s - moment_s) if moment_s else None


def _numbers(params: dict[str, str | int | float]) -> dict[str, Fact]:
    return {name: number(value) for name, value in params.items() if name in _NUMBERS and number(value) is not None}


# ------------------------------------------------------------------ what the doctor found


def examination_facts(examination: Examination, codes: Collection[str]) -> list[Fact]:
    return [_result(result, codes) for result in examination.results]


def _result(result: CheckResult, codes: Collection[str]) -> Fact:
    return {
        "check": enumerated(result.check),
        "finding": enumerated(result.finding),
        "code": known(result.code, codes) if result.code else "",
        "params": _numbers(result.params),
    }


# ------------------------------------------------------------------ settings


def settings_facts(settings: Settings) -> dict[str, Fact]:
    """Every key as it stands in the file: whether it was changed, and its value where it is no text.

    Of lists, how long they are.
    """
    return _struct(settings, Settings())


def _struct(now: msgspec.Struct, built_in: msgspec.Struct) -> dict[str, Fact]:
    return {
        name: _setting(getattr(now, name), getattr(built_in, name))
        for name in now.__struct_fields__  # our own names; keys of dictionaries are somebody's text
    }


def _setting(now: object, built_in: object) -> Fact:
    if isinstance(now, msgspec.Struct) and type(now) is type(built_in):
        return _struct(now, built_in)
    told: dict[str, Fact] = {"changed": now != built_in}
    if isinstance(now, Enum):
        told["value"] = str(now.value)
    elif isinstance(now, bool | int | float):
        told["value"] = now
    elif isinstance(now, tuple | dict):
        told["count"] = len(now)
    return told


# ------------------------------------------------------------------ times and errors


def timing_facts(lines: Iterable[str]) -> list[Fact]:
    """Of a trace (diagnostics.trace): which moment, and how many milliseconds after the first. Ids are left out."""
    moments: list[tuple[str, float]] = []
    for line in lines:
        try:
            noted = json.loads(line)
        except ValueError:
            continue  # the last line may be half written
        at_s = number(noted.get("monotonic_s")) if isinstance(noted, dict) else None
        if at_s is not None:
            moments.append((known(str(noted.get("moment")), MOMENTS), float(at_s)))
    first_s = moments[0][1] if moments else 0.0
    return [{"moment": moment, "after_ms": round((at_s - first_s) * 1000)} for moment, at_s in moments]


def error_facts(lines: Iterable[str]) -> dict[str, Fact]:
    """Of the engine's error log: how many lines, how many failed assertions, and classes of exceptions with counts."""
    total = assertions = 0
    classes: dict[str, int] = {}
    for line in lines:
        total += 1
        assertions += "Assertion" in line
        found = _ERROR_CLASS.match(line)
        name = found[1] if found is not None else ""
        if name in _EXCEPTIONS:
            classes[name] = classes.get(name, 0) + 1
    return {"lines": total, "assertions": assertions, "exceptions": {**classes}}
