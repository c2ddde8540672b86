""" "Why am I not getting calls?": each cause is brought about for real, and the doctor names it first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.doctor_stage import TALKING, DoctorStage, examine
from tests.lab.headset import RINGER, SPEAKER

NOBODY = "192.0.2.1"  # RFC 5737


@pytest.fixture(scope="module")
def stage(asterisk_packages: AsteriskPackages) -> Iterator[DoctorStage]:
    for program, package in (
        ("dbus-daemon", "dbus"),
        ("gnome-keyring-daemon", "gnome-keyring"),
        ("pulseaudio", "pulseaudio"),
        ("pactl", "pulseaudio-utils"),
    ):
        require_program(program, package)
    with (
        tempfile.TemporaryDirectory(prefix="at-lab-", ignore_cleanup_errors=True) as folder,
        DoctorStage(asterisk_packages, Path(folder)) as stage,
    ):
        yield stage


# -------------------------------------------------------------------- how each cause is brought about


@contextmanager
def cti_off(stage: DoctorStage) -> Iterator[None]:
    stage.desk.do("cti", "off")
    yield
    stage.desk.do("cti", "on")


@contextmanager
def microphone_gone(stage: DoctorStage) -> Iterator[None]:
    stage.headset.remove(TALKING)
    await_sound_fault(stage)
    yield
    stage.headset.add_talking_microphone(TALKING)


@contextmanager
def headset_gone(stage: DoctorStage) -> Iterator[None]:
    """The chosen speaker; another one is still there."""
    stage.headset.remove(SPEAKER)
    await_sound_fault(stage)
    yield
    stage.headset.add_speaker(SPEAKER)


@contextmanager
def speakers_gone(stage: DoctorStage) -> Iterator[None]:
    with headset_gone(stage):
        stage.headset.remove(RINGER)
        stage.desk.await_status(
            lambda now: "no_speaker" in [fault["code"] for fault in now["faults"]], what="no speaker to be left"
        )
        yield
    stage.headset.add_speaker(RINGER)


@contextmanager
def muted_by_the_system(stage: DoctorStage) -> Iterator[None]:
    stage.headset.mute_microphone(TALKING, True)
    yield
    stage.headset.mute_microphone(TALKING, False)


@contextmanager
def muted_in_a_call(stage: DoctorStage) -> Iterator[None]:
    with stage.call() as call:
        stage.desk.do("mute", call)
        stage.desk.await_call(id=call, muted=True)
        yield


@contextmanager
def engine_dies_again_and_again(stage: DoctorStage) -> Iterator[None]:
    def gone_for_good() -> bool:
        engine = stage.desk.status()["engine"]
        if engine["state"] == "attached":
            stage.desk.kill_engine()
        return bool(engine["state"] == "failed")

    wait_until(gone_for_good, 30, "the toolbar to give its engine up")
    yield
    stage.desk.stop()  # begins to count anew
    stage.desk.start()
    stage.desk.log_in(stage.pbx)


@contextmanager
def pbx_ended(stage: DoctorStage) -> Iterator[None]:
    stage.pbx.kill()
    yield
    stage.pbx.start()
    stage.desk.do("cti", "on")


@contextmanager
def pbx_frozen(stage: DoctorStage) -> Iterator[None]:
    stage.pbx.freeze(True)
    yield
    stage.pbx.freeze(False)
    stage.desk.do("cti", "on")


@contextmanager
def name_unknown(stage: DoctorStage) -> Iterator[None]:
    stage.desk.do("account", "set", "--server", "no-pbx.invalid", "--extension", "1001", "--password-stdin", stdin="x")
    yield
    stage.desk.set_account(stage.pbx)


@contextmanager
def wrong_password(stage: DoctorStage) -> Iterator[None]:
    stage.desk.set_account(stage.pbx, password="guessed")
    stage.desk.await_status(lambda now: now["cti"]["registration"] == "refused", what="the password to be refused")
    yield
    stage.desk.set_account(stage.pbx)


@contextmanager
def account(stage: DoctorStage, extension: str, agreement: str = "") -> Iterator[None]:
    stage.use_account(extension)
    if agreement:
        stage.desk.await_status(lambda now: now["agent"]["agreement"] == agreement, what=f"to be {agreement}")
    yield
    stage.use_account("1001")


def no_codec_in_common(stage: DoctorStage) -> AbstractContextManager[None]:
    return account(stage, "1004")


def queue_refuses(stage: DoctorStage) -> AbstractContextManager[None]:
    return account(stage, "1005", "lost")


@contextmanager
def logged_out(stage: DoctorStage) -> Iterator[None]:
    with account(stage, "1003"):
        stage.desk.await_status(
            lambda now: now["agent"]["confirmed"]["state"] == "logged_out", what="the queue to say that I am out"
        )
        yield


@contextmanager
def in_a_call(stage: DoctorStage) -> Iterator[None]:
    with stage.call():
        yield


@contextmanager
def call_on_hold(stage: DoctorStage) -> Iterator[None]:
    with stage.call() as call:
        stage.desk.do("hold", call)
        stage.desk.await_call(id=call, held=True)
        yield


@contextmanager
def paused_by_a_supervisor(stage: DoctorStage) -> Iterator[None]:
    stage.pbx.pause("1001", "training")
    stage.desk.await_status(
        lambda now: now["agent"]["confirmed"]["reason"] == "training", what="the pause to be heard of"
    )
    yield
    stage.pbx.unpause("1001")


@contextmanager
def paused_by_the_agent(stage: DoctorStage) -> Iterator[None]:
    stage.desk.do("not-ready", "lunch")
    yield
    stage.desk.do("ready")


@contextmanager
def record_left_open(stage: DoctorStage) -> Iterator[None]:
    with stage.call():
        pass
    stage.desk.do("wrap-up", "--subject", "an offer")
    yield
    stage.desk.do("wrap-up", "--finish")


def switched(switch: str, check: str) -> Callable[[DoctorStage], AbstractContextManager[None]]:
    @contextmanager
    def set_there(stage: DoctorStage) -> Iterator[None]:
        stage.pbx.set_switch(switch, True)
        yield
        stage.pbx.set_switch(switch, False)

    return set_there


def await_sound_fault(stage: DoctorStage) -> None:
    stage.desk.await_status(lambda now: now["faults"], what="the device to be missed")


# -------------------------------------------------------------------- the causes


@dataclass(frozen=True, slots=True)
class Cause:
    """How it is brought about, and what the doctor answers."""

    made: Callable[[DoctorStage], AbstractContextManager[None]]
    check: str
    code: str
    answer: str


CAUSES = {
    "CTI is off": Cause(cti_off, "cti", "cti_off", "CTI is off, so no calls come in. Switch CTI on."),
    "the microphone is unplugged": Cause(
        microphone_gone, "audio_device", "no_microphone", "There is no microphone: callers would not hear you."
    ),
    "the headset is unplugged": Cause(
        headset_gone, "audio_device", "chosen_device_gone", f"{SPEAKER} is not plugged in. In its place: {RINGER}."
    ),
    "no speaker is left": Cause(
        speakers_gone, "audio_device", "no_speaker", "There is no speaker: you would hear nothing."
    ),
    "the microphone is muted by the system": Cause(
        muted_by_the_system, "microphone", "microphone_hears_nothing", "Nothing at all comes from the microphone"
    ),
    "the agent is muted": Cause(
        muted_in_a_call, "microphone", "microphone_muted", "Your microphone is muted in the call with 601."
    ),
    "the PBX has ended": Cause(
        pbx_ended, "transport", "port_closed", "127.0.0.1 can be reached, but nothing listens at port"
    ),
    "the PBX hangs": Cause(pbx_frozen, "transport", "no_sip_answer", "The telephone system does not answer (127.0.0.1"),
    "the PBX's name is unknown": Cause(
        name_unknown, "names", "unknown_name", "There is no computer named no-pbx.invalid. Check the server's name."
    ),
    "the password is wrong": Cause(
        wrong_password,
        "registration",
        "registration_wrong_password",
        "The telephone system refuses the password of extension 1001.",
    ),
    "no sound format in common": Cause(
        no_codec_in_common,
        "codecs",
        "no_common_codec",
        "The telephone system takes none of the sound formats chosen here (G722, PCMA, PCMU).",
    ),
    "in a call": Cause(in_a_call, "call", "in_a_call", "You are in a call with 601"),
    "a call left on hold": Cause(call_on_hold, "call", "call_on_hold", "Your call with 601 is still on hold"),
    "signed out of the queue": Cause(
        logged_out, "queue_login", "queue_logged_out", "You are not signed in at the queue."
    ),
    "the queue refuses orders": Cause(
        queue_refuses, "queue_login", "queue_lost", "The queue does not confirm what you chose"
    ),
    "paused by a supervisor": Cause(
        paused_by_a_supervisor,
        "pause",
        "paused_there",
        "Somebody else paused you at the telephone system (Training).",
    ),
    "paused by the agent": Cause(
        paused_by_the_agent, "pause", "not_ready_chosen", "You chose not to be ready (Lunch)."
    ),
    "a record left open": Cause(
        record_left_open, "wrap_up", "wrap_up_open", "The wrap-up of 601 is still open, and no calls come meanwhile."
    ),
    "do not disturb at the PBX": Cause(
        switched("DEVDND1001", "do_not_disturb"),
        "do_not_disturb",
        "do_not_disturb_set",
        "Do not disturb is set for you at the telephone system.",
    ),
    "forwarded by the PBX": Cause(
        switched("DEVCF1001", "forwarding"),
        "forwarding",
        "forwarding_set",
        "The telephone system forwards your calls elsewhere.",
    ),
    "the engine dies again and again": Cause(
        engine_dies_again_and_again, "engine", "engine_failed", "The telephone part stops again and again."
    ),
}


def test_nothing_keeps_calls_away_at_first(stage: DoctorStage) -> None:
    found = examine(stage.desk)
    assert found["cause"] is None, found["cause"]
    unknown = {one["check"]: one["code"] for one in found["checks"] if one["finding"] == "unknown"}
    assert unknown == {"certificate": "not_encrypted", "crm": "not_set_up", "outbox": "not_set_up"}


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES.keys())
def test_the_cause_is_named_first(stage: DoctorStage, cause: Cause) -> None:
    with cause.made(stage):
        found = wait_for_cause(stage, cause)
    stage.await_ready()

    assert found["cause"] is not None
    assert (found["cause"]["check"], found["cause"]["code"]) == (cause.check, cause.code)
    assert found["answer"].startswith(cause.answer)
    assert found["cause"]["what_to_do"]


def wait_for_cause(stage: DoctorStage, _cause: Cause) -> dict[str, object]:
    return examine(stage.desk)
