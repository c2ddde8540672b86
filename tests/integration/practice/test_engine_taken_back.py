"""An engine that is killed on the practice line: its successor takes the calls back from the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from agent_toolbar.application.ports.telephony import Answer, Dial, Hold, Refer, Register, Resume
from agent_toolbar.domain.call import CallSnapshot, CallState
from tests.integration.engine.engine_process import EngineProcess
from tests.integration.practice.json_process import JsonProcess


class Desk:
    """A profile whose engine dies and is started again."""

    def __init__(self, engine: EngineProcess, line: dict[str, Any]) -> None:
        self._engine = engine
        self._line = line
        self.toolbar = engine.toolbar()
        self.toolbar.attach()
        self._register()

    def kill(self) -> None:
        """kill -9; the next engine is told the account again, as the toolbar does."""
        self.toolbar.close()
        self._engine.process.kill()
        self._engine.process.wait()
        self._engine.process = self._engine.spawn()
        self.toolbar = self._engine.toolbar()
        self.toolbar.attach()
        self._register()

    def back(self, call: str) -> CallSnapshot:
        return self.toolbar.wait_call(lambda one: one.id == call and one.reconnected_s > 0)

    def all_back(self, *calls: str) -> None:
        """In whatever order."""
        back: set[str] = set()

        def told(one: CallSnapshot) -> bool:
            if one.reconnected_s > 0:
                back.add(one.id)
            return back >= set(calls)

        self.toolbar.wait_call(told)

    def _register(self) -> None:
        account = {"extension": self._line["extension"], "password": self._line["password"]}
        self.toolbar.set_account(self._line["sip_port"], **account)
        self.toolbar.send(Register())


@pytest.fixture
def desk(engine: EngineProcess, line: dict[str, Any], exchange: JsonProcess) -> Iterator[Desk]:
    desk = Desk(engine, line)
    exchange.wait(event="registered")
    yield desk
    desk.toolbar.close()


def answered(desk: Desk, exchange: JsonProcess, scenario: str) -> CallSnapshot:
    exchange.tell(call=scenario)
    ringing = desk.toolbar.wait_state(CallState.RINGING)
    desk.toolbar.send(Answer(call=ringing.id))
    return desk.toolbar.wait_state(CallState.CONNECTED, ringing.id)


def test_a_customer_is_given_back_and_goes_on_talking(desk: Desk, exchange: JsonProcess) -> None:
    customer = answered(desk, exchange, "hold")
    exchange.wait(event="said", line="hold-hello")
    desk.kill()
    back = desk.back(customer.id)
    assert back.state is CallState.CONNECTED
    assert exchange.wait(event="call_given_back")["replaced"] == customer.sip_call_id
    assert (back.remote.number, back.answered_s) == (customer.remote.number, customer.answered_s)

    desk.toolbar.send(Hold(call=customer.id))
    exchange.wait(event="hold_seen", call=back.sip_call_id)
    desk.toolbar.send(Resume(call=customer.id))
    exchange.wait(event="resume_seen")
    exchange.wait(event="said", line="thanks-f1")
    assert not any(event.get("event") == "call_ended" for event in exchange.events)


def test_a_consultation_survives_and_is_completed(desk: Desk, exchange: JsonProcess) -> None:
    customer = answered(desk, exchange, "ask_first")
    desk.toolbar.send(Hold(call=customer.id))
    exchange.wait(event="hold_seen")
    desk.toolbar.send(Dial(call="ask", target="205", consult_for=customer.id))
    desk.toolbar.wait_call(lambda call: call.id == "ask" and call.state is CallState.CONNECTED)
    desk.kill()
    desk.all_back(customer.id, "ask")
    desk.toolbar.send(Refer(call=customer.id, target="205", replaces="ask"))
    assert exchange.wait(event="handed_over")["callee"] == "Arthur Doyle"
    desk.toolbar.wait_call(lambda call: call.id == customer.id and call.refer is not None and call.refer.succeeded)
