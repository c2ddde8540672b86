"""What the domain of a PBX is asked for, and what its answer means (SRV, RFC 3263 section 4.1); it asks nobody."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

ANSWER_WITHIN_MS = 2_000
MOST_PLACES = 8
_SERVICES = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}


def question(server: str, transport: str) -> str:
    """The name whose SRV records are asked for, "" where there is nothing to ask: for an address, or this computer."""
    if not server or server.lower() == "localhost" or _is_address(server):
        return ""
    return f"{_SERVICES[transport]}.{server}"


def places(records: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Host and port of each place to try, of records in their order; "." says that there is none (RFC 2782)."""
    return tuple(record for record in records if record[0] != ".")[:MOST_PLACES]


def _is_address(server: str) -> bool:
    try:
        ipaddress.ip_address(server)
    except ValueError:
        return False
    return True
