"""Looks at the certificate that a PBX shows over TLS, as this system's trust store sees it. Blocks; probe's thread."""

from __future__ import annotations

import socket
import ssl
import time

from agent_toolbar.application.ports.doctor import Finding, ProbeResult

SOON_DAYS = 14
_OTHER = "certificate_not_trusted"
_CODES = {  # X509_V_ERR_... of OpenSSL's x509_vfy.h
    9: "certificate_not_yet",
    10: "certificate_expired",
    18: "certificate_self_signed",
    19: "certificate_unknown_issuer",
    20: "certificate_unknown_issuer",
    21: "certificate_unknown_issuer",
    62: "certificate_wrong_name",
    64: "certificate_wrong_name",
}


def look_at_certificate(address: str, port: int, server: str, limit_s: float) -> ProbeResult:
    """`server` is the name that the certificate must carry (RFC 5922 section 7.2)."""
    params: dict[str, str | int | float] = {"server": server}
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((address, port), limit_s) as plain,
            context.wrap_socket(plain, server_hostname=server) as peer,
        ):
            shown = peer.getpeercert() or {}
    except ssl.SSLCertVerificationError as fault:
        code = _CODES.get(fault.verify_code, _OTHER)
        return ProbeResult(Finding.WRONG, code, {**params, "detail": fault.verify_message})
    except OSError as fault:  # ssl.SSLError is one
        detail = fault.reason if isinstance(fault, ssl.SSLError) and fault.reason else str(fault.strerror or fault)
        return ProbeResult(Finding.UNKNOWN, "certificate_not_seen", {**params, "detail": detail})
    days = int((ssl.cert_time_to_seconds(str(shown["notAfter"])) - time.time()) // 86_400)
    if days < SOON_DAYS:
        return ProbeResult(Finding.WARNING, "certificate_ends_soon", {**params, "days": days})
    return ProbeResult(Finding.FINE, params={**params, "days": days})
