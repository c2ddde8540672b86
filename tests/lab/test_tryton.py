"""The CRM connector against a real Tryton: the contract of every CRM, its own strictness, and its outages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.phone_number import canonical_number
from tests.contract.crm_contract import NOBODY_NUMBER, PLAN, VIP, VIP_NUMBER, CrmContract, CrmDesk, call_with, sit_down
from tests.lab.swallowing_proxy import swallowing_proxy
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton


class TrytonPeer:
    """Implements tests.contract.crm_contract.CrmPeer."""

    knows_likely = True
    marks_vip = True
    pages = ""
    wrong_secret = "wrong"

    def __init__(self, server: TrytonServer) -> None:
        self.server = server
        self.access = access_of(server.url)

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        self.server.stop()

    def records(self, name: str) -> list[str]:
        return self.server.notes(self.server.party(name))


def access_of(url: str) -> CrmAccess:
    return CrmAccess("tryton", url, USER, (("database", DATABASE),), KEY)


@pytest.fixture
def peer(tryton: TrytonServer) -> TrytonPeer:
    return TrytonPeer(tryton)


@pytest.fixture
def desk(peer: TrytonPeer) -> Iterator[CrmDesk]:
    desk = sit_down(peer.access)
    yield desk
    desk.crm.close()


def vip_at(desk: CrmDesk) -> CrmContact:
    (contact,) = desk.find(VIP_NUMBER)
    return contact


class TestTryton(CrmContract):
    """Everything that the contract says."""


def test_tryton_can_all_but_dispositions(desk: CrmDesk) -> None:
    assert desk.crm.operations == frozenset(CrmOperation) - {CrmOperation.DISPOSITIONS}


def test_trytons_own_words_say_why_a_number_is_refused(desk: CrmDesk) -> None:
    refused = desk.ask(desk.crm.create, "Nobody", canonical_number("+447911654321", PLAN))

    assert isinstance(refused, CrmError)
    assert refused.code == "crm_refused"
    assert "is not valid" in str(refused.params["text"])


def test_a_call_of_nobody_known_goes_to_the_party_for_them_or_is_refused_with_a_reason(
    desk: CrmDesk, peer: TrytonPeer
) -> None:
    nobody = call_with(vip_at(desk), contact_id="", contact_name="", number=NOBODY_NUMBER)
    assert str(desk.ask(desk.crm.log_call, nobody)) == "crm_needs_contact"

    place = "Callers nobody knows"
    values = (*peer.access.values, ("unknown_contact", peer.server.party(place)))
    other = sit_down(replace(peer.access, values=values))
    record = other.ask(other.crm.log_call, nobody)
    found = other.ask(other.crm.find_logged, nobody)
    other.crm.close()

    assert record == found
    assert len(peer.records(place)) == 1


def test_a_call_that_ended_while_tryton_was_down_is_written_once(desk: CrmDesk, peer: TrytonPeer) -> None:
    entry = call_with(vip_at(desk))
    before = len(peer.records(VIP))
    peer.server.kill()
    try:
        gone = [desk.ask(desk.crm.log_call, entry) for _ in range(2)]
    finally:
        peer.start()
    record = desk.ask(desk.crm.log_call, entry)

    assert [error.code for error in gone] == ["crm_unreachable", "crm_unreachable"]
    assert desk.ask(desk.crm.find_logged, entry) == record
    assert len(peer.records(VIP)) == before + 1


def test_a_call_that_was_written_but_not_confirmed_is_found(desk: CrmDesk, peer: TrytonPeer) -> None:
    entry = call_with(vip_at(desk))
    before = len(peer.records(VIP))
    with swallowing_proxy(peer.server.url) as proxy:
        doubtful = sit_down(access_of(proxy.url))
        proxy.swallows = True
        told = doubtful.ask(doubtful.crm.log_call, entry)
        proxy.swallows = False
        found = doubtful.ask(doubtful.crm.find_logged, entry)
        blind = doubtful.ask(doubtful.crm.log_call, entry)
        doubtful.crm.close()

    assert (str(told), proxy.swallowed) == ("crm_slow", 1)
    assert found == blind == desk.ask(desk.crm.find_logged, entry) != ""
    assert len(peer.records(VIP)) == before + 1
