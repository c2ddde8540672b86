"""CTI on and off, account and password of the whole toolbar, against a real PBX and a real keyring."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.sipp import SippCustomer
from tests.lab.toolbar_process import ToolbarProcess

Caller = Callable[..., SippCustomer]
Toolbar = Callable[..., ToolbarProcess]


def test_cti_is_off_until_it_is_switched_on(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    desk = toolbar()
    desk.set_account(pbx)
    assert desk.status()["cti"]["registration"] == "off"

    desk.do("cti", "on")

    desk.await_registered()
    assert desk.status()["cti"]["sip_status"] == 200
    assert pbx.registered("1001")


def test_a_wrong_password_is_named(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    desk = toolbar()
    desk.set_account(pbx, password="guessed")

    desk.do("cti", "on")

    desk.await_status(lambda now: now["cti"]["registration"] == "refused")
    assert desk.status()["cti"]["fault"] == "wrong_password"
    desk.set_account(pbx)
    desk.do("cti", "on")
    desk.await_registered()


def test_cti_off_unregisters_and_leaves_the_rest_usable(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    desk = toolbar()
    desk.log_in(pbx)

    desk.do("cti", "off")

    desk.await_status(lambda now: now["cti"]["registration"] == "off")
    wait_until(lambda: not pbx.registered("1001"), 5, "the PBX to forget the telephone")
    refused = desk.say("dial", "600")
    assert refused.returncode == 1
    assert refused.stderr.strip()
    desk.do("history", "--json")
    desk.do("contacts", "lookup", "+33123456789", "--json")
    desk.do("cti", "on")
    desk.await_registered()


def test_cti_off_with_a_call_asks_first(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    desk = toolbar()
    desk.log_in(pbx)
    desk.do("dial", "600")
    desk.await_call(state="connected")

    assert desk.say("cti", "off").returncode == 1
    assert desk.status()["cti"]["registration"] == "registered"

    desk.do("cti", "off", "--yes")
    desk.await_status(lambda now: now["cti"]["registration"] == "off")


def test_the_password_is_in_the_keyring_and_nowhere_else(pbx: AsteriskPbx, toolbar: Toolbar, lab_folder: Path) -> None:
    desk = toolbar()
    desk.log_in(pbx)
    secret = pbx.password_of("1001").encode()

    found = [
        path
        for path in (lab_folder / "toolbar1").rglob("*")
        if path.is_file() and not path.is_socket() and secret in path.read_bytes()
    ]
    pids = [desk.pid, int(desk.status()["engine"]["pid"])]
    spoken = [Path(f"/proc/{pid}/{what}").read_bytes() for pid in pids for what in ("cmdline", "environ")]

    assert found == []
    assert not any(secret in text for text in spoken)

    desk.stop()
    desk.start()
    desk.do("cti", "on")
    desk.await_registered()


def test_a_second_start_raises_the_first_toolbar(toolbar: Toolbar) -> None:
    desk = toolbar()

    second = desk.say()

    assert second.returncode == 0, second.stderr
    assert desk.running()


def test_two_profiles_have_two_telephones_on_one_desktop(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    alice, bruno = toolbar(), toolbar()
    alice.log_in(pbx, "1001")
    bruno.log_in(pbx, "1002")

    alice.do("dial", "1002")

    bruno.await_call(state="ringing", number="1001")
    bruno.do("answer")
    alice.await_call(state="connected")


def test_exit_status_tells_refused_from_misuse_from_nobody_there(toolbar: Toolbar) -> None:
    nobody = toolbar(start=False)
    desk = toolbar()

    assert nobody.say("status", "--json").returncode == 3
    assert desk.say("answer").returncode == 1
    assert desk.say("answering").returncode == 2
    assert desk.say("dial").returncode == 2


def test_a_restarted_pbx_can_call_again(pbx: AsteriskPbx, toolbar: Toolbar, caller: Caller) -> None:
    desk = toolbar()
    desk.log_in(pbx)
    wait_until(lambda: pbx.keeps_over_a_power_cut("1001"), 5, "Asterisk to write it down")

    pbx.kill()
    pbx.start()
    caller("gives_up", pause_s=20)

    desk.await_call(state="ringing")


def test_a_verb_needs_neither_qt_nor_any_other_package(toolbar: Toolbar) -> None:
    desk = toolbar()

    done = subprocess.run(
        [desk.python, "-X", "importtime", "-m", "agent_toolbar", "status", "--json"],
        env=desk.environ,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "agent_toolbar.cli.entry" in imported
    assert not {name for name in imported if name.startswith(("PySide6", "msgspec", "phonenumbers", "keyring"))}
