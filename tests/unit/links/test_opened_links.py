"""Links that come as events of the system: the raw text counts, and a number that QUrl destroyed is not dialled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent

from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentToolbarError, LinkError
from agent_toolbar.links.opened_links import OpenedLinks


class Toolbar:
    """What OpenedLinks says to a toolbar."""

    def __init__(self, refusal: AgentToolbarError | None = None) -> None:
        self.asked = list[tuple[str, DialSource]]()
        self.reported = list[str]()
        self.raised = 0
        self._refusal = refusal

    def request_dial(self, text: str, source: DialSource) -> str:
        if self._refusal is not None:
            raise self._refusal
        self.asked.append((text, source))
        return "r1"

    def report(self, error: AgentToolbarError) -> None:
        self.reported.append(error.code)

    def bring_up(self) -> None:
        self.raised += 1

    def links(self) -> OpenedLinks:
        return OpenedLinks(self, self.bring_up)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "link",
    [
        "tel:+33123456789",
        "tel://0301234567",
        "callto://+4930123456789",
        "TEL:+33 1 23",
        "tel:%2B33",
        "tel:#31#+49",
        "sip:a@b.example",
        "sips:a@b",
        "agent-toolbar:show",
    ],
)
def test_the_raw_text_is_handed_on_as_it_is(link: str) -> None:
    toolbar = Toolbar()

    assert toolbar.links().take(QFileOpenEvent(link))

    assert toolbar.asked == [(link, DialSource.LINK)]
    assert toolbar.raised == 1


@pytest.mark.parametrize(
    ("link", "text"),
    [("tel:+33123456789", "tel:+33123456789"), ("tel:%2B33%20(0)1", "tel:%2B33%20(0)1"), ("sip:a@b", "sip:a@b")],
)
def test_a_url_is_taken_where_there_is_no_raw_text(link: str, text: str) -> None:
    toolbar = Toolbar()
    assert toolbar.links().take(QFileOpenEvent(QUrl(link)))
    assert toolbar.asked == [(text, DialSource.LINK)]


@pytest.mark.parametrize("link", ["tel://0301234567", "tel://112", "callto://+4930123", "callto://+4930123456789"])
def test_a_number_that_became_an_address_is_refused_and_said(link: str) -> None:
    toolbar = Toolbar()

    assert toolbar.links().take(QFileOpenEvent(QUrl(link)))

    assert (toolbar.asked, toolbar.reported) == ([], ["link_damaged"])
    assert toolbar.raised == 1


@pytest.mark.parametrize("event", [QFileOpenEvent("/home/me/contacts.csv"), QFileOpenEvent(QUrl("https://a.example"))])
def test_what_is_no_link_of_ours_is_left_to_others(event: QFileOpenEvent) -> None:
    toolbar = Toolbar()
    assert not toolbar.links().take(event)
    assert (toolbar.asked, toolbar.reported, toolbar.raised) == ([], [], 0)


def test_what_the_toolbar_refuses_is_said_on_the_bar() -> None:
    toolbar = Toolbar(LinkError("link_no_number", text="tel:x"))
    assert toolbar.links().take(QFileOpenEvent("tel:x"))
    assert toolbar.reported == ["link_no_number"]
