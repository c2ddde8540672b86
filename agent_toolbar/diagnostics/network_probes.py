"""The doctor's questions to the network, with plain sockets: each on a short thread, answered on the GUI thread."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from functools import partial

from agent_toolbar.application.ports.doctor import Finding, ProbeResult, ServerAddress, ServiceRecords
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.diagnostics.certificate_probe import look_at_certificate
from agent_toolbar.diagnostics.sip_options import options_over_tcp, options_over_tls, options_over_udp
from agent_toolbar.domain.text import plain_text

LIMIT_S = 3.0
_MAX_PLACES = 2  # a domain may name more, but the answer is awaited
_SIP_PORT, _SIPS_PORT = 5060, 5061
_SOMEWHERE = (
    "192.0.2.1"  # RFC 5737: nobody; says whether there is a way out of this network when the PBX has no address
)
_SERVER_LENGTH = 80

Places = tuple[tuple[str, int], ...]
_OnResult = Callable[[ProbeResult], None]
_Question = Callable[[Places], ProbeResult]


class SocketProbes:
    """Implements NetworkProbes; each question takes three times LIMIT_S at most."""

    def __init__(self, dispatcher: Dispatcher, limit_s: float = LIMIT_S, records: ServiceRecords | None = None) -> None:
        """`records`: asked where the PBX is when the account names no port."""
        self._records = records
        self._dispatcher = dispatcher
        self._limit_s = limit_s
        self._closed = False

    def network(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(address, partial(_network, address, self._limit_s), on_result)

    def names(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(address, partial(_names, address, self._limit_s), on_result)

    def transport(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(address, partial(_transport, address, self._limit_s), on_result)

    def certificate(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(address, partial(_certificate, address, self._limit_s), on_result)

    def close(self) -> None:
        """Questions that are under way are not answered any more."""
        self._closed = True

    def _ask(self, address: ServerAddress, question: _Question, on_result: _OnResult) -> None:
        def answer(result: ProbeResult) -> None:
            if not self._closed:
                on_result(result)

        def located(places: Places) -> None:
            named = places[:_MAX_PLACES] or ((address.server, address.port or _usual_port(address)),)

            def probe() -> None:
                result = question(named)
                self._dispatcher.post(lambda: answer(result))

            threading.Thread(target=probe, name="network-probe", daemon=True).start()

        if address.port or self._records is None:
            located(())
        else:
            self._records.look_up(address.server, address.transport, located)


# ------------------------------------------------------------------ on the probe's thread


def _usual_port(address: ServerAddress) -> int:
    return _SIPS_PORT if address.transport == "tls" else _SIP_PORT


def _network(address: ServerAddress, limit_s: float, places: Places) -> ProbeResult:
    try:
        host, _ = _first(places, limit_s)
    except OSError:
        host = _SOMEWHERE  # an unknown name is not this question's matter
    try:
        own = _own_address(host)
    except OSError:
        return ProbeResult(Finding.WRONG, "no_network", {"server": address.server})
    if ipaddress.ip_address(own).is_loopback and not ipaddress.ip_address(host).is_loopback:
        return ProbeResult(Finding.WRONG, "no_network", {"server": address.server})
    return ProbeResult(Finding.FINE, params={"address": own})


def _names(address: ServerAddress, limit_s: float, places: Places) -> ProbeResult:
    params: dict[str, str | int | float] = {"server": address.server}
    try:
        found, _ = _first(places, limit_s)
    except TimeoutError:
        return ProbeResult(Finding.WRONG, "names_silent", params)
    except OSError:
        if any(_has_only_ipv6(host, limit_s) for host, _ in places):
            return ProbeResult(Finding.WRONG, "only_ipv6", params)
        return ProbeResult(Finding.WRONG, "unknown_name", params)
    return ProbeResult(Finding.FINE, params={**params, "address": found})


def _transport(address: ServerAddress, limit_s: float, places: Places) -> ProbeResult:
    """Of the first place that answers, else of the first that was asked."""
    results = []
    for host, port in places:
        results.append(_transport_at(address, host, port, limit_s))
        if results[-1].finding is Finding.FINE:
            return results[-1]
    return results[0]


def _transport_at(address: ServerAddress, host: str, port: int, limit_s: float) -> ProbeResult:
    params: dict[str, str | int | float] = {
        "server": address.server,
        "port": port,
        "transport": address.transport.upper(),
    }
    options = {"udp": options_over_udp, "tcp": options_over_tcp, "tls": options_over_tls}[address.transport]
    try:
        answer = options(_resolve(host, limit_s), port, limit_s)
    except ConnectionRefusedError:
        return ProbeResult(Finding.WRONG, "port_closed", params)
    except TimeoutError:
        return ProbeResult(Finding.WRONG, "no_sip_answer", params)
    except OSError as fault:
        return ProbeResult(Finding.WRONG, "not_reached", {**params, "detail": fault.strerror or str(fault)})
    software = plain_text(answer.server, _SERVER_LENGTH)
    return ProbeResult(Finding.FINE, params={**params, "status": answer.sip_status, "software": software})


def _certificate(address: ServerAddress, limit_s: float, places: Places) -> ProbeResult:
    if address.transport != "tls":
        return ProbeResult(Finding.UNKNOWN, "not_encrypted", {"transport": address.transport})
    try:
        host, port = _first(places, limit_s)
    except OSError as fault:
        return ProbeResult(Finding.UNKNOWN, "certificate_not_seen", {"server": address.server, "detail": str(fault)})
    return look_at_certificate(host, port, address.server, limit_s)


def _own_address(host: str) -> str:
    """The local address that packets to `host` leave from; a connected UDP socket sends nothing. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.connect((host, _SIP_PORT))
        return str(udp.getsockname()[0])


def _first(places: Places, limit_s: float) -> tuple[str, int]:
    """IPv4 address and port of the first place whose name is known. Raises as _resolve does for the last one."""
    for host, port in places[:-1]:
        try:
            return _resolve(host, limit_s), port
        except OSError:
            continue
    return _resolve(places[-1][0], limit_s), places[-1][1]


def _has_only_ipv6(host: str, limit_s: float) -> bool:
    """The name is known, but the telephone part speaks IPv4 only."""
    try:
        _resolve(host, limit_s, socket.AF_INET6)
    except OSError:
        return False
    return True


def _resolve(server: str, limit_s: float, family: socket.AddressFamily = socket.AF_INET) -> str:
    """The first address of this family. Raises TimeoutError when the resolver hangs, OSError for an unknown name."""
    found: list[str] = []
    faults: list[OSError] = []

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(server, None, family, socket.SOCK_DGRAM)
        except UnicodeError as fault:
            faults.append(OSError(str(fault)))
        except OSError as fault:
            faults.append(fault)
        else:
            found.append(str(entries[0][4][0]))

    # getaddrinfo cannot be interrupted, so a hanging one is left behind
    looking = threading.Thread(target=look_up, name="resolve", daemon=True)
    looking.start()
    looking.join(limit_s)
    if found:
        return found[0]
    raise faults[0] if faults else TimeoutError(server)
