"""A wrong number of a Tryton party is corrected there, and what somebody else wrote meanwhile stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
