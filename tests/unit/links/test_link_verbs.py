"""A clicked link over the control socket: when the bar comes to the front, and where a refusal stands."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports.link_settings import LinkSettings
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import LinkError
from agent_toolbar.ipc.control_protocol import Verb, encode_request, parse_request
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_verbs import ControlVerbs
from tests.fakes.application_desk import ACCOUNT, Desk


class Clicked:
    """A desk, and what came of the links that were clicked at it."""

    def __init__(self, *, at_once: bool) -> None:
        self.desk = Desk(Settings(account=ACCOUNT, links=LinkSettings(dial_at_once=at_once))).on()
        self.shown: list[str] = []
        self.answers: list[bytes] = []
        self.verbs = ControlVerbs(self.desk.toolbar, self.desk.clock, self.shown.append)

    def click(self, uri: str) -> bytes:
        request = parse_request(encode_request(Verb.LINK, {"uri": uri, "activation_token": "token"}))
        self.verbs.handle(request, Reply(lambda line, _last: self.answers.append(line)))
        return self.answers[-1]


def test_a_question_comes_to_the_front_with_the_caller_s_token() -> None:
    at = Clicked(at_once=False)

    answer = at.click("tel:+33199001234")
    request = at.desk.state.dial_request
    assert request is not None
    assert f'"request":"{request.id}"'.encode() in answer
    assert at.shown == ["token"]


def test_a_call_that_is_made_at_once_leaves_the_page_in_front() -> None:
    at = Clicked(at_once=True)

    assert b'"request":""' in at.click("tel:+33199001234")
    assert len(at.desk.state.calls) == 1
    assert at.shown == []


def test_a_link_that_only_shows_brings_the_bar_to_the_front() -> None:
    at = Clicked(at_once=True)
    at.click("agent-toolbar:show")

    assert (at.shown, at.desk.state.dial_request, at.desk.state.calls) == (["token"], None, ())


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("javascript:alert(1)", "link_not_a_link"),
        ("tel:nobody", "link_no_number"),
        ("tel://0.75.58.75", "link_damaged"),
        ("tel:" + "1" * 200, "link_too_long"),
        ("sip:paul@evil.example", "link_foreign_host"),
        ("agent-toolbar:quit", "link_not_a_link"),
    ],
)
def test_a_refused_link_is_answered_and_stands_in_the_bar(uri: str, code: str) -> None:
    at = Clicked(at_once=True)

    assert code.encode() in at.click(uri)
    assert at.desk.fault_codes() == [code]
    assert (at.shown, at.desk.state.calls, at.desk.state.dial_request) == (["token"], (), None)


def test_a_link_that_started_the_toolbar_says_why_it_is_refused() -> None:
    at = Clicked(at_once=False)

    with pytest.raises(LinkError):
        at.verbs.follow_link("tel:nobody", "")
    assert at.desk.fault_codes() == ["link_no_number"]
