"""Makes a call as the toolbar dials it. SIP thread only."""

from __future__ import annotations

import time
from collections import deque

import pjsua2 as pj

from agent_toolbar.application.ports.telephony import Dial
from agent_toolbar.domain.call import CallDirection, CallSnapshot, CallState
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.call_operation import operation
from agent_toolbar.engine.context_key import Headers, key_headers
from agent_toolbar.engine.dial_target import sip_uri, user_part
from agent_toolbar.engine.library import library_error
from agent_toolbar.engine.library_events import LibraryEvent
from agent_toolbar.engine.pj_call import NO_CALL_ID, LibraryCall

_MAX_NUMBER = 64


def dial(
    line: PbxLine, command: Dial, mailbox: deque[LibraryEvent], more: Headers = ()
) -> tuple[LibraryCall, CallSnapshot]:
    """Sends the INVITE, with `more` headers.

    Raises CallError for what cannot be dialled and EngineError when the library refuses.
    """
    uri = sip_uri(command.target, line.config.server)
    headers = key_headers(command.context) + more
    if line.account is None:
        raise CallError("not_registered")
    call = LibraryCall(line.account, NO_CALL_ID, command.call, mailbox)
    try:
        call.makeCall(uri, operation(headers=headers))
    except pj.Error as error:
        raise library_error(error, "dial_failed") from None
    remote = Identity(
        number=plain_text(user_part(uri), _MAX_NUMBER),
        name=plain_text(command.display_name),
        uri=uri,
        source=IdentitySource.DIALLED,
    )
    return call, CallSnapshot(
        id=command.call,
        direction=CallDirection.OUTGOING,
        state=CallState.DIALING,
        remote=remote,
        sip_call_id=str(call.getInfo().callIdString),
        started_s=time.time(),
        context_key=command.context,
        consult_for=command.consult_for,
    )
