"""Tells the transferer what became of its REFER (RFC 3515 section 2.4). Runs on the asyncio loop."""

from __future__ import annotations

from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.transactions import Flow
from agent_toolbar.sip_text.sip_message import REASONS, SipResponse

_EXPIRES_S = 180


class ReferSubscription:
    """The subscription that a REFER makes. A final status ends it; so does a transferer who refuses a NOTIFY."""

    def __init__(self, endpoint: SipEndpoint, flow: Flow, dialog: Dialog, cseq: int) -> None:
        """cseq: of the REFER; it tells the referrals of one dialog apart (section 2.4.6)."""
        self._endpoint = endpoint
        self._flow = flow
        self._dialog = dialog
        self._event = f"refer;id={cseq}"
        self._over = False

    def notify(self, status: int) -> None:
        """Reports the status with which the target answers."""
        if self._over:
            return
        final = status >= 200
        fields = (
            ("Event", self._event),
            ("Subscription-State", "terminated;reason=noresource" if final else f"active;expires={_EXPIRES_S}"),
            ("Content-Type", "message/sipfrag;version=2.0"),
        )
        body = f"SIP/2.0 {status} {REASONS[status]}\r\n".encode()
        self._endpoint.request(self._dialog.request("NOTIFY", fields, body), self._flow, self._answered)
        self._over = final

    def _answered(self, response: SipResponse) -> None:
        if response.status >= 300:
            self._over = True
