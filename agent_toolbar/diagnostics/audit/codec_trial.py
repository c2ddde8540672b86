"""Whether the PBX takes any of our sound formats: one call to the test number, ended at once. On its own thread."""

from __future__ import annotations

import time

from agent_toolbar.application.ports.doctor import AuditRequest, Finding, ProbeResult
from agent_toolbar.diagnostics.audit.sip_client import NO_ANSWER, Identity, SipClient
from agent_toolbar.diagnostics.audit.sip_link import LinkError, open_place
from agent_toolbar.diagnostics.audit.sound import SilentStream, offer, read_answer

TRIAL_S = 5.0
_LOOK_S = 2.0
_SIP_PORT = 5060
_NOTHING_IN_COMMON = {415, 488, 606}  # RFC 3261 sections 21.4.13, 21.4.26 and 21.6.4


def try_codecs(request: AuditRequest, codecs: tuple[str, ...]) -> ProbeResult:
    """FINE, WRONG with "no_common_codec", else UNKNOWN; in 10 s at most."""
    where = f"{request.server}:{request.port}" if request.port not in {0, _SIP_PORT} else request.server
    identity = Identity(where, request.extension, request.auth_user, request.password)
    try:
        link, _ = open_place(request, _LOOK_S, _LOOK_S)
    except LinkError:
        return ProbeResult(Finding.UNKNOWN, "test_call_silent")
    try:
        return _call(SipClient(link, identity, time.monotonic() + TRIAL_S), request.test_number, codecs)
    except (LinkError, OSError):
        return ProbeResult(Finding.UNKNOWN, "test_call_silent")
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
    if response.status == NO_ANSWER:
        return ProbeResult(Finding.UNKNOWN, "test_call_silent")
    return ProbeResult(Finding.UNKNOWN, "test_call_not_made", {"status": response.status})
