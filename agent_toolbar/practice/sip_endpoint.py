"""Finds the transaction that each SIP message belongs to, and makes new ones. Runs on the asyncio loop."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.practice.transactions import ClientTransaction, Flow, OnResponse, ServerTransaction
from agent_toolbar.sip_text.sip_message import MalformedMessageError, SipRequest, SipResponse, parse_message

_BRANCH_COOKIE = "z9hG4bK"  # RFC 3261 section 8.1.1.7

OnRequest = Callable[[ServerTransaction], None]


class SipEndpoint:
    """Finds the transaction of each message; a new request goes to `on_request`."""

    def __init__(self, on_request: OnRequest) -> None:
        self._on_request = on_request
        self._clients: dict[tuple[str, str], ClientTransaction] = {}
        self._servers: dict[tuple[str, str, str], ServerTransaction] = {}

    def receive(self, raw: bytes, flow: Flow) -> None:
        """Takes one message. What is no SIP (keep-alives too) is dropped, as RFC 3261 section 18.3 lets a server do."""
        try:
            message = parse_message(raw)
        except MalformedMessageError:
            return
        if isinstance(message, SipResponse):
            client = self._clients.get((message.branch, message.cseq[1]))
            if client is not None:
                client.receive(message)
        elif message.method == "ACK":
            self._acknowledge(message)
        else:
            self._receive_request(message, flow)

    def request(self, request: SipRequest, flow: Flow, on_response: OnResponse) -> ClientTransaction:
        """Sends a request of ours; a Via with a new branch is put on top."""
        via = ("Via", f"{flow.via};rport;branch={_BRANCH_COOKIE}{secrets.token_hex(8)}")
        sent = replace(request, fields=(via, ("Max-Forwards", "70"), *request.fields))
        return self._send(sent, flow, on_response)

    def send_ack(self, ack: SipRequest, flow: Flow) -> None:
        """Sends the ACK of a 2xx, which is no transaction (RFC 3261 section 13.2.2.4)."""
        via = ("Via", f"{flow.via};rport;branch={_BRANCH_COOKIE}{secrets.token_hex(8)}")
        flow.send(replace(ack, fields=(via, ("Max-Forwards", "70"), *ack.fields)).to_bytes())

    def cancel(self, invite: ClientTransaction, flow: Flow) -> None:
        """Takes an INVITE of ours back."""
        self._send(invite.cancel_request(), flow, lambda _response: None)

    def close(self) -> None:
        """Stops all timers of transactions."""
        for client in self._clients.values():
            client.stop()
        for server in self._servers.values():
            server.stop()
        self._clients.clear()
        self._servers.clear()

    def _send(self, request: SipRequest, flow: Flow, on_response: OnResponse) -> ClientTransaction:
        client = ClientTransaction(request, flow, on_response, self._forget_client)
        self._clients[request.branch, request.method] = client
        return client

    def _forget_client(self, client: ClientTransaction) -> None:
        self._clients.pop((client.request.branch, client.request.method), None)

    def _forget_server(self, server: ServerTransaction) -> None:
        self._servers.pop(_server_key(server.request), None)

    def _receive_request(self, request: SipRequest, flow: Flow) -> None:
        key = _server_key(request)
        known = self._servers.get(key)
        if known is not None:
            known.receive_again()
            return
        transaction = self._servers[key] = ServerTransaction(request, flow, self._forget_server)
        if request.method == "CANCEL":
            self._cancel(transaction)
        else:
            self._on_request(transaction)

    def _acknowledge(self, ack: SipRequest) -> None:
        for server in list(self._servers.values()):
            invite = server.request
            if invite.method == "INVITE" and invite.call_id == ack.call_id and invite.cseq[0] == ack.cseq[0]:
                server.acknowledge()

    def _cancel(self, cancel: ServerTransaction) -> None:
        branch, call_id, _method = _server_key(cancel.request)
        invite = self._servers.get((branch, call_id, "INVITE"))
        cancel.respond(481 if invite is None else 200)
        if invite is not None and not invite.final_status:
            invite.on_cancel()


def _server_key(request: SipRequest) -> tuple[str, str, str]:
    return request.branch, request.call_id, request.method
