"""Handing over on fakes: whatever comes of it, the customer is with somebody or back with the agent."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.settings import Colleague, HandoverSettings
from agent_toolbar.application.transfer_course import OUTCOME_SHOWN_MS, RINGING_PATIENCE_MS, SILENCE_MS
from agent_toolbar.domain.call import CallEndCause, CallParty, CallState, ReferProgress
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.errors import CallError, EngineError, NumberError
from agent_toolbar.domain.transfer import Transfer, TransferOutcome, TransferProgress, TransferState
from tests.fakes.application_desk import Desk

PAUL = Colleague("1002", "Paul Martin", favourite=True)
UNDO_MS = 3_000


class HandoverDesk(Desk):
    """In talk with Marie (in1); what comes of a REFER is said by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.engine.unanswered = {wire.Refer, wire.Confer, wire.Redirect, wire.WatchExtensions}
        self.settings.put(msgspec.structs.replace(self.settings.current, handover=HandoverSettings(colleagues=(PAUL,))))
        self.on()
        self.ring("in1")
        self.toolbar.answer()
        self.engine.commands.clear()

    @property
    def transfer(self) -> Transfer:
        assert self.state.transfer is not None
        return self.state.transfer

    def outcome(self) -> tuple[TransferState, TransferOutcome | None]:
        return self.transfer.state, self.transfer.outcome

    def refer(self, status: int = 0, *, accepted: bool = True, final: bool = False, call: str = "in1") -> None:
        """What the PBX says of the REFER."""
        now = ReferProgress("1002", sent_s=self.clock.seconds, accepted=accepted, sip_status=status, final=final)
        self.change(call, refer=now)

    def end(self, call_id: str, cause: CallEndCause = CallEndCause.HUNG_UP, by: CallParty = CallParty.REMOTE) -> None:
        ended = replace(self.call(call_id), state=CallState.ENDED, end_cause=cause, ended_by=by)
        self.engine.script.calls.pop(call_id, None)
        self.engine.emit(wire.CallChanged(call=ended))

    def consult(self) -> str:
        """Paul has answered."""
        consult = self.toolbar.consult("1002")
        self.change(consult, state=CallState.CONNECTED, answered_s=self.clock.seconds)
        return consult

    def in_talk(self) -> list[str]:
        return [view.call.id for view in self.state.calls if view.call.in_talk]


@pytest.fixture
def desk() -> HandoverDesk:
    return HandoverDesk()


# ---------------------------------------------------------------- blind


def test_a_blind_transfer_holds_at_once_and_refers_when_it_can_no_longer_be_undone(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("Paul Martin")
    assert desk.call("in1").held
    assert (desk.transfer.target.title, desk.transfer.deadline_s) == ("Paul Martin", desk.clock.seconds + 3)
    desk.timers.pass_ms(UNDO_MS - 1)
    assert not desk.sent(wire.Refer)
    desk.timers.pass_ms(1)
    [refer] = desk.sent(wire.Refer)
    assert isinstance(refer, wire.Refer)
    assert (refer.call, refer.target, refer.replaces) == ("in1", "1002", "")
    assert desk.transfer.state is TransferState.REFERRING


def test_undone_in_time_nothing_leaves_and_the_customer_is_back(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002")
    desk.toolbar.undo()
    desk.timers.pass_ms(60_000)
    assert not desk.sent(wire.Refer)
    assert desk.in_talk() == ["in1"]
    assert desk.state.transfer is None


def test_an_undo_leaves_a_call_on_hold_that_was_on_hold_before(desk: HandoverDesk) -> None:
    desk.toolbar.hold()
    desk.toolbar.transfer("1002")
    desk.toolbar.undo()
    assert desk.call("in1").held
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.UNDONE)


def test_too_late_to_undo_says_so(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    with pytest.raises(CallError, match="too_late"):
        desk.toolbar.undo()


def test_now_cuts_the_waiting_short(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002")
    desk.toolbar.transfer("", now=True)
    assert len(desk.sent(wire.Refer)) == 1
    desk.timers.pass_ms(UNDO_MS)
    assert len(desk.sent(wire.Refer)) == 1


def test_progress_is_shown_and_at_the_end_our_own_leg_ends(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(0)
    assert desk.transfer.progress is TransferProgress.ACCEPTED
    desk.refer(180)
    assert desk.transfer.progress is TransferProgress.RINGING
    desk.refer(200, final=True)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.HANDED_OVER)
    assert desk.sent(wire.HangUp) == [wire.HangUp(call="in1")]
    desk.timers.pass_ms(OUTCOME_SHOWN_MS)
    assert desk.state.transfer is None


@pytest.mark.parametrize(
    ("status", "accepted", "outcome"),
    [
        (486, True, TransferOutcome.BUSY),
        (603, True, TransferOutcome.DECLINED),
        (404, True, TransferOutcome.NOT_FOUND),
        (480, True, TransferOutcome.NO_ANSWER),
        (503, True, TransferOutcome.FAILED),
        (403, False, TransferOutcome.NOT_ALLOWED),
        (501, False, TransferOutcome.NOT_SUPPORTED),
        (408, False, TransferOutcome.NO_REPORT),
    ],
)
def test_a_transfer_that_fails_gives_the_customer_back_and_says_why(
    desk: HandoverDesk, status: int, accepted: bool, outcome: TransferOutcome
) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(status, accepted=accepted, final=True)
    assert desk.in_talk() == ["in1"]
    assert desk.outcome() == (TransferState.DONE, outcome)
    assert not desk.sent(wire.HangUp)


def test_silence_gives_the_customer_back(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(0)
    desk.timers.pass_ms(SILENCE_MS - 1)
    assert desk.transfer.state is TransferState.REFERRING
    desk.timers.pass_ms(1)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.NO_REPORT)
    assert desk.in_talk() == ["in1"]


def test_a_target_that_rings_is_waited_for_longer(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(180)
    desk.timers.pass_ms(SILENCE_MS)
    assert desk.transfer.state is TransferState.REFERRING
    desk.timers.pass_ms(RINGING_PATIENCE_MS - SILENCE_MS)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.NO_REPORT)


def test_a_pbx_that_ends_our_leg_without_a_word_has_taken_the_customer(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(0)
    desk.end("in1", CallEndCause.HANDED_OVER)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.HANDED_OVER_UNPROVEN)


@pytest.mark.parametrize("seconds", [1, 5])
def test_a_customer_who_hangs_up_first_is_gone(desk: HandoverDesk, seconds: int) -> None:
    desk.toolbar.transfer("1002")
    desk.timers.pass_ms(1000 * seconds)
    desk.end("in1")
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.CUSTOMER_GONE)
    desk.timers.pass_ms(60_000)
    assert len(desk.sent(wire.Refer)) == (1 if seconds > 3 else 0)


def test_a_second_attempt_is_not_judged_by_what_became_of_the_first(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(486, final=True)
    desk.toolbar.transfer("1003", now=True)
    desk.change("in1", held=True)
    assert desk.transfer.state is TransferState.REFERRING


def test_the_agent_can_take_the_customer_back_while_the_target_rings(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(180)
    desk.toolbar.take_back()
    assert desk.in_talk() == ["in1"]
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.TAKEN_BACK)


def test_a_hold_that_is_still_under_way_is_waited_for_before_the_customer_counts_as_back(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.engine.unanswered.add(wire.Resume)
    desk.refer(486, final=True)
    desk.change("in1", changing_hold=True)
    assert desk.transfer.state is TransferState.TAKING_BACK
    desk.change("in1", held=False, changing_hold=False)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.BUSY)


def test_taking_off_hold_is_tried_again(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.engine.unanswered.add(wire.Resume)
    desk.refer(486, final=True)
    desk.timers.pass_ms(2_000)
    assert len(desk.sent(wire.Resume)) == 3


def test_a_customer_is_not_talked_to_beside_another_one(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.ring("in2", "+33199005678")
    desk.toolbar.answer("in2")
    desk.refer(486, final=True)
    assert desk.in_talk() == ["in2"]
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.BUSY)


def test_what_the_engine_refuses_has_failed_at_once(desk: HandoverDesk) -> None:
    desk.toolbar.transfer("1002", now=True)
    [refer] = desk.sent(wire.Refer)
    desk.engine.emit(wire.CommandRefused(request=refer.request, code="call_operation_failed"))
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.FAILED)
    assert desk.in_talk() == ["in1"]


# ---------------------------------------------------------------- targets


def test_a_target_that_is_nowhere_changes_nothing(desk: HandoverDesk) -> None:
    with pytest.raises(NumberError, match="no_such_transfer_target"):
        desk.toolbar.transfer("Nobody At All")
    assert desk.in_talk() == ["in1"]
    assert desk.state.transfer is None


@pytest.mark.parametrize(
    ("target", "risk"), [("112", "emergency"), ("0899701234", "premium"), ("*21*0199001234#", "service_code")]
)
def test_a_risky_target_asks_first(desk: HandoverDesk, target: str, risk: str) -> None:
    desk.settings.put(
        msgspec.structs.replace(
            desk.settings.current,
            numbers=msgspec.structs.replace(desk.settings.current.numbers, internal_pattern="[0-9]{4}"),
        )
    )
    for order in (desk.toolbar.transfer, desk.toolbar.consult):
        with pytest.raises(CallError) as refused:
            order(target)
        assert (refused.value.code, refused.value.params["risk"]) == ("target_asks", risk)
    desk.toolbar.transfer(target, confirmed=True)
    assert desk.transfer.state is TransferState.UNDOABLE


# ---------------------------------------------------------------- consultation


def test_a_consultation_holds_the_customer_and_calls_the_second_person(desk: HandoverDesk) -> None:
    consult = desk.toolbar.consult("paul martin")
    assert desk.call("in1").held
    [dial] = desk.sent(wire.Dial)
    assert isinstance(dial, wire.Dial)
    assert (dial.call, dial.target, dial.consult_for) == (consult, "1002", "in1")
    assert desk.transfer.state is TransferState.CALLING
    desk.change(consult, state=CallState.CONNECTED)
    assert desk.transfer.state is TransferState.CONSULTING
    assert desk.in_talk() == [consult]


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (CallEndCause.BUSY, TransferOutcome.BUSY),
        (CallEndCause.DECLINED, TransferOutcome.DECLINED),
        (CallEndCause.NOT_FOUND, TransferOutcome.NOT_FOUND),
        (CallEndCause.NO_ANSWER, TransferOutcome.NO_ANSWER),
        (CallEndCause.UNREACHABLE, TransferOutcome.UNREACHABLE),
    ],
)
def test_a_consultation_that_nobody_answers_gives_the_customer_back(
    desk: HandoverDesk, cause: CallEndCause, outcome: TransferOutcome
) -> None:
    consult = desk.toolbar.consult("1002")
    desk.end(consult, cause)
    assert desk.in_talk() == ["in1"]
    assert desk.outcome() == (TransferState.DONE, outcome)


def test_swapping_and_coming_back(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.toolbar.swap()
    assert desk.in_talk() == ["in1"]
    assert desk.transfer.state is TransferState.WITH_CUSTOMER
    desk.toolbar.swap()
    assert desk.in_talk() == [consult]
    desk.toolbar.take_back()
    assert [view.call.id for view in desk.state.calls] == ["in1"]
    assert desk.in_talk() == ["in1"]


def test_the_buttons_of_hold_are_the_truth_about_who_talks(desk: HandoverDesk) -> None:
    desk.consult()
    desk.toolbar.resume("in1")
    assert desk.transfer.state is TransferState.WITH_CUSTOMER


def test_completing_refers_with_replaces_and_both_legs_end(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.toolbar.complete()
    [refer] = desk.sent(wire.Refer)
    assert isinstance(refer, wire.Refer)
    assert (refer.call, refer.replaces) == ("in1", consult)
    assert desk.transfer.state is TransferState.JOINING
    desk.refer(200, final=True)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.HANDED_OVER)
    assert not desk.state.calls


def test_completing_while_it_rings_is_a_blind_transfer_in_its_place(desk: HandoverDesk) -> None:
    consult = desk.toolbar.consult("1002")
    desk.toolbar.complete()
    assert desk.transfer.state is TransferState.REFERRING
    desk.end(consult, CallEndCause.CANCELLED, CallParty.LOCAL)
    assert desk.transfer.state is TransferState.REFERRING
    desk.refer(486, final=True)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.BUSY)
    assert desk.in_talk() == ["in1"]


@pytest.mark.parametrize(("status", "accepted"), [(403, False), (501, False), (503, True)])
def test_a_refused_handing_over_keeps_all_three_together(desk: HandoverDesk, status: int, accepted: bool) -> None:
    consult = desk.consult()
    desk.toolbar.complete()
    desk.refer(status, accepted=accepted, final=True)
    assert desk.transfer.state is TransferState.CONFERENCE
    assert desk.transfer.outcome is not None
    [confer] = desk.sent(wire.Confer)
    assert isinstance(confer, wire.Confer)
    assert confer.calls == ("in1", consult)
    assert len(desk.state.calls) == 2


def test_silence_after_completing_keeps_all_three_together(desk: HandoverDesk) -> None:
    desk.consult()
    desk.toolbar.complete()
    desk.refer(0)
    desk.timers.pass_ms(SILENCE_MS)
    assert (desk.transfer.state, desk.transfer.outcome) == (TransferState.CONFERENCE, TransferOutcome.NO_REPORT)


def test_a_second_person_who_hangs_up_leaves_the_customer_with_the_agent(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.end(consult)
    assert desk.in_talk() == ["in1"]
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.TARGET_GONE)


def test_a_customer_who_hangs_up_leaves_the_agent_with_the_second_person(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.end("in1")
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.CUSTOMER_GONE)
    assert desk.in_talk() == [consult]


def test_two_calls_are_joined_without_a_consultation(desk: HandoverDesk) -> None:
    desk.ring("in2", "+33199005678")
    desk.toolbar.answer("in2")
    desk.toolbar.complete()
    [refer] = desk.sent(wire.Refer)
    assert isinstance(refer, wire.Refer)
    assert (refer.call, refer.replaces) == ("in1", "in2")  # the one on hold is handed over


# ---------------------------------------------------------------- hanging up ends only what is meant


def test_hanging_up_in_a_consultation_ends_the_consultation_only(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.toolbar.hang_up()
    assert desk.sent(wire.HangUp) == [wire.HangUp(call=consult)]
    assert desk.in_talk() == ["in1"]


@pytest.mark.parametrize("stage", ["undoable", "referring", "with_customer", "conference"])
def test_a_customer_is_not_cut_off_unasked(desk: HandoverDesk, stage: str) -> None:
    if stage in {"undoable", "referring"}:
        desk.toolbar.transfer("1002", now=stage == "referring")
    else:
        desk.consult()
        desk.toolbar.swap() if stage == "with_customer" else desk.toolbar.conference()
    with pytest.raises(CallError) as refused:
        desk.toolbar.hang_up()
    assert refused.value.code == "hang_up_cuts_customer"
    assert "Marie Dupont" in str(refused.value.params["name"])
    assert desk.call("in1").live
    desk.toolbar.hang_up(confirmed=True)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.AGENT_LEFT)


def test_in_a_conference_the_second_person_can_be_dropped_alone(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.toolbar.conference()
    desk.toolbar.hang_up(consult)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.TAKEN_BACK)
    assert [view.call.id for view in desk.state.calls] == ["in1"]


def test_a_conference_is_left_by_handing_over(desk: HandoverDesk) -> None:
    desk.consult()
    desk.toolbar.conference()
    desk.toolbar.complete()
    desk.refer(200, final=True)
    assert not desk.state.calls


def test_nobody_else_is_answered_or_called_from_within_a_conference(desk: HandoverDesk) -> None:
    consult = desk.consult()
    desk.toolbar.conference()
    for call_id in ("in1", consult):
        desk.change(call_id, in_conference=True, held=False)
    desk.ring("in2", "+33199005678")
    for order in (lambda: desk.toolbar.answer("in2"), lambda: desk.toolbar.dial("1003")):
        with pytest.raises(CallError, match="in_conference"):
            order()


# ---------------------------------------------------------------- engines and toolbars that die


def test_without_an_engine_nothing_is_begun(desk: HandoverDesk) -> None:
    desk.engine.link = wire.EngineLink.LOST
    desk.toolbar._link = wire.EngineLinkChanged(wire.EngineLink.LOST)  # as between two engines
    with pytest.raises(EngineError):
        desk.toolbar.transfer("1002")
    assert desk.state.transfer is None


def test_a_toolbar_that_comes_later_goes_on_with_the_consultation(desk: HandoverDesk) -> None:
    consult = desk.consult()
    calls = desk.engine.script.calls
    calls[consult] = replace(calls[consult], consult_for="in1")
    later = Desk().on()
    later.engine.script = desk.engine.script
    later.engine.attach()
    transfer = later.state.transfer
    assert transfer is not None
    assert (transfer.state, transfer.customer, transfer.consult) == (TransferState.CONSULTING, "in1", consult)
    later.toolbar.take_back()
    assert [view.call.id for view in later.state.calls if view.call.in_talk] == ["in1"]


# ---------------------------------------------------------------- the story that goes with the call


def test_the_key_goes_along_and_the_note_that_is_still_typed_too(desk: HandoverDesk) -> None:
    desk.toolbar.note("wants a refund")
    consult = desk.toolbar.consult("1002")
    [dial] = desk.sent(wire.Dial)
    assert isinstance(dial, wire.Dial)
    desk.change(consult, state=CallState.CONNECTED)
    desk.toolbar.note("wants a refund and an excuse", "in1")
    desk.toolbar.complete()
    [refer] = desk.sent(wire.Refer)
    assert isinstance(refer, wire.Refer)
    assert refer.context == dial.context == desk.transfer.context_key
    _, story = desk.contexts.stories[dial.context]
    assert (story.name, story.note, story.to_extension) == ("Marie Dupont", "wants a refund and an excuse", "1002")


def test_a_customer_who_comes_back_is_not_a_new_one_and_the_old_leg_ends_with_the_new_call(desk: HandoverDesk) -> None:
    desk.toolbar.note("wants a refund")
    desk.toolbar.transfer("1002", now=True)
    desk.refer(180)
    conversation = desk.state.calls[0].conversation
    desk.clock.seconds += 10
    back = desk.engine.script.offer("in2", "+33199001234")
    returned = replace(back.call, context_key=desk.transfer.context_key, started_s=desk.clock.seconds)
    desk.engine.script.calls["in2"] = returned
    desk.engine.emit(wire.CallChanged(call=returned))
    view = desk.state.find("in2")
    assert view is not None
    assert view.context is not None
    assert (view.context.returned, view.context.back_from) == (True, "1002")
    assert view.conversation == conversation
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.RETURNED)
    assert desk.call("in1").live  # it may still be the customer's: it ends when the new call is answered
    desk.toolbar.answer("in2")
    assert [view.call.id for view in desk.state.calls] == ["in2"]


@pytest.mark.parametrize("reported", [True, False], ids=["200 while the target still rang", "hung up without a word"])
def test_a_customer_who_comes_back_after_the_pbx_said_too_early_that_it_was_done_came_back(
    desk: HandoverDesk, reported: bool
) -> None:
    desk.toolbar.transfer("1002", now=True)
    key = desk.transfer.context_key
    if reported:
        desk.refer(200, final=True)
    else:
        desk.refer(0)
        desk.end("in1")
    said_first = desk.outcome()
    desk.timers.pass_ms(OUTCOME_SHOWN_MS - 1)
    back = desk.engine.script.offer("in2", "+33199001234")
    returned = replace(back.call, context_key=key, started_s=desk.clock.seconds)
    desk.engine.script.calls["in2"] = returned
    desk.engine.emit(wire.CallChanged(call=returned))

    handed_over = TransferOutcome.HANDED_OVER if reported else TransferOutcome.HANDED_OVER_UNPROVEN
    assert said_first == (TransferState.DONE, handed_over)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.RETURNED)
    desk.timers.pass_ms(OUTCOME_SHOWN_MS - 1)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.RETURNED)
    desk.timers.pass_ms(1)
    assert desk.state.transfer is None
    assert [view.call.id for view in desk.state.calls] == ["in2"]


@pytest.mark.parametrize("answered", [True, False])
def test_a_customer_who_probably_came_back_surely_did_when_the_pbx_says_that_she_was_connected(
    desk: HandoverDesk, answered: bool
) -> None:
    desk.toolbar.transfer("1002", now=True)
    desk.refer(180)
    desk.clock.seconds += 10
    back = desk.engine.script.offer("in2", "+33199001234")
    keyless = replace(back.call, started_s=desk.clock.seconds)
    desk.engine.script.calls["in2"] = keyless
    desk.engine.emit(wire.CallChanged(call=keyless))
    assert desk.transfer.state is TransferState.REFERRING  # another caller may have this number
    if answered:
        desk.toolbar.answer("in2")
    assert desk.call("in1").live
    desk.refer(200, final=True)
    assert desk.outcome() == (TransferState.DONE, TransferOutcome.RETURNED)
    assert [view.call.id for view in desk.state.calls] == ["in2"]


def test_a_note_about_a_call_that_is_over_goes_to_its_record(desk: HandoverDesk) -> None:
    desk.end("in1")
    desk.toolbar.note("will call again")
    desk.timers.pass_ms(60_000)
    desk.toolbar.note("has called again", "in1")
    assert desk.journal.records["in1"].subject == "has called again"
    desk.toolbar.note("", "in1")
    assert desk.journal.records["in1"].subject == ""


def test_without_any_call_there_is_nothing_to_note(desk: HandoverDesk) -> None:
    desk.end("in1")
    desk.timers.pass_ms(60_000)
    with pytest.raises(CallError, match="no_call"):
        desk.toolbar.note("to nobody")


# ---------------------------------------------------------------- redirect, colleagues


def test_a_ringing_call_is_sent_elsewhere(desk: HandoverDesk) -> None:
    desk.ring("in2", "+33199005678")
    desk.toolbar.redirect("Paul Martin", "in2")
    [redirect] = desk.sent(wire.Redirect)
    assert isinstance(redirect, wire.Redirect)
    assert (redirect.call, redirect.target) == ("in2", "1002")


def test_where_the_pbx_follows_no_redirect_the_call_is_declined(desk: HandoverDesk) -> None:
    settings = desk.settings.current
    account = msgspec.structs.replace(settings.account, redirects=False)
    desk.settings.put(msgspec.structs.replace(settings, account=account))
    desk.ring("in2", "+33199005678")
    desk.toolbar.redirect("1002", "in2")
    assert desk.sent(wire.HangUp) == [wire.HangUp(call="in2", sip_status=480)]


def test_colleagues_are_watched_and_favourites_stand_first(desk: HandoverDesk) -> None:
    settings = desk.settings.current
    handover = HandoverSettings(colleagues=(Colleague("1003", "Chloe"), PAUL, Colleague("1001", "Myself")))
    desk.settings.put(msgspec.structs.replace(settings, handover=handover))
    assert desk.sent(wire.WatchExtensions)[-1] == wire.WatchExtensions(extensions=("1003", "1002", "1001"))
    desk.engine.emit(wire.PresenceChanged(presence=(ExtensionPresence("1002", Presence.BUSY),)))
    assert [(one.title, one.presence) for one in desk.state.colleagues] == [
        ("Paul Martin", Presence.BUSY),
        ("Chloe", Presence.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("typed", "extension"),
    [
        ("1002", "1002"),
        ("Paul Martin", "1002"),
        ("paul", "1002"),
        ("p mart", "1002"),
        ("LEA", "1003"),
        ("Léa Nguyen", "1003"),
        ("ma", None),  # Paul Martin or Marc Petit
        ("nobody", None),
        ("", None),
    ],
)
def test_the_beginning_of_a_name_is_enough_where_it_means_one_colleague(
    desk: HandoverDesk, typed: str, extension: str | None
) -> None:
    others = (Colleague("1003", "Léa Nguyen"), Colleague("1004", "Marc Petit"))
    handover = HandoverSettings(colleagues=(PAUL, *others))
    desk.settings.put(msgspec.structs.replace(desk.settings.current, handover=handover))
    target = desk.toolbar.resolve_target(typed)
    assert (target.dial if target else None) == extension


def test_a_new_engine_is_told_whom_to_watch(desk: HandoverDesk) -> None:
    desk.engine.commands.clear()
    desk.engine.die()
    desk.engine.attach()
    assert desk.sent(wire.WatchExtensions) == [wire.WatchExtensions(extensions=("1002",))]


def test_a_new_favourite_is_added_and_kept(desk: HandoverDesk) -> None:
    desk.toolbar.set_favourite("1003", True, "Chloe")
    assert Colleague("1003", "Chloe", favourite=True) in desk.settings.current.handover.colleagues
    desk.toolbar.set_favourite("1003", False)
    assert Colleague("1003", "Chloe") in desk.settings.current.handover.colleagues


# ---------------------------------------------------------------- a party that wants to be called elsewhere


def test_nothing_moves_by_the_others_word_alone(desk: HandoverDesk) -> None:
    desk.change("in1", transfer_request="1003")
    assert desk.engine.commands == []
    desk.toolbar.answer_transfer_request(False)
    assert desk.engine.commands == [wire.AnswerTransferRequest(call="in1", accepted=False)]


def test_the_agent_goes_where_the_other_party_asks(desk: HandoverDesk) -> None:
    desk.change("in1", transfer_request="1003")
    desk.toolbar.answer_transfer_request(True)
    hold, answer = desk.engine.commands
    assert hold == wire.Hold(call="in1")
    assert isinstance(answer, wire.AnswerTransferRequest)
    assert (answer.call, answer.accepted) == ("in1", True)
    assert answer.new_call


def test_a_call_elsewhere_that_comes_to_nothing_leaves_the_agent_in_the_old_one(desk: HandoverDesk) -> None:
    desk.change("in1", transfer_request="1003")
    desk.toolbar.answer_transfer_request(True)
    answer = desk.engine.commands[-1]
    assert isinstance(answer, wire.AnswerTransferRequest)
    for event in desk.engine.script.react(wire.Dial(call=answer.new_call, target="1003")):
        desk.engine.emit(event)
    desk.end(answer.new_call, CallEndCause.BUSY)
    assert desk.in_talk() == ["in1"]


def test_a_risky_place_is_asked_about(desk: HandoverDesk) -> None:
    desk.change("in1", transfer_request="0899701234")
    with pytest.raises(CallError, match="target_asks"):
        desk.toolbar.answer_transfer_request(True)
    desk.toolbar.answer_transfer_request(True, confirmed=True)
    assert desk.sent(wire.AnswerTransferRequest)


def test_where_nobody_asked_there_is_nothing_to_answer(desk: HandoverDesk) -> None:
    with pytest.raises(CallError, match="not_asked"):
        desk.toolbar.answer_transfer_request(True)
