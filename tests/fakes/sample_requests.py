"""Moments in which a link, a page or a selected text asks for a call."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.toolbar_state import DialRequestView, ToolbarState
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number, display_number
from tests.fakes.sample_states import JEROME, MARIE, NEW, READY, STATES, WEBER_ONE, WEBER_TWO

_PLAN = NumberPlan("FR", "[0-9]{4}")


def asks(
    target: str,
    reason: AskReason = AskReason.SETTINGS,
    *matches: ContactMatch,
    source: DialSource = DialSource.LINK,
    origin: str = "",
    state: ToolbarState = READY,
    request_id: str = "request1",
) -> ToolbarState:
    """`state` with a question whether to call `target`."""
    number = canonical_number(target, _PLAN)
    shown = display_number(number, _PLAN) or target
    view = DialRequestView(
        request_id, source, target, number, shown, origin, reason, matches=tuple(matches), looked_up=True
    )
    return replace(state, dial_request=view)


REQUESTS: dict[str, ToolbarState] = {
    "link-contact": asks("+33145678901", AskReason.SETTINGS, MARIE),
    "link-unknown": asks("+33199001234"),
    "link-two-contacts": asks("+4930901820", AskReason.SETTINGS, WEBER_ONE, WEBER_TWO),
    "link-new-country": asks("+18765550123", AskReason.NEW_COUNTRY),
    "link-emergency": asks("112", AskReason.EMERGENCY),
    "link-premium": asks("0899701234", AskReason.PREMIUM),
    "link-code": asks("*21*0123456789#", AskReason.SERVICE_CODE),
    "link-elsewhere": asks("paul@partner.example", AskReason.FOREIGN_HOST),
    "link-many": asks("+33612345678", AskReason.BURST, JEROME),
    "link-cti-off": asks("+33145678901", AskReason.SETTINGS, MARIE, state=NEW),
    "link-in-a-call": asks("+33145678901", AskReason.SETTINGS, MARIE, state=STATES["in-a-call"]),
    "page-asks": asks(
        "+33145678901", AskReason.SETTINGS, MARIE, source=DialSource.PAGE, origin="https://crm.example.com"
    ),
    "selection-asks": asks("1002", source=DialSource.SELECTION),
}
