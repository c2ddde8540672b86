"""`agent-toolbar VERB` as a process of its own, against a control server in this process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_socket import ControlServer
from tests.fakes.queue_dispatcher import QueueDispatcher

STATUS = {
    "cti": {"state": "on", "registration": "retrying", "sip_status": 408, "reason": "Request Timeout"},
    "agent": {"state": "not_ready", "reason": "", "since": 0.0},
    "calls": [
        {"id": "c1", "direction": "incoming", "state": "held", "number": "+33123", "name": "Zoé 🦊"},
        {"id": "c2", "direction": "outgoing", "state": "alerting", "number": "201", "name": ""},
    ],
}
CRM = {"configured": True, "state": "signed_in", "user": "Marie", "text": "", "waiting": 3, "stuck": 1}
RECORD = {
    "direction": "incoming",
    "number": "+33123",
    "name": "Zoé",
    "started_s": 86400.0,
    "answered_s": 86410.0,
    "ended_s": 86485.0,
    "missed": False,
}


class Desk:
    """A toolbar that the test plays, and the command line that speaks to it."""

    def __init__(self) -> None:
        self.dispatcher = QueueDispatcher()
        self.asked: list[tuple[ControlRequest, Reply]] = []
        self.server = ControlServer(dispatcher=self.dispatcher, handler=lambda *asked: self.asked.append(asked))
        assert self.server.claim()
        self.server.serve()
        self.running: list[subprocess.Popen] = []

    def say(self, *words: str | bytes, **options: object) -> subprocess.Popen:
        self.running.append(
            subprocess.Popen(
                [sys.executable, "-m", "agent_toolbar", *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                **{"env": {**os.environ, "LC_ALL": "C", "TZ": "UTC"}, **options},
            )
        )
        return self.running[-1]

    def await_request(self) -> tuple[ControlRequest, Reply]:
        self.dispatcher.run_until(lambda: self.asked != [], 20.0, what="a request")
        return self.asked.pop()

    def close(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.server.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def outcome(process: subprocess.Popen) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def test_status_as_json_is_what_the_toolbar_said_even_on_a_terminal_without_utf8(desk: Desk) -> None:
    process = desk.say("status", "--json")
    desk.await_request()[1].done(STATUS)
    status, out, err = outcome(process)
    assert (status, err) == (0, "")
    assert json.loads(out) == STATUS


@pytest.mark.parametrize(
    ("words", "result", "printed"),
    [
        (
            ["status"],
            STATUS,
            "CTI: on, not registered, trying again (408 Request Timeout)\nnot ready\n"
            "c1  from Zoé 🦊 <+33123>, on hold\nc2  to 201, ringing there\n",
        ),
        (
            ["status"],
            {
                **STATUS,
                "calls": [],
                "transfer": {"state": "done", "text": "Paul is busy. You are talking to Zoé again."},
            },
            "CTI: on, not registered, trying again (408 Request Timeout)\nnot ready\nno calls\n"
            "Paul is busy. You are talking to Zoé again.\n",
        ),
        (
            ["status"],
            {**STATUS, "calls": [], "crm": CRM},
            "CTI: on, not registered, trying again (408 Request Timeout)\nnot ready\n"
            "CRM: signed in: Marie\n3 calls wait for the CRM, 1 of them for you\nno calls\n",
        ),
        (["crm", "connect"], {**CRM, "waiting": 0}, "CRM: signed in: Marie\n"),
        (
            ["crm", "status"],
            {**CRM, "state": "fault", "text": "The key is missing.", "waiting": 0},
            "CRM: not signed in\nThe key is missing.\n",
        ),
        (["crm", "status"], {**CRM, "configured": False, "state": "signed_out", "waiting": 0}, "CRM: not set up\n"),
        (["crm", "disconnect"], {**CRM, "state": "signed_out", "waiting": 0}, "CRM: signed out\n"),
        (["outbox"], {"outbox": []}, "Nothing waits for the CRM.\n"),
        (
            ["outbox", "--retry"],
            {"outbox": [{"key": "c1", "started": 86_400.0, "party": "Zoé", "text": "It waits to be sent."}]},
            "c1  1970-01-02 00:00  Zoé: It waits to be sent.\n",
        ),
        (["consult", "201"], {"call": "c9", "transfer": {}}, "c9\n"),
        (["transfer", "201"], {"transfer": {}}, ""),
        (["dial", "201"], {"call": "c9"}, "c9\n"),
        (["hangup"], {"call": "c9"}, ""),
        (
            ["account", "show"],
            {"server": "pbx.example", "port": 5070, "extension": "200", "transport": "tcp", "has_password": True},
            "200@pbx.example:5070 (tcp), password known\n",
        ),
        (["account", "show"], {"server": "", "port": 0, "extension": "", "transport": "udp"}, "no account\n"),
        (["contacts", "lookup", "1"], {"number": {}, "matches": []}, "No contact has this number.\n"),
        (
            ["contacts", "lookup", "1"],
            {"matches": [{"phone": "+331", "name": "Zoé", "company": "Zoo", "level": "exact"}]},
            "+331\tZoé\tZoo\texact\n",
        ),
        (["history"], {"records": [RECORD]}, "1970-01-02 00:00  from Zoé <+33123>, 1:15\n"),
        (["history", "--missed"], {"records": []}, "No calls.\n"),
        (["store", "show"], {"url": ""}, "a file of this desk\n"),
        (["store", "show"], {"url": "postgresql+psycopg://ann@db/x"}, "postgresql+psycopg://ann@db/x\n"),
        (["store", "set", "--url", ""], {"kept_in_keyring": False}, ""),
        (["quit"], {}, ""),
    ],
)
def test_what_a_person_reads(desk: Desk, words: list[str], result: dict, printed: str) -> None:
    process = desk.say(*words)
    desk.await_request()[1].done(result)
    assert outcome(process) == (0, printed, "")


def test_a_refusal_leaves_with_status_1_and_its_reason_on_standard_error(desk: Desk) -> None:
    process = desk.say("dial", "nonsense")
    desk.await_request()[1].refuse("not_a_number", "“nonsense” is no telephone number.")
    assert outcome(process) == (1, "", "“nonsense” is no telephone number.\n")


def test_a_refusal_without_a_sentence_names_its_code(desk: Desk) -> None:
    process = desk.say("dial", "1")
    desk.await_request()[1].refuse("odd_code", "")
    assert outcome(process) == (1, "", "The toolbar refused (odd_code).\n")


def test_a_password_comes_from_standard_input_and_is_on_no_command_line(desk: Desk) -> None:
    process = desk.say(
        "account", "set", "--server", "pbx", "--extension", "200", "--password-stdin", stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write("s3cret with space \n")
    process.stdin.flush()
    request, reply = desk.await_request()
    assert request.text("password") == "s3cret with space "
    assert "s3cret" not in repr(request)
    reply.done({"password_known": True})
    assert outcome(process) == (0, "", "")


def test_the_password_for_the_queue_comes_from_standard_input_too(desk: Desk) -> None:
    process = desk.say("queue-password", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("s3cret\n")
    process.stdin.flush()
    request, reply = desk.await_request()
    assert request.args == {"password": "s3cret"}
    reply.done({"kept_in_keyring": True})
    assert outcome(process) == (0, "", "")


def test_the_key_of_the_crm_comes_from_standard_input_and_is_on_no_command_line(desk: Desk) -> None:
    process = desk.say(
        *("crm", "account", "set", "--manifest", "tryton", "--url", "https://crm.example", "--key-stdin"),
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write("s3cret\n")
    process.stdin.flush()
    request, reply = desk.await_request()
    assert request.text("key") == "s3cret"
    reply.done(CRM)
    assert outcome(process) == (0, "", "")


def test_an_empty_key_is_misuse(desk: Desk) -> None:
    process = desk.say(
        *("crm", "account", "set", "--manifest", "tryton", "--url", "https://crm.example", "--key-stdin"),
        stdin=subprocess.DEVNULL,
    )
    assert outcome(process) == (2, "", "No key came on standard input.\n")


def test_an_empty_password_is_misuse(desk: Desk) -> None:
    process = desk.say(
        "account", "set", "--server", "pbx", "--extension", "1", "--password-stdin", stdin=subprocess.DEVNULL
    )
    assert outcome(process) == (2, "", "No password came on standard input.\n")


def test_an_import_reports_each_skipped_row_with_line_and_reason(desk: Desk) -> None:
    process = desk.say("contacts", "import", "/people.csv")
    _, reply = desk.await_request()
    reply.progress(done=1, total=2, rows=5)
    skipped = [
        {"line": 3, "reason": "no_number", "text": "no number", "shown": "Zoé"},
        {"line": 9, "reason": "broken_row", "text": "the row is broken", "shown": ""},
    ]
    reply.done({"added": 5, "updated": 1, "unchanged": 0, "skipped_count": 7, "skipped": skipped})
    assert outcome(process) == (
        0,
        "5 added, 1 updated, 0 unchanged, 7 skipped\n",
        "line 3: no number (Zoé)\nline 9: the row is broken\n... and 5 more\n",
    )


def test_an_interrupted_import_is_cancelled_in_the_toolbar(desk: Desk) -> None:
    cancelled: list[bool] = []
    process = desk.say("contacts", "import", "/people.csv")
    _, reply = desk.await_request()
    reply.on_gone(lambda: cancelled.append(True))
    process.send_signal(signal.SIGINT)
    desk.dispatcher.run_until(lambda: cancelled != [])
    assert outcome(process) == (1, "", "Cancelled. The contacts are as they were.\n")


def test_a_second_start_raises_the_first_and_leaves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    process = desk.say()
    request, reply = desk.await_request()
    assert (request.verb, request.text("activation_token")) == (Verb.SHOW, "token-7")
    reply.done()
    assert outcome(process) == (0, "", "")


def test_a_reader_that_has_seen_enough_is_no_fault(desk: Desk) -> None:
    process = desk.say("history")
    assert process.stdout is not None
    process.stdout.close()
    desk.await_request()[1].done({"records": [RECORD] * 5000})
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(20) == 0
    process.stdout = None


def test_a_toolbar_that_quits_instead_of_answering_is_told(desk: Desk) -> None:
    process = desk.say("status")
    desk.await_request()
    desk.server.close()
    status, out, err = outcome(process)
    assert (status, out) == (1, "")
    assert "does not answer" in err


def make_file(path: Path) -> None:
    path.write_text("")


def make_link_to_elsewhere(path: Path) -> None:
    path.symlink_to(Path.home())


@pytest.mark.parametrize("make_unusable", [make_file, make_link_to_elsewhere])
def test_a_folder_for_sockets_that_is_not_ours_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, make_unusable: Callable[[Path], None]
) -> None:
    with tempfile.TemporaryDirectory(prefix="at-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        make_unusable(Path(folder) / "agent-toolbar")
        status, out, err = outcome(desk.say("status"))
    assert (status, out) == (1, "")
    assert "folder for sockets" in err


def examined(finding: str) -> dict[str, object]:
    check = {"check": "cti", "name": "CTI", "finding": finding, "code": "", "text": "CTI is on.", "what_to_do": ""}
    other = {"name": "Network", "finding": "unknown", "text": "Not checked.", "what_to_do": "Check again."}
    return {"answer": "The answer.", "wrong": finding == "wrong", "cause": None, "checks": [check, other]}


@pytest.mark.parametrize(("finding", "sign", "left"), [("fine", "✓", 0), ("warning", "!", 0), ("wrong", "✗", 1)])
def test_the_doctor_answers_first_and_its_exit_status_says_whether_something_is_wrong(
    desk: Desk, finding: str, sign: str, left: int
) -> None:
    process = desk.say("doctor")
    reply = desk.await_request()[1]
    reply.progress(done=1)
    reply.done(examined(finding))
    status, out, err = outcome(process)
    assert (status, err) == (left, "")
    assert out == f"The answer.\n\n{sign} CTI: CTI is on.\n· Network: Not checked. Check again.\n"


def test_an_audit_prints_its_files_and_a_refusal_its_sentence(desk: Desk, tmp_path: Path) -> None:
    process = desk.say("doctor", "--audit", str(tmp_path))
    request, reply = desk.await_request()
    assert request.text("audit") == str(tmp_path)
    reply.done({"files": ["/a/audit.md", "/a/audit.html"]})
    assert outcome(process) == (0, "/a/audit.md\n/a/audit.html\n", "")

    refused = desk.say("doctor", "--audit", "/nowhere")
    desk.await_request()[1].refuse("audit_folder", "Nothing can be written there.")
    assert outcome(refused) == (1, "", "Nothing can be written there.\n")


@pytest.mark.parametrize(
    "link",
    [
        "tel:+33123456789",
        "tel:%2B33%201%2023%2045%2067%2089",
        "callto://+33123456789",
        'tel:0123456789" --quit',
        "--quit",
        "-platform offscreen",
        "--uri",
        "",
        "tel:\u0660\u0661 \U0001f98a",
        "tel:0123456789\r\n",
    ],
)
def test_whatever_stands_behind_uri_is_handed_over_as_it_is(desk: Desk, link: str) -> None:
    clicked = desk.say("--uri", link, env={**os.environ, "LC_ALL": "C.UTF-8", "XDG_ACTIVATION_TOKEN": "token"})
    request, reply = desk.await_request()
    reply.done({"request": "r1"})

    assert (request.verb, request.args) == (Verb.LINK, {"uri": link, "activation_token": "token"})
    assert clicked.communicate(timeout=20) == ("", "")
    assert clicked.returncode == 0


def test_a_link_that_is_refused_says_why(desk: Desk) -> None:
    clicked = desk.say("--uri", "tel:nobody")
    _, reply = desk.await_request()
    reply.refuse("link_no_number", "There is no telephone number in “tel:nobody”.")

    assert clicked.communicate(timeout=20) == ("", "There is no telephone number in “tel:nobody”.\n")
    assert clicked.returncode == 1


def test_a_link_without_end_arrives_cut(desk: Desk) -> None:
    clicked = desk.say("--uri", "tel:" + "1" * 100_000)
    request, reply = desk.await_request()
    reply.done({"request": ""})

    assert 128 < len(request.text("uri")) <= 4096
    assert clicked.wait(20) == 0


def test_bytes_that_are_no_text_arrive_as_signs_that_no_number_has(desk: Desk) -> None:
    clicked = desk.say(b"--uri", b"tel:0123\xff456")
    request, reply = desk.await_request()
    reply.done({"request": ""})

    assert request.text("uri") == "tel:0123\ufffd456"
    assert clicked.wait(20) == 0


@pytest.mark.parametrize("words", [["--uri", "tel:1", "tel:2"], ["--uri", "tel:1", "--quit"]])
def test_any_other_form_of_a_link_is_refused_unheard(desk: Desk, words: list[str]) -> None:
    clicked = desk.say(*words)

    assert "exactly one" in clicked.communicate(timeout=20)[1]
    assert clicked.returncode == 2
    assert desk.asked == []


@pytest.mark.parametrize(("language", "sentence"), [("en", "link that was clicked"), ("fr", "lien cliqué")])
def test_help_names_the_form_that_links_come_in(desk: Desk, language: str, sentence: str) -> None:
    said, _ = desk.say("--help", env={**os.environ, "LC_ALL": language}).communicate(timeout=20)

    (line,) = (line for line in said.splitlines() if line.strip().startswith("--uri TEXT"))
    assert sentence in line


@pytest.mark.parametrize(
    "words", [["status", "--uri", "tel:1"], ["--language", "fr", "--uri", "tel:1"], ["--uri=tel:1"]]
)
def test_uri_stands_first_or_not_at_all(desk: Desk, words: list[str]) -> None:
    clicked = desk.say(*words)

    assert clicked.wait(20) == 2
    assert desk.asked == []
