"""The sample page of a CRM in Chromium, at the local API of a toolbar at a PBX; and strangers there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from agent_toolbar.application.ports.link_settings import LocalApiSettings
from agent_toolbar.local_api.messages import MAX_MESSAGE_BYTES
from tests.lab.browser_stage import REBOUND, BrowserStage
from tests.lab.chromium import Page
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port
from tests.lab.sipp import SippCustomer
from tests.lab.web_site import WebSite, sample_crm

pytestmark = pytest.mark.timeout(240)

CLAIRE, CLAIRE_NUMBER = "Claire Delmas", "+33199005512"
_CODE = re.compile(r"\b(\d{3})\D?(\d{3})\b")
ROW = f"tr:has(button[aria-label='Call {CLAIRE}'])"
TRY = """
new Promise((tell) => {
  const told = {opened: false, heard: [], code: 0};
  const socket = new WebSocket(%(url)s);
  socket.onopen = () => { told.opened = true; %(send)s };
  socket.onmessage = ({data}) => told.heard.push(JSON.parse(data).type);
  socket.onclose = ({code}) => tell({...told, code});
})
"""
TOO_LONG = """
(async () => {
  const {AgentToolbar} = await import("./agent-toolbar.js");
  const toolbar = new AgentToolbar({port: %(port)d});
  const opened = new Promise((tell) =>
    toolbar.addEventListener("state", ({detail}) => detail.state === "open" && tell()));
  toolbar.connect();
  await opened;
  const empty = JSON.stringify({v: 1, id: 2, type: "set_subject", text: "", call: ""}).length;
  const say = (text) => toolbar.setSubject(text).then(() => "done", (fault) => [fault.name, fault.code, fault.message]);
  const room = %(limit)d - empty;
  const told = [await say("x".repeat(room)), await say("\u00e9".repeat(Math.floor(room / 2) + 1))];
  told.push(await toolbar.show().then(() => "done"), toolbar.state);
  toolbar.disconnect();
  return told;
})()
"""


class CrmDesk:
    """Attributes: stage; port of the local API; site: where the sample page is served."""

    def __init__(self, stage: BrowserStage, port: int, site: WebSite) -> None:
        self.stage = stage
        self.port = port
        self.site = site

    def open(self) -> Page:
        return self.stage.chromium.page(f"{self.site.origin}/sample-crm.html?port={self.port}")

    def try_out(self, page: Page, send: str, *, host: str = "127.0.0.1") -> dict[str, Any]:
        """What a page is told that opens a connection, does `send` with `socket`, and waits to be hung up on."""
        url = json.dumps(f"ws://{host}:{self.port}/")
        return dict(page.evaluate(TRY % {"url": url, "send": send}))


@pytest.fixture(scope="module")
def paired(browser: BrowserStage) -> Iterator[CrmDesk]:
    """The page was connected by the code that the toolbar shows."""
    site = sample_crm(browser.folder / "sample.log")
    site.start()
    port = free_port()
    api = LocalApiSettings(enabled=True, port=port, origins=(site.origin, browser.site.origin))
    browser.change_settings(lambda settings: replace(settings, local_api=api))
    browser.start_toolbar()
    desk = CrmDesk(browser, port, site)
    page = desk.open()
    page.click("#start-pairing")
    page.await_text("Type it here", "#pairing-words")
    page.click("#code")
    page.type(code_shown(browser))
    page.click("#code-form button")
    page.await_text("Ready", "#agent")
    yield desk
    site.stop()


@pytest.fixture
def desk(paired: CrmDesk) -> Iterator[CrmDesk]:
    yield paired
    paired.stage.clear()


@pytest.fixture
def claire_calls(desk: CrmDesk) -> Iterator[Callable[[], SippCustomer]]:
    """Makes her call; she stays until she is hung up on."""
    customer = SippCustomer(
        desk.stage.pbx, desk.stage.folder / "claire", "waits_for_goodbye", name="A NAME", number=CLAIRE_NUMBER
    )

    def call() -> SippCustomer:
        customer.start()
        return customer

    yield call
    customer.stop()


def code_shown(browser: BrowserStage) -> str:
    """As a screen reader reads it out."""
    for words in browser.reader.words(browser.toolbar.pid):
        if found := _CODE.search(words):
            return found[1] + found[2]
    raise AssertionError("the toolbar shows no code")


def test_a_contact_is_called_after_the_agent_agreed(desk: CrmDesk) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")

    page.click(f"{ROW} button")

    page.await_text("Asked", f"{ROW} button")
    desk.stage.asked()
    assert desk.stage.invited() == []
    desk.stage.agree()
    wait_until(desk.stage.invited, 15, "an INVITE at the PBX")
    assert desk.stage.invited() == [CLAIRE_NUMBER]
    page.await_text("Call", f"{ROW} button")


def test_the_page_shows_who_calls_and_how_the_call_goes(
    desk: CrmDesk, claire_calls: Callable[[], SippCustomer]
) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")
    assert page.text("#call") == ""

    claire_calls()

    page.await_true(f'"pop" in document.querySelector("{ROW}").dataset')
    page.await_text("Calling you", "#call-state")
    assert page.text("#call-name") == CLAIRE
    assert page.text("#agent") == "Ringing"

    desk.stage.toolbar.do("answer")
    page.await_text("On the line", "#call-state")
    page.await_text("On a call", "#agent")

    desk.stage.toolbar.do("hold")
    page.await_text("On hold", "#call-state")

    desk.stage.toolbar.do("hangup")
    page.await_text("Ended", "#call-state")
    page.await_true(f'!("pop" in document.querySelector("{ROW}").dataset)')


def test_a_note_typed_in_the_page_goes_into_the_record_of_the_call(
    desk: CrmDesk, claire_calls: Callable[[], SippCustomer]
) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")
    claire_calls()
    page.await_text("Calling you", "#call-state")
    desk.stage.toolbar.do("answer")
    page.await_text("On the line", "#call-state")

    page.click("#note")
    page.type("Wants the brass lamp back")
    page.click("#note-form button")

    page.await_text("Kept", "#note-said")
    assert desk.stage.toolbar.await_call(state="connected")["note"] == "Wants the brass lamp back"
    desk.stage.toolbar.do("hangup")
    desk.stage.toolbar.await_no_calls()
    records = json.loads(desk.stage.toolbar.do("history", "--json"))["records"]
    assert "Wants the brass lamp back" in json.dumps(records[0])


def assert_nothing_happened(desk: CrmDesk) -> None:
    assert not desk.stage.toolbar.status()["dial_request"]
    assert desk.stage.invited() == []


DIAL = 'socket.send(\'{"v":1,"id":1,"type":"dial","number":"600"}\')'


def test_a_page_of_a_foreign_origin_gets_nothing(desk: CrmDesk) -> None:
    page = desk.stage.page("<title>Stranger</title>", of=desk.stage.stranger)

    told = desk.try_out(page, DIAL)

    assert told == {"opened": False, "heard": [], "code": 1006}
    assert_nothing_happened(desk)


def test_a_page_without_an_origin_gets_nothing(desk: CrmDesk) -> None:
    page = desk.stage.chromium.page("data:text/html,<title>Nobody</title>")

    told = desk.try_out(page, DIAL)

    assert told == {"opened": False, "heard": [], "code": 1006}
    assert_nothing_happened(desk)


def test_a_name_that_was_made_to_lead_here_gets_nothing(desk: CrmDesk) -> None:
    page = desk.stage.page("<title>Allowed</title>")

    told = desk.try_out(page, DIAL, host=REBOUND)

    assert told["heard"] == []
    assert told["code"] == 1006
    assert_nothing_happened(desk)


def test_an_allowed_page_without_a_token_is_told_so_and_gets_nothing(desk: CrmDesk) -> None:
    page = desk.stage.page("<title>Allowed</title>")

    told = desk.try_out(page, DIAL)

    assert told == {"opened": True, "heard": ["refused"], "code": 1008}
    assert_nothing_happened(desk)


def test_a_wrong_token_gets_nothing(desk: CrmDesk) -> None:
    page = desk.stage.page("<title>Allowed</title>")

    told = desk.try_out(page, f'socket.send(\'{{"v":1,"id":1,"type":"hello","token":"{"A" * 43}"}}\'); {DIAL}')

    assert told == {"opened": True, "heard": ["refused"], "code": 1008}
    assert_nothing_happened(desk)


def test_a_megabyte_gets_nothing_and_the_toolbar_goes_on(desk: CrmDesk) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")

    told = desk.try_out(page, f"{greeting()}; socket.send(JSON.stringify({dial_of('600')}) + ' '.repeat(1 << 20))")

    # 1006 when the connection was closed under Chromium's hands: it reads no reason while it still writes
    assert told in ({"opened": True, "heard": ["welcome"], "code": code} for code in (1009, 1006))
    assert_nothing_happened(desk)
    assert page.text("#agent") == "Ready"


def test_the_client_refuses_what_is_too_long_for_a_message_and_stays_connected(desk: CrmDesk) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")

    at_limit, beyond, next_one, state = page.evaluate(TOO_LONG % {"port": desk.port, "limit": MAX_MESSAGE_BYTES})

    assert at_limit[1] == "bad_message"  # it arrived: the toolbar itself says that no note is that long
    assert beyond == ["ToolbarRefusal", "message_too_long", "That is too long for the toolbar, which takes 64 KiB."]
    assert (next_one, state) == ("done", "open")


def test_a_flood_of_a_paired_page_is_cut_off(desk: CrmDesk) -> None:
    page = desk.open()
    page.await_text("Ready", "#agent")

    flood = "for (let id = 2; id < 3000; id++) socket.send(JSON.stringify({v: 1, id, type: 'subscribe', topics: []}))"
    told = desk.try_out(page, f"{greeting()}; {flood}")

    assert told["code"] == 1008
    assert len(told["heard"]) < 100
    assert_nothing_happened(desk)
    assert page.text("#agent") == "Ready"


def greeting() -> str:
    """What the sample page says with the token that it has."""
    return "socket.send(JSON.stringify({v: 1, id: 1, type: 'hello', token: localStorage['agent-toolbar-token']}))"


def dial_of(number: str) -> str:
    return f"{{v: 1, id: 2, type: 'dial', number: '{number}'}}"
