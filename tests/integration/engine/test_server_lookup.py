"""SRV and A records are asked for in order, on a name server of the test's own."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from agent_toolbar.domain.registration import Transport
from agent_toolbar.engine.account import PbxAddress
from agent_toolbar.engine.server_lookup import LookupRequest, ServerLookup
from tests.fakes.name_server import NameServer


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    server = NameServer({"_sip._udp.pbx.test": [(20, 0, 5070, "127.0.0.2"), (10, 0, 5080, "127.0.0.1")]})
    yield server
    server.stop()


_asked: list[ServerLookup] = []  # each lives as long as Qt may still speak to what it asked, as in an engine


@pytest.fixture(autouse=True, scope="module")
def _let_go_at_the_end() -> Iterator[None]:
    yield
    _asked.clear()


def look_up(qtbot: QtBot, server: NameServer, host: str, port: int = 0) -> tuple[PbxAddress, ...]:
    lookup = ServerLookup(server.address)
    _asked.append(lookup)
    results: list[tuple[PbxAddress, ...]] = []
    lookup.look_up(LookupRequest(host, port, Transport.UDP, results.append))
    qtbot.waitUntil(lambda: bool(results), timeout=8000)
    return results[0]


def test_srv_targets_come_in_the_order_of_their_priority(qtbot: QtBot, name_server: NameServer) -> None:
    assert look_up(qtbot, name_server, "pbx.test") == (PbxAddress("127.0.0.1", 5080), PbxAddress("127.0.0.2", 5070))


@pytest.fixture
def _host_in_the_hosts_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system's resolver says of pbx.test, which no name server knows."""
    system = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: system(host.replace("pbx.test", "localhost"), *rest))


@pytest.mark.usefixtures("_host_in_the_hosts_file")
def test_a_host_without_srv_is_asked_at_5060(qtbot: QtBot, name_server: NameServer) -> None:
    name_server.records = {}

    assert look_up(qtbot, name_server, "pbx.test") == (PbxAddress("127.0.0.1", 5060),)
    assert name_server.asked == ["_sip._udp.pbx.test"]


@pytest.mark.usefixtures("_host_in_the_hosts_file")
def test_a_name_server_that_is_silent_does_not_hold_it_up(qtbot: QtBot, name_server: NameServer) -> None:
    name_server.silent = True

    assert look_up(qtbot, name_server, "pbx.test") == (PbxAddress("127.0.0.1", 5060),)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_with_a_port_asks_nobody(qtbot: QtBot, name_server: NameServer, host: str) -> None:
    assert look_up(qtbot, name_server, host, 5090) == (PbxAddress("127.0.0.1", 5090),)
    assert name_server.asked == []


@pytest.mark.parametrize("host", ["pbx.invalid", "no host", "", "a..b", "-x"])
def test_an_unknown_or_impossible_host_has_no_address(qtbot: QtBot, name_server: NameServer, host: str) -> None:
    assert look_up(qtbot, name_server, host, 5060) == ()
