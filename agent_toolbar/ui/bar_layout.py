"""Which words of the bar fit into a width. Depends on the width only, never on the state, so that no zone moves."""

from __future__ import annotations

from dataclasses import dataclass

_CALL_LEAST, _CALL_EASY, _CALL_MOST = 132, 220, 440
_DIAL_LEAST, _DIAL_EASY, _DIAL_MOST = 70, 180, 320


@dataclass(frozen=True, slots=True)
class ZoneNeeds:
    """Pixels that the parts of fixed width take.

    Attributes:
        fixed: everything that is always there: switch, state sign, history, settings.
        easy, narrow: the call buttons and the gaps between zones at their usual and at their least width.
        cti_words, agent_words: what the words beside the switch and the state's sign add.
        scale: of the text size.
    """

    fixed: int
    easy: int
    narrow: int
    cti_words: int
    agent_words: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """What is shown in words, and the widths of the two zones that stretch. `fits` False: use the pill."""

    cti_words: bool
    agent_words: bool
    narrow: bool
    call: int
    dial: int
    fits: bool = True


def plan_zones(width: int, needs: ZoneNeeds) -> ZonePlan:
    """Narrows buttons and gaps first, then drops the words beside the switch, then the agent's state; icons stay."""

    def px(size: int) -> int:
        return round(size * needs.scale)

    steps = (
        (True, True, False, _CALL_EASY, _DIAL_EASY),
        (True, True, True, _CALL_EASY, _DIAL_EASY),
        (True, True, True, _CALL_LEAST, _DIAL_LEAST),
        (False, True, True, _CALL_LEAST, _DIAL_LEAST),
        (False, False, True, _CALL_LEAST, _DIAL_LEAST),
    )
    for cti_words, agent_words, narrow, call, dial in steps:
        taken = needs.fixed + (needs.narrow if narrow else needs.easy)
        taken += (needs.cti_words if cti_words else 0) + (needs.agent_words if agent_words else 0)
        spare = width - taken - px(call) - px(dial)
        if spare >= 0:
            for_call = min(px(_CALL_MOST - call), spare * 3 // 5)
            for_dial = min(px(_DIAL_MOST - dial), spare - for_call)
            return ZonePlan(cti_words, agent_words, narrow, px(call) + for_call, px(dial) + for_dial)
    return ZonePlan(False, False, True, px(_CALL_LEAST), px(_DIAL_LEAST), fits=False)


def least_width(needs: ZoneNeeds) -> int:
    """The narrowest bar; below it the pill takes over."""
    stretching = round(_CALL_LEAST * needs.scale) + round(_DIAL_LEAST * needs.scale)
    return needs.fixed + needs.narrow + stretching
