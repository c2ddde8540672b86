"""The SIP user agent: one account, up to four calls, commands in and events out. SIP thread only.

The library's callbacks only fill its mailbox; every decision is taken here, after the library gave control back.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pjsua2 as pj

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.errors import AccountError, AgentToolbarError, CallError
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine import library_events as said
from agent_toolbar.engine.call_operation import operation
from agent_toolbar.engine.call_session import CallSession, Surroundings
from agent_toolbar.engine.conference import Conference
from agent_toolbar.engine.context_key import Headers
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.dialog_id import DialogId, tag_of
from agent_toolbar.engine.dialog_store import DialogStore
from agent_toolbar.engine.feature_code_calls import CodeNeeds, FeatureCodeCalls
from agent_toolbar.engine.incoming import Doorkeeper, cause_of_rejection, incoming_call, refused_call
from agent_toolbar.engine.library import MAX_CALLS, Library
from agent_toolbar.engine.lines import Lines, LookUp
from agent_toolbar.engine.outgoing import dial
from agent_toolbar.engine.pj_call import Graveyard, LibraryCall
from agent_toolbar.engine.presence import PresenceWatch
from agent_toolbar.engine.registration_keeper import RegistrationKeeper
from agent_toolbar.engine.registration_proof import RegistrationProof
from agent_toolbar.engine.sip_headers import SipMessage
from agent_toolbar.engine.sound_bridge import BridgeClock, DeskSound, SoundBridge
from agent_toolbar.engine.taking_back import Recovery, TakingBack
from agent_toolbar.engine.text_messages import TextMessages
from agent_toolbar.engine.timer_queue import TimerQueue
from agent_toolbar.engine.transfer_requests import TransferRequests
from agent_toolbar.engine.transferring import Transferring

_log = logging.getLogger(__name__)

_MAX_ID = 64
_END_CALLS_S = 0.6
_END_REGISTRATION_S = 2.0
_PUMP_MS = 20


class UserAgent:
    """Owns every object of the library.

    Attributes:
        library: the library itself, for the thread that pumps it.
        timers: due actions of this thread.
    """

    def __init__(
        self,
        publish: Callable[[port.AnyEvent], None],
        post: Callable[[Callable[[], None]], None],
        look_up: LookUp,
        clock: Callable[[Library], BridgeClock],
        desk: DeskSound,
        *,
        store: DialogStore,
    ) -> None:
        """publish: takes events; post: runs something on this thread later; clock: made when the library stands;
        store: has been read."""
        self._publish = publish
        self.timers = TimerQueue()
        self.library = Library()
        self._graveyard = Graveyard()
        self._bridge = SoundBridge(self.library, clock(self.library), desk, self.timers)
        self._around = Surroundings(
            self.timers,
            self._graveyard,
            self._bridge.media,
            self._call_changed,
            self._refuse,
            self.library.guard.expect_notifies,
        )
        self._sessions: dict[str, CallSession] = {}
        self._transferring = Transferring(self._sessions, self.timers)
        self._requests = TransferRequests(self._sessions, self.timers, self._dial)
        self._conference = Conference(self._sessions)
        self._doorkeeper = Doorkeeper()
        self._lines = Lines(self.library, look_up, post)
        self._keeper = RegistrationKeeper(self.timers, self._lines.supply, self._registration_changed)
        needs = Recovery(
            self.library, self._around, self._lines.supply, self._begin, self._conference.confer, self._wake_sound
        )
        self._taking_back = TakingBack(needs, store)
        self._proof = RegistrationProof(self.timers, publish)
        self._texts = TextMessages(lambda: self._keeper.line, publish)
        self._codes = FeatureCodeCalls(
            CodeNeeds(
                self.timers,
                self._graveyard,
                self.library.mailbox,
                line=lambda: self._keeper.line,
                has_room=lambda: self._lines_taken < MAX_CALLS,
                keep_awake=self._bridge.keep_awake,
                publish=publish,
            )
        )
        self._presence = PresenceWatch(self.timers, publish)

    # -------------------------------------------------------------- commands

    def execute(self, command: port.AnyCommand) -> None:
        """Does what the toolbar says, or answers with CommandRefused."""
        try:
            others = (self._taking_back, self._texts, self._codes)
            if not any(one.execute(command) for one in others):
                self._execute(command)
        except AgentToolbarError as error:
            self._refuse(command.request, error.code, str(error))
        except pj.Error as error:
            self._refuse(command.request, "telephony_failed", str(error.reason))

    def _execute(self, command: port.AnyCommand) -> None:
        match command:
            case port.SetAccount(account=account):
                self._set_account(account)
            case port.Register():
                self._keeper.register()
            case port.Unregister():
                self._keeper.unregister()
            case port.WatchExtensions(extensions=extensions):
                self._presence.watch(extensions)
            case port.AskExtensions(extensions=extensions, request=request):
                self._presence.ask(extensions, request)
            case port.ProveRegistration(request=request):
                self._proof.ask(request, self._keeper.line)
            case port.RefuseCalls(refusing=refusing):
                self._doorkeeper.refuses_calls = refusing
            case port.Dial():
                self._dial(command)
            case _:
                self._execute_on_call(command)

    def _execute_on_call(self, command: port.AnyCommand) -> None:
        match command:
            case port.Answer(call=key):
                self._bridge.wake()
                self._session(key).answer()
            case port.HangUp(call=key, sip_status=status):
                self._session(key).hang_up(status)
            case port.Hold(call=key, request=request):
                self._session(key).set_held(held=True, request=request)
            case port.Resume(call=key, request=request):
                self._session(key).set_held(held=False, request=request)
            case port.Refer():
                self._transferring.refer(command)
            case port.AnswerTransferRequest():
                self._requests.answer(command)
            case port.Redirect():
                self._transferring.redirect(command)
            case port.Confer(calls=calls, request=request):
                self._bridge.wake()
                self._conference.confer(calls, request)
            case port.Silence(call=key, silenced=silenced):
                self._conference.silence(key, silenced=silenced)
            case port.Mute(call=key, muted=muted):
                self._session(key).set_muted(muted=muted)
            case port.SendDtmf(call=key, digits=digits):
                self._session(key).send_digits(digits)
            case _:
                raise CallError("unexpected_command", command=type(command).__name__)

    def _set_account(self, account: port.AccountConfig | None) -> None:
        if account is not None:
            try:
                sip_uri(f"{account.extension}@{account.server}", account.server)
            except CallError:
                raise AccountError("bad_account") from None
            if not 0 <= account.port <= 65535 or not 30 <= account.expires_s <= 86400:
                raise AccountError("bad_account")
        self._keeper.set_account(account)
        self._taking_back.set_account(account)

    def _dial(self, command: port.Dial, more: Headers = ()) -> None:
        line = self._keeper.line
        if line is None or line.account is None:
            raise CallError("not_registered")
        if not command.call or len(command.call) > _MAX_ID or command.call in self._sessions:
            raise CallError("bad_call_id")
        if self._lines_taken >= MAX_CALLS:
            raise CallError("lines_full")
        self._bridge.wake()
        call, snapshot = dial(line, command, self.library.mailbox, more)
        self._begin(CallSession(self._around, line, call, snapshot))

    # -------------------------------------------------------------- what the library said

    def handle_mailbox(self) -> None:
        """Call after each `library.handle_events`; never inside a callback."""
        mailbox = self.library.mailbox
        while mailbox:
            event = mailbox.popleft()
            try:
                self._handle(event)
            except AgentToolbarError as error:
                _log.warning("%s: %s", type(event).__name__, error)
            except pj.Error as error:
                _log.warning("%s: %s", type(event).__name__, error.reason)
        self._graveyard.clear()
        line = self._keeper.line
        state = self._keeper.snapshot.state
        self._presence.follow(line if state is RegistrationState.REGISTERED else None)
        self._taking_back.follow(line, registering=state is not RegistrationState.OFF)
        in_use = {session.line.serial for session in self._sessions.values()}
        in_use |= self._taking_back.lines | self._codes.lines | self._texts.lines
        for line in self._lines.close_retired(in_use, calls_leaving=len(self._graveyard) > 0):
            self._keeper.say_again(line)
        guard = self.library.guard
        guard.pbx_ips = line.pbx_ips if line is not None else frozenset()
        guard.our_hosts = guard.pbx_ips | ({line.config.server} if line is not None else set())
        guard.may_refer = frozenset(one.snapshot.sip_call_id for one in self._sessions.values() if one.may_be_asked)

    def _handle(self, event: said.LibraryEvent) -> None:
        if self._taking_back.took(event) or self._codes.took(event):
            return
        match event:
            case said.InviteArrived():
                self._arrived(event)
            case said.InviteRejected():
                self._rejected(event)
            case said.RegistrationAnswered():
                self._proof.on_answer(event)
                self._keeper.on_answer(event)
            case said.ConnectionLost():
                self._keeper.on_connection_lost()
            case said.DialogStateNotified(message=text):
                self._presence.on_notify(SipMessage(text))
            case said.TextArrived() | said.TextDelivered():
                self._texts.heard(event)
            case said.DialogAcknowledged() | said.ReferNotified() | said.ReferRequested():
                self._handle_in_dialog(event)
            case _:
                if event.key in self._sessions:  # else the call has ended for us already
                    self._tell(self._sessions[event.key], event)

    def _handle_in_dialog(self, event: said.DialogAcknowledged | said.ReferNotified | said.ReferRequested) -> None:
        match event:
            case said.DialogAcknowledged(dialog=dialog):
                for session in self._sessions_of(dialog):
                    session.on_acknowledged(dialog)
            case said.ReferRequested(call_id=call_id, request=request):
                for session in [one for one in self._sessions.values() if one.snapshot.sip_call_id == call_id]:
                    self._requests.came(session, request)
            case said.ReferNotified(dialog=dialog):
                for session in self._sessions_of(dialog):
                    session.on_notify(event)

    def _tell(self, session: CallSession, event: said.CallEvent) -> None:
        match event:
            case said.CallProgressed():
                session.on_progress(event)
            case said.MediaChanged():
                self._bridge.wake()
                session.on_media()
                self._conference.rewire()
            case said.MessageSeen():
                session.on_message(event)
            case said.TransferReported():
                session.refer.on_report(event)
            case said.DigitArrived(key=key, digit=digit):
                self._publish(port.DtmfReceived(call=key, digit=plain_text(digit, 1)))

    def _arrived(self, event: said.InviteArrived) -> None:
        message = SipMessage(event.message)
        line = self._keeper.line
        live = frozenset(session.snapshot.sip_call_id for session in self._sessions.values())
        known_ips = line.pbx_ips if line is not None else frozenset()
        refusal = self._doorkeeper.refusal(event, message, known_ips, live)
        call: LibraryCall = event.call
        landed_on = line if line is not None and line.serial == event.line else self._lines.retired(event.line)
        if refusal is not None or landed_on is None:
            status = refusal.sip_status if refusal is not None else 480
            self._graveyard.bury(call)
            call.hangup(operation(status))
            if refusal is not None and refusal.cause is not None:
                trusted = self._trusted(event.source)
                self._publish_ended(
                    refused_call(event.key, message, trusted=trusted, cause=refusal.cause, sip_status=status)
                )
            return
        snapshot = incoming_call(event.key, message, trusted=self._trusted(event.source))
        self._begin(CallSession(self._around, landed_on, call, snapshot, tag_of(message, "from")))
        call.answer(operation(180))

    def _rejected(self, event: said.InviteRejected) -> None:
        pbx_ips = self._keeper.line.pbx_ips if self._keeper.line is not None else frozenset()
        if not self._doorkeeper.may_report_rejected(event, pbx_ips):
            return
        self._publish_ended(
            refused_call(
                uuid4().hex,
                SipMessage(event.message),
                trusted=self._trusted(event.source),
                cause=cause_of_rejection(event.sip_status, from_pbx=event.source in pbx_ips),
                sip_status=event.sip_status,
                sip_reason=event.sip_reason,
            )
        )

    def _trusted(self, source: str) -> bool:
        line = self._keeper.line
        return line is not None and line.config.trusts_identity and source in line.pbx_ips

    # -------------------------------------------------------------- calls and lines

    def _session(self, key: str) -> CallSession:
        session = self._sessions.get(key)
        if session is None:
            raise CallError("call_not_found")
        return session

    def _sessions_of(self, dialog: DialogId) -> list[CallSession]:
        return [session for session in self._sessions.values() if session.snapshot.sip_call_id == dialog.call_id]

    def _begin(self, session: CallSession) -> None:
        self._sessions[session.snapshot.id] = session
        self._call_changed(session.snapshot)

    def _call_changed(self, snapshot: CallSnapshot) -> None:
        ended = None
        if snapshot.state is CallState.ENDED:
            self._sessions.pop(snapshot.id, None)
            ended = snapshot
        self._taking_back.note(snapshot, self._sessions.get(snapshot.id))
        self._bridge.follow(self._live_calls(), ended)
        self._publish(port.CallChanged(call=snapshot))
        self._conference.follow(snapshot)
        self._transferring.follow(snapshot)
        self._requests.follow(snapshot)

    def _live_calls(self) -> list[CallSnapshot]:
        return [session.snapshot for session in self._sessions.values()] + self._taking_back.snapshots

    def _wake_sound(self) -> None:
        self._bridge.wake()
        self._bridge.follow(self._live_calls(), None)

    def _publish_ended(self, snapshot: CallSnapshot) -> None:
        self._publish(port.CallChanged(call=replace(snapshot, state=CallState.ENDED)))

    def _registration_changed(self, snapshot: RegistrationSnapshot) -> None:
        self._publish(port.RegistrationChanged(registration=snapshot))

    def _refuse(self, request: int, code: str, detail: str) -> None:
        self._publish(port.CommandRefused(request=request, code=code, detail=plain_text(detail, 200)))

    @property
    def _lines_taken(self) -> int:
        """Of the library's calls. One of a feature code is among them for its few seconds."""
        return len(self._sessions) + len(self._taking_back) + len(self._codes)

    # -------------------------------------------------------------- the end

    def close(self) -> None:
        """Hangs up, unregisters and destroys the library, each within a bounded time."""
        for session in list(self._sessions.values()):
            try:
                session.hang_up()
            except AgentToolbarError as error:
                _log.warning("hang up at the end: %s", error)
                session.release()
        self._taking_back.close()
        self._codes.close()
        self._pump_until(lambda: not len(self._graveyard), _END_CALLS_S)
        self._presence.close()
        self._keeper.unregister()
        self._pump_until(lambda: self._keeper.line is None, _END_REGISTRATION_S)
        self._keeper.close()
        self._pump_until(lambda: not self._texts.lines, _END_CALLS_S)
        if self._keeper.line is not None:
            self._lines.supply.retire(self._keeper.line)
        self._lines.close()
        self._bridge.close()
        self._pump_until(lambda: False, 3 * _PUMP_MS / 1000)
        self._bridge.stop()
        self._graveyard = Graveyard()
        self.library.destroy()

    def _pump_until(self, done: Callable[[], bool], at_most_s: float) -> None:
        limit = time.monotonic() + at_most_s
        while not done() and time.monotonic() < limit:
            self.library.handle_events(_PUMP_MS)
            self.handle_mailbox()
            self.timers.run_due()
