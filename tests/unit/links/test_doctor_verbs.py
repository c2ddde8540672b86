"""What a program reads from `doctor`: the cause, every check in words, and the files of an audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.application.examination import Check
from agent_toolbar.domain.errors import AvailabilityError, StorageError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_verbs import ControlVerbs
from tests.fakes.application_desk import Desk

Message = dict[str, Any]


class Caller:
    """Reads the lines that the toolbar sends for one request."""

    def __init__(self, desk: Desk) -> None:
        self._verbs = ControlVerbs(desk.toolbar, desk.clock, lambda _token: None)
        self.lines: list[Message] = []

    def ask(self, audit: str = "", bundle: str = "") -> list[Message]:
        reply = Reply(lambda line, _last: self.lines.append(json.loads(line)))
        self._verbs.handle(ControlRequest(Verb.DOCTOR, {"audit": audit, "bundle": bundle}), reply)
        return self.lines


@pytest.fixture
def desk(qapp) -> Desk:
    Translation(qapp).use("en")
    return Desk().on()


def test_the_cause_comes_first_and_every_check_follows(desk: Desk) -> None:
    desk.toolbar.switch_cti(False)

    result = Caller(desk).ask()[-1]["result"]

    assert result["answer"] == "CTI is off, so no calls come in. Switch CTI on."
    assert result["wrong"] is True
    assert [check["check"] for check in result["checks"]] == list(Check)
    assert result["cause"] == {
        "check": "cti",
        "name": "CTI",
        "finding": "wrong",
        "code": "cti_off",
        "text": "CTI is off, so no calls come in.",
        "what_to_do": "Switch CTI on.",
        "params": {},
    }


def test_a_reason_is_told_by_its_label(desk: Desk) -> None:
    desk.toolbar.set_ready(False, "lunch")
    result = Caller(desk).ask()[-1]["result"]
    assert (result["cause"]["text"], result["cause"]["params"]) == (
        "You chose not to be ready (Lunch).",
        {"reason": "lunch"},
    )


def test_a_warning_is_named_but_nothing_is_wrong(desk: Desk) -> None:
    result = Caller(desk).ask()[-1]["result"]
    assert (result["cause"]["code"], result["wrong"]) == ("no_microphone", False)


def test_progress_is_told_so_that_the_caller_keeps_waiting(desk: Desk) -> None:
    lines = Caller(desk).ask()
    assert [line["progress"] for line in lines[:-1]] == [{"done": done} for done in range(1, len(Check) + 1)]


def test_an_audit_names_the_written_files(desk: Desk, tmp_path: Path) -> None:
    desk.auditor.outcome = (tmp_path / "audit.md", tmp_path / "audit.html")

    [answer] = Caller(desk).ask(str(tmp_path))

    assert [request.folder for request in desk.auditor.requests] == [tmp_path]
    assert answer["result"] == {"files": [str(tmp_path / "audit.md"), str(tmp_path / "audit.html")]}


def test_a_failed_audit_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.auditor.outcome = AvailabilityError("queue_unreachable")
    assert Caller(desk).ask(str(tmp_path))[-1]["error"]["code"] == "queue_unreachable"


def test_a_file_for_support_is_made_of_a_whole_examination(desk: Desk, tmp_path: Path) -> None:
    lines = Caller(desk).ask(bundle=str(tmp_path / "b.zip"))

    assert lines[-1]["result"] == {"files": [str(tmp_path / "b.zip")]}
    [(file, sources)] = desk.support.written
    assert file == tmp_path / "b.zip"
    assert sources.examination.done
    assert sources.state == desk.state


def test_a_file_that_cannot_be_written_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.support.refuses = StorageError("bundle_not_written", file="b.zip", reason="No space left on device")
    error = Caller(desk).ask(bundle=str(tmp_path / "b.zip"))[-1]["error"]
    assert (error["code"], "No space left" in error["text"]) == ("bundle_not_written", True)


def test_an_audit_without_an_account_is_refused_at_once(qapp, tmp_path: Path) -> None:
    Translation(qapp).use("en")
    desk = Desk()
    desk.vault.secrets.clear()
    desk.settings.put(type(desk.settings.current)())
    assert Caller(desk).ask(str(tmp_path))[-1]["error"]["code"] == "no_account"
