"""The doctor's questions to the network, with plain sockets: each on a short thread, answered on the GUI thread."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from functools import partial

from agent_toolbar.application.ports.doctor import Finding, ProbeResult, ServerAddress
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.diagnostics.certificate_probe import look_at_certificate
from agent_toolbar.diagnostics.sip_options import options_over_tcp, options_over_tls, options_over_udp
from agent_toolbar.domain.text import plain_text

LIMIT_S = 3.0
_SIP_PORT, _SIPS_PORT = 5060, 5061
_SOMEWHERE = (
    "192.0.2.1"  # RFC 5737: nobody; says whether there is a way out of this network when the PBX has no address
)
_SERVER_LENGTH = 80

_OnResult = Callable[[ProbeResult], None]


class SocketProbes:
    """Implements NetworkProbes; each question takes two times LIMIT_S at most."""

    def __init__(self, dispatcher: Dispatcher, limit_s: float = LIMIT_S) -> None:
        self._dispatcher = dispatcher
        self._limit_s = limit_s
        self._closed = False

    def network(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(partial(_network, address, self._limit_s), on_result)

    def names(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(partial(_names, address, self._limit_s), on_result)

    def transport(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(partial(_transport, address, self._limit_s), on_result)

    def certificate(self, address: ServerAddress, on_result: _OnResult) -> None:
        self._ask(partial(_certificate, address, self._limit_s), on_result)

    def close(self) -> None:
        """Questions that are under way are not answered any more."""
        self._closed = True

    def _ask(self, question: Callable[[], ProbeResult], on_result: _OnResult) -> None:
        def answer(result: ProbeResult) -> None:
            if not self._closed:
                on_result(result)

        def probe() -> None:
            result = question()
            self._dispatcher.post(lambda: answer(result))

        threading.Thread(target=probe, name="network-probe", daemon=True).start()


# ------------------------------------------------------------------ on the probe's thread


def _network(address: ServerAddress, limit_s: float) -> ProbeResult:
    try:
        host = _resolve(address.server, limit_s)
    except OSError:
        host = _SOMEWHERE
    try:
        own = _own_address(host)
    except OSError:
        return ProbeResult(Finding.WRONG, "no_network", {"server": address.server})
    if ipaddress.ip_address(own).is_loopback and not ipaddress.ip_address(host).is_loopback:
        return ProbeResult(Finding.WRONG, "no_network", {"server": address.server})
    return ProbeResult(Finding.FINE, params={"address": own})


def _names(address: ServerAddress, limit_s: float) -> ProbeResult:
    params: dict[str, str | int | float] = {"server": address.server}
    try:
        found = _resolve(address.server, limit_s)
    except TimeoutError:
        return ProbeResult(Finding.WRONG, "names_silent", params)
    except OSError:
        return ProbeResult(Finding.WRONG, "unknown_name", params)
    return ProbeResult(Finding.FINE, params={**params, "address": found})


def _transport(address: ServerAddress, limit_s: float) -> ProbeResult:
    port = address.port or (_SIPS_PORT if address.transport == "tls" else _SIP_PORT)
    params: dict[str, str | int | float] = {
        "server": address.server,
        "port": port,
        "transport": address.transport.upper(),
    }
    options = {"udp": options_over_udp, "tcp": options_over_tcp, "tls": options_over_tls}[address.transport]
    try:
        answer = options(_resolve(address.server, limit_s), port, limit_s)
    except ConnectionRefusedError:
        return ProbeResult(Finding.WRONG, "port_closed", params)
    except TimeoutError:
        return ProbeResult(Finding.WRONG, "no_sip_answer", params)
    except OSError as fault:
        return ProbeResult(Finding.WRONG, "not_reached", {**params, "detail": fault.strerror or str(fault)})
    software = plain_text(answer.server, _SERVER_LENGTH)
    return ProbeResult(Finding.FINE, params={**params, "status": answer.sip_status, "software": software})


def _certificate(address: ServerAddress, limit_s: float) -> ProbeResult:
    if address.transport != "tls":
        return ProbeResult(Finding.UNKNOWN, "not_encrypted", {"transport": address.transport})
    try:
        host = _resolve(address.server, limit_s)
    except OSError as fault:
        return ProbeResult(Finding.UNKNOWN, "certificate_not_seen", {"server": address.server, "detail": str(fault)})
    return look_at_certificate(host, address.port or _SIPS_PORT, address.server, limit_s)


def _own_address(host: str) -> str:
    """The local address that packets to `host` leave from; a connected UDP socket sends nothing. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.connect((host, _SIP_PORT))
        return str(udp.getsockname()[0])


def _resolve(server: str, limit_s: float) -> str:
    """The first IPv4 address. Raises TimeoutError when the resolver hangs, OSError for a name that is unknown."""
    found: list[str] = []
    faults: list[OSError] = []

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(server, None, socket.AF_INET, socket.SOCK_DGRAM)
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
