"""The key of a story goes out with a call and comes in with one; only the PBX that is trusted can bring one."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.sip_peer import SipPeer

KEY = "00112233445566778899aabbccddeeff"
OTHER = "ffeeddccbbaa99887766554433221100"


def test_a_consultation_carries_its_key(registered: Toolbar, pbx: SipPeer) -> None:
    registered.send(port.Dial(call="c1", target="1002", context=KEY, consult_for="c0"))
    invite = pbx.wait_for("INVITE")
    dialing = registered.wait_state(CallState.DIALING)

    assert invite.get("X-CTI-Key") == KEY
    assert invite.get("User-to-User") == f"{KEY};encoding=hex"
    assert (dialing.context_key, dialing.consult_for) == (KEY, "c0")


def test_other_calls_carry_none(registered: Toolbar, pbx: SipPeer) -> None:
    registered.send(port.Dial(call="c1", target="1002"))
    invite = pbx.wait_for("INVITE")

    assert (invite.get("X-CTI-Key"), invite.get("User-to-User")) == ("", "")


@pytest.mark.parametrize("header", [("X-CTI-Key", KEY), ("User-to-User", f"{KEY};encoding=hex")])
def test_a_call_brings_its_key(registered: Toolbar, pbx: SipPeer, header: tuple[str, str]) -> None:
    pbx.invite([header])

    assert registered.wait_state(CallState.RINGING).context_key == KEY


def test_a_pbx_that_is_not_trusted_brings_none(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.register(pbx.port, trusts_identity=False)
    call = pbx.invite([("X-CTI-Key", KEY)])
    ringing = toolbar.wait_state(CallState.RINGING)
    toolbar.send(port.Answer(call=ringing.id))
    toolbar.wait_state(CallState.CONNECTED)
    call.reinvite([("X-CTI-Key", KEY)], direction="sendonly")
    toolbar.wait_call(lambda one: one.remote_held)

    assert {one.context_key for one in toolbar.calls()} == {""}


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_a_key_may_come_later_in_the_dialog(registered: Toolbar, pbx: SipPeer, method: str) -> None:
    call = pbx.invite([("X-CTI-Key", KEY)])
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    if method == "INVITE":
        call.reinvite([("X-CTI-Key", OTHER)])
    else:
        call.request("UPDATE", [("User-to-User", f"{OTHER};encoding=hex")])
    registered.wait_call(lambda one: one.context_key == OTHER)
    call.reinvite(direction="sendonly")

    assert registered.wait_call(lambda one: one.remote_held).context_key == OTHER
