"""CTI on or off, CRM signed in or out: what works in each of the four. The table in the user guide says the same."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState
from agent_toolbar.domain.contact import LookupResult
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.domain.errors import AgentToolbarError
from tests.fakes.application_desk import Desk
from tests.unit.application.test_call_log import end, later, talk
from tests.unit.application.test_crm_session import NAME, crm_desk

OUTSIDE = "+33199001234"


@dataclass
class Cell:
    """One desk with both switches set."""

    desk: Desk
    cti: bool
    crm: bool


def _cell(cti: bool, crm: bool) -> Cell:
    desk = crm_desk()
    if cti:
        desk.on()
    if crm:
        desk.toolbar.switch_crm(True)
    return Cell(desk, cti, crm)


@pytest.fixture(params=[(True, True), (True, False), (False, True), (False, False)], ids=str)
def cell(request: pytest.FixtureRequest) -> Cell:
    return _cell(*request.param)


def test_calls_can_be_made_exactly_while_cti_is_on(cell: Cell) -> None:
    if cell.cti:
        assert cell.desk.toolbar.dial(OUTSIDE)
    else:
        with pytest.raises(AgentToolbarError, match="cti_off"):
            cell.desk.toolbar.dial(OUTSIDE)


def test_the_local_contacts_answer_in_every_cell(cell: Cell) -> None:
    answers: list[LookupResult] = []
    cell.desk.toolbar.look_up(OUTSIDE, answers.append)

    assert [match.name for match in answers[0].matches] == ["Marie Dupont"]


def test_history_and_notes_work_in_every_cell(cell: Cell) -> None:
    desk = cell.desk
    desk.journal.write(CallRecord("old", CallDirection.INCOMING, OUTSIDE, started_s=1.0, ended_s=2.0))
    desk.toolbar.note("wants an offer", "old")
    found: list[tuple[CallRecord, ...]] = []
    desk.toolbar.search_history(JournalQuery(), found.append)

    assert [record.subject for record in found[0]] == ["wants an offer"]


def test_what_waits_is_sent_exactly_while_the_crm_is_signed_in(cell: Cell) -> None:
    """Also with CTI off: what an earlier day left goes out."""
    entry = CallEntry("old", incoming=True, number=OUTSIDE, result=CallResult.MISSED)
    cell.desk.toolbar._outbox.keep(entry, NAME[0], held=False)

    assert bool(cell.desk.crm.logged("old")) is cell.crm
    assert cell.desk.state.crm.waiting == (0 if cell.crm else 1)


@pytest.mark.parametrize("crm", [True, False])
def test_with_cti_on_a_call_shows_who_it_is_and_is_told_or_waits(crm: bool) -> None:
    desk = _cell(True, crm).desk
    talk(desk)
    view = desk.state.find("in1")
    assert view is not None
    assert view.title == "Marie Dupont"
    end(desk)
    later(desk)

    assert bool(desk.crm.logged("in1")) is crm
    assert desk.state.crm.waiting == (0 if crm else 1)


@pytest.mark.parametrize("crm", [True, False])
def test_a_call_that_ends_with_cti_switched_off_is_told_or_waits(crm: bool) -> None:
    desk = _cell(True, crm).desk
    talk(desk)
    desk.toolbar.switch_cti(False, confirmed=True)
    later(desk)

    assert not desk.state.calls
    assert bool(desk.crm.logged("in1")) is crm
    assert desk.state.crm.waiting == (0 if crm else 1)


def test_signing_in_and_out_during_a_call_leaves_the_call_alone() -> None:
    desk = _cell(True, False).desk
    talk(desk)
    for on in (True, False, True):
        desk.toolbar.switch_crm(on)
        assert desk.call("in1").state is CallState.CONNECTED
    end(desk, cause=CallEndCause.HUNG_UP)
    later(desk)

    assert desk.crm.logged("in1") == ["r1"]
