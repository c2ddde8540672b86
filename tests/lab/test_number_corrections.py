"""A call to a wrong number leads to the right one at Tryton and in the contacts, whatever happens meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from agent_toolbar.domain.phone_number import canonical_number
from tests.contract.crm_contract import PLAN, sit_down
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.test_tryton import access_of
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton

WRITTEN_S = 60.0
GRACE = "Grace Hopper"
WRONG, RIGHT, COLLEAGUES = "+441134960001", "+441134960013", "+441134960014"


@pytest.fixture
def desk(
    pbx: AsteriskPbx, toolbar: Callable[..., ToolbarProcess], tryton: TrytonServer, tmp_path: Path
) -> ToolbarProcess:
    """A toolbar with Grace in its contacts, signed in at the telephone system and at Tryton."""
    desk = toolbar()
    desk.log_in(pbx)
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(f"name,phone\n{GRACE},{WRONG}\n")
    desk.do("contacts", "import", str(contacts))
    account = ("--manifest", "tryton", "--url", tryton.url, "--user", USER, "--value", f"database={DATABASE}")
    desk.do("crm", "account", "set", *account, "--key-stdin", stdin=KEY)
    desk.do("crm", "connect")
    desk.await_status(lambda now: now["crm"]["state"] == "signed_in", WRITTEN_S, "to be signed in at Tryton")
    return desk


def numbers_at(tryton: TrytonServer) -> list[str]:
    """Grace's, as Tryton's own interface tells them."""
    domain = base64.urlsafe_b64encode(json.dumps([["party.name", "=", GRACE]]).encode()).decode()
    query = urlencode({"d": domain, "f": "value_compact", "s": "9"})
    url = f"{tryton.url}/{DATABASE}/rest/model/party.contact_mechanism?{query}"
    with urlopen(Request(url, headers={"Authorization": f"bearer {KEY}"}), timeout=WRITTEN_S) as answer:
        return [row["value_compact"] for row in json.load(answer)]


def found(desk: ToolbarProcess, number: str) -> list[str]:
    answer = json.loads(desk.do("contacts", "lookup", number, "--json"))
    return [one["name"] for one in answer["matches"] if one["level"] == "exact"]


def correct(desk: ToolbarProcess, *how: str) -> dict[str, str]:
    """The outcome at each place."""
    answer = json.loads(desk.do("contacts", "correct", WRONG, *how, "--yes", "--json"))
    return {one["place"]: one["outcome"] for one in answer["places"]}


def call_in_vain(desk: ToolbarProcess) -> dict[str, Any]:
    """What the toolbar proposes after the telephone system said that there is no such number."""
    desk.do("dial", WRONG)
    now = desk.await_status(lambda status: status["number"], WRITTEN_S, "a proposal")
    desk.await_no_calls()
    proposal: dict[str, Any] = now["number"]
    return proposal


def nothing_waits(status: dict[str, Any]) -> bool:
    return not any(item["kind"] == "number" for item in status["outbox"])


def test_a_number_that_does_not_exist_is_proposed_and_corrected_at_tryton_and_in_the_contacts(
    desk: ToolbarProcess, tryton: TrytonServer
) -> None:
    proposal = call_in_vain(desk)
    assert (proposal["before"], proposal["name"], proposal["sip_status"], proposal["finding"]) == (
        WRONG,
        GRACE,
        404,
        "out_of_use",
    )
    assert (numbers_at(tryton), found(desk, WRONG)) == ([WRONG], [GRACE])  # nothing by itself
    asked = desk.say("contacts", "correct", WRONG, "--to", "0044 113 496 0013")
    assert asked.returncode == 1
    assert WRONG in asked.stderr
    assert RIGHT in asked.stderr
    assert numbers_at(tryton) == [WRONG]

    assert correct(desk, "--to", "0044 113 496 0013")["contacts"] == "done"
    desk.await_status(nothing_waits, WRITTEN_S, "the correction to be at Tryton")

    assert numbers_at(tryton) == [RIGHT]
    assert (found(desk, RIGHT), found(desk, WRONG)) == ([GRACE], [])


def test_a_correction_while_tryton_is_down_is_there_when_it_is_back(desk: ToolbarProcess, tryton: TrytonServer) -> None:
    tryton.kill()
    try:
        assert correct(desk, "--to", RIGHT)["contacts"] == "done"
        waits = desk.await_status(lambda now: now["outbox"], WRITTEN_S, "the correction to wait for Tryton")
        (item,) = waits["outbox"]
        assert (item["kind"], item["before"], item["after"]) == ("number", WRONG, RIGHT)
        assert found(desk, RIGHT) == [GRACE]
        desk.kill()  # and the toolbar dies as well
        desk.start()
    finally:
        tryton.start()
    desk.do("crm", "connect")
    desk.do("outbox", "--retry")
    desk.await_status(nothing_waits, WRITTEN_S, "the correction to be at Tryton")

    assert numbers_at(tryton) == [RIGHT]
    assert (found(desk, RIGHT), found(desk, WRONG)) == ([GRACE], [])


def test_what_a_colleague_wrote_at_tryton_meanwhile_is_not_overwritten(
    desk: ToolbarProcess, tryton: TrytonServer
) -> None:
    desk.do("crm", "disconnect")
    assert correct(desk, "--to", RIGHT) == {"contacts": "done", "crm": "waits"}
    colleague = sit_down(access_of(tryton.url))
    (seen,) = colleague.find(WRONG)
    theirs = canonical_number(COLLEAGUES, PLAN)
    assert colleague.ask(colleague.crm.update_number, seen.id, seen.number, theirs) == COLLEAGUES
    colleague.crm.close()
    desk.do("crm", "connect")

    def is_told(now: dict[str, Any]) -> bool:
        return any(item["stuck"] for item in now["outbox"])

    now = desk.await_status(is_told, WRITTEN_S, "to be told of the other number")
    (item,) = now["outbox"]
    assert (item["error"], item["error_text"]) == ("correction_overtaken", COLLEAGUES)
    assert "+44 113 496 0014" in item["text"]
    assert numbers_at(tryton) == [COLLEAGUES]
    desk.do("outbox", "--discard", item["key"])
    assert numbers_at(tryton) == [COLLEAGUES]


def test_a_number_out_of_use_is_taken_away_at_both(desk: ToolbarProcess, tryton: TrytonServer) -> None:
    call_in_vain(desk)
    assert correct(desk, "--retire")["contacts"] == "done"
    wait_until(lambda: numbers_at(tryton) == [], WRITTEN_S, lambda: str(numbers_at(tryton)))
    assert found(desk, WRONG) == []
