"""Dialling codes of telephone systems, as their makers document them.

None of these products was run against: what is said here was read in the sources that each entry names. The toolbar
itself was run against Asterisk 22 with the dialplan of the admin guide. A code that could not be established is "".
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from agent_toolbar.application.ports.settings import FeatureCodes

_FILLED = ("pause", "unpause", "login", "logout")


@dataclass(frozen=True, slots=True)
class Preset:
    """One telephone system.

    Attributes:
        label: name as its maker writes it.
        hint: extension whose dialog state is busy while the agent is paused, "" where none is known.
    """

    label: str
    codes: FeatureCodes
    hint: str = ""


FREEPBX = Preset("FreePBX", FeatureCodes(preset="freepbx", pause="*46", unpause="*46"), hint="*46*{extension}")
"""Module "queues" (github.com/FreePBX/queues, install.php and functions.inc/dialplan.php): *46 toggles the pause in all
queues of the caller and has the hint *46*<device>. *45 toggles the login of a dynamic member; nothing tells which way,
so it is not dialled."""

FUSIONPBX = Preset("FusionPBX", FeatureCodes(preset="fusionpbx", pause="*24", unpause="*24"))
"""github.com/fusionpbx/fusionpbx, dialplan/215_agent_status_break.xml and scripts/app/agent_status/index.lua: *24
toggles "On Break" and "Available", after a PIN unless the dialplan sets agent_authorized=true, and five seconds late.
Its lamp agent+<id> is lit while the agent is available, so it is no hint here. *22 logs in and out, as a toggle."""

MIKOPBX = Preset("MikoPBX", FeatureCodes(preset="mikopbx", pause="*46", unpause="*46"))
"""github.com/mikopbx/docs.mikopbx.com, faq/cases/pause-for-queue-agent.md: *46 toggles the pause, once the
administrator has added the dialplan application that is printed there. It has no hint."""

YEASTAR = Preset("Yeastar P-Series", FeatureCodes(preset="yeastar", pause="*07{queue}", unpause="*07{queue}"))
"""help.yeastar.com, P-Series administrator guide, "Feature Code Reference": *07<queue> toggles the pause in one queue,
*7<queue> toggles the login of a dynamic agent. No hint for the pause is documented there."""

_PRESETS = {one.codes.preset: one for one in (FREEPBX, FUSIONPBX, MIKOPBX, YEASTAR)}


def preset_names() -> tuple[str, ...]:
    """What FeatureCodes.preset may be besides "", sorted."""
    return tuple(sorted(_PRESETS))


def preset_label(name: str) -> str:
    """The product's name; `name` itself for none of ours."""
    return _PRESETS[name].label if name in _PRESETS else name


def preset_codes(name: str) -> FeatureCodes:
    """Its codes, all "" for none of ours."""
    return _PRESETS[name].codes if name in _PRESETS else FeatureCodes()


def preset_hint(name: str) -> str:
    """What AvailabilitySettings.hint is to be with it, "" where no hint is known."""
    return _PRESETS[name].hint if name in _PRESETS else ""


def with_preset(codes: FeatureCodes) -> FeatureCodes:
    """The codes in force: what is "" is filled from the preset."""
    preset = preset_codes(codes.preset)
    return msgspec.structs.replace(codes, **{name: getattr(codes, name) or getattr(preset, name) for name in _FILLED})


def toggles(codes: FeatureCodes) -> bool:
    """A pause without a reason is dialled as its end is, so that only what is known before says what it does."""
    return bool(codes.pause) and codes.pause.replace("{reason}", "") == codes.unpause
