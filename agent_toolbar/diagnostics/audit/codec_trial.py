"""Whether the PBX takes any of our sound formats: one call to the test number, ended at once. On its own thread."""

from __future__ import annotations

import time

from agent_toolbar.application.ports.doctor import AuditRequest, Finding, ProbeResult
from agent_toolbar.diagnostics.audit.sip_client import NO_ANSWER, Identity, SipClient
from agent_toolbar.diagnostics.audit.sip_link import LinkError, address_of, open_link
from agent_toolbar.diagnostics.audit.sound import SilentStream, offer, read_answer

TRIAL_S = 5.0
_LOOK_S = 2.0
_SIP_PORT = 5060
_NOTHING_IN_COMMON = {415, 488, 606}  # RFC 3261 sections 21.4.13, 21.4.26 and 21.6.4


def try_codecs(request: AuditRequest, codecs: tuple[str, ...]) -> ProbeResult:
    """FINE, WRONG with "no_common_codec", else UNKNOWN; in 10 s at most."""
    port = request.port or _SIP_PORT
    where = request.server if port == _SIP_PORT else f"{request.server}:{port}"
    identity = Identity(where, request.extension, request.auth_user, request.password)
    try:
        address = address_of(request.server, _LOOK_S)
        link = open_link(request.transport, address, port, _LOOK_S, server_name=request.server)
    except LinkError:
        return ProbeResult(Finding.UNKNOWN, "test_call_not_made", {"status": ""})
    try:
        return _call(SipClient(link, identity, time.monotonic() + TRIAL_S), request.test_number, codecs)
    except (LinkError, OSError):
        return ProbeResult(Finding.UNKNOWN, "test_call_not_made", {"status": ""})
    finally:
        link.close()


def _call(client: SipClient, number: str, codecs: tuple[str, ...]) -> ProbeResult:
    stream = SilentStream(client.local_address)
    try:
        dialog = client.dialog_to(number)
        body = offer(client.local_address, stream.port, 1, codecs=codecs)
        response = client.ask("INVITE", dialog, (("Content-Type", "application/sdp"),), body, within_s=TRIAL_S)
        if 200 <= response.status < 300 and dialog.call_id not in client.ended:
            client.part("BYE", dialog)
    finally:
        stream.close()
    params: dict[str, str | int | float] = {"codecs": ", ".join(codecs)}
    if response.status in _NOTHING_IN_COMMON:
        return ProbeResult(Finding.WRONG, "no_common_codec", params)
    answer = read_answer(response.body)
    if 200 <= response.status < 300:
        refused = answer is not None and not answer.port
        return (
            ProbeResult(Finding.WRONG, "no_common_codec", params)
            if refused
            else ProbeResult(Finding.FINE, params=params)
        )
    status = "" if response.status == NO_ANSWER else str(response.status)
    return ProbeResult(Finding.UNKNOWN, "test_call_not_made", {"status": status})
