""" "Why am I not getting calls?": each cause is brought about for real, and the doctor names it first."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.connector.web_server import Reply, web_server
from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.doctor_stage import TALKING, DoctorStage, check_of, examine
from tests.lab.headset import RINGER, SPEAKER
from tests.lab.nat_relay import NatRelay
from tests.lab.profile import profile_environ
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.unavailable import unavailable

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
    killed = {0}  # until the toolbar has seen that it is gone, its status still names the last one

    def gone_for_good() -> bool:
        engine = stage.desk.status()["engine"]
        if engine["link"] == "attached" and engine["pid"] not in killed:
            os.kill(engine["pid"], signal.SIGKILL)
            killed.add(engine["pid"])
        return bool(engine["link"] == "failed")

    wait_until(gone_for_good, 60, "the toolbar to give its engine up")
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
    stage.desk.await_status(lambda now: now["agent"]["agreement"] == "changed_there", what="the pause to be heard of")
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
        "Somebody else paused you at the telephone system. Press “Set mine again”",
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
        found = examine(stage.desk)
    stage.await_ready()

    assert found["cause"] is not None, check_of(found, cause.check)
    assert (found["cause"]["check"], found["cause"]["code"]) == (cause.check, cause.code)
    assert found["answer"].startswith(cause.answer)
    assert found["cause"]["what_to_do"]


def test_the_level_of_the_microphone_is_told(stage: DoctorStage) -> None:
    heard = check_of(examine(stage.desk), "microphone")
    assert heard["finding"] == "fine"
    assert -20 < heard["params"]["dbfs"] <= 0


def test_listening_is_said_on_the_command_line(stage: DoctorStage) -> None:
    assert stage.desk.say("doctor", "--json").stderr.startswith("Listening to the microphone")


def test_a_registration_that_the_pbx_forgot_is_there_again_after_the_question(stage: DoctorStage) -> None:
    stage.pbx.forget_registrations()
    assert not stage.pbx.registered("1001")

    assert check_of(examine(stage.desk), "registration")["finding"] == "fine"

    assert stage.pbx.registered("1001")
    stage.plain.do("cti", "on")
    stage.plain.await_registered()


def test_a_nat_with_another_address_is_told_to_the_pbx_by_the_question(stage: DoctorStage) -> None:
    """The library tells a new address as soon as an answer shows it, so the doctor repairs what it asks for."""
    with NatRelay((stage.pbx.host, stage.pbx.port)) as relay:
        stage.desk.do(
            "account", "set", "--server", f"127.0.0.1:{relay.port}", "--extension", "1006", "--password-stdin",
            stdin=stage.pbx.password_of("1006"),
        )  # fmt: skip
        wait_until(lambda: is_called_at(stage, relay.address), 15, "the telephone to tell its address outside")
        relay.move()
        assert not is_called_at(stage, relay.address)

        found = check_of(examine(stage.desk), "nat")

        assert (found["finding"], found["params"]) == ("fine", {"contact": relay.address})
        assert is_called_at(stage, relay.address)
        stage.desk.set_account(stage.pbx)
    stage.await_ready()


def is_called_at(stage: DoctorStage, address: str) -> bool:
    return stage.pbx.registered("1006") and stage.pbx.contact_of("1006")[0] == address


# -------------------------------------------------------------------- the file for support


def test_the_file_for_support_holds_no_number_name_address_or_secret(stage: DoctorStage) -> None:
    file = stage.folder / "support.zip"
    with stage.call() as call:
        stage.desk.do("note", "wants an offer")
        said = stage.desk.say("doctor", "--bundle", str(file))
        assert stage.desk.status()["calls"][0]["id"] == call
    stage.await_ready()

    assert (said.returncode, said.stdout) == (0, f"{file}\n")
    with zipfile.ZipFile(file) as packed:
        told = {name: packed.read(name).decode() for name in packed.namelist()}
    assert json.loads(told["state.json"])["calls"][0]["state"] == "connected"
    assert json.loads(told["settings.json"])["account"]["server"] == {"changed": True}
    planted = (call, "127.0.0.1", stage.pbx.password_of("1001"), "wants an offer", SPEAKER, "Sine source", "*761001")
    for word in (*planted, str(stage.folder), socket.gethostname()):
        assert not [name for name, text in told.items() if word in text], word


def test_a_file_for_support_that_cannot_be_written_is_refused(stage: DoctorStage) -> None:
    (stage.folder / "blocked").write_text("no folder")
    said = stage.desk.say("doctor", "--bundle", str(stage.folder / "blocked/support.zip"))
    assert said.returncode == 1
    assert "could not be written" in said.stderr


# -------------------------------------------------------------------- on a desk that only refuses calls


def test_a_telephone_that_refuses_calls_is_named_as_such(stage: DoctorStage) -> None:
    stage.plain.do("not-ready", "lunch")
    found = examine(stage.plain)
    stage.plain.do("ready")

    assert (found["cause"]["check"], found["cause"]["code"]) == ("do_not_disturb", "phone_refuses")
    assert found["answer"].startswith("You chose not to be ready (Lunch), so this telephone refuses every call.")


def test_without_a_sound_system_calls_come_in_but_nothing_is_heard(stage: DoctorStage) -> None:
    found = examine(stage.plain)
    assert (found["cause"]["check"], found["cause"]["code"], found["wrong"]) == ("audio_device", "no_microphone", False)
    assert check_of(found, "microphone")["code"] == "no_microphone_to_hear"


def test_a_forwarding_that_the_pbx_keeps_to_itself_is_not_said_to_be_off(stage: DoctorStage) -> None:
    told = check_of(examine(stage.plain), "forwarding")
    assert (told["finding"], told["code"]) == ("unknown", "pbx_does_not_tell")
    assert told["what_to_do"]


# -------------------------------------------------------------------- on a desk without a network


@pytest.fixture
def cut_off(stage: DoctorStage) -> Iterator[ToolbarProcess]:
    """A desk in a network namespace that has no way out."""
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    require_program("ip", "iproute2")
    if shutil.which("unshare") is None or subprocess.run([*unshare, "true"], check=False).returncode != 0:
        unavailable("no network namespaces here (unshare -n)")
    folder = stage.folder / "cut-off"
    desk = ToolbarProcess(profile_environ(folder, stage.bus.env), folder)
    inside = folder / "python"
    entered = """sh -c 'ip link set lo up && exec "$0" "$@"'"""
    inside.write_text(f'#!/bin/sh\nexec {" ".join(unshare)} {entered} {desk.python} "$@"\n')
    inside.chmod(0o700)
    desk.python = str(inside)
    desk.start()
    yield desk
    desk.stop()


def test_a_computer_without_a_way_out_is_named_as_such(cut_off: ToolbarProcess) -> None:
    cut_off.do("account", "set", "--server", NOBODY, "--extension", "1001", "--password-stdin", stdin="x")
    cut_off.do("cti", "on")
    cut_off.await_status(lambda now: now["engine"]["link"] == "attached", 20, "the engine to run")
    found = examine(cut_off)
    assert (found["cause"]["check"], found["cause"]["code"]) == ("network", "no_network")
    assert found["answer"].startswith(f"This computer has no way to the telephone system ({NOBODY}).")


# -------------------------------------------------------------------- the CRM; last, since the desk keeps its address


def sign_in(stage: DoctorStage, url: str) -> None:
    account = ("--manifest", "tryton", "--url", url, "--user", "ann", "--value", "database=crm")
    stage.desk.do("crm", "account", "set", *account, "--key-stdin", stdin="key")
    stage.desk.do("crm", "connect")


def test_a_key_that_the_crm_refuses_is_named_first(stage: DoctorStage) -> None:
    with web_server() as crm:
        crm.reply(Reply(status=401))
        sign_in(stage, crm.url)
        stage.desk.await_status(lambda now: now["crm"]["state"] == "fault", what="the key to be refused")
        found = examine(stage.desk)
        stage.desk.do("crm", "disconnect")
    stage.await_ready()

    assert (found["cause"]["check"], found["cause"]["code"]) == ("crm", "crm_key_refused")
    assert found["answer"].startswith("The CRM does not take your key: it is wrong or has expired.")
    assert not found["wrong"]  # calls come in all the same


def test_a_crm_that_is_down_is_named_first(stage: DoctorStage) -> None:
    with web_server() as crm:
        url = crm.url
    sign_in(stage, url)
    stage.desk.await_status(lambda now: now["crm"]["state"] == "fault", what="the CRM to be missed")
    found = examine(stage.desk)
    stage.desk.do("crm", "disconnect")
    stage.await_ready()

    assert (found["cause"]["check"], found["cause"]["code"]) == ("crm", "crm_not_signed_in")


def test_a_call_that_the_crm_does_not_take_is_named_first(stage: DoctorStage) -> None:
    """Nobody there has the number, and this CRM writes calls to somebody only."""
    with web_server() as crm:
        crm.answers = lambda seen: Reply('[{"id": 1, "name": "Ann"}]' if "res.user" in seen.path else "[]")
        sign_in(stage, crm.url)
        stage.desk.await_status(lambda now: now["crm"]["state"] == "signed_in", what="to be signed in")
        stage.desk.do("dial", "0199001234")
        stage.desk.await_no_calls()
        stage.desk.await_status(lambda now: now["crm"]["stuck"] == 1, 30, "the call to be refused")
        found = examine(stage.desk)
        stage.desk.do("crm", "disconnect")

    assert (found["cause"]["check"], found["cause"]["code"]) == ("outbox", "outbox_stuck")
    assert found["answer"].startswith("Calls that cannot be written to the CRM without you: 1.")
