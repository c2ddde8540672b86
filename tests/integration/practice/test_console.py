"""What scripts say to the practice exchange and hear from it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from tests.integration.practice.conftest import PHONE
from tests.integration.practice.json_process import JsonProcess


def test_a_wish_that_is_not_understood_is_answered_and_does_no_harm(
    exchange: JsonProcess, line: dict[str, Any]
) -> None:
    assert exchange.process.stdin is not None
    exchange.process.stdin.write('no json\n["call"]\n{"call": 7}\n{"call": "nobody"}\n{"call": "hold"}\n')
    exchange.process.stdin.flush()
    reasons = [exchange.wait(event="refused")["reason"] for _ in range(5)]

    assert reasons == ["unknown_wish"] * 3 + ["unknown_scenario", "not_registered"]
    assert line["sip_port"] > 0


def test_the_first_customer_calls_by_herself_unless_the_line_is_told_to_be_quiet(
    start: Callable[..., JsonProcess],
) -> None:
    exchange = start("-m", "agent_toolbar.practice", "--language", "fr", "--first-call-s", "0.3", "--seed", "1")
    line = exchange.wait(extension="200")
    phone = start(PHONE, str(line["sip_port"]), line["extension"], line["password"])

    assert exchange.wait(event="call_placed") == exchange.events[-1]
    assert (exchange.events[-1]["scenario"], exchange.events[-1]["number"]) == ("hold", "+33199005512")
    phone.wait(event="incoming")
    exchange.tell(quiet=True)
    phone.tell(do="reject", status=603)
    exchange.wait(event="call_ended", sip_status=603)


def test_it_ends_with_its_standard_input_and_with_sigterm(start: Callable[..., JsonProcess]) -> None:
    by_end, by_signal = (start("-m", "agent_toolbar.practice", "--quiet") for _ in range(2))
    by_end.wait(extension="200")
    by_signal.wait(extension="200")
    by_signal.process.send_signal(signal.SIGTERM)

    assert by_signal.process.wait(3) == 0
    assert by_end.end() == 0


def test_two_practice_lines_do_not_meet(start: Callable[..., JsonProcess]) -> None:
    one, other = (start("-m", "agent_toolbar.practice", "--quiet").wait(extension="200") for _ in range(2))

    assert one["sip_port"] != other["sip_port"]
    assert one["password"] != other["password"]
