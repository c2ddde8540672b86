"""CTI on demand: what works with the telephone off, what with it on, and when it goes on by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.application.ports.settings import AccountSettings, AvailabilitySettings, WrapUpSettings
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import ToolbarProcess

MARIE_HZ = 650
WITHIN_S = 20.0
EVERY_DAY = tuple(range(7))

Toolbar = Callable[..., ToolbarProcess]
Customer = Callable[..., BaresipCustomer]


def profile(
    toolbar: Toolbar, pbx: AsteriskPbx, *, at_start: bool = False, day: AvailabilitySettings | None = None
) -> ToolbarProcess:
    """A toolbar that does not run, with an account whose password its keyring knows."""
    bar = toolbar(start=False)
    account = AccountSettings(server=pbx.host, port=pbx.port, extension="1001", connect_at_start=at_start)
    write_settings(bar, availability=day or AvailabilitySettings(), wrap_up=WrapUpSettings(), account=account)
    bar.start()
    bar.set_account(pbx)
    wait_until(lambda: json.loads(bar.do("account", "show", "--json"))["kept_in_keyring"], WITHIN_S, "the keyring")
    bar.say("quit", "--yes")
    wait_until(lambda: not bar.running(), WITHIN_S, "the first toolbar to end")
    return bar


def hours_around(now: datetime, hours_from_now: int) -> str:
    """Two hours that begin so many hours from now, as the settings write them."""
    begins = now + timedelta(hours=hours_from_now)
    return f"{begins:%H:%M}-{begins + timedelta(hours=2):%H:%M}"


def records(bar: ToolbarProcess) -> list[dict[str, Any]]:
    return list(json.loads(bar.do("history", "--json"))["records"])


def test_with_cti_off_contacts_history_notes_and_settings_work_and_no_call_comes(
    pbx: AsteriskPbx, toolbar: Toolbar, customer: Customer, tmp_path: Path
) -> None:
    bar = profile(toolbar, pbx)
    bar.start()
    now = bar.status()
    assert (now["cti"]["state"], now["agent"]["state"]) == ("off", "cti_off")
    assert {fault["place"] for fault in now["faults"]} <= {"sound"}, "what the agent chose is no fault"
    assert not pbx.registered("1001")
    refused = bar.say("dial", "1002")
    assert refused.returncode == 1
    assert "CTI" in refused.stderr

    bar.do("cti", "on")
    bar.await_registered()
    marie = customer("marie", voice_hz=MARIE_HZ)
    marie.call("1001")
    call = str(bar.await_call(state="ringing")["id"])
    bar.do("answer", call)
    bar.await_call(id=call, state="connected")
    bar.do("hangup", call)
    bar.await_no_calls()
    bar.do("cti", "off")
    bar.await_status(lambda now: now["cti"]["registration"] == "off", WITHIN_S, "to be signed off")
    wait_until(lambda: not pbx.registered("1001"), WITHIN_S, "the PBX to forget the telephone")

    contacts = tmp_path / "contacts.csv"
    contacts.write_text("Name,Company,Phone\nMarie Durand,Durand SARL,01 23 45 67 89\n")
    bar.do("contacts", "import", str(contacts))
    matches = json.loads(bar.do("contacts", "lookup", "+33123456789", "--json"))["matches"]
    assert [match["name"] for match in matches] == ["Marie Durand"]
    bar.do("note", "--call", call, "wants an offer")
    wait_until(lambda: [record.get("subject") for record in records(bar)] == ["wants an offer"], WITHIN_S, "the note")
    bar.do("wrap-up", "--disposition", "done", "--finish")
    wait_until(lambda: records(bar)[0].get("disposition") == "done", WITHIN_S, "the record to be finished")
    assert json.loads(bar.do("account", "show", "--json"))["extension"] == "1001"
    now = bar.status()
    assert (now["cti"]["state"], now["agent"]["state"]) == ("off", "cti_off")

    marie.call("1001")
    wait_until(lambda: not pbx.channels(), WITHIN_S, "the PBX to find nobody")
    assert len(records(bar)) == 1


def test_connect_at_start(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    bar = profile(toolbar, pbx, at_start=True)
    bar.start()

    bar.await_registered(WITHIN_S)
    bar.await_status(lambda now: now["agent"]["state"] == "ready", WITHIN_S, "to be ready")


@pytest.mark.parametrize(("hours_from_now", "on"), [(-1, True), (3, False)])
def test_connect_at_these_hours(pbx: AsteriskPbx, toolbar: Toolbar, hours_from_now: int, on: bool) -> None:
    hours = hours_around(datetime.now(), hours_from_now)
    bar = profile(toolbar, pbx, day=AvailabilitySettings(hours=hours, days=EVERY_DAY))
    bar.start()
    assert bar.status()["cti"]["state"] == ("on" if on else "off")
    if not on:
        assert not pbx.registered("1001")
        return
    bar.await_registered(WITHIN_S)

    bar.do("cti", "off")
    bar.await_status(lambda now: now["cti"]["registration"] == "off", WITHIN_S, "to be off although it is the hour")
