"""A PBX that only its domain's SRV records name is found where they say, as the engine finds it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from agent_toolbar.application.ports.doctor import AuditRequest, Finding, ProbeResult, ServerAddress
from agent_toolbar.diagnostics.audit import SipAuditor
from agent_toolbar.diagnostics.network_probes import SocketProbes
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.ui.service_records import Places, QtServiceRecords
from tests.fakes.name_server import NameServer
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.integration.probes.test_network_probes import answer_to, udp_server

DOMAIN = "pbx-of-records.invalid"
HERE = "127.0.0.1"


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    server = NameServer({f"_sip._udp.{DOMAIN}": [(20, 0, 5070, "127.0.0.2"), (10, 0, 5080, HERE)]})
    yield server
    server.stop()


def looked_up(qtbot: QtBot, server: NameServer, host: str, transport: str = "udp") -> Places:
    found: list[Places] = []
    records = QtServiceRecords(QCoreApplication.instance(), server.address)  # as in a toolbar, it lives to the end
    records.look_up(host, transport, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=8_000)
    return found[0]


def test_the_places_of_a_domain_come_in_the_order_of_their_priority(qtbot: QtBot, name_server: NameServer) -> None:
    assert looked_up(qtbot, name_server, DOMAIN) == ((HERE, 5080), ("127.0.0.2", 5070))


@pytest.mark.parametrize(("transport", "asked"), [("tcp", "_sip._tcp"), ("tls", "_sips._tcp")])
def test_each_transport_has_records_of_its_own(
    qtbot: QtBot, name_server: NameServer, transport: str, asked: str
) -> None:
    assert looked_up(qtbot, name_server, DOMAIN, transport) == ()
    assert name_server.asked == [f"{asked}.{DOMAIN}"]


def test_a_name_server_that_is_silent_does_not_hold_it_up(qtbot: QtBot, name_server: NameServer) -> None:
    name_server.silent = True
    assert looked_up(qtbot, name_server, DOMAIN) == ()


@pytest.mark.parametrize("host", [HERE, "::1", "localhost", ""])
def test_an_address_asks_nobody(qtbot: QtBot, name_server: NameServer, host: str) -> None:
    assert looked_up(qtbot, name_server, host) == ()
    assert name_server.asked == []


class Records:
    """Implements ServiceRecords."""

    def __init__(self, *places: tuple[str, int]) -> None:
        self._places = places

    def look_up(self, _server: str, _transport: str, on_result: Callable[[Places], None]) -> None:
        on_result(self._places)


def asked(question: str, records: Records, server: str = DOMAIN, port: int = 0) -> ProbeResult:
    dispatcher = QueueDispatcher()
    found: list[ProbeResult] = []
    getattr(SocketProbes(dispatcher, 1.0, records), question)(ServerAddress(server, port, "udp"), found.append)
    dispatcher.run_until(lambda: bool(found), what=question)
    return found[0]


def test_a_domain_without_an_address_of_its_own_is_known_by_its_records() -> None:
    assert asked("names", Records()).code == "unknown_name"
    found = asked("names", Records((HERE, 5080)))
    assert (found.finding, found.params) == (Finding.FINE, {"server": DOMAIN, "address": HERE})


def test_the_pbx_is_asked_where_the_records_say_also_at_the_second_place() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind((HERE, 0))
        nobody = closed.getsockname()[1]
    with udp_server(lambda _count, request: answer_to(request)) as (port, _):
        found = asked("transport", Records((HERE, nobody), (HERE, port)))
    assert found.finding is Finding.FINE
    assert found.params is not None
    assert (found.params["server"], found.params["port"]) == (DOMAIN, port)


def test_with_a_port_the_records_are_not_asked() -> None:
    with udp_server(lambda _count, request: answer_to(request)) as (port, _):
        found = asked("transport", Records(("127.0.0.9", 9)), HERE, port)
    assert found.finding is Finding.FINE


def test_a_server_with_an_address_of_version_6_only_is_named_as_such() -> None:
    assert asked("names", Records(), "::1").code == "only_ipv6"


def test_the_audit_asks_where_the_records_say(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    outcomes: list[tuple[Path, ...] | AgentToolbarError] = []
    with udp_server(lambda _count, _request: b"") as (port, received):
        request = AuditRequest(DOMAIN, 0, "udp", "1001", "", "secret", "", tmp_path)
        SipAuditor(dispatcher, Records((HERE, port))).audit(request, outcomes.append)
        dispatcher.run_until(lambda: bool(outcomes), 40, "the report")
    assert received[0].startswith(f"OPTIONS sip:{DOMAIN} SIP/2.0".encode())
