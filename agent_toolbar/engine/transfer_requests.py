"""REFERs that came in calls: put to the agent, their senders told what becomes of them (RFC 3515). SIP thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.errors import AgentToolbarError, CallError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.call_session import CallSession
from agent_toolbar.engine.context_key import Headers
from agent_toolbar.engine.refer_request import ReferRequest
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_PATIENCE_S = 30.0  # an agent who says nothing stays
_MAX_TARGET = 64
_TRYING, _RINGING, _OK, _TIMEOUT, _DECLINED = 100, 180, 200, 408, 603


@dataclass(frozen=True, slots=True)
class _Asked:
    request: ReferRequest
    limit: TimerHandle


class TransferRequests:
    """The command AnswerTransferRequest."""

    def __init__(
        self,
        sessions: Mapping[str, CallSession],
        timers: TimerQueue,
        dial: Callable[[port.Dial, Headers], None],
    ) -> None:
        """sessions: the live calls by id; dial: makes a call, with headers for its INVITE."""
        self._sessions = sessions
        self._timers = timers
        self._dial = dial
        self._asked: dict[str, _Asked] = {}
        self._obeyed: dict[str, str] = {}  # the call whose party asked, by the id of the one that was made for it
        self._ringing: set[str] = set()

    def came(self, session: CallSession, request: ReferRequest) -> None:
        """The PBX was answered 202 already; now something must be heard of it (RFC 3515 section 2.4.4)."""
        key = session.snapshot.id
        if key in self._asked or key in self._obeyed.values():
            session.notify_referrer(request.cseq, _DECLINED, "Declined")
            return
        session.notify_referrer(request.cseq, _TRYING, "Trying")
        self._asked[key] = _Asked(request, self._timers.after(_PATIENCE_S, lambda: self._end(key, _TIMEOUT, "Timeout")))
        session.show_request(plain_text(request.target, _MAX_TARGET))

    def answer(self, command: port.AnswerTransferRequest) -> None:
        """Raises CallError("not_asked") when nobody asks any more, and what dialling raises; then it is declined."""
        asked = self._asked.get(command.call)
        if asked is None:
            raise CallError("not_asked")
        if not command.accepted:
            self._end(command.call, _DECLINED, "Declined")
            return
        dial = port.Dial(call=command.new_call, target=asked.request.target, context=asked.request.context)
        try:
            self._dial(dial, asked.request.headers)
        except AgentToolbarError:
            self._end(command.call, _DECLINED, "Declined")
            raise
        asked.limit.cancel()
        self._obeyed[command.new_call] = command.call
        self._sessions[command.call].show_request("")

    def follow(self, snapshot: CallSnapshot) -> None:
        """A call has changed: one whose party asked, or one that was made for it."""
        if snapshot.id in self._asked and not snapshot.live:
            self._asked.pop(snapshot.id).limit.cancel()
        asker = self._obeyed.get(snapshot.id)
        if asker is None or asker not in self._asked:
            return
        if snapshot.state is CallState.ALERTING and snapshot.id not in self._ringing:
            self._ringing.add(snapshot.id)
            self._tell(asker, _RINGING, "Ringing")
        elif snapshot.state is CallState.CONNECTED:
            self._close(snapshot.id, asker, _OK, "OK")
        elif snapshot.state is CallState.ENDED:
            status = snapshot.sip_status if snapshot.sip_status >= 300 else _DECLINED
            self._close(snapshot.id, asker, status, snapshot.sip_reason or "Failed")

    def _close(self, new_call: str, asker: str, sip_status: int, reason: str) -> None:
        del self._obeyed[new_call]
        self._ringing.discard(new_call)
        self._tell(asker, sip_status, reason)
        del self._asked[asker]

    def _end(self, key: str, sip_status: int, reason: str) -> None:
        asked = self._asked.pop(key, None)
        session = self._sessions.get(key)
        if asked is not None and session is not None:
            asked.limit.cancel()
            session.notify_referrer(asked.request.cseq, sip_status, reason)
            session.show_request("")

    def _tell(self, asker: str, sip_status: int, reason: str) -> None:
        session = self._sessions.get(asker)
        if session is not None:
            session.notify_referrer(self._asked[asker].request.cseq, sip_status, reason)
