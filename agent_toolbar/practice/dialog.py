"""What two user agents remember of a call between messages (RFC 3261 section 12), and requests made from it. Pure."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from agent_toolbar.sip_text.sip_message import Fields, SipMessage, SipRequest, parameters_of, parse_address


@dataclass(frozen=True, slots=True)
class DialogName:
    """A dialog as its receiver knows it: local_tag is the receiver's."""

    call_id: str
    local_tag: str
    remote_tag: str

    @classmethod
    def of_request(cls, request: SipRequest) -> DialogName:
        """The dialog that this request belongs to."""
        return cls(request.call_id, request.to_tag, request.from_tag)

    @classmethod
    def of_replaces(cls, value: str) -> DialogName:
        """The dialog that a Replaces header means (RFC 3891 section 6.1); one without tags means none that exists."""
        call_id, _, rest = value.partition(";")
        tags = parameters_of(rest)
        return cls(call_id.strip(), tags.get("to-tag", ""), tags.get("from-tag", ""))


@dataclass(slots=True)
class Dialog:
    """One dialog as seen by the practice line.

    Attributes:
        local, remote: From and To of our requests, tags included once they are known.
        remote_target: where in-dialog requests go (the peer's Contact).
        contact: our own Contact.
    """

    call_id: str
    local: str
    remote: str
    remote_target: str
    contact: str
    local_cseq: int = field(default_factory=lambda: secrets.randbelow(10_000) + 1)
    remote_cseq: int = 0

    @classmethod
    def of_request(cls, request: SipRequest, local_tag: str, contact: str) -> Dialog:
        """The callee's side of a dialog that this INVITE opens."""
        return cls(
            call_id=request.call_id,
            local=f"{request.first('to')};tag={local_tag}",
            remote=request.first("from"),
            remote_target=parse_address(request.first("contact")).uri,
            contact=contact,
            remote_cseq=request.cseq[0],
        )

    @property
    def name(self) -> DialogName:
        tags = (parse_address(value).parameters.get("tag", "") for value in (self.local, self.remote))
        return DialogName(self.call_id, *tags)

    def learn(self, message: SipMessage) -> None:
        """Takes over the peer's Contact (target refresh, RFC 3261 section 12.2)."""
        target = parse_address(message.first("contact")).uri
        if target:
            self.remote_target = target

    def request(self, method: str, fields: Fields = (), body: bytes = b"", *, cseq: int = 0) -> SipRequest:
        """The next request in this dialog; an ACK bears the number of its INVITE in `cseq`."""
        if not cseq:
            self.local_cseq += 1
        return SipRequest(
            method=method,
            uri=self.remote_target,
            fields=(
                ("From", self.local),
                ("To", self.remote),
                ("Call-ID", self.call_id),
                ("CSeq", f"{cseq or self.local_cseq} {method}"),
                ("Contact", self.contact),
                *fields,
            ),
            body=body,
        )
