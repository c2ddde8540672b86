"""What the types of the agent's day (availability, wrap-up) cannot say. Values only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent_toolbar.application.feature_code_presets import preset_names, toggles, with_preset
from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    Disposition,
    Reason,
    Settings,
)

Rule = tuple[str, bool, str]

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_HOURS = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DIALLED = "[A-Za-z0-9*#+._-]"
_HINT = re.compile(rf"(?:{_DIALLED}|\{{extension\}}){{0,64}}")
_PAUSE_CODE = re.compile(rf"(?:{_DIALLED}|\{{(?:extension|queue|reason)\}}){{0,40}}")
_OTHER_CODE = re.compile(rf"(?:{_DIALLED}|\{{(?:extension|queue)\}}){{0,40}}")
_QUEUE = re.compile(r"[A-Za-z0-9_-]{0,40}")
_IN_CODES = "A-Z a-z 0-9 * # + . _ -"
_COLOUR = re.compile(r"(?:#[0-9A-Fa-f]{6})?")
_CODES = "A-Z a-z 0-9 - _, 1-40, each once"
_MAX_S = 86_400


def day_rules(settings: Settings) -> list[Rule]:
    """Key, whether it is kept, and what is expected."""
    day, wrap_up = settings.availability, settings.wrap_up
    return [
        ("availability.control", bool(_CODE.fullmatch(day.control)), "A-Z a-z 0-9 - _"),
        ("availability.hint", bool(_HINT.fullmatch(day.hint)), "*46{extension}"),
        ("availability.dnd_hint", bool(_HINT.fullmatch(day.dnd_hint)), "*76{extension}"),
        ("availability.forward_hint", bool(_HINT.fullmatch(day.forward_hint)), "*740{extension}"),
        ("availability.reasons", _are_codes(day.reasons), _CODES),
        ("availability.hours", not day.hours or bool(_HOURS.fullmatch(day.hours)), "HH:MM-HH:MM"),
        ("availability.days", all(0 <= one <= 6 for one in day.days), "0-6"),
        ("availability.idle_min", 0 <= day.idle_min <= 600, "0-600"),
        ("availability.idle_answer_s", 5 <= day.idle_answer_s <= 600, "5-600"),
        ("availability.sleep_min", 0 <= day.sleep_min <= 1440, "0-1440"),
        (
            "availability.idle_reason",
            any(one.code == day.idle_reason and not one.needs_note for one in day.reasons) or not day.idle_min,
            "availability.reasons",
        ),
        *_feature_code_rules(day),
        ("wrap_up.reason", bool(_CODE.fullmatch(wrap_up.reason)), "A-Z a-z 0-9 - _"),
        ("wrap_up.seconds", 0 <= wrap_up.seconds <= _MAX_S, f"0-{_MAX_S}"),
        ("wrap_up.extend_s", 1 <= wrap_up.extend_s <= _MAX_S, f"1-{_MAX_S}"),
        ("wrap_up.dispositions", _are_codes(wrap_up.dispositions), _CODES),
    ]


def _feature_code_rules(day: AvailabilitySettings) -> list[Rule]:
    codes = day.codes
    names = preset_names()
    others = f"{_IN_CODES} {{extension}} {{queue}}"
    rules: list[Rule] = [
        ("availability.codes.preset", codes.preset in {"", *names}, ", ".join(names)),
        ("availability.codes.queue", bool(_QUEUE.fullmatch(codes.queue)), "A-Z a-z 0-9 - _"),
        ("availability.codes.pause", bool(_PAUSE_CODE.fullmatch(codes.pause)), f"{others} {{reason}}"),
        ("availability.codes.unpause", bool(_OTHER_CODE.fullmatch(codes.unpause)), others),
        ("availability.codes.login", bool(_OTHER_CODE.fullmatch(codes.login)), others),
        ("availability.codes.logout", bool(_OTHER_CODE.fullmatch(codes.logout)), others),
    ]
    if day.adapter is AvailabilityAdapter.FEATURE_CODE:
        used = with_preset(codes)
        names_queue = any("{queue}" in code for code in (used.pause, used.unpause, used.login, used.logout))
        rules += [
            ("availability.codes.pause", bool(used.pause), "*46{reason}"),
            ("availability.codes.unpause", bool(used.unpause), "*47"),
            ("availability.codes.queue", bool(used.queue) or not names_queue, "{queue}: 600"),
            ("availability.hint", bool(day.hint) or not toggles(used), "pause = unpause: *46{extension}"),
            ("availability.codes.logout", not used.login or used.login != used.logout, "login != logout"),
        ]
    return rules


def _are_codes(entries: Iterable[Reason | Disposition]) -> bool:
    listed = list(entries)
    codes = {one.code for one in listed}
    return len(codes) == len(listed) and all(
        _CODE.fullmatch(one.code) and _COLOUR.fullmatch(one.colour) for one in listed
    )
