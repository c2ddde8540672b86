"""Calls at a real telephone system, told to a real CRM once each, whatever is down meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.sipp import SippCustomer
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton

MARIE_HZ = 650
WRITTEN_S = 60.0
UNKNOWN = "+33199887766"
Customer = Callable[..., BaresipCustomer]
Caller = Callable[..., SippCustomer]


@pytest.fixture
def desk(pbx: AsteriskPbx, toolbar: Callable[..., ToolbarProcess], tryton: TrytonServer) -> ToolbarProcess:
    """A toolbar that is signed in at the telephone system and at Tryton."""
    desk = toolbar()
    desk.log_in(pbx)
    account = ("--manifest", "tryton", "--url", tryton.url, "--user", USER, "--value", f"database={DATABASE}")
    desk.do("crm", "account", "set", *account, "--key-stdin", stdin=KEY)
    desk.do("crm", "connect")
    desk.await_status(lambda now: now["crm"]["state"] == "signed_in", WRITTEN_S, "to be signed in at Tryton")
    return desk


def talk(desk: ToolbarProcess, marie: BaresipCustomer, subject: str) -> None:
    """A whole call of Marie's, with one line about it."""
    marie.call("1001")
    desk.await_call(state="ringing")
    desk.do("answer")
    desk.await_call(state="connected")
    desk.do("note", subject)
    desk.do("hangup")
    desk.await_no_calls()


def owner_of(call: dict[str, Any]) -> str:
    """Who looks after the caller, as the CRM says."""
    contact = call["crm"]["contact"]
    return contact["owner"] if contact else ""


def await_notes(tryton: TrytonServer, count: int) -> list[str]:
    party = tryton.party("Marie Lefèvre")
    wait_until(lambda: len(tryton.notes(party)) >= count, WRITTEN_S, lambda: f"{count} notes: {tryton.notes(party)}")
    return tryton.notes(party)


def test_a_call_with_its_line_is_at_tryton_once(
    pbx: AsteriskPbx, desk: ToolbarProcess, customer: Customer, tryton: TrytonServer
) -> None:
    before = len(tryton.notes())
    talk(desk, customer("marie", voice_hz=MARIE_HZ), "Wants a quote")

    note = await_notes(tryton, before + 1)[-1]
    desk.await_status(lambda now: now["crm"]["waiting"] == 0, WRITTEN_S, "nothing to wait for Tryton")
    assert note.startswith("Incoming call +33123456789")
    assert "answered" in note
    assert "Wants a quote" in note
    assert len(tryton.notes()) == before + 1


def test_a_call_while_tryton_is_down_is_written_once_when_it_is_back(
    pbx: AsteriskPbx, desk: ToolbarProcess, customer: Customer, tryton: TrytonServer
) -> None:
    before = len(tryton.notes())
    tryton.kill()
    try:
        talk(desk, customer("marie", voice_hz=MARIE_HZ), "While it was down")
        desk.await_status(lambda now: now["crm"]["waiting"] == 1, WRITTEN_S, "the call to wait for Tryton")
    finally:
        tryton.start()
    desk.do("outbox", "--retry")

    assert "While it was down" in await_notes(tryton, before + 1)[-1]
    desk.await_status(lambda now: now["crm"]["waiting"] == 0, WRITTEN_S, "nothing to wait for Tryton")
    assert len(tryton.notes()) == before + 1


def test_who_calls_is_shown_with_their_open_deals_before_the_call_is_answered(
    desk: ToolbarProcess, caller: Caller
) -> None:
    caller("gives_up", name="A NAME OF THE NETWORK", number="+33123456789", pause_s=60)
    shown = desk.await_status(
        lambda now: [one for one in now["calls"] if one["crm"] and one["crm"]["deals"] and owner_of(one)],
        WRITTEN_S,
        "Marie's deals and who looks after her",
    )

    (call,) = shown["calls"]
    assert (call["state"], call["name"]) == ("ringing", "Marie Lefèvre")
    crm = call["crm"]
    assert (crm["state"], crm["contact"]["importance"], crm["contact"]["level"]) == ("found", "vip", "exact")
    assert owner_of(call) == "Alice Agent"
    assert crm["deals"] == {"count": 2, "sums": [{"currency": "EUR", "amount": "13400.50"}]}
    desk.do("hangup")
    desk.await_no_calls()


def test_an_unknown_caller_becomes_a_party_that_the_call_is_written_to(
    desk: ToolbarProcess, caller: Caller, tryton: TrytonServer
) -> None:
    caller("waits_for_goodbye", name="", number=UNKNOWN)
    desk.await_status(
        lambda now: [one for one in now["calls"] if one["crm"] and one["crm"]["state"] == "none"],
        WRITTEN_S,
        "nobody to be found",
    )
    desk.do("answer")
    desk.await_call(state="connected")
    desk.do("pop", "--create", "Nora Nouvelle")
    desk.await_status(
        lambda now: [one for one in now["calls"] if one["name"] == "Nora Nouvelle"], WRITTEN_S, "the new party"
    )
    desk.do("note", "First order")
    desk.do("hangup")
    desk.await_no_calls()

    party = tryton.party("Nora Nouvelle")
    assert tryton.rows("SELECT value_compact FROM party_contact_mechanism WHERE party = ?", party) == [(UNKNOWN,)]
    wait_until(lambda: tryton.notes(party), WRITTEN_S, "the note at the new party")
    (note,) = tryton.notes(party)
    assert note.startswith(f"Incoming call {UNKNOWN}")
    assert "First order" in note
