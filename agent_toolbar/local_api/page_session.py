"""The conversation with one connected page, whatever carries it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentError, AgentToolbarError, LinkError
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.local_api import messages
from agent_toolbar.local_api.access_control import TokenBucket
from agent_toolbar.local_api.page_reading import PageView, agent_events, call_events
from agent_toolbar.local_api.pairing import EXPIRES_S, TRIES, Why

BURST = 30
PER_S = 10.0
DIAL_COST = 5.0  # so that six requests to dial are all that a second holds

POLICY_VIOLATION = 1008  # close codes: RFC 6455 section 7.4.1
UNSUPPORTED_DATA = 1003


class PageWire(Protocol):
    """One accepted connection. close: code and at most 123 bytes of English, for who writes the page."""

    origin: str

    def send(self, text: str) -> None: ...

    def close(self, code: int, words: str) -> None: ...


class PageGate(Protocol):
    """Who is let in."""

    def knows(self, origin: str, token: str) -> bool: ...

    def begin_pairing(self, session: PageSession) -> None:
        """Raises LinkError as Pairing.begin does."""

    def finish_pairing(self, session: PageSession, code: str) -> str:
        """The new token. Raises LinkError as Pairing.try_code does."""

    def expect_hello(self, session: PageSession) -> None:
        """Who says nothing that is to the point for some seconds is not kept."""

    def bring_up(self) -> None:
        """The toolbar comes to the front."""

    @property
    def page_view(self) -> PageView: ...


class PageSession:
    """Before `is_open` only hello, pair and pair_code are heard; everything else ends the connection."""

    def __init__(self, wire: PageWire, gate: PageGate, toolbar: Toolbar, clock: Clock) -> None:
        self.origin = wire.origin
        self.is_open = False
        self.is_closed = False
        self._wire = wire
        self._gate = gate
        self._toolbar = toolbar
        self._bucket = TokenBucket(clock.now_s, burst=BURST, per_s=PER_S)
        self._topics: frozenset[str] = frozenset()
        self._told: PageView | None = None

    # ------------------------------------------------------------------ what the wire says

    def heard(self, text: str) -> None:
        """One text frame."""
        if self.is_closed:
            return
        try:
            request = messages.parse_request(text)
        except messages.BadMessageError as fault:
            self._bad_message(messages.id_of(text), str(fault))
            return
        if not self._bucket.take(DIAL_COST if isinstance(request, messages.Dial) else 1.0):
            self.close(POLICY_VIOLATION, "too many messages")
            return
        try:
            self._handle(request)
        except AgentToolbarError as error:
            self._refuse(request.id, error)

    def heard_binary(self) -> None:
        self.close(UNSUPPORTED_DATA, "text frames only")

    def close(self, code: int, words: str) -> None:
        if not self.is_closed:
            self.is_closed = True
            self._wire.close(code, words)

    def gone(self) -> None:
        """The connection is closed; what the page asked for before still stands before the person."""
        self.is_closed = True

    # ------------------------------------------------------------------ what the toolbar says

    def show(self, view: PageView) -> None:
        """The toolbar's state is another one."""
        before, self._told = self._told, view
        if before is None or not self.is_open:
            return
        if "calls" in self._topics:
            for event in call_events(before, view):
                self._send(event)
        if "agent" in self._topics:
            for event in agent_events(before, view):
                self._send(event)

    def pairing_over(self, why: Why) -> None:
        self._send(messages.PairingOver(why=why))
        self._gate.expect_hello(self)

    # ------------------------------------------------------------------ requests

    def _handle(self, request: messages.AnyRequest) -> None:
        match request:
            case messages.Hello() | messages.Pair() | messages.PairCode() if self.is_open:
                raise LinkError("page_already_paired")
            case messages.Hello():
                self._hello(request)
            case messages.Pair():
                self._gate.begin_pairing(self)
                self._send(messages.PairingBegun(re=request.id, expires_s=EXPIRES_S, tries=TRIES))
            case messages.PairCode():
                token = self._gate.finish_pairing(self, request.code)
                self.is_open = True
                self._send(messages.Paired(re=request.id, token=token, origin=self.origin, wrap_up=self._may_wrap_up))
            case _ if not self.is_open:
                self._refuse(request.id, LinkError("page_not_paired"))
                self.close(POLICY_VIOLATION, "say hello first")
            case messages.Dial():
                self._dial(request)
            case messages.Show():
                self._gate.bring_up()
                self._send(messages.Done(re=request.id))
            case messages.Subscribe():
                self._subscribe(request)
            case messages.SetSubject():
                self._toolbar.note(request.text, self._meant(request.call))
                self._send(messages.Done(re=request.id))
            case messages.SetDisposition():
                self._set_disposition(request)
            case messages.SetWrapUp():
                self._set_wrap_up(request)

    def _hello(self, request: messages.Hello) -> None:
        if not self._gate.knows(self.origin, request.token):
            self._refuse(request.id, LinkError("page_not_paired"))
            self.close(POLICY_VIOLATION, "not paired")
            return
        self.is_open = True
        self._send(messages.Welcome(re=request.id, origin=self.origin, wrap_up=self._may_wrap_up))

    def _dial(self, request: messages.Dial) -> None:
        settled_at_once: list[messages.DialSettled] = []
        send: Callable[[messages.DialSettled], None] = settled_at_once.append

        def settled(call_id: str) -> None:
            send(messages.DialSettled(re=request.id, call=call_id or None))

        asked = self._toolbar.request_dial(request.number, DialSource.PAGE, self.origin, settled)
        if asked and not settled_at_once:
            self._gate.bring_up()
        self._send(messages.Asked(re=request.id, waits=bool(asked)))
        send = self._send
        for event in settled_at_once:  # the answer comes first
            self._send(event)

    def _subscribe(self, request: messages.Subscribe) -> None:
        self._topics = frozenset(request.topics)
        view = self._told = self._gate.page_view
        calls, agent = "calls" in self._topics, "agent" in self._topics
        self._send(
            messages.Snapshot(
                re=request.id,
                calls=view.calls if calls else (),
                current=view.current if calls else "",
                transfer=view.transfer if calls else None,
                wrap_up=view.wrap_up if calls else None,
                agent=view.agent if agent else None,
            )
        )

    def _set_disposition(self, request: messages.SetDisposition) -> None:
        self._require_wrap_up_of(request.call)
        self._toolbar.edit_wrap_up(disposition=request.disposition)
        self._send(messages.Done(re=request.id))

    def _set_wrap_up(self, request: messages.SetWrapUp) -> None:
        if not self._may_wrap_up:
            raise LinkError("page_no_wrap_up")
        if request.open:
            self._toolbar.begin_wrap_up(request.call)
        else:
            self._require_wrap_up_of(request.call)
            self._toolbar.finish_wrap_up()
        self._send(messages.Done(re=request.id))

    @property
    def _may_wrap_up(self) -> bool:
        return self._toolbar.settings.local_api.wrap_up

    def _meant(self, call_id: str) -> str:
        """A page can write about calls that are live, just ended or being wrapped up, not about the whole journal."""
        state = self._toolbar.state
        wrap_up = state.wrap_up.wrap_up.call if state.wrap_up is not None else ""
        known = {view.call.id for view in (*state.calls, *state.just_ended)} | {wrap_up}
        if call_id and call_id not in known:
            raise LinkError("page_unknown_call")
        return call_id or (wrap_up if not state.current else "")

    def _require_wrap_up_of(self, call_id: str) -> None:
        wrap_up = self._toolbar.state.wrap_up
        if wrap_up is None or call_id not in {"", wrap_up.wrap_up.call}:
            raise AgentError("no_wrap_up")

    # ------------------------------------------------------------------ inside

    def _bad_message(self, re: int, why: str) -> None:
        """A page of another version is told what it said wrong; a stranger is not talked to."""
        if not self.is_open:
            self.close(POLICY_VIOLATION, "not a message of this version")
        elif self._bucket.take():
            self._send(messages.Refused(re=re, code="bad_message", text=why))
        else:
            self.close(POLICY_VIOLATION, "too many messages")

    def _refuse(self, re: int, error: AgentToolbarError) -> None:
        self._send(messages.Refused(re=re, code=error.code, text=error_text(error)))

    def _send(self, message: messages.AnyAnswer | messages.AnyEvent) -> None:
        if not self.is_closed:
            self._wire.send(messages.encode(message))
