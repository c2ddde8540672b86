"""The question for the places of a PBX, and its answer."""

from __future__ import annotations

import pytest

from agent_toolbar.sip_text.service_records import MOST_PLACES, places, question


@pytest.mark.parametrize(
    ("transport", "asked"), [("udp", "_sip._udp.a.test"), ("tcp", "_sip._tcp.a.test"), ("tls", "_sips._tcp.a.test")]
)
def test_each_transport_has_its_own_records(transport: str, asked: str) -> None:
    assert question("a.test", transport) == asked


@pytest.mark.parametrize("server", ["", "localhost", "LocalHost", "192.0.2.1", "::1"])
def test_where_the_place_is_said_already_nobody_is_asked(server: str) -> None:
    assert question(server, "udp") == ""


def test_the_order_stays_and_a_domain_may_say_that_there_is_no_place() -> None:
    assert places([("b.test", 5080), ("a.test", 5060)]) == (("b.test", 5080), ("a.test", 5060))
    assert places([(".", 0)]) == ()


def test_a_domain_cannot_name_any_number_of_places() -> None:
    many = [(f"pbx{number}.test", 5060) for number in range(MOST_PLACES + 1)]
    assert places(many) == tuple(many[:MOST_PLACES])
