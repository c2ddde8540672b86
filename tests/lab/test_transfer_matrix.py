"""The matrix of transfers on Asterisk: whatever the second person, the customer or the agent does, nobody is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab import transfer_desk as phases
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague, DecliningColleague
from tests.lab.deadline import wait_until
from tests.lab.transfer_desk import Phase, TransferDesk
from tests.lab.transfer_stage import BRUNO_HZ, MARIE_HZ, TransferStage

RINGS_BRIEFLY_S = 6  # long enough to be seen ringing by a slow machine
RECONNECTED_S = 10.0

BLIND: list[Phase] = [phases.undoable, phases.referring]
CONSULTED: list[Phase] = [phases.calling, phases.consulting, phases.with_customer, phases.conference]


def named(phase: Phase) -> str:
    return phase.__name__


@pytest.fixture
def lab_folder(stage: TransferStage) -> Path:
    return stage.folder


@pytest.fixture
def desk(stage: TransferStage) -> Iterator[TransferDesk]:
    yield stage.desk
    stage.clear()


@pytest.fixture
def marie(stage: TransferStage) -> BaresipCustomer:
    return stage.marie


@pytest.fixture
def bruno(stage: TransferStage) -> Colleague:
    return stage.bruno


@pytest.fixture
def chloe(desk: TransferDesk, tmp_path: Path) -> Iterator[DecliningColleague]:
    """The colleague at 1003, who declines."""
    telephone = DecliningColleague(desk.pbx, tmp_path)
    telephone.start()
    yield telephone
    telephone.stop()


@pytest.fixture
def call(desk: TransferDesk, marie: BaresipCustomer) -> str:
    """The call with Marie; its id."""
    return desk.talk_with(marie)


# -------------------------------------------------------------------- blind, by what the target does


def test_blind_and_the_target_answers(desk: TransferDesk, call: str, marie: BaresipCustomer, bruno: Colleague) -> None:
    phases.referring(desk, bruno)
    bruno.answer()

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")
    assert marie.ear.comes_to_hear_tone(BRUNO_HZ)
    assert bruno.ear.comes_to_hear_tone(MARIE_HZ)


def test_blind_and_the_target_is_busy(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    desk.do("transfer", "1002", "--now")
    bruno.refuse_when_it_rings()

    comes_back(desk, "1002")


def test_blind_and_the_target_never_answers(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    desk.pbx.choose(ring_s=RINGS_BRIEFLY_S)
    phases.referring(desk, bruno)

    comes_back(desk, "1002")


def test_blind_and_the_target_declines(desk: TransferDesk, call: str, chloe: DecliningColleague) -> None:
    desk.do("transfer", "1003", "--now")

    comes_back(desk, "1003")
    assert chloe.declined()


def comes_back(desk: TransferDesk, back_from: str) -> None:
    """The PBX gives Marie back, the agent sees from whom, and talks with her again."""
    ringing = desk.toolbar.await_call(state="ringing", number="+33123456789")
    known = desk.toolbar.await_status(
        lambda now: next(one for one in now["calls"] if one["id"] == ringing["id"])["context"], what="the story"
    )
    story = next(one for one in known["calls"] if one["id"] == ringing["id"])["context"]
    assert (story["returned"], story["back_from"]) == (True, back_from)
    assert desk.outcome() == "returned"

    desk.do("answer", ringing["id"])

    desk.await_back(ringing["id"], "marie")


def test_blind_and_the_target_does_not_exist(desk: TransferDesk, call: str) -> None:
    desk.do("transfer", "699", "--now")

    assert desk.outcome() == "not_found"
    desk.await_back(call, "marie")


def test_blind_undone_before_it_left(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.undoable(desk, bruno)
    desk.do("undo")

    assert desk.outcome() == "undone"
    desk.await_back(call, "marie")


def test_blind_leaves_by_itself_when_nobody_undoes_it(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.undoable(desk, bruno)
    bruno.answer_when_it_rings()

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


def test_blind_on_a_pbx_without_a_return_branch_says_that_it_failed(
    desk: TransferDesk, call: str, bruno: Colleague
) -> None:
    """The documented limit: this PBX hangs up on Marie before it tells anybody. Nothing stays open at the desk."""
    desk.pbx.choose(returns=False)
    phases.referring(desk, bruno)
    bruno.hang_up()

    assert desk.outcome() == "customer_gone"
    desk.toolbar.await_no_calls()
    wait_until(lambda: not desk.pbx.channels(), 5, "all legs to end")


# -------------------------------------------------------------------- attended, by what the second person does


def test_attended_and_the_target_answers(
    desk: TransferDesk, call: str, marie: BaresipCustomer, bruno: Colleague
) -> None:
    phases.consulting(desk, bruno)
    desk.do("complete")

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")
    assert marie.ear.comes_to_hear_tone(BRUNO_HZ)
    assert bruno.ear.comes_to_hear_tone(MARIE_HZ)


def test_attended_completed_while_the_target_rings_becomes_blind(
    desk: TransferDesk, call: str, bruno: Colleague
) -> None:
    phases.calling(desk, bruno)
    consultation = desk.pbx.ringing("1002")
    desk.do("complete")
    wait_until(lambda: set(desk.pbx.ringing("1002")) - set(consultation), 10, "the PBX to call Bruno for Marie")
    bruno.answer()

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        pytest.param("602", "busy", id="is busy (486)"),
        pytest.param("699", "not_found", id="does not exist (404)"),
        pytest.param("603", "no_answer", id="never answers"),
    ],
)
def test_attended_and_the_target_does_not_take_it(desk: TransferDesk, call: str, target: str, outcome: str) -> None:
    desk.pbx.choose(ring_s=RINGS_BRIEFLY_S)
    desk.do("consult", target)

    assert desk.outcome() == outcome
    desk.await_back(call, "marie")


def test_attended_and_the_target_declines(desk: TransferDesk, call: str, chloe: DecliningColleague) -> None:
    desk.do("consult", "1003")

    assert desk.outcome() == "declined"  # Asterisk says 403, and the cause of the telephone network
    assert chloe.declined()
    desk.await_back(call, "marie")


def test_attended_and_the_target_hangs_up(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.consulting(desk, bruno)
    bruno.hang_up()

    assert desk.outcome() == "target_gone"
    desk.await_back(call, "marie")


def test_the_target_leaves_a_conference(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.conference(desk, bruno)
    bruno.hang_up()

    desk.await_state("done")
    assert desk.outcome() == "target_gone"
    desk.await_back(call, "marie")


def test_the_agent_leaves_a_conference_by_transfer(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.conference(desk, bruno)
    desk.do("complete")

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.parametrize("phase", CONSULTED, ids=named)
def test_back_to_the_customer(desk: TransferDesk, call: str, bruno: Colleague, phase: Phase) -> None:
    phase(desk, bruno)
    desk.do("back")

    desk.await_state("done")
    assert desk.outcome() == "taken_back"
    desk.await_back(call, "marie")


def test_swapping_twice_and_completing(desk: TransferDesk, call: str, marie: BaresipCustomer, bruno: Colleague) -> None:
    phases.with_customer(desk, bruno)
    desk.do("swap")
    desk.await_state("consulting")
    desk.do("complete")

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


# -------------------------------------------------------------------- the customer hangs up


@pytest.mark.parametrize("phase", [*BLIND, *CONSULTED], ids=named)
def test_the_customer_hangs_up(
    desk: TransferDesk, call: str, marie: BaresipCustomer, bruno: Colleague, phase: Phase
) -> None:
    """The agent sees that she is gone; a second person who was reached stays on the line."""
    phase(desk, bruno)
    marie.hang_up()

    desk.await_state("done")
    assert desk.outcome() == "customer_gone"
    wait_until(lambda: not any("marie" in channel for channel in desk.pbx.channels()), 5, "her legs to end")
    if phase in BLIND:
        desk.toolbar.await_no_calls()
    else:
        desk.toolbar.await_status(lambda now: [one["number"] for one in now["calls"]] == ["1002"], what="Bruno only")
    if phase in {phases.consulting, phases.with_customer, phases.conference}:
        assert desk.pbx.talks() == [["1001", "1002"]]


# -------------------------------------------------------------------- the agent hangs up


@pytest.mark.parametrize("phase", [phases.calling, phases.consulting], ids=named)
def test_the_agent_hangs_up_in_a_consultation_and_ends_only_that(
    desk: TransferDesk, call: str, bruno: Colleague, phase: Phase
) -> None:
    phase(desk, bruno)
    desk.do("hangup")

    assert desk.outcome() == "taken_back"
    desk.await_back(call, "marie")


@pytest.mark.parametrize(
    "phase", [phases.undoable, phases.referring, phases.with_customer, phases.conference], ids=named
)
def test_the_agent_is_asked_before_the_customer_is_cut_off(
    desk: TransferDesk, call: str, bruno: Colleague, phase: Phase
) -> None:
    phase(desk, bruno)
    before = desk.pbx.channels()

    assert desk.refuses("hangup")

    assert sorted(desk.pbx.channels()) == sorted(before)


@pytest.mark.parametrize("phase", [phases.undoable, phases.with_customer, phases.conference], ids=named)
def test_the_agent_hangs_up_on_the_customer_on_purpose(
    desk: TransferDesk, call: str, bruno: Colleague, phase: Phase
) -> None:
    phase(desk, bruno)
    desk.do("hangup", call, "--yes")

    desk.await_state("done")
    assert desk.outcome() == "agent_left"
    wait_until(lambda: not any("marie" in channel for channel in desk.pbx.channels()), 5, "her legs to end")


# -------------------------------------------------------------------- the engine dies


@pytest.fixture
def dying(stage: TransferStage) -> Iterator[None]:
    """An engine may die in each of these tests, as often as there are tests."""
    yield
    stage.restart_toolbar()


@pytest.mark.usefixtures("dying")
@pytest.mark.parametrize("phase", CONSULTED, ids=named)
def test_the_engine_is_killed(desk: TransferDesk, call: str, bruno: Colleague, phase: Phase) -> None:
    phase(desk, bruno)
    before = desk.toolbar.status()["transfer"]["state"]
    desk.toolbar.kill_engine()

    if phase is phases.calling:  # nobody can take back a call that was not answered
        assert desk.outcome(RECONNECTED_S) == "engine_lost"
        desk.await_back(call, "marie", RECONNECTED_S)
        return
    desk.toolbar.await_status(
        lambda now: len(now["calls"]) == 2 and all(one["reconnected"] for one in now["calls"]),
        RECONNECTED_S,
        "both calls to be back",
    )
    wait_until(lambda: desk.pbx.talks() == [["1001", "1002"], ["1001", "marie"]], 5, "both talks")
    desk.await_state(before)
    desk.do("complete")
    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.usefixtures("dying")
def test_the_engine_is_killed_before_a_blind_transfer_left(desk: TransferDesk, call: str, bruno: Colleague) -> None:
    phases.undoable(desk, bruno)
    desk.toolbar.kill_engine()
    bruno.answer_when_it_rings(RECONNECTED_S)

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")
