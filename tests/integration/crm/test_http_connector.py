"""The connector of a CRM beside slow, dead and hostile servers: what the GUI thread gets to hear, and when."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.crm.http_connector import FIND_BUDGET_S, HttpCrm, crm_manifest
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmOperation
from agent_toolbar.domain.errors import CrmError, ManifestError
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers

PLAN = NumberPlan()
NUMBER = canonical_number("+33123456789", PLAN)
ENTRY = CallEntry(key="k", incoming=True, number="+33123456789", result=CallResult.ANSWERED, contact_id="1")
MANIFEST = """
schema = 1
name = "Small"
timeout = 30
[op.find]
url = "/find"
verify = "number"
map = { id = "{{it.id}}", name = "{{it.name}}", number = "{{it.number}}", url = "{{it.url}}", company = "{{it.co}}" }
[op.log_call]
method = "POST"
url = "/log"
map = { id = "{{it.id}}" }
[op.find_logged]
url = "/log"
map = { id = "{{it.id}}" }
"""


class SmallServer:
    """Answers as `rows` says; a path in `held` waits for its release."""

    def __init__(self) -> None:
        self.rows: Any = [{"id": 1, "name": "Ann", "number": "+33 1 23 45 67 89"}]
        self.held: dict[str, threading.Event] = {}
        self.reached: dict[str, threading.Event] = {"/find": threading.Event(), "/log": threading.Event()}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.reached[self.path].set()
                if self.path in outer.held:
                    outer.held[self.path].wait(30)
                content = json.dumps(outer.rows).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def server() -> Iterator[SmallServer]:
    small = SmallServer()
    thread = threading.Thread(target=small.server.serve_forever, kwargs={"poll_interval": 0.02}, name="small")
    thread.start()
    yield small
    for held in small.held.values():
        held.set()
    small.server.shutdown()
    small.server.server_close()
    thread.join()


class Desk:
    def __init__(self, url: str, manifest: Path) -> None:
        self.dispatcher = QueueDispatcher()
        self.timers = ManualTimers(ManualClock())
        access = CrmAccess(str(manifest), url, "alice", (), "key")
        self.crm = HttpCrm(access, self.dispatcher, self.timers, lambda: PLAN)

    def heard(self, answers: list[Any]) -> Any:
        self.dispatcher.run_until(lambda: bool(answers), 30.0)
        return answers[0]

    def run_what_was_posted(self) -> None:
        marks: list[int] = []
        self.dispatcher.post(lambda: marks.append(1))
        self.dispatcher.run_until(lambda: bool(marks))


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(MANIFEST)
    return file


@pytest.fixture
def desk(server: SmallServer, manifest: Path) -> Iterator[Desk]:
    desk = Desk(server.url, manifest)
    yield desk
    desk.crm.close()


def test_a_look_up_is_answered_when_its_time_is_over_and_not_again_afterwards(desk: Desk, server: SmallServer) -> None:
    server.held["/find"] = threading.Event()
    answers: list[Any] = []
    desk.crm.find(NUMBER, answers.append)

    desk.timers.pass_ms(round(FIND_BUDGET_S * 1000) - 1)
    assert answers == []
    desk.timers.pass_ms(1)
    assert [str(answer) for answer in answers] == ["crm_slow"]

    server.held["/find"].set()
    desk.crm.close()
    desk.run_what_was_posted()
    assert len(answers) == 1


def test_a_record_that_hangs_holds_up_no_look_up(desk: Desk, server: SmallServer) -> None:
    server.held["/log"] = threading.Event()
    records: list[Any] = []
    desk.crm.log_call(ENTRY, records.append)
    assert server.reached["/log"].wait(30)

    contacts: list[Any] = []
    desk.crm.find(NUMBER, contacts.append)
    assert [contact.name for contact in desk.heard(contacts)] == ["Ann"]
    assert records == []

    server.held["/log"].set()
    assert desk.heard(records) == "1"


def test_nothing_that_a_crm_sends_is_more_than_a_line_of_text(desk: Desk, server: SmallServer) -> None:
    server.rows = [
        {
            "id": 1,
            "name": "<b>Ann</b>\u202e\n\x00" + "x" * 5000,
            "number": ["+33 1 23 45 67 89", "+33 9 99 99 99 99"],
            "co": {"html": "<script>"},
            "url": "javascript:alert(1)",
        },
        {"id": 2, "name": "Somebody else", "number": "+33 1 23 45 67 80"},
        {"id": 3, "name": "No number at all"},
        "no table",
    ]
    answers: list[Any] = []
    desk.crm.find(NUMBER, answers.append)
    (contact,) = desk.heard(answers)

    assert contact.name.startswith("<b>Ann</b> xxx")
    assert len(contact.name) == 120
    assert (contact.id, contact.company, contact.url) == ("1", "", "")
    assert contact.number == "+33 1 23 45 67 89"


@pytest.mark.parametrize(("rows", "answer"), [([], ""), ([{"id": 7}], "7"), ([{}], ""), ([{"id": None}], "")])
def test_a_record_is_there_or_not(desk: Desk, server: SmallServer, rows: Any, answer: str) -> None:
    server.rows = rows
    answers: list[Any] = []
    desk.crm.find_logged(ENTRY, answers.append)

    assert desk.heard(answers) == answer


def test_what_a_manifest_does_not_say_cannot_be_done(desk: Desk) -> None:
    asked: list[Callable[[Callable[[Any], None]], None]] = [
        desk.crm.who_am_i,
        lambda told: desk.crm.find_by_name("ann", told),
        lambda told: desk.crm.deals("1", told),
        lambda told: desk.crm.history("1", told),
        lambda told: desk.crm.create("Ann", NUMBER, told),
        lambda told: desk.crm.update_call("1", ENTRY, told),
        lambda told: desk.crm.update_number("1", "2", NUMBER, told),
    ]
    said = []
    for ask in asked:
        answers: list[Any] = []
        ask(answers.append)
        said.append(desk.heard(answers).code)

    assert said == ["crm_cannot"] * len(asked)
    assert desk.crm.operations == {CrmOperation.FIND, CrmOperation.LOG_CALL, CrmOperation.FIND_LOGGED}
    assert desk.crm.name == "Small"


def test_a_sign_in_that_is_printed_shows_no_key() -> None:
    assert "s3cret" not in repr(CrmAccess("tryton", "https://crm.example", "alice", (), "s3cret"))


def test_a_manifest_is_named_or_lies_somewhere(tmp_path: Path) -> None:
    assert crm_manifest("tryton").is_file()
    assert crm_manifest(str(tmp_path / "own.toml")) == tmp_path / "own.toml"
    with pytest.raises(CrmError, match="no_connector"):
        Desk("http://127.0.0.1:1", tmp_path / "missing.toml")
    with pytest.raises(ManifestError, match="needs_value"):
        Desk("http://127.0.0.1:1", crm_manifest("tryton"))
