"""The contract of every CRM, against servers that replay the shapes of each product."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports.crm_trial import TrialSkip
from agent_toolbar.connector.manifest import shipped_manifest
from agent_toolbar.crm.connector_trial import ConnectorTrial
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.phone_number import canonical_number
from tests.contract.crm_contract import PLAN, VIP_NUMBER, CrmContract, CrmDesk, call_with, sit_down
from tests.fakes.crm_replays.dolibarr import DolibarrReplay
from tests.fakes.crm_replays.dynamics365 import DynamicsReplay
from tests.fakes.crm_replays.espocrm import EspoReplay
from tests.fakes.crm_replays.freshdesk import FreshdeskReplay
from tests.fakes.crm_replays.hubspot import HubSpotReplay
from tests.fakes.crm_replays.odoo import OdooReplay
from tests.fakes.crm_replays.pipedrive import PipedriveReplay
from tests.fakes.crm_replays.replay_server import RETRY_AFTER_S, Replay, running
from tests.fakes.crm_replays.salesforce import SalesforceReplay
from tests.fakes.crm_replays.tryton import TrytonReplay
from tests.fakes.crm_replays.zendesk import ZendeskOAuthReplay, ZendeskReplay
from tests.fakes.crm_replays.zoho import ZohoReplay

REPLAYS: tuple[type[Replay], ...] = (
    TrytonReplay,
    OdooReplay,
    EspoReplay,
    HubSpotReplay,
    PipedriveReplay,
    ZendeskReplay,
    FreshdeskReplay,
    DolibarrReplay,
    SalesforceReplay,
    DynamicsReplay,
    ZohoReplay,
    ZendeskOAuthReplay,
)


@pytest.fixture(params=REPLAYS, ids=[replay.manifest for replay in REPLAYS])
def peer(request: pytest.FixtureRequest) -> Iterator[Replay]:
    with running(request.param()) as replay:
        yield replay


class TestReplayedCrm(CrmContract):
    """Everything that the contract says."""


@pytest.fixture
def desk(peer: Replay) -> Iterator[CrmDesk]:
    desk = sit_down(peer.access)
    yield desk
    desk.crm.close()


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, "crm_forbidden"), (429, f"crm_busy (retry_after_s={RETRY_AFTER_S})"), (500, "crm_unreachable"), (400, "")],
)
def test_each_product_says_in_its_own_way_what_is_wrong(desk: CrmDesk, peer: Replay, status: int, error: str) -> None:
    """Its own words are told as plain text where it has any; only EspoCRM has none."""
    (contact, *_) = desk.find(VIP_NUMBER)
    peer.trouble = status
    told = desk.ask(desk.crm.log_call, call_with(contact))

    if status == 400:
        words = "400" if isinstance(peer, EspoReplay) else "Contact 4711 is locked"
        assert " ".join(str(told).split()) == f"crm_refused (text={words})"
    else:
        assert str(told).startswith(error)
    assert peer.calls == []


TAKE_NONE_AWAY = ("pipedrive", "zendesk", "zendesk_oauth", "freshdesk", "zoho")  # no documented way to take one away


def otto(desk: CrmDesk) -> CrmContact:
    """Somebody whose number is out of use."""
    made = desk.ask(desk.crm.create, "Otto Outofuse", canonical_number("+33140506079", PLAN))
    assert isinstance(made, CrmContact), made
    return made


def test_which_connectors_can_take_a_number_away(desk: CrmDesk, peer: Replay) -> None:
    assert desk.can(CrmOperation.RETIRE_NUMBER) == (peer.manifest not in TAKE_NONE_AWAY)


def test_only_tryton_is_given_further_numbers_of_a_contact(desk: CrmDesk, peer: Replay) -> None:
    assert desk.can(CrmOperation.ADD_NUMBER) == (peer.manifest == "tryton")


def test_a_number_that_somebody_changed_meanwhile_is_not_taken_away(desk: CrmDesk, peer: Replay) -> None:
    contact = otto(desk)
    person = next(one for one in peer.people if one.name == contact.name)
    person.number = "+33140506080"
    told = desk.ask(desk.crm.retire_number, contact.id, "+33140506079")

    can = desk.can(CrmOperation.RETIRE_NUMBER)
    assert str(told) == ("crm_number_changed" if can else "crm_cannot (operation=retire_number)")
    assert person.number == "+33140506080"


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, "crm_forbidden"), (429, f"crm_busy (retry_after_s={RETRY_AFTER_S})"), (500, "crm_unreachable"), (400, "")],
)
def test_a_number_that_may_not_be_taken_away_stays_and_the_reason_is_told(
    desk: CrmDesk, peer: Replay, status: int, error: str
) -> None:
    if not desk.can(CrmOperation.RETIRE_NUMBER):
        return
    contact = otto(desk)
    peer.trouble = status
    told = desk.ask(desk.crm.retire_number, contact.id, contact.number)
    peer.trouble = 0

    assert str(told).startswith(error or "crm_refused")
    assert [one.id for one in desk.find("+33140506079")] == [contact.id]


@pytest.mark.parametrize("takes_away", [True, False])
def test_dynamics_writes_no_version_that_it_was_not_asked_about(takes_away: bool) -> None:
    """Somebody writes between the question and the change: only the version (ETag) tells."""
    with running(DynamicsReplay()) as peer:
        assert isinstance(peer, DynamicsReplay)
        desk = sit_down(peer.access)
        contact = otto(desk)
        person = next(one for one in peer.people if one.name == contact.name)
        peer.colleague = lambda: setattr(person, "number", "+33140506080")
        if takes_away:
            told = desk.ask(desk.crm.retire_number, contact.id, contact.number)
        else:
            told = desk.ask(desk.crm.update_number, contact.id, contact.number, canonical_number("+33140506081", PLAN))
        desk.crm.close()

    assert str(told) == "crm_number_changed"
    assert person.number == "+33140506080"


def test_the_trial_of_a_connector_finds_no_fault_in_it(peer: Replay) -> None:
    trial = ConnectorTrial(peer.access, VIP_NUMBER, PLAN, writes=True)
    tried = list(trial.run())

    assert [str(one.error) for one in tried if one.error is not None] == []
    assert [one.operation for one in tried if one.skip is TrialSkip.NO_CONTACT] == []
    assert len(tried) == len(CrmOperation)


def test_every_manifest_that_comes_with_the_toolbar_is_tried_here_and_says_what_it_was_run_against() -> None:
    files = {file.stem: file.read_text() for file in shipped_manifest("crm", "x").parent.glob("*.toml")}

    assert files.keys() == {replay.manifest for replay in REPLAYS}
    for name, text in files.items():
        assert ("Was run against the real product" in text) == (name == "tryton")
        assert ("Was run only against recorded shapes" in text) == (name != "tryton")


def test_zendesk_is_asked_the_same_by_key_and_in_the_browser() -> None:
    by_key, in_browser = (
        tomllib.loads(shipped_manifest("crm", name).read_text(encoding="utf-8"))
        for name in ("zendesk", "zendesk_oauth")
    )

    assert by_key["op"] == in_browser["op"]
