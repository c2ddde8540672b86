"""Asterisk asks the telephone by REFER to call somebody else: nothing moves before the agent says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.telephony import AnswerTransferRequest
from agent_toolbar.domain.call import CallState
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession


@pytest.mark.parametrize("accepted", [True, False])
def test_the_agent_decides(pbx: AsteriskPbx, engine: Callable[..., EngineSession], accepted: bool) -> None:
    session = engine()
    session.log_in(pbx, asks_refer=True)
    session.await_registered()
    call = session.dial("608")

    asked = session.await_call(lambda now: now.transfer_request != "", call=call)
    assert asked.transfer_request == "600"
    assert [one.id for one in session.live_calls()] == [call]
    session.send(AnswerTransferRequest(call=call, accepted=accepted, new_call="there"))

    if accepted:
        session.await_state(CallState.CONNECTED, "there")
    else:
        session.await_call(lambda now: now.transfer_request == "", call=call)
        assert [one.id for one in session.live_calls()] == [call]


def test_without_the_setting_it_is_refused(pbx: AsteriskPbx, engine: Callable[..., EngineSession]) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    call = session.dial("608")
    session.await_state(CallState.CONNECTED, call)

    wait_until(pbx.transfers_asked, 10, "Asterisk to hear of its REFER")
    assert pbx.transfers_asked() == ["FAILURE"]

    assert [(one.id, one.transfer_request) for one in session.live_calls()] == [(call, "")]
