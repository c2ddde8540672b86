"""What the SIP library said, copied out of its callbacks as plain values; what to do is decided later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from agent_toolbar.engine.dialog_id import DialogId
from agent_toolbar.engine.refer_request import ReferRequest

_Owner = TypeVar("_Owner")
_Parameters = TypeVar("_Parameters")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InviteArrived:
    """call: the new LibraryCall, kept alive by this event; source: IP address; message: the whole INVITE.

    line: serial of the one whose account it landed on; where several are of one user, that may be an earlier one.
    """

    call: Any
    line: int
    key: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class InviteRejected:
    """The library refused an INVITE by itself (486 table full, 488 no common codec, 4xx malformed)."""

    sip_status: int
    sip_reason: str
    remote_uri: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """state: PJSIP_INV_STATE_*; message: as received, "" when the move has a local cause."""

    key: str
    state: int
    sip_status: int
    sip_reason: str
    sip_call_id: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class DialogAcknowledged:
    """An ACK came in this dialog, from anywhere."""

    dialog: DialogId


@dataclass(frozen=True, slots=True)
class MediaChanged:
    key: str


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message of a call's dialog arrived, or one of our requests came to its end.

    Attributes:
        ours: the transaction is one that we began.
        sip_status: of a response, 0 for a request.
        finished: the transaction of ours is over.
        message: as received; "" when the end was local (timeout, transport error).
    """

    key: str
    method: str
    ours: bool
    sip_status: int
    finished: bool
    message: str


@dataclass(frozen=True, slots=True)
class ReferNotified:
    """A NOTIFY about a REFER of ours came in this dialog.

    Attributes:
        cseq: of the REFER that it is about, 0 if it does not say.
        sip_status: of the target, 0 if it does not say.
        ends: no other will follow.
    """

    dialog: DialogId
    cseq: int
    sip_status: int
    sip_reason: str
    ends: bool


@dataclass(frozen=True, slots=True)
class TransferReported:
    """What the library says of our REFER: its acceptance (100 "Accepted"), its refusal, what the last NOTIFY said."""

    key: str
    sip_status: int
    sip_reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class DigitArrived:
    key: str
    digit: str


@dataclass(frozen=True, slots=True)
class RegistrationAnswered:
    """line: serial number of the line; status: of the library, 0 if fine; expires_s: granted, 0 when unregistered."""

    line: int
    status: int
    sip_status: int
    sip_reason: str
    expires_s: int
    message: str


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """A TCP connection ended; the library itself would only notice at the next REGISTER."""


@dataclass(frozen=True, slots=True)
class ReferRequested:
    """Somebody in a call sent REFER and was answered 202; the agent decides."""

    call_id: str
    request: ReferRequest


@dataclass(frozen=True, slots=True)
class TextArrived:
    """A MESSAGE out of dialog; `message` is the whole of it."""

    source: str
    content_type: str
    body: str
    message: str


@dataclass(frozen=True, slots=True)
class TextDelivered:
    """The final answer to a MESSAGE of ours, which `request` names; line: serial of the one that it left by."""

    line: int
    request: int
    sip_status: int
    sip_reason: str


@dataclass(frozen=True, slots=True)
class DialogStateNotified:
    """The PBX said by NOTIFY what dialogs somebody has (RFC 4235). message: as received."""

    message: str


CallEvent = CallProgressed | MediaChanged | MessageSeen | TransferReported | DigitArrived
LibraryEvent = (
    InviteArrived
    | InviteRejected
    | DialogAcknowledged
    | ReferNotified
    | ReferRequested
    | RegistrationAnswered
    | ConnectionLost
    | DialogStateNotified
    | TextArrived
    | TextDelivered
    | CallEvent
)


def contained(callback: Callable[[_Owner, _Parameters], None]) -> Callable[[_Owner, _Parameters], None]:
    """Keeps every exception inside a callback of the library.

    SystemExit would end the process there, and a traceback that sys keeps would hold a library object past its end.
    """

    @wraps(callback)
    def run(owner: _Owner, prm: _Parameters) -> None:
        try:
            callback(owner, prm)
        except BaseException as error:  # noqa: BLE001 - see above
            _log.error("callback %s failed: %s: %s", callback.__name__, type(error).__name__, error)

    return run
