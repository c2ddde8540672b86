""" "Why am I not getting calls?": each cause in turn is named first, with what repairs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.doctor import PROBE_LIMIT_MS, PROOF_LIMIT_MS
from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.microphone_ear import LISTEN_MS, SILENCE_MS
from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import Abilities
from agent_toolbar.application.ports.doctor import Finding, ProbeResult
from agent_toolbar.application.ports.settings import AvailabilitySettings, Settings, WrapUpAfter, WrapUpSettings
from agent_toolbar.application.ports.telephony import EngineLink, EngineLinkChanged
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.agent import QueueState
from agent_toolbar.domain.audio import AudioDevice, AudioFault, AudioRoleSnapshot, AudioSnapshot
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.errors import AgentError, AvailabilityError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from tests.fakes.application_desk import Desk

HEADSET = AudioRoleSnapshot(in_use=AudioDevice("h", "Headset"))
SOUND = AudioSnapshot(microphone=HEADSET, speaker=HEADSET, ringer=HEADSET)
NONE = AudioRoleSnapshot(fault=AudioFault.NO_DEVICE)
REGISTERED = RegistrationSnapshot(RegistrationState.REGISTERED, server="pbx.test", extension="1001")


def hear_sound(desk: Desk, sound: AudioSnapshot) -> None:
    desk.engine.script.audio = sound
    desk.engine.emit(wire.AudioChanged(audio=sound))


@pytest.fixture
def desk() -> Desk:
    desk = Desk().on()
    hear_sound(desk, SOUND)
    return desk


def examined(desk: Desk) -> Examination:
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)
    desk.timers.pass_ms(0 if seen[-1].done else SILENCE_MS)
    assert seen[-1].done
    return seen[-1]


def result_of(examination: Examination, check: Check) -> CheckResult:
    return next(result for result in examination.results if result.check is check)


def cause(desk: Desk) -> tuple[Check, str, Remedy] | None:
    first = examined(desk).cause
    return (first.check, first.code, first.remedy) if first is not None else None


def registration(desk: Desk, state: RegistrationState, fault: RegistrationFault = RegistrationFault.NONE) -> None:
    changed = replace(REGISTERED, state=state, fault=fault)
    desk.engine.emit(wire.RegistrationChanged(registration=changed))


def prove(desk: Desk, **values: object) -> None:
    desk.engine.script.proof = msgspec.structs.replace(desk.engine.script.proof, **values)


def probe(desk: Desk, question: str, code: str) -> None:
    desk.probes.answers[question] = ProbeResult(Finding.WRONG, code)
    registration(desk, RegistrationState.RETRYING, RegistrationFault.TIMEOUT)


def open_wrap_up(desk: Desk) -> None:
    rule = WrapUpSettings(after=WrapUpAfter.INCOMING, needs_subject=True)
    desk.toolbar.change_settings(msgspec.structs.replace(desk.toolbar.settings, wrap_up=rule))
    desk.ring()
    desk.toolbar.answer()
    desk.toolbar.hang_up()
    desk.timers.pass_ms(1_000)
    assert desk.state.wrap_up is not None


def talk(desk: Desk) -> None:
    desk.ring()
    desk.toolbar.answer()


def mute_a_call(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.mute(True)


def hold_a_call(desk: Desk) -> None:
    talk(desk)
    desk.toolbar.hold()


def forget_codecs(desk: Desk) -> None:
    account = msgspec.structs.replace(desk.toolbar.settings.account, codecs=())
    desk.settings.put(msgspec.structs.replace(desk.toolbar.settings, account=account))


def lose_the_queue(desk: Desk) -> None:
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    desk.toolbar.set_ready(True)
    while desk.queue.open:
        desk.queue.refuse(AvailabilityError("queue_timeout"))


def set_at_the_pbx(desk: Desk, extension: str) -> None:
    told = replace_settings(desk, dnd_hint="*76{extension}", forward_hint="*740{extension}")
    assert told == ("*761001", "*7401001")
    busy = tuple(ExtensionPresence(one, Presence.BUSY if one == extension else Presence.FREE) for one in told)
    desk.engine.emit(wire.PresenceChanged(presence=busy))


def replace_settings(desk: Desk, **values: object) -> tuple[str, ...]:
    """The extensions that are watched with these settings of availability."""
    availability = msgspec.structs.replace(desk.toolbar.settings.availability, **values)
    desk.toolbar.change_settings(msgspec.structs.replace(desk.toolbar.settings, availability=availability))
    return desk.sent(wire.WatchExtensions)[-1].extensions


def try_a_call(desk: Desk, code: str) -> None:
    desk.toolbar.change_settings(
        msgspec.structs.replace(desk.toolbar.settings, availability=AvailabilitySettings(test_number="600"))
    )
    desk.auditor.trial = ProbeResult(Finding.WRONG, code)


def refuse_by_phone(desk: Desk) -> None:
    only_the_phone(desk)
    desk.toolbar.set_ready(False, "lunch")


def only_the_phone(desk: Desk) -> None:
    desk.queue.abilities = Abilities(tells_queue=False, confirms=False)
    desk.toolbar.remedy(Remedy.TELL_QUEUE)


Deed = Callable[[Desk], object]
CAUSES: dict[str, tuple[Deed, Check, str, Remedy]] = {
    "no account": (
        lambda desk: desk.settings.put(Settings()),
        Check.CTI,
        "not_set_up_yet",
        Remedy.OPEN_ACCOUNT,
    ),
    "CTI off": (lambda desk: desk.toolbar.switch_cti(False), Check.CTI, "cti_off", Remedy.SWITCH_CTI_ON),
    "no microphone": (
        lambda desk: hear_sound(desk, replace(SOUND, microphone=NONE)),
        Check.AUDIO_DEVICE,
        "no_microphone",
        Remedy.OPEN_SOUND,
    ),
    "no speaker": (
        lambda desk: hear_sound(desk, replace(SOUND, speaker=NONE)),
        Check.AUDIO_DEVICE,
        "no_speaker",
        Remedy.OPEN_SOUND,
    ),
    "headset unplugged": (
        lambda desk: hear_sound(
            desk, replace(SOUND, speaker=replace(HEADSET, chosen_name="Jabra", fault=AudioFault.CHOSEN_DEVICE_GONE))
        ),
        Check.AUDIO_DEVICE,
        "chosen_device_gone",
        Remedy.OPEN_SOUND,
    ),
    "microphone at zero": (
        lambda desk: hear_sound(desk, replace(SOUND, microphone_volume=0.0)),
        Check.MICROPHONE,
        "microphone_silent",
        Remedy.OPEN_SOUND,
    ),
    "ringing at zero": (
        lambda desk: hear_sound(desk, replace(SOUND, ringer_volume=0.0)),
        Check.MICROPHONE,
        "ringer_silent",
        Remedy.OPEN_SOUND,
    ),
    "microphone gives nothing": (
        lambda desk: setattr(desk.engine.script, "level", 0.0),
        Check.MICROPHONE,
        "microphone_hears_nothing",
        Remedy.OPEN_SOUND,
    ),
    "a call rings": (Desk.ring, Check.CALL, "ringing_call", Remedy.NONE),
    "calling somebody": (lambda desk: desk.toolbar.dial("01 23 45 67 89"), Check.CALL, "dialled_call", Remedy.NONE),
    "in a call": (talk, Check.CALL, "in_a_call", Remedy.NONE),
    "a call left on hold": (hold_a_call, Check.CALL, "call_on_hold", Remedy.NONE),
    "microphone muted": (mute_a_call, Check.MICROPHONE, "microphone_muted", Remedy.NONE),
    "engine dead": (
        lambda desk: desk.engine.emit(EngineLinkChanged(link=EngineLink.FAILED)),
        Check.ENGINE,
        "engine_failed",
        Remedy.TRY_AGAIN,
    ),
    "engine starting anew": (lambda desk: desk.engine.die(), Check.ENGINE, "engine_starting", Remedy.TRY_AGAIN),
    "no network": (
        lambda desk: probe(desk, "network", "no_network"),
        Check.NETWORK,
        "no_network",
        Remedy.TRY_AGAIN,
    ),
    "name unknown": (
        lambda desk: probe(desk, "names", "unknown_name"),
        Check.NAMES,
        "unknown_name",
        Remedy.OPEN_ACCOUNT,
    ),
    "PBX silent": (
        lambda desk: probe(desk, "transport", "no_sip_answer"),
        Check.TRANSPORT,
        "no_sip_answer",
        Remedy.TRY_AGAIN,
    ),
    "wrong password": (
        lambda desk: registration(desk, RegistrationState.REFUSED, RegistrationFault.WRONG_PASSWORD),
        Check.REGISTRATION,
        "registration_wrong_password",
        Remedy.ENTER_PASSWORD,
    ),
    "still registering": (
        lambda desk: registration(desk, RegistrationState.REGISTERING),
        Check.REGISTRATION,
        "registering",
        Remedy.TRY_AGAIN,
    ),
    "registration not true any more": (
        lambda desk: prove(desk, sip_status=404, sip_reason="Not Found"),
        Check.REGISTRATION,
        "registration_unknown_extension",
        Remedy.OPEN_ACCOUNT,
    ),
    "PBX gone since it registered us": (
        lambda desk: prove(desk, sip_status=408),
        Check.REGISTRATION,
        "registration_timeout",
        Remedy.TRY_AGAIN,
    ),
    "PBX broken": (
        lambda desk: prove(desk, sip_status=503),
        Check.REGISTRATION,
        "registration_server_error",
        Remedy.TRY_AGAIN,
    ),
    "behind a NAT": (
        lambda desk: prove(desk, via_received="203.0.113.9:40123"),
        Check.NAT,
        "nat_private_contact",
        Remedy.NONE,
    ),
    "no codec": (forget_codecs, Check.CODECS, "no_codec", Remedy.OPEN_ACCOUNT),
    "certificate expired": (
        lambda desk: probe(desk, "certificate", "certificate_expired"),
        Check.CERTIFICATE,
        "certificate_expired",
        Remedy.TRY_AGAIN,
    ),
    "no codec in common": (
        lambda desk: try_a_call(desk, "no_common_codec"),
        Check.CODECS,
        "no_common_codec",
        Remedy.OPEN_ACCOUNT,
    ),
    "do not disturb at the PBX": (
        lambda desk: set_at_the_pbx(desk, "*761001"),
        Check.DO_NOT_DISTURB,
        "do_not_disturb_set",
        Remedy.NONE,
    ),
    "forwarded by the PBX": (
        lambda desk: set_at_the_pbx(desk, "*7401001"),
        Check.FORWARDING,
        "forwarding_set",
        Remedy.NONE,
    ),
    "phone only": (only_the_phone, Check.QUEUE_LOGIN, "queue_does_not_know", Remedy.OPEN_AVAILABILITY),
    "logged out of the queue": (
        lambda desk: desk.queue.says(QueueState.LOGGED_OUT),
        Check.QUEUE_LOGIN,
        "queue_logged_out",
        Remedy.TELL_QUEUE,
    ),
    "queue does not answer": (lose_the_queue, Check.QUEUE_LOGIN, "queue_lost", Remedy.TELL_QUEUE),
    "not ready by choice": (
        lambda desk: desk.toolbar.set_ready(False, "lunch"),
        Check.PAUSE,
        "not_ready_chosen",
        Remedy.GO_READY,
    ),
    "paused by a supervisor": (
        lambda desk: desk.queue.says(QueueState.PAUSED, "training"),
        Check.PAUSE,
        "paused_there",
        Remedy.TELL_QUEUE,
    ),
    "wrap-up left open": (open_wrap_up, Check.WRAP_UP, "wrap_up_incomplete", Remedy.FINISH_WRAP_UP),
}


@pytest.mark.parametrize(("deed", "check", "code", "remedy"), CAUSES.values(), ids=CAUSES.keys())
def test_each_cause_is_named_first(desk: Desk, deed: Deed, check: Check, code: str, remedy: Remedy) -> None:
    assert cause(desk) is None

    deed(desk)

    assert cause(desk) == (check, code, remedy)


@pytest.mark.parametrize(("deed", "check"), [(deed, check) for deed, check, _, _ in CAUSES.values()], ids=CAUSES.keys())
def test_one_cause_is_not_told_twice(desk: Desk, deed: Deed, check: Check) -> None:
    deed(desk)

    bad = [result.check for result in examined(desk).results if result.finding in {Finding.WRONG, Finding.WARNING}]
    also = [Check.CALL] if desk.state.calls and check is not Check.CALL else []
    assert bad == [check, *also]


def test_every_check_is_reported_in_order_and_one_at_a_time(desk: Desk) -> None:
    seen: list[Examination] = []

    desk.toolbar.examine(seen.append)

    told = [one for one in seen if not one.listening]
    assert [len(one.results) for one in told] == list(range(1, len(Check) + 1))
    assert [result.check for result in seen[-1].results] == list(Check)
    assert [one.done for one in told] == [False] * (len(Check) - 1) + [True]


def test_it_is_said_before_the_microphone_is_opened(desk: Desk) -> None:
    open_when_said: list[int] = []
    desk.toolbar.examine(lambda one: open_when_said.append(len(desk.sent(wire.WatchLevels))) if one.listening else None)

    assert open_when_said == [0]
    assert [command.watching for command in desk.sent(wire.WatchLevels)] == [True, False]


def test_a_voice_is_told_with_its_level(desk: Desk) -> None:
    heard = result_of(examined(desk), Check.MICROPHONE)
    assert (heard.finding, heard.params) == (Finding.FINE, {"dbfs": -24})


def test_a_quiet_room_is_no_cause(desk: Desk) -> None:
    desk.engine.script.level = 0.1
    examination = examined(desk)
    quiet = result_of(examination, Check.MICROPHONE)
    assert (quiet.finding, quiet.code, quiet.params["dbfs"]) == (Finding.UNKNOWN, "microphone_hardly_heard", -54)
    assert examination.cause is None


def test_a_microphone_that_begins_late_is_waited_for(desk: Desk) -> None:
    desk.engine.script.level = 0.0
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)
    desk.timers.pass_ms(SILENCE_MS - 100)
    assert seen[-1].listening

    desk.engine.emit(wire.LevelsMeasured(microphone=0.5, speaker=0.0))

    assert result_of(seen[-1], Check.MICROPHONE).params == {"dbfs": -30}


def test_listening_ends_a_second_after_the_first_sound(desk: Desk) -> None:
    desk.engine.script.level = 0.05
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)
    assert seen[-1].listening

    desk.timers.pass_ms(LISTEN_MS)

    assert seen[-1].done


def test_an_engine_that_measures_nothing_does_not_stop_the_examination(desk: Desk) -> None:
    desk.engine.script.level = None
    assert result_of(examined(desk), Check.MICROPHONE).code == "microphone_not_measured"


def test_nothing_is_listened_to_without_a_microphone(desk: Desk) -> None:
    hear_sound(desk, replace(SOUND, microphone=NONE))
    assert result_of(examined(desk), Check.MICROPHONE).code == "no_microphone_to_hear"
    assert desk.sent(wire.WatchLevels) == []


def test_a_window_that_shows_levels_goes_on_seeing_them_after_an_examination(desk: Desk) -> None:
    shown: list[wire.LevelsMeasured] = []
    desk.toolbar.watch_levels(shown.append)
    examined(desk)

    desk.engine.emit(wire.LevelsMeasured(microphone=0.3, speaker=0.0))

    assert shown[-1].microphone == 0.3
    assert [command.watching for command in desk.sent(wire.WatchLevels)] == [True]


def test_the_registration_is_proved_by_the_pbx_now(desk: Desk) -> None:
    prove(desk, took_ms=12.4, server="Asterisk")

    proved = result_of(examined(desk), Check.REGISTRATION)

    assert len(desk.sent(wire.ProveRegistration)) == 1
    assert (proved.finding, proved.params["took_ms"], proved.params["server"]) == (Finding.FINE, 12, "Asterisk")


def test_a_pbx_that_does_not_answer_the_proof_in_time_is_the_cause(desk: Desk) -> None:
    desk.engine.unanswered.add(wire.ProveRegistration)
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)
    assert not seen[-1].done

    desk.timers.pass_ms(PROOF_LIMIT_MS)

    assert seen[-1].done
    assert seen[-1].cause is not None
    assert seen[-1].cause.code == "registration_timeout"


def test_an_engine_that_cannot_prove_it_says_since_when_it_is_registered(desk: Desk) -> None:
    desk.engine.unanswered.add(wire.ProveRegistration)
    desk.engine.emit(wire.RegistrationChanged(registration=replace(REGISTERED, registered_s=1_699_999_000.0)))
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)

    [sent] = desk.sent(wire.ProveRegistration)
    desk.engine.emit(wire.CommandRefused(request=sent.request, code="unexpected_command"))

    found = result_of(seen[-1], Check.REGISTRATION)
    assert (found.finding, found.code) == (Finding.UNKNOWN, "registration_not_proved")
    assert found.params == {"since_s": 1_699_999_000.0}


def test_an_engine_that_dies_during_the_proof_does_not_stop_the_examination(desk: Desk) -> None:
    desk.engine.unanswered.add(wire.ProveRegistration)
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)

    desk.engine.die()

    assert seen[-1].done


def test_a_pbx_that_answers_us_but_no_strangers_is_not_the_cause(desk: Desk) -> None:
    desk.probes.answers["transport"] = ProbeResult(Finding.WRONG, "no_sip_answer")

    examination = examined(desk)

    assert result_of(examination, Check.TRANSPORT).code == "answers_all_the_same"
    assert examination.cause is None
    assert len(desk.sent(wire.ProveRegistration)) == 1


def test_a_silent_pbx_is_the_cause_although_the_engine_still_believes_it_is_registered(desk: Desk) -> None:
    desk.probes.answers["transport"] = ProbeResult(Finding.WRONG, "no_sip_answer")
    prove(desk, sip_status=408)

    assert cause(desk) == (Check.TRANSPORT, "no_sip_answer", Remedy.TRY_AGAIN)


def test_a_probe_that_never_answers_is_given_up(desk: Desk) -> None:
    del desk.probes.answers["names"]
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)

    desk.timers.pass_ms(PROBE_LIMIT_MS)

    assert seen[-1].done
    assert result_of(seen[-1], Check.NAMES).code == "probe_silent"


def test_with_cti_off_the_network_is_checked_all_the_same(desk: Desk) -> None:
    desk.toolbar.switch_cti(False)

    examination = examined(desk)

    assert result_of(examination, Check.TRANSPORT).finding is Finding.FINE
    assert result_of(examination, Check.REGISTRATION).code == "not_checked"


def test_two_examinations_at_once_both_end(desk: Desk) -> None:
    desk.engine.unanswered.add(wire.ProveRegistration)
    first: list[Examination] = []
    second: list[Examination] = []
    desk.toolbar.examine(first.append)
    desk.toolbar.examine(second.append)

    for sent in desk.sent(wire.ProveRegistration):
        desk.engine.emit(wire.RegistrationProved(request=sent.request, sip_status=200))

    assert first[-1].done
    assert second[-1].done


def test_a_phone_that_refuses_calls_is_named_before_that_the_queue_does_not_know(desk: Desk) -> None:
    refuse_by_phone(desk)
    assert cause(desk) == (Check.DO_NOT_DISTURB, "phone_refuses", Remedy.GO_READY)
    desk.toolbar.remedy(Remedy.GO_READY)
    assert cause(desk) == (Check.QUEUE_LOGIN, "queue_does_not_know", Remedy.OPEN_AVAILABILITY)


def test_what_the_pbx_does_not_tell_is_not_said_to_be_off(desk: Desk) -> None:
    examination = examined(desk)
    assert result_of(examination, Check.FORWARDING).code == "pbx_does_not_tell"
    replace_settings(desk, forward_hint="*740{extension}")
    desk.engine.emit(wire.PresenceChanged(presence=()))
    assert result_of(examined(desk), Check.FORWARDING).code == "pbx_hint_silent"


def test_no_test_call_is_made_during_a_call(desk: Desk) -> None:
    try_a_call(desk, "no_common_codec")
    talk(desk)
    examined(desk)
    assert desk.auditor.tried == []


def test_a_test_call_that_hangs_is_given_up(desk: Desk) -> None:
    try_a_call(desk, "no_common_codec")
    desk.auditor.trial = None
    seen: list[Examination] = []
    desk.toolbar.examine(seen.append)
    desk.timers.pass_ms(PROBE_LIMIT_MS)
    assert result_of(seen[-1], Check.CODECS).code == "probe_silent"


REPAIRED = ["CTI off", "not ready by choice", "paused by a supervisor", "engine dead"]


@pytest.mark.parametrize("name", REPAIRED)
def test_the_repair_button_repairs(desk: Desk, name: str) -> None:
    deed, _, _, remedy = CAUSES[name]
    deed(desk)

    desk.toolbar.remedy(remedy)

    assert cause(desk) is None


def test_a_wrap_up_is_finished_when_nothing_is_missing(desk: Desk) -> None:
    open_wrap_up(desk)
    with pytest.raises(AgentError):
        desk.toolbar.remedy(Remedy.FINISH_WRAP_UP)

    desk.toolbar.edit_wrap_up(subject="Wants an invoice")
    assert cause(desk) == (Check.WRAP_UP, "wrap_up_open", Remedy.FINISH_WRAP_UP)
    desk.toolbar.remedy(Remedy.FINISH_WRAP_UP)

    assert cause(desk) is None


def test_a_choice_made_while_a_call_rings_is_named_all_the_same(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    desk.ring()

    assert cause(desk) == (Check.PAUSE, "not_ready_chosen", Remedy.GO_READY)


def test_the_pause_that_a_call_brings_for_its_wrap_up_is_not_the_agents_choice(desk: Desk) -> None:
    rule = WrapUpSettings(after=WrapUpAfter.INCOMING)
    desk.toolbar.change_settings(msgspec.structs.replace(desk.toolbar.settings, wrap_up=rule))
    desk.ring()
    desk.toolbar.answer()
    assert not desk.state.agent.desired.ready

    assert result_of(examined(desk), Check.PAUSE).code == "pause_by_wrap_up"


def test_a_queue_that_is_not_told_is_not_said_to_know(desk: Desk) -> None:
    only_the_phone(desk)
    desk.queue.says(QueueState.READY)

    assert result_of(examined(desk), Check.PAUSE).code == "pause_not_told"
