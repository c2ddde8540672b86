"""What a program reads from the verbs about the CRM and its outbox, and what they do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from agent_toolbar.domain.crm import CrmContact, Deal, PastContact
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import Argument, Verb, encode_request, parse_request
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_verbs import ControlVerbs
from tests.fakes.application_desk import Desk
from tests.unit.application.test_call_log import OUTSIDE, end, later, talk
from tests.unit.application.test_crm_session import NAME, crm_desk


@pytest.fixture
def desk(qapp) -> Desk:
    Translation(qapp).use("en")
    return crm_desk().on()


def ask(desk: Desk, verb: Verb, **args: Argument) -> dict[str, Any]:
    answers: list[dict[str, Any]] = []
    verbs = ControlVerbs(desk.toolbar, desk.clock, lambda _token: None)
    verbs.handle(parse_request(encode_request(verb, args)), Reply(lambda line, _last: answers.append(json.loads(line))))
    return answers[-1]


def test_connect_and_disconnect_say_what_came_of_it(desk: Desk) -> None:
    connected = ask(desk, Verb.CRM_CONNECT)["result"]
    disconnected = ask(desk, Verb.CRM_DISCONNECT)["result"]

    assert (connected["state"], connected["user"], connected["name"]) == ("signed_in", "Marie Agent", "Test CRM")
    assert (disconnected["state"], disconnected["on"]) == ("signed_out", False)


def test_connect_says_the_address_where_somebody_must_sign_in_in_the_browser(desk: Desk) -> None:
    """The keyring may take a while; the address is there once it has answered."""
    desk.browser.used = True
    desk.vault.secrets.clear()
    desk.vault.slow = True
    answers: list[dict[str, Any]] = []
    verbs = ControlVerbs(desk.toolbar, desk.clock, lambda _token: None)
    reply = Reply(lambda line, _last: answers.append(json.loads(line)))
    verbs.handle(parse_request(encode_request(Verb.CRM_CONNECT, {})), reply)
    assert answers == []
    desk.vault.answer()

    (answer,) = answers
    assert (answer["result"]["state"], answer["result"]["sign_in_url"]) == ("browser", "https://login.test/0")


def test_without_a_crm_it_is_said_how_to_set_one_up(qapp) -> None:
    Translation(qapp).use("en")
    refused = ask(Desk(), Verb.CRM_CONNECT)["error"]

    assert refused["code"] == "no_crm"
    assert "crm account set" in refused["text"]


def test_the_account_is_set_and_its_key_shown_nowhere(desk: Desk) -> None:
    args: dict[str, Argument] = {
        "manifest": "tryton",
        "url": "https://other.test",
        "user": "paul",
        "values": {"database": "x"},
        "key": "top secret",
    }
    answer = ask(desk, Verb.CRM_ACCOUNT_SET, **args)
    status = ask(desk, Verb.STATUS)

    assert answer["result"]["url"] == "https://other.test"
    assert desk.settings.current.crm.values == {"database": "x"}
    assert "top secret" not in json.dumps([answer, status])
    assert "top secret" in desk.vault.secrets.values()


def test_status_tells_the_switch_and_what_waits(desk: Desk) -> None:
    talk(desk)
    end(desk)
    later(desk)
    status = ask(desk, Verb.STATUS)["result"]

    assert (status["crm"]["state"], status["crm"]["waiting"], status["crm"]["stuck"]) == ("signed_out", 1, 0)
    (item,) = status["outbox"]
    assert (item["key"], item["party"], item["result"], item["account"]) == (
        "in1",
        "Marie Dupont",
        "answered",
        NAME[0],
    )
    assert item["text"] == "It goes out once you are signed in at the CRM."


def test_what_is_stuck_is_told_with_the_words_of_the_crm_and_goes_out_by_retry(desk: Desk) -> None:
    desk.toolbar.switch_crm(True)
    talk(desk)
    desk.crm.failing = [CrmError("crm_refused", text="Party is closed")]
    end(desk)
    later(desk)
    (stuck,) = ask(desk, Verb.OUTBOX)["result"]["outbox"]
    assert (stuck["stuck"], stuck["text"]) == (True, "The CRM refuses this: Party is closed")
    left = ask(desk, Verb.OUTBOX, retry=True)["result"]["outbox"]

    assert (left, len(desk.crm.calls)) == ([], 1)


def test_a_discarded_call_is_gone_and_an_unknown_key_is_refused(desk: Desk) -> None:
    talk(desk)
    end(desk)
    later(desk)
    assert ask(desk, Verb.OUTBOX, discard="in1")["result"] == {"outbox": []}
    assert ask(desk, Verb.OUTBOX, discard="in1")["error"]["code"] == "not_in_outbox"


def test_quitting_with_a_full_outbox_says_so_first(desk: Desk) -> None:
    talk(desk)
    end(desk)
    later(desk)
    refused = ask(desk, Verb.QUIT)["error"]
    assert (refused["code"], desk.has_quit) == ("quit_with_outbox", False)
    ask(desk, Verb.QUIT, confirmed=True)

    assert desk.has_quit
    assert "in1" in desk.outbox.items


def test_a_fault_is_told_in_words(desk: Desk) -> None:
    desk.vault.secrets.pop(NAME)
    told = ask(desk, Verb.CRM_CONNECT)["result"]

    assert (told["state"], told["fault"]) == ("fault", "crm_no_key")
    assert told["text"] == "The key for the CRM is missing, so nothing is written there."


MARIE = CrmContact("11", "Marie", "ACME", OUTSIDE, url="https://crm.test/11")


def test_status_says_who_calls_with_exact_sums_of_the_open_deals(desk: Desk) -> None:
    desk.crm.contacts[OUTSIDE] = (MARIE,)
    desk.crm.open_deals["11"] = (Deal("1", "A", "0.1", "EUR"), Deal("2", "B", "0.2", "EUR"), Deal("3", "C"))
    desk.crm.past["11"] = (PastContact("2026-05-01", "Asked for an offer", "Alice"),)
    desk.toolbar.switch_crm(True)
    desk.ring("in1", OUTSIDE)

    (call,) = ask(desk, Verb.STATUS)["result"]["calls"]
    crm = call["crm"]
    assert (crm["state"], crm["contact"]["name"], crm["contact"]["text"]) == ("found", "Marie", "Same number")
    assert crm["deals"] == {"count": 3, "sums": [{"currency": "EUR", "amount": "0.3"}]}
    assert crm["history"] == [{"when": "2026-05-01", "text": "Asked for an offer", "who": "Alice"}]


def test_a_call_that_the_crm_is_not_asked_about_has_nothing_of_it(desk: Desk) -> None:
    desk.ring("in1", OUTSIDE)
    assert ask(desk, Verb.STATUS)["result"]["calls"][0]["crm"] is None


def test_pop_opens_the_page_chooses_and_creates(desk: Desk) -> None:
    desk.crm.contacts[OUTSIDE] = (MARIE, replace(MARIE, id="12", name="Marc"))
    desk.toolbar.switch_crm(True)
    desk.ring("in1", OUTSIDE)

    assert ask(desk, Verb.POP)["error"]["code"] == "no_crm_page"
    assert ask(desk, Verb.POP, choose="12")["result"]["crm"]["contact"]["name"] == "Marc"
    assert ask(desk, Verb.POP, call="in1")["ok"]
    assert desk.pages == [MARIE.url]
    assert ask(desk, Verb.POP, create="Nora")["result"]["crm"]["contact"]["name"] == "Nora"
