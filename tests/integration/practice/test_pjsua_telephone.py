"""The practice line as a real SIP telephone (pjsua2, without sound device) meets it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.practice.conftest import PHONE
from tests.integration.practice.json_process import JsonProcess

AUDIBLE = 15  # of 45, on pjsua2's scale; speech peaks at about 35


def talk(phone: JsonProcess, exchange: JsonProcess) -> None:
    phone.wait(event="incoming")
    phone.tell(do="answer")
    phone.wait(event="state", state="CONFIRMED")
    exchange.wait(event="call_answered")


def test_a_wrong_password_is_refused_with_401(
    start: Callable[..., JsonProcess], exchange: JsonProcess, line: dict[str, Any]
) -> None:
    telephone = start(PHONE, str(line["sip_port"]), line["extension"], "wrong")

    assert telephone.wait(event="registration")["status"] == 401


def test_switching_off_unregisters(phone: JsonProcess, exchange: JsonProcess) -> None:
    phone.tell(do="unregister")

    exchange.wait(event="unregistered")
    exchange.tell(call="hold")
    assert exchange.wait(event="refused")["reason"] == "not_registered"


def test_a_customer_calls_talks_notices_hold_and_resume_and_hangs_up(phone: JsonProcess, exchange: JsonProcess) -> None:
    exchange.tell(call="hold")
    exchange.wait(event="call_placed", scenario="hold")
    invite = phone.wait(event="incoming")["message"]
    assert "P-Asserted-Identity: <sip:+441134960112@127.0.0.1" in invite
    phone.tell(do="ring")
    exchange.wait(event="call_ringing")
    phone.tell(do="answer")

    exchange.wait(event="said", line="hold-hello")
    phone.wait_level(AUDIBLE)
    exchange.wait(event="waiting", reaction="speech")
    phone.forget()
    phone.tell(do="speak")
    for _ in range(10):
        phone.wait(event="level")  # ten in a second
    phone.tell(do="be_silent")

    exchange.wait(event="said", line="hold-ask")
    phone.tell(do="hold")
    exchange.wait(event="hold_seen")
    phone.tell(do="resume")
    exchange.wait(event="resume_seen")
    exchange.wait(event="said", line="hold-back")
    phone.forget()
    phone.wait_level(AUDIBLE)

    assert exchange.wait(event="call_ended")["by"] == "line"
    phone.wait(event="state", state="DISCONNECTED", status=200)


@pytest.mark.parametrize("how", ["digits", "info_digits"])
def test_the_customer_tells_right_digits_from_wrong_ones(phone: JsonProcess, exchange: JsonProcess, how: str) -> None:
    exchange.tell(call="keypad")
    talk(phone, exchange)
    exchange.wait(event="said", line="keypad-ask")
    phone.tell(do=how, digits="12#")
    exchange.wait(event="said", line="keypad-wrong")
    phone.tell(do=how, digits="123")
    exchange.wait(event="said", line="keypad-right")

    pressed = [event["digit"] for event in exchange.events if event.get("event") == "digit_received"]
    assert pressed == ["1", "2", "#", "1", "2", "3"]


def test_a_call_that_is_not_taken_ends_with_its_reason(phone: JsonProcess) -> None:
    numbers = ["202", "204", "999", "+441134960990", "200"]
    statuses = []
    for number in numbers:
        phone.tell(do="dial", number=number)
        statuses.append(phone.wait(event="state", state="DISCONNECTED")["status"])

    assert dict(zip(numbers, statuses, strict=True)) == {
        "202": 486,
        "204": 603,
        "999": 404,
        "+441134960990": 404,
        "200": 404,
    }


def test_a_colleague_who_never_answers_rings_until_the_agent_gives_up(
    phone: JsonProcess, exchange: JsonProcess
) -> None:
    phone.tell(do="dial", number="203")
    phone.wait(event="state", state="EARLY", status=180)
    phone.tell(do="hang_up")

    assert phone.wait(event="state", state="DISCONNECTED")["status"] == 487
    assert exchange.wait(event="call_ended")["by"] == "agent"


def test_a_colleague_answers_and_talks(phone: JsonProcess, exchange: JsonProcess) -> None:
    phone.tell(do="dial", number="201")
    phone.wait(event="state", state="CONFIRMED")
    exchange.wait(event="said", line="extension-201-hello")
    phone.wait_level(AUDIBLE)
    phone.tell(do="hang_up")

    assert exchange.wait(event="call_ended")["by"] == "agent"


def test_a_customer_of_the_sample_file_can_be_called_by_the_national_number(
    phone: JsonProcess, exchange: JsonProcess
) -> None:
    phone.tell(do="dial", number="01134960112")

    assert exchange.wait(event="call_received")["callee"] == "Margaret Ashworth"
    phone.wait(event="state", state="CONFIRMED")
    exchange.wait(event="said", line="glad_you_call-f1")
    phone.wait_level(AUDIBLE)


def test_the_echo_gives_back_what_the_agent_says(phone: JsonProcess, exchange: JsonProcess) -> None:
    phone.tell(do="dial", number="600")
    phone.wait(event="state", state="CONFIRMED")
    exchange.wait(event="said", line="extension-600-hello")
    phone.wait_level(AUDIBLE)
    exchange.wait(event="waiting", reaction="hang_up")
    phone.forget()
    phone.tell(do="speak")
    levels: list[float] = []
    while len(levels) < 100 and not (len(levels) >= 10 and min(levels[-10:]) > AUDIBLE):
        levels.append(phone.wait(event="level")["level"])

    assert min(levels[-10:]) > AUDIBLE, levels


def test_a_telephone_may_register_and_talk_over_tcp(
    start: Callable[..., JsonProcess], exchange: JsonProcess, line: dict[str, Any]
) -> None:
    telephone = start(PHONE, str(line["sip_port"]), line["extension"], line["password"], "tcp")
    telephone.wait(event="registration", status=200)
    exchange.wait(event="registered")
    exchange.tell(call="anonymous")
    invite = telephone.wait(event="incoming")["message"]
    assert "Via: SIP/2.0/TCP" in invite
    assert 'From: "Anonymous" <sip:anonymous@anonymous.invalid>' in invite
    assert "Privacy: id" in invite
    assert "P-Asserted-Identity" not in invite
    telephone.tell(do="answer")
    exchange.wait(event="said", line="anonymous-hello")
    telephone.wait_level(AUDIBLE)
    telephone.tell(do="hang_up")

    assert exchange.wait(event="call_ended")["by"] == "agent"


def test_the_end_of_the_exchange_ends_its_calls(phone: JsonProcess, exchange: JsonProcess) -> None:
    exchange.tell(call="hold")
    talk(phone, exchange)
    exchange.process.send_signal(signal.SIGTERM)

    phone.wait(event="state", state="DISCONNECTED", status=200)
    assert exchange.end() == 0
