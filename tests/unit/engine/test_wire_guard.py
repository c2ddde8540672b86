"""Strangers, storms and dangerous SDP are told apart from the calls of the PBX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.engine.dialog_id import DialogId
from agent_toolbar.engine.library_events import (
    DialogAcknowledged,
    DialogStateNotified,
    InviteRejected,
    ReferNotified,
)
from agent_toolbar.engine.pjsip_module import TappedRequest
from agent_toolbar.engine.wire_guard import WireGuard, is_dangerous_sdp

SESSION = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
CONNECTION = "c=IN IP4 127.0.0.1\r\n"


@pytest.mark.parametrize(
    "sdp",
    [
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:20\r\na=maxptime:150\r\n",
        SESSION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n" + CONNECTION + "m=audio 0 RTP/AVP 8\r\n" + CONNECTION,
        SESSION + CONNECTION + "t=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
        SESSION + CONNECTION + "t=0 0\r\na=ptime:20.0\r\n",
        SESSION,
        "",
    ],
)
def test_usable_sdp_passes(sdp: str) -> None:
    assert not is_dangerous_sdp(sdp.encode())


@pytest.mark.parametrize(
    "sdp",
    [
        SESSION + "t=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
        SESSION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n" + CONNECTION + "m=audio 0 RTP/AVP 8\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:-1\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:0\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\nA=ptime: 65535\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=maxptime:x\r\n",
    ],
)
def test_sdp_that_the_library_asserts_on_is_dangerous_sdp(sdp: str) -> None:
    assert is_dangerous_sdp(sdp.encode())


@given(st.binary())
def test_any_bytes_are_judged(sdp: bytes) -> None:
    assert is_dangerous_sdp(sdp) in {True, False}


PBX = "10.0.0.1"


def request(method: str = "INVITE", source: str = PBX, call_id: str = "c", to: str = "<sip:me@x>") -> TappedRequest:
    return TappedRequest(
        source, f"{method} sip:me@x SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nt: {to}\r\ni: {call_id}\r\n\r\n"
    )


class Watch:
    """A guard of one PBX, its reports and its time."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.reports: list[InviteRejected] = []
        self.acknowledged: list[DialogId] = []
        self.notified: list[str] = []
        self.referred: list[ReferNotified] = []
        self.guard = WireGuard(self._hear, lambda: self.now_s)
        self.guard.pbx_ips = frozenset({PBX})

    def _hear(self, event: InviteRejected | DialogAcknowledged | DialogStateNotified | ReferNotified) -> None:
        if isinstance(event, DialogStateNotified):
            self.notified.append(event.message)
        elif isinstance(event, DialogAcknowledged):
            self.acknowledged.append(event.dialog)
        elif isinstance(event, ReferNotified):
            self.referred.append(event)
        else:
            self.reports.append(event)


@pytest.mark.parametrize("method", ["INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "REFER", "NOTIFY"])
def test_a_stranger_may_not_begin_anything(method: str) -> None:
    assert Watch().guard.answers(request(method, "10.0.0.2")) == 403


def test_a_strangers_invite_is_reported_once_however_often_it_comes() -> None:
    watch = Watch()
    for _ in range(5):
        watch.guard.answers(request(source="10.0.0.2"))

    assert [(one.sip_status, one.source) for one in watch.reports] == [(403, "10.0.0.2")]


def test_a_request_inside_a_dialog_passes_from_anywhere() -> None:
    assert Watch().guard.answers(request("BYE", "10.0.0.9", to="<sip:me@x> ; Tag=7")) == 0


def test_nobody_may_call_while_there_is_no_account() -> None:
    watch = Watch()
    watch.guard.pbx_ips = frozenset()

    assert watch.guard.answers(request()) == 403


def test_a_storm_of_calls_is_busy_until_it_is_over() -> None:
    watch = Watch()
    answers = [watch.guard.answers(request(call_id=f"c{number}")) for number in range(30)]
    assert answers == [0] * 20 + [486] * 10
    assert len(watch.reports) == 10
    assert watch.guard.answers(request(call_id="c3")) == 0  # a retransmission of one that passed
    watch.now_s = 1.0

    assert watch.guard.answers(request(call_id="new")) == 0
    assert watch.guard.answers(request(call_id="c25")) == 486  # a retransmission of one that was refused


@pytest.mark.parametrize(
    ("source", "to", "event", "told"),
    [
        (PBX, "<sip:me@x>;tag=Ours", "Event: dialog;sla", True),
        (PBX, "<sip:me@x>;tag=Ours", "o: Dialog", True),
        (PBX, "<sip:me@x>;tag=Ours", "Event: presence", False),
        (PBX, "<sip:me@x>", "Event: dialog", False),
        ("10.0.0.2", "<sip:me@x>;tag=Ours", "Event: dialog", False),
    ],
)
def test_a_notice_of_the_pbx_about_dialogs_is_passed_on(source: str, to: str, event: str, told: bool) -> None:
    watch = Watch()
    text = f"NOTIFY sip:me@x SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nTo: {to}\r\n{event}\r\nCall-ID: c\r\n\r\n"

    assert watch.guard.answers(TappedRequest(source, text)) in {0, 403}
    assert watch.notified == [text] * told


def test_an_ack_names_the_dialog_and_passes() -> None:
    watch = Watch()

    assert watch.guard.answers(request("ACK", call_id="abc", to="<sip:me@x>;tag=Ours")) == 0
    assert watch.acknowledged == [DialogId("abc", local_tag="Ours", remote_tag="1")]
    assert watch.reports == []


def test_an_ack_without_a_tag_of_ours_names_nothing() -> None:
    watch = Watch()

    assert watch.guard.answers(request("ACK")) == 0
    assert watch.acknowledged == []


def notify(state: str, call_id: str = "c") -> TappedRequest:
    head = f"NOTIFY sip:me@x SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:me@x>;tag=2\r\nCall-ID: {call_id}\r\n"
    return TappedRequest(PBX, f"{head}Event: refer\r\nSubscription-State: {state}\r\n\r\nSIP/2.0 180 Ringing\r\n")


def test_a_notify_about_our_refer_is_answered_here_but_the_last_one_ends_the_librarys_subscription_too() -> None:
    watch = Watch()
    assert watch.guard.answers(notify("active")) == 0  # no REFER of ours
    watch.guard.expect_notifies("c")

    assert watch.guard.answers(notify("active")) == 200
    assert watch.guard.answers(notify("terminated;reason=noresource")) == 0
    assert watch.guard.answers(notify("active", call_id="other")) == 0
    assert [(one.sip_status, one.ends) for one in watch.referred] == [(180, False), (180, True)]


@given(st.text(), st.sampled_from([PBX, "10.0.0.2"]))
def test_any_text_gets_a_decision(text: str, source: str) -> None:
    assert Watch().guard.answers(TappedRequest(source, text)) in {0, 403, 486}
