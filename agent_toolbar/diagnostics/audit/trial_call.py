"""The audit's calls to the test number: each is ended, whatever happens in it. On the audit's thread."""

from __future__ import annotations

import time

from agent_toolbar.diagnostics.audit.facts import AuditFacts, CallHeard, Remark
from agent_toolbar.diagnostics.audit.questions import heard, product_of
from agent_toolbar.diagnostics.audit.sip_client import ALLOW, Dialog, SipClient, status_line, tokens_of
from agent_toolbar.diagnostics.audit.sound import Answer, SilentStream, offer, read_answer
from agent_toolbar.sip_text.sip_message import Fields, SipResponse

_ANSWER_S = 6.0
_LISTEN_S = 1.0
_SETTLE_S = 0.3  # what was under way before a hold still comes
_FIELDS: Fields = (
    ("Allow", ALLOW),
    ("Supported", "replaces, timer"),
    ("Session-Expires", "1800"),  # RFC 4028
    ("Min-SE", "90"),
    ("Content-Type", "application/sdp"),
)


def make_calls(client: SipClient, number: str, facts: AuditFacts) -> None:
    """Raises LinkError when the way to the PBX is lost; everything heard until then is in `facts`."""
    try:
        stream = SilentStream(client.local_address)
    except OSError as error:
        facts.remarks.append(Remark("No test call: no port for its sound ({detail}).", str(error.strerror)))
        return
    try:
        _plain_call(client, number, stream, facts)
        if facts.call.answer.accepted:
            _encrypted_call(client, number, stream, facts.call)
    except OSError as error:
        facts.remarks.append(Remark("The sound of the test call failed ({detail}).", str(error.strerror)))
    finally:
        stream.close()


def _plain_call(client: SipClient, number: str, stream: SilentStream, facts: AuditFacts) -> None:
    call, dialog = facts.call, client.dialog_to(number)
    response = client.ask("INVITE", dialog, _FIELDS, offer(client.local_address, stream.port, 1), within_s=_ANSWER_S)
    call.answer = heard(response)
    facts.product = facts.product or product_of(response)
    if not call.answer.accepted:
        return
    try:
        call.allow = tokens_of(response, "allow")
        call.supported = tokens_of(response, "supported")
        call.session_expires = next(iter(tokens_of(response, "session-expires")), "")
        answer = read_answer(response.body)
        if answer is not None and answer.port:
            call.codecs = answer.codecs
            call.packets = stream.count(answer, _LISTEN_S, sends=True)
            _hold(client, dialog, stream, answer, call)
    finally:
        call.ended = _end(client, dialog)


def _hold(client: SipClient, dialog: Dialog, stream: SilentStream, peer: Answer, call: CallHeard) -> None:
    """Asks for a hold (RFC 3264 section 8.4), and listens whether sound comes all the same."""
    held = offer(client.local_address, stream.port, 2, direction="sendonly")
    response = client.ask("INVITE", dialog, _FIELDS, held)
    call.hold = heard(response)
    answer = read_answer(response.body) if call.hold.accepted else None
    if answer is None:
        return
    call.hold_direction = answer.direction
    client.serve_until(time.monotonic() + _SETTLE_S)
    stream.drain()
    call.hold_packets = stream.count(peer, _LISTEN_S, sends=False)


def _encrypted_call(client: SipClient, number: str, stream: SilentStream, call: CallHeard) -> None:
    """A call that can be had with encrypted sound only (RFC 4568); no sound is sent in it."""
    dialog = client.dialog_to(number)
    description = offer(client.local_address, stream.port, 1, encrypted=True)
    response = client.ask("INVITE", dialog, _FIELDS, description, within_s=_ANSWER_S)
    call.srtp = heard(response)
    if call.srtp.accepted:
        call.srtp_taken = _is_encrypted(response)
        _end(client, dialog)


def _is_encrypted(response: SipResponse) -> bool:
    answer = read_answer(response.body)
    return answer is not None and answer.port > 0 and "SAVP" in answer.profile and answer.has_key


def _end(client: SipClient, dialog: Dialog) -> str:
    if dialog.call_id in client.ended:
        return "ended by the telephone system"
    return status_line(client.part("BYE", dialog))
