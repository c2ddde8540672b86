"""What the agent chooses and what the queue believes: told, confirmed, lost, changed by somebody else."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import Abilities, OrderVerb, QueueOrder
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.agent import AgentState, Agreement, Desired, QueueState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.errors import AgentError, AvailabilityError, CallError, StorageError
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from tests.fakes.application_desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk().on()


def test_cti_on_makes_the_agent_ready_at_the_queue(desk: Desk) -> None:
    assert desk.queue.orders == [QueueOrder(OrderVerb.UNPAUSE)]
    assert (desk.state.agent.state, desk.state.agent.agreement) == (AgentState.READY, Agreement.CONFIRMED)


def test_the_state_follows_switch_and_registration() -> None:
    desk = Desk()
    assert desk.state.agent.state is AgentState.CTI_OFF
    desk.engine.unanswered.add(wire.Register)
    desk.on()
    assert desk.state.agent.state is AgentState.CONNECTING
    registered = RegistrationSnapshot(RegistrationState.REGISTERED, server="pbx.test", extension="1001")
    desk.engine.emit(wire.RegistrationChanged(registration=replace(registered, state=RegistrationState.RETRYING)))
    assert desk.state.agent.state is AgentState.UNKNOWN
    assert not desk.queue.orders
    desk.engine.emit(wire.RegistrationChanged(registration=registered))
    assert desk.state.agent.state is AgentState.READY


def test_the_time_of_a_state_moves_only_with_the_state(desk: Desk) -> None:
    began = desk.state.agent.since_s
    desk.timers.pass_ms(60_000)
    desk.toolbar.set_ready(True)

    assert desk.state.agent.since_s == began


def test_a_reason_goes_to_the_queue(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")

    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE, "lunch")
    agent = desk.state.agent
    assert (agent.state, agent.reason, agent.desired) == (AgentState.NOT_READY, "lunch", Desired(False, "lunch"))
    assert agent.confirmed.state is QueueState.PAUSED
    assert agent.overdue_s == agent.since_s + 3600


@pytest.mark.parametrize(
    ("reason", "note", "code"),
    [("holiday", "", "unknown_reason"), ("other", "", "reason_needs_note")],
)
def test_a_reason_that_cannot_be_is_refused(desk: Desk, reason: str, note: str, code: str) -> None:
    with pytest.raises(AgentError) as refused:
        desk.toolbar.set_ready(False, reason, note)

    assert refused.value.code == code
    assert desk.state.agent.state is AgentState.READY


def test_the_state_waits_for_its_confirmation(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    assert desk.state.agent.agreement is Agreement.PENDING

    desk.queue.accept()
    assert desk.state.agent.agreement is Agreement.CONFIRMED


def test_a_confirmation_that_does_not_come_is_shown_and_asked_for_again(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    desk.queue.open.pop()[1](None)  # accepted, but the queue never says so
    desk.timers.pass_ms(3_100)

    assert desk.state.agent.agreement is Agreement.LOST
    assert "queue_state_lost" in desk.fault_codes()

    desk.queue.answers = True
    desk.timers.pass_ms(2_100)
    assert desk.state.agent.agreement is Agreement.CONFIRMED
    assert "queue_state_lost" not in desk.fault_codes()


def test_a_refusal_of_the_queue_is_shown_with_a_repair(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    desk.queue.refuse(AvailabilityError("queue_refused", detail="403"))

    fault = next(fault for fault in desk.state.faults if fault.code == "queue_state_lost")
    assert (fault.remedy, fault.params["why"]) == (Remedy.TELL_QUEUE, "queue_refused")

    desk.queue.answers = True
    desk.toolbar.remedy(Remedy.TELL_QUEUE)
    assert desk.state.agent.agreement is Agreement.CONFIRMED


def test_a_supervisor_s_pause_is_shown_and_not_overruled(desk: Desk) -> None:
    told = len(desk.queue.orders)
    desk.queue.says(QueueState.PAUSED, "training")

    assert desk.state.agent.agreement is Agreement.CHANGED_THERE
    assert "queue_changed_there" in desk.fault_codes()
    desk.timers.pass_ms(120_000)
    assert len(desk.queue.orders) == told


def test_a_supervisor_s_pause_can_be_taken_over(desk: Desk) -> None:
    desk.queue.says(QueueState.PAUSED, "training")
    desk.toolbar.remedy(Remedy.ACCEPT_QUEUE)

    agent = desk.state.agent
    assert (agent.state, agent.reason, agent.agreement) == (AgentState.NOT_READY, "training", Agreement.CONFIRMED)


def test_a_supervisor_s_pause_ends_when_the_agent_says_ready_again(desk: Desk) -> None:
    desk.queue.says(QueueState.PAUSED)
    desk.toolbar.set_ready(True)

    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.UNPAUSE)
    assert desk.state.agent.agreement is Agreement.CONFIRMED


def test_a_pbx_that_comes_back_is_told_again(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    told = len(desk.queue.orders)
    desk.engine.die()
    assert desk.state.agent.agreement is Agreement.NONE
    desk.engine.attach()

    assert desk.queue.orders[told:] == [QueueOrder(OrderVerb.PAUSE, "lunch")]
    assert desk.state.agent.state is AgentState.NOT_READY


def test_cti_off_says_goodbye_to_the_queue_before_the_telephone_goes(desk: Desk) -> None:
    desk.queue.answers = False
    desk.engine.commands.clear()
    desk.toolbar.switch_cti(False)

    assert desk.queue.orders[-1].verb is OrderVerb.PAUSE
    assert not desk.sent(wire.Unregister)
    desk.queue.accept()
    assert desk.sent(wire.Unregister)
    assert desk.state.agent.state is AgentState.CTI_OFF


@pytest.mark.parametrize("quits", [True, False])
def test_who_leaves_sees_at_once_that_the_telephone_signs_off(desk: Desk, quits: bool) -> None:
    desk.queue.answers = False
    if quits:
        desk.toolbar.quit()
    else:
        desk.toolbar.switch_cti(False)
    state = desk.state
    assert (state.cti_on, state.registration.state) == (False, RegistrationState.UNREGISTERING)
    assert state.agent.state is AgentState.CTI_OFF
    with pytest.raises(CallError, match="cti_off"):
        desk.toolbar.dial("01 23 45 67 89")

    desk.queue.accept()
    assert desk.has_quit is quits
    assert quits or desk.state.registration.state is RegistrationState.OFF


def test_who_switches_off_twice_still_tells_the_queue_first(desk: Desk) -> None:
    desk.queue.answers = False
    desk.engine.commands.clear()
    desk.toolbar.switch_cti(False)
    desk.toolbar.switch_cti(False)
    assert not desk.sent(wire.Unregister)

    desk.queue.accept()
    assert desk.sent(wire.Unregister)


def test_leaving_staying_and_leaving_again_tells_the_queue_again(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.switch_cti(False)
    desk.toolbar.switch_cti(True)
    desk.toolbar.switch_cti(False)

    assert [order.verb for order in desk.queue.orders[-3:]] == [OrderVerb.PAUSE, OrderVerb.UNPAUSE, OrderVerb.PAUSE]


def test_cti_off_does_not_wait_for_a_queue_that_is_silent(desk: Desk) -> None:
    desk.queue.answers = False
    desk.engine.commands.clear()
    desk.toolbar.switch_cti(False)
    desk.timers.pass_ms(3_100)

    assert desk.sent(wire.Unregister)


def test_who_switches_on_again_meanwhile_stays(desk: Desk) -> None:
    desk.queue.answers = False
    desk.engine.commands.clear()
    desk.toolbar.switch_cti(False)
    desk.toolbar.switch_cti(True)
    desk.queue.answers = True
    desk.queue.accept()
    desk.timers.pass_ms(10_000)

    assert not desk.sent(wire.Unregister)
    assert desk.queue.orders[-1].verb is OrderVerb.UNPAUSE
    assert desk.state.agent.state is AgentState.READY


def test_quitting_says_goodbye_to_the_queue(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.quit()
    assert not desk.has_quit

    desk.queue.accept()
    assert desk.has_quit


def test_logging_in_and_out_where_the_settings_say_so() -> None:
    desk = Desk()
    desk.queue.abilities = Abilities()
    settings = desk.toolbar.settings
    availability = msgspec.structs.replace(settings.availability, logs_in=True)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, availability=availability))
    desk.on()
    assert [order.verb for order in desk.queue.orders] == [OrderVerb.LOGIN, OrderVerb.UNPAUSE]

    desk.toolbar.switch_cti(False)
    assert [order.verb for order in desk.queue.orders[2:]] == [OrderVerb.PAUSE, OrderVerb.LOGOUT]


def test_a_telephone_that_only_refuses_says_so() -> None:
    desk = Desk()
    desk.queue.abilities = Abilities(tells_queue=False, logs_in=False)
    desk.on()

    assert desk.state.agent.agreement is Agreement.PHONE_ONLY


def test_a_telephone_system_that_confirms_nothing_is_not_said_to_have_confirmed() -> None:
    desk = Desk()
    desk.queue.abilities = Abilities(confirms=False, logs_in=False)
    desk.on()
    desk.toolbar.set_ready(False, "lunch")
    desk.queue.says(QueueState.PAUSED, "lunch")  # what was accepted

    agent = desk.state.agent
    assert (agent.state, agent.agreement) == (AgentState.NOT_READY, Agreement.UNCONFIRMED)
    assert agent.confirmed.state is QueueState.UNKNOWN
    assert desk.fault_codes() == []


def test_a_choice_during_a_call_comes_into_force_after_it(desk: Desk) -> None:
    desk.ring()
    desk.toolbar.answer("in1")
    desk.toolbar.set_ready(False, "lunch")

    assert desk.state.agent.after_call == Desired(False, "lunch")
    assert desk.state.agent.state is AgentState.ON_CALL
    assert desk.queue.orders[-1] == QueueOrder(OrderVerb.PAUSE, "lunch")  # no call slips in when this one ends

    desk.change("in1", state=CallState.ENDED)
    agent = desk.state.agent
    assert (agent.state, agent.reason, agent.after_call) == (AgentState.NOT_READY, "lunch", None)


def test_hanging_up_a_call_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(CallError):
        desk.toolbar.hang_up("nothing")


def test_the_totals_of_the_day(desk: Desk) -> None:
    desk.timers.pass_ms(60_000)
    desk.toolbar.set_ready(False, "lunch")
    desk.timers.pass_ms(30_000)
    desk.toolbar.set_ready(True)

    totals = desk.state.agent.totals
    assert totals.ready_s == pytest.approx(60)
    assert totals.not_ready_s == {"lunch": pytest.approx(30)}


def test_somebody_who_is_gone_is_asked_and_then_away(desk: Desk) -> None:
    settings = desk.toolbar.settings
    availability = msgspec.structs.replace(settings.availability, idle_min=5)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, availability=availability))
    desk.idle.seconds = 301.0
    desk.timers.pass_ms(10_000)
    assert desk.state.idle is not None

    desk.toolbar.still_there()
    desk.timers.pass_ms(61_000)
    assert (desk.state.idle, desk.state.agent.state) == (None, AgentState.READY)

    desk.timers.pass_ms(245_000)
    assert desk.state.idle is not None
    desk.timers.pass_ms(61_000)
    assert (desk.state.agent.state, desk.state.agent.reason) == (AgentState.NOT_READY, "break")


def test_a_desktop_that_cannot_tell_never_means_away(desk: Desk) -> None:
    settings = desk.toolbar.settings
    availability = msgspec.structs.replace(settings.availability, idle_min=5)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, availability=availability))
    desk.timers.pass_ms(3_600_000)

    assert (desk.state.idle, desk.state.agent.state) == (None, AgentState.READY)


def test_a_queue_that_lost_its_memory_is_told_again(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    told = len(desk.queue.orders)
    desk.queue.says(QueueState.READY, forgotten=True)

    assert desk.queue.orders[told:] == [QueueOrder(OrderVerb.PAUSE, "lunch")]
    assert desk.state.agent.agreement is Agreement.CONFIRMED


def test_a_disk_that_keeps_no_totals_is_shown(desk: Desk) -> None:
    desk.agent_log.show_fault(StorageError("agent_log_disk_full"))
    assert desk.fault_codes() == ["agent_log_disk_full"]

    desk.agent_log.show_fault(None)
    assert not desk.fault_codes()
