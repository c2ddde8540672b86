"""The command that calls the selected text: answered when the desktop has given the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from agent_toolbar.domain.errors import AgentToolbarError, LinkError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_verbs import ControlVerbs
from tests.fakes.application_desk import Desk

Called = Callable[[str, AgentToolbarError | None], None]


@pytest.fixture
def desk(qapp) -> Desk:
    Translation(qapp).use("en")
    return Desk().on()


def say(verbs: ControlVerbs) -> list[dict[str, Any]]:
    """The lines that the caller reads, as they come."""
    lines: list[dict[str, Any]] = []
    reply = Reply(lambda line, _last: lines.append(json.loads(line)))
    verbs.handle(ControlRequest(Verb.CALL_SELECTION, {"activation_token": "token"}), reply)
    return lines


def test_it_is_answered_once_the_text_is_there(desk: Desk) -> None:
    waiting: list[tuple[str, Called]] = []
    verbs = ControlVerbs(
        desk.toolbar, desk.clock, lambda _token: None, lambda token, called: waiting.append((token, called))
    )
    lines = say(verbs)
    assert lines == []
    ((token, called),) = waiting
    assert token == "token"
    called("request-1", None)
    assert lines[-1]["result"] == {"request": "request-1"}


def test_what_is_no_number_is_refused_in_words(desk: Desk) -> None:
    error = LinkError("selection_empty")
    verbs = ControlVerbs(desk.toolbar, desk.clock, lambda _token: None, lambda _token, called: called("", error))
    refusal = say(verbs)[-1]["error"]
    assert refusal["code"] == "selection_empty"
    assert refusal["text"] == "Nothing is selected or copied. Select a telephone number first."


def test_without_windows_there_is_no_selection(desk: Desk) -> None:
    refusal = say(ControlVerbs(desk.toolbar, desk.clock, lambda _token: None))[-1]["error"]
    assert refusal["code"] == "selection_no_answer"
