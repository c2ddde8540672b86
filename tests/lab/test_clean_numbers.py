"""Numbers of Tryton parties are corrected and moved there, and what somebody else wrote meanwhile stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_toolbar.application.correction_sending import send_correction
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.domain.phone_number import canonical_number
from tests.contract.crm_contract import PLAN, CrmDesk, sit_down
from tests.lab.test_tryton import access_of
from tests.lab.tryton_server import TrytonServer

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton

WRONG = "+441134960001"
RIGHT, OF_A_COLLEAGUE = (canonical_number(number, PLAN) for number in ("+441134960013", "+441134960014"))


@pytest.fixture
def desks(tryton: TrytonServer) -> Iterator[tuple[CrmDesk, CrmDesk]]:
    """Two agents at the same Tryton."""
    both = sit_down(access_of(tryton.url)), sit_down(access_of(tryton.url))
    yield both
    for desk in both:
        desk.crm.close()


def numbers_of(tryton: TrytonServer, party: str) -> list[str]:
    """As they stand in Tryton's database, past its server and our connector."""
    rows = tryton.rows("SELECT value_compact FROM party_contact_mechanism WHERE party = ? ORDER BY id", int(party))
    return [number for (number,) in rows]


def test_only_the_first_of_two_corrections_of_what_both_saw_is_written(
    tryton: TrytonServer, desks: tuple[CrmDesk, CrmDesk]
) -> None:
    agent, colleague = desks
    (seen,), (seen_too,) = agent.find(WRONG), colleague.find(WRONG)
    others = [number for number in numbers_of(tryton, seen.id) if number != WRONG]

    assert (
        colleague.ask(colleague.crm.update_number, seen_too.id, seen_too.number, OF_A_COLLEAGUE) == OF_A_COLLEAGUE.key
    )
    refused = agent.ask(agent.crm.update_number, seen.id, seen.number, RIGHT)
    assert str(refused) == "crm_number_changed"
    assert sorted(numbers_of(tryton, seen.id)) == sorted([*others, OF_A_COLLEAGUE.key])

    (now,) = agent.find(OF_A_COLLEAGUE.key)
    assert agent.ask(agent.crm.update_number, now.id, now.number, RIGHT) == RIGHT.key
    assert sorted(numbers_of(tryton, seen.id)) == sorted([*others, RIGHT.key])
    assert agent.find(WRONG) == ()


MOVING, OF_NORA = "+33140506061", "+33140506062"


def two_parties(desk: CrmDesk, *numbers: str) -> tuple[CrmContact, CrmContact]:
    for name, number in zip(("Otto Oldowner", "Nora Newowner"), numbers, strict=True):
        assert isinstance(desk.ask(desk.crm.create, name, canonical_number(number, PLAN)), CrmContact)
    (otto,), (nora,) = (desk.find(number) for number in numbers)
    return otto, nora


def sent(desk: CrmDesk, correction: NumberCorrection) -> str | AgentToolbarError:
    return desk.ask(lambda told: send_correction(desk.crm, correction, told))


def of_otto(otto: CrmContact, nora: CrmContact) -> NumberCorrection:
    return NumberCorrection(
        "k1",
        CorrectionKind.MOVE,
        otto.number,
        otto.number,
        1,
        otto.name,
        2,
        nora.name,
        nora.number,
        otto.id,
        otto.number,
    )


def test_a_number_of_another_party_goes_to_it_once_however_often_and_wherever_that_was_broken_off(
    tryton: TrytonServer, desks: tuple[CrmDesk, CrmDesk]
) -> None:
    agent, _ = desks
    otto, nora = two_parties(agent, MOVING, OF_NORA)
    move = of_otto(otto, nora)
    assert agent.ask(agent.crm.retire_number, otto.id, otto.number) == ""  # an earlier try was killed after this

    assert [sent(agent, move) for _ in range(3)] == [MOVING] * 3

    active = "SELECT value_compact FROM party_contact_mechanism WHERE party = ? AND active ORDER BY id"
    assert tryton.rows(active, int(otto.id)) == []
    assert tryton.rows(active, int(nora.id)) == [(OF_NORA,), (MOVING,)]
    assert [(one.id, one.name) for one in agent.find(MOVING)] == [(nora.id, nora.name)]

    back = of_otto(agent.find(MOVING)[0], otto)
    assert str(sent(agent, back)) == f"correction_no_receiver (text={otto.name})"  # no number is left to know Otto by
    assert [one.id for one in agent.find(MOVING)] == [nora.id]
