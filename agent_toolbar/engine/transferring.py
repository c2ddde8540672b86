"""Sends parties elsewhere: REFER in the dialog of one call, about another call or not; 302. SIP thread only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.errors import AgentToolbarError, CallError
from agent_toolbar.engine.call_session import CallSession
from agent_toolbar.engine.context_key import key_headers
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.refer_exchange import ReferOrder
from agent_toolbar.engine.refer_target import address_with_headers, replaces_header
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_CANCEL_LIMIT_S = 3.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A REFER that waits until a call has given way. call: whose party is sent away."""

    call: str
    order: ReferOrder
    limit: TimerHandle


class Transferring:
    """The commands Refer and Redirect."""

    def __init__(self, sessions: Mapping[str, CallSession], timers: TimerQueue) -> None:
        """sessions: the live calls by id."""
        self._sessions = sessions
        self._timers = timers
        self._waiting: dict[str, _Waiting] = {}  # by the id of the call that gives way

    def refer(self, command: port.Refer) -> None:
        """Raises CallError, and sends nothing then."""
        session = self._session(command.call)
        session.require_connected()
        if command.replaces:
            self._refer_to_call(command, session, self._session(command.replaces))
            return
        order = _order(command, sip_uri(command.target, session.line.config.server))
        session.refer.begin(command.target)
        session.refer.order(order)

    def redirect(self, command: port.Redirect) -> None:
        session = self._session(command.call)
        uri = sip_uri(command.target, session.line.config.server)
        session.redirect(address_with_headers(uri, key_headers(command.context)))

    def follow(self, snapshot: CallSnapshot) -> None:
        """A call has changed. One that gave way has ended, or was answered before it could."""
        waiting = self._waiting.get(snapshot.id)
        if waiting is None or snapshot.state is not CallState.ENDED:
            return
        del self._waiting[snapshot.id]
        waiting.limit.cancel()
        session = self._sessions.get(waiting.call)
        if session is not None:
            session.refer.order(waiting.order)

    def _refer_to_call(self, command: port.Refer, session: CallSession, other: CallSession) -> None:
        if other is session:
            raise CallError("call_in_other_state", state=other.snapshot.state)
        target = command.target or other.snapshot.remote.number
        if other.snapshot.state in {CallState.DIALING, CallState.ALERTING}:
            self._refer_after(command, session, other, target)
            return
        other.require_connected()
        if other.dialog is None:
            raise CallError("call_in_other_state", state=other.snapshot.state)
        order = _order(command, _uri_of(other), replaces_header(other.dialog))
        session.refer.begin(target, replaces=other.snapshot.id)
        other.taken_over_by = session.refer.referral
        session.refer.order(order)

    def _refer_after(self, command: port.Refer, session: CallSession, other: CallSession, target: str) -> None:
        """Replaces needs a confirmed dialog: what still rings is cancelled, and its target called by the PBX."""
        key = other.snapshot.id
        order = _order(command, other.dialled_uri)
        session.refer.begin(target)
        limit = self._timers.after(_CANCEL_LIMIT_S, lambda: self._end_anyway(key))
        self._waiting[key] = _Waiting(command.call, order, limit)
        try:
            other.give_way()
        except AgentToolbarError:
            del self._waiting[key]
            limit.cancel()
            session.refer.abandon()
            raise

    def _end_anyway(self, key: str) -> None:
        if key in self._sessions:
            self._sessions[key].hang_up()

    def _session(self, key: str) -> CallSession:
        session = self._sessions.get(key)
        if session is None:
            raise CallError("call_not_found")
        return session


def _order(command: port.Refer, uri: str, replaces: tuple[tuple[str, str], ...] = ()) -> ReferOrder:
    headers = key_headers(command.context)
    return ReferOrder(address_with_headers(uri, replaces + headers), headers, command.request)


def _uri_of(other: CallSession) -> str:
    """Where the other party of a call is reached; beside Replaces the PBX knows it by the dialog, whatever this is."""
    if other.dialled_uri:
        return other.dialled_uri
    server = other.line.config.server
    try:
        return sip_uri(other.snapshot.remote.number, server)
    except CallError:
        return sip_uri("anonymous", server)
