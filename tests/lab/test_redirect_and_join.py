"""A ringing call sent elsewhere before it is answered, and two calls joined that were no consultation, on Asterisk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_desk import TransferDesk

MARIE_HZ, JEAN_HZ, BRUNO_HZ = 650, 850, 1250
Customer = Callable[..., BaresipCustomer]


@pytest.fixture
def desk(pbx: AsteriskPbx, toolbar: Callable[..., ToolbarProcess]) -> TransferDesk:
    return TransferDesk(toolbar(), pbx)


def test_a_ringing_call_is_sent_to_a_colleague(
    desk: TransferDesk, customer: Customer, colleague: Callable[..., Colleague]
) -> None:
    bruno, marie = colleague("1002", voice_hz=BRUNO_HZ), customer("marie", voice_hz=MARIE_HZ)
    marie.call("1001")
    ringing = desk.toolbar.await_call(state="ringing")["id"]

    desk.do("redirect", "1002", "--call", ringing)

    desk.await_handed_over("marie", to="1002")
    assert marie.ear.comes_to_hear_tone(BRUNO_HZ)
    assert bruno.ear.comes_to_hear_tone(MARIE_HZ)
    record = next(one for one in desk.history() if one["id"] == ringing)
    assert (record["end_cause"], record["missed"]) == ("redirected", False)


def test_two_customers_are_joined(desk: TransferDesk, customer: Customer) -> None:
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    first = desk.talk_with(marie)
    jean.call("1001")
    second = desk.answer(number=jean.number)

    desk.do("join", first, second)

    assert desk.outcome() == "handed_over"
    wait_until(lambda: desk.pbx.talks() == [["jean", "marie"]], 10, "the two to talk with each other")
    desk.toolbar.await_no_calls()
    assert marie.ear.comes_to_hear_tone(JEAN_HZ)
    assert jean.ear.comes_to_hear_tone(MARIE_HZ)
