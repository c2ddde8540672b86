"""Tells subscribers what the colleagues' telephones are doing (RFC 6665, RFC 4235). Runs on the asyncio loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from agent_toolbar.practice.dialog import Dialog, DialogName
from agent_toolbar.practice.dialog_info import CONTENT_TYPE, dialog_info
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.site import CAPABILITIES, contact_of
from agent_toolbar.practice.telephones import Telephones
from agent_toolbar.practice.transactions import Flow, ServerTransaction
from agent_toolbar.sip_text.sip_message import SipRequest, SipResponse, delta_seconds, parse_uri

PACKAGE = "dialog"
_DEFAULT_EXPIRES_S = 3600  # RFC 4235 section 3.4
_LONGEST_EXPIRES_S = 3600


class _Subscription:
    """One subscriber's view of one telephone."""

    def __init__(self, endpoint: SipEndpoint, subscribe: ServerTransaction, host: str, telephones: Telephones) -> None:
        request = subscribe.request
        self._endpoint = endpoint
        self._flow: Flow = subscribe.flow
        self._telephones = telephones
        self._event = request.first("event")  # with its id
        self._version = -1
        self._expiry: asyncio.TimerHandle | None = None
        self._dialog = Dialog.of_request(request, subscribe.to_tag, contact_of(host, subscribe.flow))
        self.extension = parse_uri(request.uri).user
        self._entity = f"sip:{self.extension}@{host}"
        self.over = False

    @property
    def name(self) -> DialogName:
        return self._dialog.name

    def renew(self, subscribe: ServerTransaction) -> None:
        """Answers a SUBSCRIBE, the first one too, and tells the state as each asks for (RFC 6665 section 4.2.1)."""
        request = subscribe.request
        self._dialog.remote_cseq = request.cseq[0]
        self._dialog.learn(request)
        expires_s = delta_seconds(request.first("expires"), _DEFAULT_EXPIRES_S, _LONGEST_EXPIRES_S)
        subscribe.respond(200, (("Contact", self._dialog.contact), ("Expires", str(expires_s))))
        self.stop()
        loop = asyncio.get_running_loop()
        self._ends_s = loop.time() + expires_s
        if expires_s:
            self._expiry = loop.call_at(self._ends_s, self._expire)
            self.notify()
        else:
            self._expire()

    def notify(self) -> None:
        left_s = max(0, round(self._ends_s - asyncio.get_running_loop().time()))
        self._version += 1
        fields = (
            ("Event", self._event),
            ("Subscription-State", "terminated;reason=timeout" if self.over else f"active;expires={left_s}"),
            ("Content-Type", CONTENT_TYPE),
        )
        state = self._telephones.state(self.extension)
        body = dialog_info(self.extension, self._entity, state, self._version)
        self._endpoint.request(self._dialog.request("NOTIFY", fields, body), self._flow, self._answered)

    def stop(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()

    def _expire(self) -> None:
        self.over = True
        self.notify()

    def _answered(self, response: SipResponse) -> None:
        """RFC 6665 section 4.2.2: who refuses a NOTIFY, or is gone, has no subscription any more."""
        if response.status >= 300:
            self.over = True
            self.stop()


class PresenceSubscriptions:
    """All subscriptions to the dialog state of the colleagues."""

    def __init__(self, endpoint: SipEndpoint, telephones: Telephones, host: Callable[[], str]) -> None:
        """host: our own "address:port" in URIs."""
        self._endpoint = endpoint
        self._telephones = telephones
        self._host = host
        self._subscriptions: list[_Subscription] = []
        telephones.on_change = self._changed

    def begin(self, subscribe: ServerTransaction) -> None:
        """Takes a SUBSCRIBE that belongs to no dialog and has proved the password."""
        request = subscribe.request
        if _package(request) != PACKAGE:
            subscribe.respond(489, CAPABILITIES)  # RFC 6665 section 4.2.1.1
        elif not self._telephones.exists(parse_uri(request.uri).user):
            subscribe.respond(404)
        else:
            self._forget_ended()
            subscription = _Subscription(self._endpoint, subscribe, self._host(), self._telephones)
            self._subscriptions.append(subscription)
            subscription.renew(subscribe)

    def renew(self, subscribe: ServerTransaction) -> None:
        """Takes a SUBSCRIBE inside a dialog; Expires 0 ends the subscription."""
        self._forget_ended()
        name = DialogName.of_request(subscribe.request)
        found = next((one for one in self._subscriptions if one.name == name), None)
        if found is None or _package(subscribe.request) != PACKAGE:
            subscribe.respond(481)
        else:
            found.renew(subscribe)

    def close(self) -> None:
        for subscription in self._subscriptions:
            subscription.stop()

    def _changed(self, extension: str) -> None:
        self._forget_ended()
        for subscription in self._subscriptions:
            if subscription.extension == extension:
                subscription.notify()

    def _forget_ended(self) -> None:
        self._subscriptions = [one for one in self._subscriptions if not one.over]


def _package(request: SipRequest) -> str:
    return request.first("event").partition(";")[0].strip().lower()
