"""Which words of the bar fit into a width. Depends on the width only, never on the state, so that no zone moves."""

from __future__ import annotations

from dataclasses import dataclass

_CALL_LEAST, _CALL_EASY, _CALL_MOST = 128, 220, 440
_DIAL_LEAST, _DIAL_EASY, _DIAL_MOST = 70, 180, 320


@dataclass(frozen=True, slots=True)
class ZoneNeeds:
    """Pixels that the parts of fixed width take.

    Attributes:
        fixed: everything that is always there: switch, state sign, history, settings.
        easy, narrow: the call buttons and the gaps between zones at their usual and at their least width.
        cti_words, crm_words, agent_words: what the words beside the switches and the state's sign add.
        scale: of the text size.
    """

    fixed: int
    easy: int
    narrow: int
    cti_words: int
    agent_words: int
    crm_words: int = 0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """What is shown in words, and the widths of the two zones that stretch. `fits` False: use the pill."""

    cti_words: bool
    crm_words: bool
    agent_words: bool
    narrow: bool
    call: int
    dial: int
    fits: bool = True


def plan_zones(width: int, needs: ZoneNeeds) -> ZonePlan:
    """Narrows buttons and gaps first, then drops the words beside the switches, then those of the agent's state.

    Icons stay, and a name below each switch. The caller's name has its easy width before any of these words has room.
    """

    def px(size: int) -> int:
        return round(size * needs.scale)

    steps = (
        (True, True, True, False, _CALL_EASY, _DIAL_EASY),
        (True, True, True, True, _CALL_EASY, _DIAL_EASY),
        (True, False, True, True, _CALL_EASY, _DIAL_LEAST),
        (False, False, True, True, _CALL_EASY, _DIAL_LEAST),
        (False, False, False, True, _CALL_LEAST, _DIAL_LEAST),
    )
    for cti, crm, agent, narrow, call, dial in steps:
        taken = needs.fixed + (needs.narrow if narrow else needs.easy)
        taken += (cti and needs.cti_words) + (crm and needs.crm_words) + (agent and needs.agent_words)
        spare = width - taken - px(call) - px(dial)
        if spare >= 0:
            name = min(px(_CALL_EASY - call), spare)
            for_call = name + min(px(_CALL_MOST - _CALL_EASY), (spare - name) * 3 // 5)
            for_dial = min(px(_DIAL_MOST - dial), spare - for_call)
            return ZonePlan(cti, crm, agent, narrow, px(call) + for_call, px(dial) + for_dial)
    return ZonePlan(False, False, False, True, px(_CALL_LEAST), px(_DIAL_LEAST), fits=False)


def least_width(needs: ZoneNeeds) -> int:
    """The narrowest bar; below it the pill takes over."""
    stretching = round(_CALL_LEAST * needs.scale) + round(_DIAL_LEAST * needs.scale)
    return needs.fixed + needs.narrow + stretching
