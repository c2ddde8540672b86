"""The computer sleeps and wakes up: what the queue hears first, what holds afterwards, what the totals count."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import OrderVerb, QueueOrder
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.agent import AgentState, Agreement, Desired
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.registration import RegistrationState
from tests.fakes.application_desk import Desk

SHORT_S, LONG_S = 5 * 60, 3 * 3600


@pytest.fixture
def desk() -> Desk:
    return Desk().on()


def sleep(desk: Desk, seconds: float) -> None:
    """No timer of the toolbar fires while the computer sleeps."""
    desk.sleep.fall_asleep()
    assert desk.sleep.asleep
    desk.clock.seconds += seconds
    desk.sleep.wake()


def test_the_queue_hears_first_then_the_telephone_goes_then_the_computer_may_sleep(desk: Desk) -> None:
    desk.queue.answers = False
    desk.engine.commands.clear()
    desk.sleep.fall_asleep()
    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE, "asleep")
    assert desk.state.agent.state is AgentState.ASLEEP
    assert not desk.sent(wire.Unregister)
    assert not desk.sleep.asleep

    desk.engine.unanswered.add(wire.Unregister)
    desk.queue.accept()
    assert desk.sent(wire.Unregister)
    assert not desk.sleep.asleep

    off = desk.state.registration
    desk.engine.emit(wire.RegistrationChanged(registration=type(off)(RegistrationState.OFF)))
    assert desk.sleep.asleep


@pytest.mark.parametrize("silent", ["queue", "registrar"])
def test_nobody_keeps_the_computer_awake_for_long(desk: Desk, silent: str) -> None:
    desk.queue.answers = silent != "queue"
    desk.engine.unanswered.add(wire.Unregister)
    desk.sleep.fall_asleep()
    assert not desk.sleep.asleep

    desk.timers.pass_ms(4_100)
    assert desk.sleep.asleep


def test_with_cti_off_nothing_is_to_be_said() -> None:
    desk = Desk()
    desk.sleep.fall_asleep()

    assert desk.sleep.asleep
    assert not desk.queue.orders
    assert desk.state.agent.state is AgentState.CTI_OFF
    desk.sleep.wake()
    assert not desk.sent(wire.Register)


def test_a_computer_that_falls_asleep_while_the_agent_leaves_waits_for_the_queue_too(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.switch_cti(False)
    desk.sleep.fall_asleep()
    assert not desk.sleep.asleep

    desk.queue.accept()
    assert desk.sleep.asleep
    desk.sleep.wake()
    assert desk.state.agent.state is AgentState.CTI_OFF


def test_after_a_short_sleep_the_agent_is_ready_again(desk: Desk) -> None:
    desk.engine.commands.clear()
    sleep(desk, SHORT_S)

    assert [type(command) for command in desk.engine.commands if not isinstance(command, wire.WatchExtensions)] == [
        wire.Unregister,
        wire.Register,
    ]
    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.UNPAUSE)
    assert (desk.state.agent.state, desk.state.agent.agreement) == (AgentState.READY, Agreement.CONFIRMED)
    assert not desk.fault_codes()


def test_after_a_short_sleep_a_reason_holds_again(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    sleep(desk, LONG_S)

    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE, "lunch")
    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "lunch")
    assert not desk.fault_codes()


def test_after_a_long_sleep_the_agent_is_not_ready_and_told_why(desk: Desk) -> None:
    sleep(desk, LONG_S)

    assert desk.state.agent.state is AgentState.NOT_READY
    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE)
    fault = next(fault for fault in desk.state.faults if fault.code == "slept_long")
    assert (fault.remedy, fault.params) == (Remedy.GO_READY, {"minutes": 180})

    desk.toolbar.remedy(Remedy.GO_READY)
    assert desk.state.agent.state is AgentState.READY
    assert not desk.fault_codes()


def test_a_sleep_that_fails_at_once_leaves_the_agent_ready(desk: Desk) -> None:
    desk.queue.answers = False
    desk.sleep.fall_asleep()
    desk.sleep.wake()
    desk.queue.answers = True
    while desk.queue.open:
        desk.queue.accept()

    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE
    assert desk.state.agent.state is AgentState.READY
    desk.timers.pass_ms(10_000)
    assert desk.state.registration.state is RegistrationState.REGISTERED


def test_an_engine_that_is_still_signing_off_registers_when_it_is_done(desk: Desk) -> None:
    desk.engine.unanswered.add(wire.Unregister)
    desk.sleep.fall_asleep()
    desk.engine.commands.clear()
    desk.sleep.wake()
    assert not desk.sent(wire.Register)

    off = desk.state.registration
    desk.engine.emit(wire.RegistrationChanged(registration=type(off)(RegistrationState.OFF)))
    assert desk.sent(wire.Register)
    assert desk.state.agent.state is AgentState.READY


def test_a_call_that_is_up_is_not_ended_and_keeps_its_registration(desk: Desk) -> None:
    desk.ring()
    desk.toolbar.answer("in1")
    desk.change("in1", answered_s=desk.clock.now_s())
    desk.engine.commands.clear()
    sleep(desk, LONG_S)

    assert not desk.sent(wire.HangUp)
    assert not desk.sent(wire.Unregister)
    assert desk.state.agent.state is AgentState.ON_CALL
    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE)
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP)
    assert desk.state.agent.state is AgentState.NOT_READY


def test_a_record_that_is_open_is_saved_when_its_time_passed_asleep_and_nobody_is_ready(desk: Desk) -> None:
    desk.ring()
    desk.toolbar.answer("in1")
    desk.change("in1", answered_s=desk.clock.now_s())
    desk.toolbar.begin_wrap_up("in1")
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP)
    desk.toolbar.edit_wrap_up(subject="wants an offer")
    sleep(desk, LONG_S)
    assert desk.state.agent.after_call == Desired(False)

    desk.timers.pass_ms(100)
    assert desk.state.wrap_up is None
    assert desk.state.agent.state is AgentState.NOT_READY
    record = desk.journal.records["in1"]
    assert (record.subject, bool(record.wrapped_s)) == ("wants an offer", True)


def test_hours_of_sleep_count_as_nothing(desk: Desk) -> None:
    desk.timers.pass_ms(60_000)
    sleep(desk, SHORT_S)

    totals = desk.state.agent.totals
    assert totals.ready_s == 60
    assert totals.until_s == desk.clock.now_s()


def test_hours_of_which_nobody_told_count_as_nothing_too(desk: Desk) -> None:
    desk.timers.pass_ms(60_000)
    desk.clock.seconds += 3600
    desk.timers.pass_ms(10_000)
    desk.toolbar.set_ready(False, "lunch")

    assert desk.state.agent.totals.ready_s == pytest.approx(70, abs=1)


def test_who_is_never_told_that_the_computer_woke_up_goes_on_after_a_minute(desk: Desk) -> None:
    desk.sleep.fall_asleep()
    desk.timers.pass_ms(50_000)
    assert desk.state.agent.state is AgentState.ASLEEP
    desk.timers.pass_ms(11_000)
    assert desk.state.agent.state is AgentState.READY

    desk.sleep.wake()
    assert desk.state.agent.state is AgentState.READY


def test_a_second_sleep_is_not_ended_by_the_minute_of_the_first(desk: Desk) -> None:
    desk.sleep.fall_asleep()
    desk.timers.pass_ms(50_000)
    desk.sleep.wake()
    desk.sleep.fall_asleep()
    desk.timers.pass_ms(20_000)

    assert desk.state.agent.state is AgentState.ASLEEP
