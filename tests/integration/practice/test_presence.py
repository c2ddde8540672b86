"""What subscribers are told of the practice colleagues' telephones, by the dialog event package."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from agent_toolbar.sip_text.sip_message import SipRequest
from tests.integration.practice.meeting import Meeting, meet

NAMES = {"d": "urn:ietf:params:xml:ns:dialog-info"}


def told(notify: SipRequest) -> tuple[str, str, str]:
    """Entity, version and state of a document."""
    assert notify.first("content-type") == "application/dialog-info+xml"
    root = ElementTree.fromstring(notify.body)
    assert root.get("state") == "full"
    (state,) = root.findall("d:dialog/d:state", NAMES)
    return root.get("entity", ""), root.get("version", ""), state.text or ""


@pytest.mark.parametrize(("extension", "state"), [("201", "terminated"), ("202", "confirmed")])
def test_a_subscriber_is_told_at_once_who_is_free_and_who_is_busy(extension: str, state: str) -> None:
    async def test(at: Meeting) -> None:
        answer, dialog = await at.phone.subscribe(extension)
        assert (answer.status, answer.first("expires")) == (200, "60")
        notify = await at.phone.next_notify("dialog", 0)
        assert told(notify) == (f"sip:{extension}@127.0.0.1:{at.exchange.sip_port}", "0", state)
        assert notify.first("subscription-state") == "active;expires=60"
        assert notify.call_id == dialog.call_id

    meet(test)


def test_a_colleague_who_is_called_rings_is_busy_and_is_free_again() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.subscribe("201")
        dialog = await at.phone.call("201")
        assert (await at.phone.invite("201")).status == 486
        await at.phone.one_request(dialog.request("BYE"))
        await at.phone.next_notify("dialog", 3)
        states = [told(one)[1:] for one in at.phone.notifies("dialog")]
        assert states == [("0", "terminated"), ("1", "early"), ("2", "confirmed"), ("3", "terminated")]

    meet(test)


def test_a_subscription_is_refreshed_and_taken_back() -> None:
    async def test(at: Meeting) -> None:
        _, dialog = await at.phone.subscribe("204")
        renewal = (("Event", "dialog"), ("Expires", "30"))
        assert (await at.phone.one_request(dialog.request("SUBSCRIBE", renewal))).first("expires") == "30"
        assert (await at.phone.next_notify("dialog", 1)).first("subscription-state") == "active;expires=30"
        end = (("Event", "dialog"), ("Expires", "0"))
        assert (await at.phone.one_request(dialog.request("SUBSCRIBE", end))).status == 200
        assert (await at.phone.next_notify("dialog", 2)).first("subscription-state") == "terminated;reason=timeout"
        assert (await at.phone.one_request(dialog.request("SUBSCRIBE", renewal))).status == 481
        assert (await at.phone.invite("204")).status == 603
        assert len(at.phone.notifies("dialog")) == 3

    meet(test)


def test_a_subscription_that_is_not_refreshed_ends_with_a_word() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.subscribe("201", expires_s=1)
        assert (await at.phone.next_notify("dialog", 1)).first("subscription-state") == "terminated;reason=timeout"

    meet(test)


def test_a_subscriber_who_refuses_what_it_is_told_is_told_no_more() -> None:
    async def test(at: Meeting) -> None:
        at.phone.refuses["NOTIFY"] = 481
        await at.phone.subscribe("201")
        await at.phone.next_notify("dialog", 0)
        await at.phone.call("201")
        assert len(at.phone.notifies("dialog")) == 1

    meet(test)


@pytest.mark.parametrize(
    ("extension", "event", "status"),
    [("206", "dialog", 404), ("299", "dialog", 404), ("201", "message-summary", 489), ("201", "", 489)],
)
def test_what_cannot_be_watched_is_refused(extension: str, event: str, status: int) -> None:
    async def test(at: Meeting) -> None:
        answer, _ = await at.phone.subscribe(extension, event)
        assert answer.status == status
        assert at.phone.notifies("dialog") == []

    meet(test)


def test_a_subscription_needs_the_password() -> None:
    async def test(at: Meeting) -> None:
        subscribe = at.phone.new_request("SUBSCRIBE", at.phone.uri_of("201"), ("Event", "dialog"))
        assert (await at.phone.one_request(subscribe)).status == 401

    meet(test)
