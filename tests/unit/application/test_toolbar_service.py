"""The whole application on fakes: what an agent does in a day shows in one state, and what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.telephony import EngineLink, EngineLinkChanged
from agent_toolbar.application.standing_faults import REFUSAL_SHOWN_MS
from agent_toolbar.application.toolbar_state import FaultPlace, Remedy
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.audio import AudioFault, AudioRoleSnapshot, AudioSnapshot
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.errors import AgentToolbarError, CallError, NumberError, StorageError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from tests.fakes.application_desk import Desk

# ---------------------------------------------------------------- calls


def test_an_incoming_call_shows_the_contact_and_is_in_the_journal_while_it_rings() -> None:
    desk = Desk().on()
    desk.ring()
    [view] = desk.state.calls
    assert view.title == "Marie Dupont"
    assert view.shown_number == "01 99 00 12 34"
    assert desk.state.agent.state is AgentState.RINGING
    assert desk.journal.records["in1"].name == "Marie Dupont"


def test_answering_means_the_ringing_call_and_the_agent_is_on_a_call() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    assert desk.call("in1").state is CallState.CONNECTED
    assert desk.state.agent.state is AgentState.ON_CALL


def test_answering_a_second_call_puts_the_first_on_hold_before() -> None:
    desk = Desk().on()
    desk.ring("in1")
    desk.toolbar.answer()
    desk.ring("in2", "+33199005678")
    desk.engine.commands.clear()
    desk.toolbar.answer()
    assert desk.engine.commands == [wire.Hold(call="in1"), wire.Answer(call="in2")]


def test_resuming_swaps() -> None:
    desk = Desk().on()
    desk.ring("in1")
    desk.toolbar.answer()
    desk.ring("in2", "+33199005678")
    desk.toolbar.answer()
    desk.engine.commands.clear()
    desk.toolbar.resume()
    assert desk.engine.commands == [wire.Hold(call="in2"), wire.Resume(call="in1")]


def test_dialling_cleans_the_number_and_holds_the_call_in_talk() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    desk.engine.commands.clear()
    dialled = desk.toolbar.dial(" 01 99 00 56 78 ")
    assert desk.engine.commands == [wire.Hold(call="in1"), wire.Dial(call=dialled, target="+33199005678")]


@pytest.mark.parametrize("text", ["", "   ", "nobody", "anonymous", "١٢٣٤"])
def test_what_is_no_number_is_not_dialled(text: str) -> None:
    desk = Desk().on()
    with pytest.raises(NumberError) as refused:
        desk.toolbar.dial(text)
    assert refused.value.code == "not_a_number"
    assert not desk.sent(wire.Dial)


def test_dialling_with_cti_off_is_refused_with_the_reason() -> None:
    desk = Desk()
    with pytest.raises(CallError) as refused:
        desk.toolbar.dial("600")
    assert refused.value.code == "cti_off"


def test_a_fifth_call_is_refused() -> None:
    desk = Desk().on()
    for number in range(4):
        desk.ring(f"in{number}", f"+3319900000{number}")
    with pytest.raises(CallError) as refused:
        desk.toolbar.dial("600")
    assert refused.value.code == "lines_full"


def test_digits_that_no_keypad_has_are_refused() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    with pytest.raises(CallError) as refused:
        desk.toolbar.send_dtmf("12x")
    assert refused.value.code == "bad_digits"
    desk.toolbar.send_dtmf("12#d")
    assert desk.engine.commands[-1] == wire.SendDtmf(call="in1", digits="12#D")


def test_a_call_that_is_not_there_is_refused_by_name() -> None:
    desk = Desk().on()
    with pytest.raises(CallError) as refused:
        desk.toolbar.hang_up("gone")
    assert refused.value.code == "unknown_call"


def test_holding_while_a_hold_is_on_its_way_is_refused() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    desk.change("in1", changing_hold=True)
    with pytest.raises(CallError) as refused:
        desk.toolbar.hold()
    assert refused.value.code == "hold_in_progress"


def test_a_caller_who_gives_up_is_counted_as_missed_until_the_history_was_seen() -> None:
    desk = Desk().on()
    desk.ring()
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.CANCELLED)
    assert desk.state.missed == 1
    assert desk.journal.records["in1"].missed
    desk.toolbar.history_seen()
    assert desk.state.missed == 0


def test_a_private_caller_leaves_no_number_in_the_journal() -> None:
    desk = Desk().on()
    desk.ring()
    desk.change("in1", remote=replace(desk.call("in1").remote, private=True, name="Marie"))
    assert desk.journal.records["in1"].number == ""
    assert desk.journal.records["in1"].number_key == ""


def test_why_an_own_call_failed_is_shown_for_five_seconds() -> None:
    desk = Desk().on()
    call = desk.toolbar.dial("602")
    desk.change(call, state=CallState.ENDED, end_cause=CallEndCause.BUSY, sip_status=486)
    [fault] = [fault for fault in desk.state.faults if fault.code == "call_failed"]
    assert fault.params["cause"] == "busy"
    desk.timers.pass_ms(5_000)
    assert "call_failed" not in desk.fault_codes()


def test_a_refusal_of_the_engine_is_shown_and_goes_again() -> None:
    desk = Desk().on()
    desk.engine.emit(wire.CommandRefused(request=0, code="bad_target"))
    assert "bad_target" in desk.fault_codes()
    desk.timers.pass_ms(REFUSAL_SHOWN_MS)
    assert "bad_target" not in desk.fault_codes()


# ---------------------------------------------------------------- the engine comes and goes


def test_an_engine_that_dies_leaves_its_call_waiting_and_says_so_until_it_is_back() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    talk = desk.call("in1")
    desk.engine.die()
    assert desk.call("in1") == replace(talk, reconnecting=True)
    assert desk.journal.records["in1"].end_cause is None
    assert "engine_lost" in desk.fault_codes()
    desk.engine.script.calls["in1"] = replace(talk, reconnecting=True)
    desk.engine.attach()
    assert "engine_lost" not in desk.fault_codes()
    assert desk.state.registration.state is RegistrationState.REGISTERED
    desk.engine.emit(wire.CallChanged(call=replace(talk, reconnected_s=9.0)))
    assert desk.call("in1") == replace(talk, reconnected_s=9.0)


def test_a_call_that_the_next_engine_does_not_know_is_lost() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    desk.engine.die()
    desk.engine.attach()
    assert desk.state.calls == ()
    assert desk.journal.records["in1"].end_cause is CallEndCause.ENGINE_LOST


@pytest.mark.parametrize("link", [EngineLink.FAILED, EngineLink.STOPPED])
def test_without_any_further_engine_its_calls_are_lost(link: EngineLink) -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    desk.engine.die()
    desk.engine.emit(EngineLinkChanged(link))
    assert desk.state.calls == ()
    assert desk.journal.records["in1"].end_cause is CallEndCause.ENGINE_LOST


def test_attaching_to_an_engine_in_a_call_shows_the_call_and_leaves_its_record_open() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    running = desk.engine.script
    restarted = Desk()
    restarted.journal = desk.journal
    restarted.engine.script = running
    restarted.engine.attach()
    assert restarted.call("in1").state is CallState.CONNECTED
    assert restarted.state.cti_on
    assert not restarted.sent(wire.Register)


def test_records_that_a_crash_left_open_are_closed_at_the_start() -> None:
    desk = Desk().on()
    desk.ring()
    desk.engine.script.calls.clear()
    desk.engine.attach()
    assert desk.journal.records["in1"].end_cause is CallEndCause.ENGINE_LOST


def test_an_engine_that_will_not_start_can_be_tried_again() -> None:
    desk = Desk().on()
    desk.engine.emit(EngineLinkChanged(EngineLink.FAILED))
    [fault] = [fault for fault in desk.state.faults if fault.code == "engine_failed"]
    assert fault.remedy is Remedy.TRY_AGAIN
    desk.toolbar.remedy(Remedy.TRY_AGAIN)
    assert desk.state.link is EngineLink.ATTACHED


# ---------------------------------------------------------------- CTI, account, sound


def test_what_is_asked_before_cti_goes_off_says_whether_the_call_rings_or_is_in_talk() -> None:
    def asked(desk: Desk) -> tuple[str, object]:
        with pytest.raises(CallError) as refused:
            desk.toolbar.switch_cti(False)
        return refused.value.code, refused.value.params["name"]

    desk = Desk().on()
    called = desk.toolbar.dial("01 23 45 67 89")
    assert asked(desk) == ("cti_off_with_dialled_call", "01 23 45 67 89")
    desk.toolbar.hang_up(called)
    desk.ring()
    assert asked(desk) == ("cti_off_with_ringing_call", "Marie Dupont")
    desk.ring("in2", "+33612345678", "Paul")
    desk.toolbar.answer("in2")
    assert asked(desk)[0] == "cti_off_with_call"
    assert asked(desk)[1] != "Marie Dupont"


def test_switching_cti_off_with_a_call_asks_first_and_then_ends_it() -> None:
    desk = Desk().on()
    desk.ring()
    desk.toolbar.answer()
    with pytest.raises(CallError) as refused:
        desk.toolbar.switch_cti(False)
    assert refused.value.code == "cti_off_with_call"
    assert desk.state.cti_on
    desk.toolbar.switch_cti(False, confirmed=True)
    assert desk.state.calls == ()
    assert not desk.state.cti_on
    assert isinstance(desk.engine.commands[-1], wire.Unregister)


def test_contacts_history_and_settings_work_with_cti_off() -> None:
    desk = Desk()
    found: list[str] = []
    desk.toolbar.look_up("01 99 00 12 34", lambda result: found.extend(match.name for match in result.matches))
    assert found == ["Marie Dupont"]
    offered: list[str] = []
    desk.toolbar.suggest("mar", lambda matches: offered.extend(match.name for match in matches))
    assert offered == ["Marie Dupont"]
    desk.toolbar.change_settings(msgspec.structs.replace(desk.toolbar.settings, numbers=Settings().numbers))


def test_a_lost_registration_is_a_serious_fault_with_its_next_try() -> None:
    desk = Desk().on()
    lost = RegistrationSnapshot(
        RegistrationState.RETRYING, RegistrationFault.TIMEOUT, 408, server="pbx.test", retry_at_s=99.0
    )
    desk.engine.emit(wire.RegistrationChanged(registration=lost))
    [fault] = [fault for fault in desk.state.faults if fault.place is FaultPlace.TELEPHONY]
    assert (fault.code, fault.serious, fault.retry_at_s) == ("timeout", True, 99.0)
    assert desk.state.agent.state is AgentState.UNKNOWN


def test_a_missing_microphone_is_a_fault_with_a_way_to_the_sound_page() -> None:
    desk = Desk()
    desk.engine.emit(wire.AudioChanged(audio=AudioSnapshot(microphone=AudioRoleSnapshot(fault=AudioFault.NO_DEVICE))))
    [fault] = [fault for fault in desk.state.faults if fault.code == "no_microphone"]
    assert fault.remedy is Remedy.OPEN_SOUND


def test_a_sound_test_during_a_call_is_refused() -> None:
    desk = Desk().on()
    desk.ring()
    with pytest.raises(CallError) as refused:
        desk.toolbar.start_audio_test()
    assert refused.value.code == "audio_test_in_call"


def test_a_journal_on_a_full_disk_is_a_fault_and_calls_go_on() -> None:
    desk = Desk().on()
    desk.journal.show_fault(StorageError("journal_disk_full"))
    desk.ring()
    desk.toolbar.answer()
    assert desk.call("in1").state is CallState.CONNECTED
    assert "journal_disk_full" in desk.fault_codes()


def test_a_broken_settings_file_is_a_fault() -> None:
    desk = Desk()
    desk.settings.fault = AgentToolbarError("settings_broken", file="settings.toml")
    desk.toolbar.set_ready(False)
    desk.on()
    assert "settings_broken" in desk.fault_codes()


def test_a_reported_fault_stays_until_it_is_dismissed() -> None:
    desk = Desk()
    desk.toolbar.report(AgentToolbarError("practice_failed"))
    assert "practice_failed" in desk.fault_codes()
    desk.toolbar.remedy(Remedy.DISMISS)
    assert "practice_failed" not in desk.fault_codes()


def test_choosing_a_device_tells_the_engine_and_is_kept() -> None:
    desk = Desk()
    audio = wire.AudioConfig(speaker_id="usb", speaker_name="Headset")
    desk.toolbar.choose_audio(audio)
    assert desk.engine.commands[-1] == wire.SetAudio(audio=audio)
    assert desk.settings.current.audio == audio


def test_listeners_hear_each_state_once() -> None:
    desk = Desk().on()
    heard = len(desk.states)
    desk.engine.emit(wire.RegistrationChanged(registration=desk.state.registration))
    assert len(desk.states) == heard


def test_levels_go_to_the_one_who_watches_and_to_nobody_afterwards() -> None:
    desk = Desk()
    heard: list[wire.LevelsMeasured] = []
    desk.toolbar.watch_levels(heard.append)
    desk.engine.emit(wire.LevelsMeasured(microphone=0.5, speaker=0.1))
    desk.toolbar.watch_levels(None)
    desk.engine.emit(wire.LevelsMeasured(microphone=0.9, speaker=0.1))
    assert [levels.microphone for levels in heard] == [0.6, 0.5]
    assert desk.engine.commands[-2:] == [wire.WatchLevels(watching=True), wire.WatchLevels(watching=False)]


def test_quitting_is_the_owners_affair() -> None:
    desk = Desk()
    desk.toolbar.quit()
    assert desk.has_quit
