"""Calls handed over on the practice line by the toolbar's own engine, as its toolbar orders it."""

from __future__ import annotations

import secrets
from typing import Any

from agent_toolbar.application.ports.telephony import Answer, Dial, HangUp, Hold, Redirect, Refer, Resume
from agent_toolbar.domain.call import CallEndCause, CallSnapshot, CallState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.practice.json_process import JsonProcess


def held_customer(toolbar: Toolbar, exchange: JsonProcess, scenario: str = "put_through") -> CallSnapshot:
    """A customer who has been heard and put on hold."""
    exchange.tell(call=scenario)
    ringing = toolbar.wait_state(CallState.RINGING)
    toolbar.send(Answer(call=ringing.id))
    toolbar.wait_state(CallState.CONNECTED)
    exchange.wait(event="said", line=f"{scenario}-hello")
    toolbar.send(Hold(call=ringing.id))
    return toolbar.wait_call(lambda call: call.held and not call.changing_hold)


def final_report(toolbar: Toolbar, call: CallSnapshot, target: str) -> CallSnapshot:
    """The customer's call when all that can be said of this target has been said."""

    def told(one: CallSnapshot) -> bool:
        return one.id == call.id and one.refer is not None and one.refer.final and one.refer.target == target

    return toolbar.wait_call(told, 25.0)


def test_a_customer_goes_to_a_colleague_who_answers(registered: Toolbar, exchange: JsonProcess) -> None:
    customer = held_customer(registered, exchange)
    registered.send(Refer(call=customer.id, target="201", context=secrets.token_hex(16)))
    registered.wait_call(lambda call: call.refer is not None and call.refer.sip_status == 180)
    after = final_report(registered, customer, "201")
    assert after.refer is not None
    assert after.refer.succeeded
    assert after.live

    registered.send(HangUp(call=customer.id))
    assert registered.wait_state(CallState.ENDED, customer.id).end_cause is CallEndCause.HANDED_OVER
    assert exchange.wait(event="said", line="goodbye-m2")["heard_by"] == "Nadia Brooks"


def test_a_customer_whom_nobody_takes_comes_back_and_can_be_sent_on(registered: Toolbar, exchange: JsonProcess) -> None:
    customer = held_customer(registered, exchange)
    refused: dict[str, Any] = {}
    for target in ("202", "206", "204"):
        registered.send(Refer(call=customer.id, target=target))
        refer = final_report(registered, customer, target).refer
        assert refer is not None
        assert refer.accepted
        refused[target] = refer.sip_status
    assert refused == {"202": 486, "206": 404, "204": 603}

    registered.send(Resume(call=customer.id))
    exchange.wait(event="said", line="put_through-nobody")
    registered.send(Refer(call=customer.id, target="205"))
    refer = final_report(registered, customer, "205").refer
    assert refer is not None
    assert refer.succeeded
    assert exchange.wait(event="handed_over")["callee"] == "Arthur Doyle"


def test_a_customer_and_a_consulted_colleague_are_connected(registered: Toolbar, exchange: JsonProcess) -> None:
    customer = held_customer(registered, exchange, "ask_first")
    registered.send(Dial(call="ask", target="205", consult_for=customer.id))
    registered.wait_call(lambda call: call.id == "ask" and call.state is CallState.CONNECTED)
    exchange.wait(event="said", line="extension-205-hello")
    registered.send(Refer(call=customer.id, target="205", replaces="ask"))
    assert exchange.wait(event="refer_received")["attended"] is True
    assert exchange.wait(event="handed_over")["callee"] == "Arthur Doyle"
    registered.wait_call(lambda call: call.id == customer.id and call.refer is not None and call.refer.succeeded)
    registered.send(HangUp(call=customer.id))
    assert registered.wait_state(CallState.ENDED, customer.id).end_cause is CallEndCause.HANDED_OVER


def test_a_colleague_who_still_rings_gets_the_customer_in_good_order(
    registered: Toolbar, exchange: JsonProcess
) -> None:
    customer = held_customer(registered, exchange, "ask_first")
    registered.send(Dial(call="ask", target="205", consult_for=customer.id))
    registered.wait_call(lambda call: call.id == "ask" and call.state is CallState.ALERTING)
    registered.send(Refer(call=customer.id, target="205", replaces="ask"))
    assert exchange.wait(event="refer_received")["attended"] is False
    assert exchange.wait(event="handed_over")["callee"] == "Arthur Doyle"


def test_a_ringing_call_is_sent_to_a_colleague(registered: Toolbar, exchange: JsonProcess) -> None:
    exchange.tell(call="put_through")
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(Redirect(call=ringing.id, target="201"))
    assert registered.wait_state(CallState.ENDED, ringing.id).end_cause is CallEndCause.REDIRECTED
    assert exchange.wait(event="redirected")["number"] == "201"
    assert exchange.wait(event="handed_over")["callee"] == "Nadia Brooks"
