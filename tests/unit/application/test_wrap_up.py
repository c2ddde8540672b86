"""The time after a call: which calls it follows, what is kept, and that the queue sends nobody meanwhile."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import OrderVerb
from agent_toolbar.application.ports.settings import PauseFrom, WrapUpAfter, WrapUpEnd
from agent_toolbar.domain.agent import AgentState, Desired
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import MissingField, WrapUp
from tests.fakes.application_desk import Desk

WRONG = NumberFinding.WRONG


def choose(desk: Desk, **values: Any) -> None:
    settings = desk.toolbar.settings
    wrap_up = msgspec.structs.replace(settings.wrap_up, **values)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, wrap_up=wrap_up))


@pytest.fixture
def desk() -> Desk:
    desk = Desk().on()
    choose(desk, after=WrapUpAfter.QUEUE)
    return desk


def talk(desk: Desk, call_id: str = "in1", queue: str = "support") -> None:
    desk.ring(call_id)
    desk.change(call_id, queue=queue)
    desk.toolbar.answer(call_id)
    desk.change(call_id, answered_s=desk.clock.now_s())


def end(desk: Desk, call_id: str = "in1") -> None:
    desk.change(call_id, state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP)


def test_the_queue_is_paused_as_soon_as_the_call_is_answered(desk: Desk) -> None:
    talk(desk)

    assert desk.queue.orders[-1].verb is OrderVerb.PAUSE
    assert desk.queue.orders[-1].reason == "wrap-up"
    assert desk.state.agent.state is AgentState.ON_CALL


def test_the_panel_opens_with_the_note_and_ends_when_time_is_up(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.note("wants an offer", "in1")
    end(desk)

    view = desk.state.wrap_up
    assert view is not None
    assert (view.wrap_up.call, view.wrap_up.subject) == ("in1", "wants an offer")
    assert desk.state.agent.state is AgentState.WRAP_UP
    assert view.wrap_up.deadline_s == desk.clock.now_s() + 60

    desk.timers.pass_ms(60_100)
    assert desk.state.wrap_up is None
    assert desk.state.agent.state is AgentState.READY
    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE


def test_when_time_is_up_the_agent_stays_away_where_the_settings_say_so(desk: Desk) -> None:
    choose(desk, at_end=WrapUpEnd.NOT_READY)
    talk(desk)
    end(desk)
    desk.timers.pass_ms(60_100)

    assert desk.state.agent.state is AgentState.NOT_READY


def test_what_is_typed_is_in_the_one_record_of_the_call(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="wants an offer", disposition="done", follow_up="2026-12-01", finding=WRONG)
    kept = desk.journal.records["in1"]
    assert (kept.subject, kept.disposition, kept.follow_up, kept.number_finding) == (
        "wants an offer",
        "done",
        "2026-12-01",
        WRONG,
    )
    assert not kept.wrapped_s

    desk.toolbar.finish_wrap_up()
    assert desk.journal.records["in1"].wrapped_s
    assert list(desk.journal.records) == ["in1"]
    assert desk.state.agent.state is AgentState.READY


def test_a_wrong_number_is_said_at_its_next_call_until_it_is_taken_back(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="a bakery answers", finding=NumberFinding.SOMEBODY_ELSE)
    desk.toolbar.finish_wrap_up()
    finished_s = desk.journal.records["in1"].wrapped_s
    desk.ring("in2")

    (view,) = (view for view in desk.state.calls if view.call.id == "in2")
    assert view.mark == NumberMark("in1", finished_s, "a bakery answers", NumberFinding.SOMEBODY_ELSE)

    desk.change("in2", state=CallState.ENDED, end_cause=CallEndCause.CANCELLED)
    desk.toolbar.begin_wrap_up("in1")
    desk.toolbar.edit_wrap_up(finding=NumberFinding.NONE)
    desk.ring("in3")
    (view,) = (view for view in desk.state.calls if view.call.id == "in3")
    assert view.mark is None


def test_more_time(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.timers.pass_ms(50_000)
    desk.toolbar.extend_wrap_up()
    desk.timers.pass_ms(60_000)
    assert desk.state.wrap_up is not None

    desk.timers.pass_ms(11_000)
    assert desk.state.wrap_up is None


def test_mandatory_fields(desk: Desk) -> None:
    choose(desk, needs_subject=True, needs_disposition=True)
    talk(desk)
    end(desk)
    assert desk.state.wrap_up is not None
    assert desk.state.wrap_up.missing == (MissingField.SUBJECT, MissingField.DISPOSITION)
    with pytest.raises(AgentError, match="wrap_up_needs_subject"):
        desk.toolbar.finish_wrap_up()
    desk.toolbar.edit_wrap_up(subject="x")
    with pytest.raises(AgentError, match="wrap_up_needs_disposition"):
        desk.toolbar.finish_wrap_up()
    desk.toolbar.edit_wrap_up(disposition="done")
    desk.toolbar.finish_wrap_up()

    assert desk.state.wrap_up is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"disposition": "sold"}, "unknown_disposition"), ({"follow_up": "soon"}, "bad_follow_up")],
)
def test_what_cannot_be_is_refused(desk: Desk, fields: dict[str, str], code: str) -> None:
    talk(desk)
    end(desk)
    with pytest.raises(AgentError, match=code):
        desk.toolbar.edit_wrap_up(**fields)  # type: ignore[arg-type]


def test_finish_and_stay_away(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.finish_wrap_up(not_ready=True, reason="lunch")

    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "lunch")
    assert (desk.queue.orders[-1].verb, desk.queue.orders[-1].reason) == (OrderVerb.PAUSE, "lunch")


def test_a_choice_made_during_the_call_holds_after_the_wrap_up(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.set_ready(False, "lunch")
    end(desk)
    assert desk.state.agent.state is AgentState.WRAP_UP
    assert desk.state.agent.after_call == Desired(False, "lunch")
    desk.toolbar.finish_wrap_up()

    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "lunch")


def test_ready_is_refused_while_a_record_is_open(desk: Desk) -> None:
    talk(desk)
    end(desk)
    with pytest.raises(AgentError, match="wrap_up_open"):
        desk.toolbar.set_ready(True)


def test_calls_that_no_rule_names_are_followed_by_none(desk: Desk) -> None:
    talk(desk, queue="")
    end(desk)

    assert desk.state.wrap_up is None


@pytest.mark.parametrize("cause", [CallEndCause.HANDED_OVER, CallEndCause.REDIRECTED])
def test_a_call_that_was_handed_on_is_followed_by_none(desk: Desk, cause: CallEndCause) -> None:
    talk(desk)
    desk.change("in1", state=CallState.ENDED, end_cause=cause)

    assert desk.state.wrap_up is None
    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE


def test_by_hand_during_and_after_a_call() -> None:
    desk = Desk().on()
    talk(desk, queue="")
    desk.toolbar.begin_wrap_up()
    assert desk.queue.orders[-1].verb is OrderVerb.PAUSE
    end(desk)
    assert desk.state.wrap_up is not None
    desk.toolbar.finish_wrap_up()

    talk(desk, "in2", queue="")
    end(desk, "in2")
    assert desk.state.wrap_up is None
    desk.toolbar.begin_wrap_up()
    assert desk.state.wrap_up is not None


def test_by_hand_without_a_call_is_refused() -> None:
    with pytest.raises(AgentError, match="no_call_to_wrap_up"):
        Desk().on().toolbar.begin_wrap_up()


def test_time_stands_still_during_another_call(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.timers.pass_ms(20_000)
    desk.toolbar.dial("01 23 45 67 89")
    assert desk.state.wrap_up is not None
    assert desk.state.wrap_up.waits_for_call
    desk.timers.pass_ms(600_000)
    call = desk.state.calls[0].call.id
    end(desk, call)
    assert desk.state.wrap_up is not None
    assert desk.state.wrap_up.wrap_up.deadline_s == pytest.approx(desk.clock.now_s() + 40)


def test_two_calls_make_two_wrap_ups_one_after_the_other(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.hold("in1")
    talk(desk, "in2")
    end(desk, "in2")
    end(desk)
    first = desk.state.wrap_up
    assert first is not None
    assert first.wrap_up.call == "in2"
    desk.toolbar.finish_wrap_up()
    second = desk.state.wrap_up
    assert second is not None
    assert second.wrap_up.call == "in1"
    assert desk.queue.orders[-1].verb is OrderVerb.PAUSE
    desk.toolbar.finish_wrap_up()

    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE


def test_the_pause_comes_before_the_agent_hangs_up(desk: Desk) -> None:
    choose(desk, pause_from=PauseFrom.HANG_UP)
    talk(desk)
    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE
    desk.queue.answers = False
    desk.toolbar.hang_up("in1")

    assert desk.queue.orders[-1].verb is OrderVerb.PAUSE
    assert not desk.sent(wire.HangUp)
    desk.queue.accept()
    assert desk.sent(wire.HangUp)


def test_a_silent_queue_delays_hanging_up_for_a_moment_only(desk: Desk) -> None:
    choose(desk, pause_from=PauseFrom.HANG_UP)
    talk(desk)
    desk.queue.answers = False
    desk.toolbar.hang_up("in1")
    desk.timers.pass_ms(800)

    assert desk.sent(wire.HangUp)


@pytest.mark.parametrize("time_is_up", [True, False])
def test_who_was_away_before_the_call_is_away_after_its_record(desk: Desk, time_is_up: bool) -> None:
    choose(desk, after=WrapUpAfter.EXTERNAL)
    desk.toolbar.set_ready(False, "lunch")
    call = desk.toolbar.dial("01 23 45 67 89")
    desk.change(call, state=CallState.CONNECTED, answered_s=desk.clock.now_s())
    end(desk, call)
    assert desk.state.agent.state is AgentState.WRAP_UP
    if time_is_up:
        desk.timers.pass_ms(60_100)
    else:
        desk.toolbar.finish_wrap_up()

    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "lunch")
    assert (desk.queue.orders[-1].verb, desk.queue.orders[-1].reason) == (OrderVerb.PAUSE, "lunch")


def test_a_call_that_only_rings_does_not_stop_the_time(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.ring("in2")

    assert desk.state.wrap_up is not None
    assert not desk.state.wrap_up.waits_for_call


# -------------------------------------------------------------------- a finished one again


def wrapped_up(desk: Desk) -> WrapUp:
    view = desk.state.wrap_up
    assert view is not None
    return view.wrap_up


@pytest.mark.parametrize("later_ms", [100, 3_600_000])
def test_a_finished_record_opens_again_for_a_correction(desk: Desk, later_ms: int) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="wants an offer", disposition="done", follow_up="2026-12-01")
    desk.toolbar.finish_wrap_up()
    wrapped_s = desk.journal.records["in1"].wrapped_s
    desk.timers.pass_ms(later_ms)
    desk.toolbar.begin_wrap_up()

    again = wrapped_up(desk)
    assert (again.call, again.subject, again.disposition, again.follow_up) == (
        "in1",
        "wants an offer",
        "done",
        "2026-12-01",
    )
    assert again.deadline_s == desk.clock.now_s() + 60
    assert desk.state.agent.state is AgentState.WRAP_UP
    desk.toolbar.edit_wrap_up(subject="wants two offers")
    desk.toolbar.finish_wrap_up()
    assert list(desk.journal.records) == ["in1"]
    assert desk.journal.records["in1"].subject == "wants two offers"
    assert desk.journal.records["in1"].wrapped_s == wrapped_s
    assert desk.state.agent.state is AgentState.READY


def test_who_was_away_is_away_after_the_correction(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.finish_wrap_up(not_ready=True, reason="lunch")
    desk.toolbar.begin_wrap_up()
    desk.toolbar.finish_wrap_up()

    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "lunch")


def test_a_call_that_no_rule_named_can_be_wrapped_up_long_after_its_end(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.note("wants an offer", "in1")
    end(desk)
    desk.timers.pass_ms(600_000)
    desk.toolbar.begin_wrap_up()

    assert (wrapped_up(desk).call, wrapped_up(desk).subject) == ("in1", "wants an offer")


def test_the_last_record_can_be_corrected_in_the_next_life_of_the_toolbar(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="wants an offer", disposition="done")
    desk.toolbar.finish_wrap_up()
    again = next_life(desk)
    assert again.state.wrap_up is None
    again.toolbar.begin_wrap_up()

    record = wrapped_up(again)
    assert (record.call, record.subject, record.disposition) == ("in1", "wants an offer", "done")
    assert (record.title, record.number) == ("Marie Dupont", "01 99 00 12 34")


def test_what_was_noted_after_the_record_is_in_the_correction(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.finish_wrap_up()
    desk.toolbar.note("wants an offer", "in1")
    desk.toolbar.begin_wrap_up()

    assert wrapped_up(desk).subject == "wants an offer"


def test_a_record_that_is_open_or_waits_is_not_opened_twice(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.hold("in1")
    talk(desk, "in2")
    end(desk, "in2")
    end(desk)
    for call in ("", "in1", "in2"):
        desk.toolbar.begin_wrap_up(call)
    desk.toolbar.finish_wrap_up()
    assert wrapped_up(desk).call == "in1"
    desk.toolbar.finish_wrap_up()

    assert desk.state.wrap_up is None


def test_a_call_that_nobody_knows_cannot_be_wrapped_up(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.finish_wrap_up()
    with pytest.raises(AgentError, match="no_call_to_wrap_up"):
        desk.toolbar.begin_wrap_up("other")


# -------------------------------------------------------------------- what outlives the toolbar


def next_life(desk: Desk, *calls: str, after_s: float = 1.0) -> Desk:
    """Another toolbar after a crash, with what the first one had written; `calls` are still up in the engine."""
    desk.timers.pass_ms(21_000)
    desk.clock.seconds += after_s
    wrapped = desk.journal.wrap_ups.values()
    again = Desk(earlier=desk)
    again.journal.left_open = tuple(
        sorted((kept.wrap_up for kept in wrapped if not kept.finished_s), key=lambda wrap_up: wrap_up.begun_s)
    )
    for call_id in calls:
        again.engine.script.calls[call_id] = desk.engine.script.calls[call_id]
    again.begin()
    return again.on()


def test_a_record_that_waited_for_another_one_waits_after_a_crash(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.note("wants an offer", "in1")
    desk.toolbar.hold("in1")
    talk(desk, "in2")
    end(desk, "in2")
    desk.timers.pass_ms(1_000)
    end(desk)
    again = next_life(desk)
    first = again.state.wrap_up
    assert first is not None
    assert first.wrap_up.call == "in2"
    again.toolbar.finish_wrap_up()

    second = again.state.wrap_up
    assert second is not None
    assert (second.wrap_up.call, second.wrap_up.subject) == ("in1", "wants an offer")
    assert second.wrap_up.deadline_s == again.clock.now_s() + 60
    again.toolbar.finish_wrap_up()
    assert again.state.agent.state is AgentState.READY
    assert set(again.journal.records) == {"in1", "in2"}


def test_a_record_asked_for_by_hand_during_the_call_opens_after_a_crash_too(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.begin_wrap_up()
    again = next_life(desk, "in1")
    assert again.state.wrap_up is None  # the call still goes on
    assert again.queue.orders[-1].verb is OrderVerb.PAUSE
    again.toolbar.note("wants an offer", "in1")
    end(again)

    assert (wrapped_up(again).call, wrapped_up(again).subject) == ("in1", "wants an offer")
    assert wrapped_up(again).by_hand
    assert again.state.agent.state is AgentState.WRAP_UP


def test_a_record_asked_for_by_hand_opens_when_the_call_ended_while_no_toolbar_ran(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.note("wants an offer", "in1")
    desk.toolbar.begin_wrap_up()
    again = next_life(desk)

    record = wrapped_up(again)
    assert (record.call, record.title, record.subject) == ("in1", "Marie Dupont", "wants an offer")
    assert record.deadline_s == again.clock.now_s() + 60


def test_a_call_that_was_handed_on_is_not_wrapped_up_in_the_next_life_either(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.begin_wrap_up()
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.HANDED_OVER)

    assert next_life(desk).state.wrap_up is None


def test_what_is_noted_of_a_call_whose_record_waits_is_in_that_record(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.hold("in1")
    talk(desk, "in2")
    end(desk, "in2")
    end(desk)
    desk.toolbar.note("wants an offer", "in1")
    desk.toolbar.finish_wrap_up()

    assert desk.state.wrap_up is not None
    assert desk.state.wrap_up.wrap_up.subject == "wants an offer"


def test_a_choice_for_after_the_call_holds_after_a_crash_during_it(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.set_ready(False, "lunch")
    again = next_life(desk, "in1")
    assert again.state.agent.after_call == Desired(False, "lunch")
    assert again.queue.orders[-1].reason == "lunch"
    end(again)

    assert (again.state.agent.state, again.state.agent.reason) == (AgentState.NOT_READY, "lunch")


def test_a_choice_for_after_a_call_that_ended_meanwhile_holds_at_once(desk: Desk) -> None:
    talk(desk, queue="")
    desk.toolbar.set_ready(False, "lunch")
    again = next_life(desk)

    assert (again.state.agent.state, again.state.agent.reason) == (AgentState.NOT_READY, "lunch")
    assert again.state.agent.after_call is None


def test_a_choice_for_after_the_record_holds_after_a_crash_during_it(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.set_ready(False, "lunch")
    end(desk)
    again = next_life(desk)
    assert again.state.agent.state is AgentState.WRAP_UP
    again.toolbar.finish_wrap_up()

    assert (again.state.agent.state, again.state.agent.reason) == (AgentState.NOT_READY, "lunch")


def test_ready_again_is_remembered_too(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    desk.toolbar.set_ready(True)

    assert next_life(desk).state.agent.state is AgentState.READY


def test_what_was_chosen_yesterday_does_not_hold_today(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    again = next_life(desk, after_s=86_400)

    assert again.state.agent.state is AgentState.READY
