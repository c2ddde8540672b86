"""Names a dialog (RFC 3261 section 12) from the messages that confirm it, for a Replaces header. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from agent_toolbar.engine.sip_headers import SipMessage, parse_address


@dataclass(frozen=True, slots=True)
class DialogId:
    """A confirmed dialog, exactly as it stood on the wire.

    Attributes:
        local_tag: ours; remote_tag: of the other end.
    """

    call_id: str
    local_tag: str
    remote_tag: str


def tag_of(message: SipMessage, header: str) -> str:
    """The tag of From or To, "" if there is none."""
    return parse_address(message.first(header)).parameters.get("tag", "")


def dialog_of_answer(answer: SipMessage) -> DialogId | None:
    """The dialog that a 2xx to our INVITE confirms; None if it names none."""
    return _dialog(answer.first("call-id"), tag_of(answer, "from"), tag_of(answer, "to"))


def dialog_of_request(request: SipMessage) -> DialogId | None:
    """The dialog that a request of the other end belongs to; None if it names none."""
    return _dialog(request.first("call-id"), tag_of(request, "to"), tag_of(request, "from"))


def _dialog(call_id: str, local_tag: str, remote_tag: str) -> DialogId | None:
    return DialogId(call_id, local_tag, remote_tag) if call_id and local_tag and remote_tag else None
