"""Takes the calls of a dead engine back by INVITE with Replaces (RFC 3891), and leaves one's own for a successor.

SIP thread only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
import pjsua2 as pj

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.errors import AgentToolbarError, CallError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxAddress, PbxLine
from agent_toolbar.engine.call_operation import operation
from agent_toolbar.engine.call_session import CallSession, Surroundings
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.dialog_id import dialog_of_answer
from agent_toolbar.engine.dialog_store import DialogStore, StoredCall
from agent_toolbar.engine.library import Library
from agent_toolbar.engine.library_events import CallProgressed, LibraryEvent
from agent_toolbar.engine.network_path import local_ip_towards
from agent_toolbar.engine.pj_call import NO_CALL_ID, LibraryCall
from agent_toolbar.engine.refer_target import replaces_header
from agent_toolbar.engine.registration_keeper import LineSupply
from agent_toolbar.engine.sip_headers import SipMessage
from agent_toolbar.engine.timer_queue import TimerHandle

_log = logging.getLogger(__name__)

ANSWER_LIMIT_S = 5.0
ACCOUNT_LIMIT_S = 120.0  # a person may have to type a password first
_REGISTER_FOLLOWS_S = 0.5
_STILL_ALIVE_EVERY_S = 30.0
_MAX_REASON = 80


@dataclass
class _Lost:
    """A call that is to be taken back.

    Attributes:
        call, line: of the attempt, None before there is one.
        unwanted: the agent hung up meanwhile; it is taken back all the same, to be ended at the PBX too.
    """

    stored: StoredCall
    snapshot: CallSnapshot
    call: LibraryCall | None = None
    line: PbxLine | None = None
    limit: TimerHandle | None = None
    unwanted: bool = False


@dataclass(frozen=True)
class Recovery:
    """What it needs of the user agent.

    Attributes:
        supply: for a line of its own where the account does not register.
        begin: takes the session of a call that is back.
        confer: mixes calls that are back.
        wake: called before the bridge is changed.
    """

    library: Library
    around: Surroundings
    supply: LineSupply
    begin: Callable[[CallSession], None]
    confer: Callable[[tuple[str, ...], int], None]
    wake: Callable[[], None]


class TakingBack:
    """From the start of the engine to the last answer about a call of its predecessor."""

    def __init__(self, needs: Recovery, store: DialogStore) -> None:
        """store: has been read, and what is in it told to the toolbar as reconnecting."""
        self._needs = needs
        self._timers = needs.around.timers
        self._store = store
        self._lost = {one.call.id: _Lost(one, reconnecting(one.call)) for one in store.calls}
        self._conferring: list[CallSession] = []
        self._account: port.AccountConfig | None = None
        self._registering = False
        if self._lost:
            self._timers.after(ACCOUNT_LIMIT_S, self._give_up_waiting)
        self._timers.after(_STILL_ALIVE_EVERY_S, self._still_alive)

    @property
    def snapshots(self) -> list[CallSnapshot]:
        """Of the calls that the agent still waits for."""
        return [lost.snapshot for lost in self._lost.values() if not lost.unwanted]

    @property
    def lines(self) -> set[int]:
        """Serial numbers of the lines in use."""
        return {lost.line.serial for lost in self._lost.values() if lost.line is not None}

    def __len__(self) -> int:
        return len(self._lost)

    # -------------------------------------------------------------- commands

    def set_account(self, account: port.AccountConfig | None) -> None:
        self._account = account
        if account is None:
            return
        for lost in list(self._lost.values()):
            stored = lost.stored
            if (stored.server.lower(), stored.extension) != (account.server.lower(), account.extension):
                self._end(lost, CallEndCause.ENGINE_LOST)
        if self._lost:
            self._timers.after(_REGISTER_FOLLOWS_S, self._reach)

    def execute(self, command: port.AnyCommand) -> bool:
        """True when the command was about a call that is not back yet. Raises CallError for what has to wait."""
        lost = self._lost.get(getattr(command, "call", ""))
        if lost is None:
            return False
        if isinstance(command, port.Dial):
            raise CallError("bad_call_id")
        if lost.unwanted:
            raise CallError("call_not_found")
        match command:
            case port.HangUp():
                self._hang_up(lost)
            case port.Mute(muted=muted):
                self._update(lost, muted=muted)
            case port.Hold():
                self._update(lost, held=True)
            case port.Resume():
                self._update(lost, held=False)
            case _:
                raise CallError("call_not_connected")
        return True

    # -------------------------------------------------------------- what happens around it

    def follow(self, line: PbxLine | None, *, registering: bool) -> None:
        """line: the account's present one; it need not have been answered yet. registering: there is or will be one."""
        self._registering = registering
        if line is not None:
            self._send_all(line)

    def note(self, snapshot: CallSnapshot, session: CallSession | None) -> None:
        """A call of this engine has changed: what a successor would need is on disk when this comes back."""
        if snapshot.state is CallState.ENDED:
            self._store.remove(snapshot.id)
        elif session is not None and session.dialog is not None and snapshot.state is CallState.CONNECTED:
            config = session.line.config
            self._store.put(StoredCall(config.server, config.extension, session.dialog, snapshot))

    def took(self, event: LibraryEvent) -> bool:
        """True when the library spoke of a call that is being taken back."""
        lost = self._lost.get(getattr(event, "key", ""))
        if lost is None or lost.call is None:
            return False
        if isinstance(event, CallProgressed):
            if event.state == pj.PJSIP_INV_STATE_DISCONNECTED:
                self._refused(lost, event)
            elif event.state in {pj.PJSIP_INV_STATE_CONNECTING, pj.PJSIP_INV_STATE_CONFIRMED}:
                self._returned(lost, event)
        return True

    def close(self) -> None:
        """The engine ends: nothing is left for a successor."""
        for lost in list(self._lost.values()):
            self._end(lost, CallEndCause.HUNG_UP)

    # -------------------------------------------------------------- the attempt

    def _reach(self) -> None:
        """With CTI off nobody registers, but the call is ours all the same."""
        account = self._account
        if account is not None and not self._registering and any(lost.call is None for lost in self._lost.values()):
            self._needs.supply.look_up(account, lambda addresses: self._reached(account, addresses))

    def _reached(self, account: port.AccountConfig, addresses: tuple[PbxAddress, ...]) -> None:
        if account != self._account or self._registering or not addresses:
            return
        address = addresses[0]
        local_ip = local_ip_towards(address.ip, address.port)
        if not local_ip:
            return
        pbx_ips = frozenset(one.ip for one in addresses)
        try:
            line = self._needs.supply.open(account, address, local_ip, pbx_ips)
        except AgentToolbarError as error:
            _log.warning("no line for the calls of the engine before: %s", error)
            return
        self._send_all(line)
        self._needs.supply.retire(line)  # it lasts as long as its calls do

    def _send_all(self, line: PbxLine) -> None:
        for lost in list(self._lost.values()):
            if lost.call is None:
                self._send(lost, line)

    def _send(self, lost: _Lost, line: PbxLine) -> None:
        """To an extension that exists, as the PBX looks for that first: our own."""
        config = line.config
        lost.stored = msgspec.structs.replace(lost.stored, attempts=lost.stored.attempts + 1)
        self._store.put(lost.stored)
        self._needs.wake()
        headers = (("Require", "replaces"), *replaces_header(lost.stored.dialog))
        call = LibraryCall(line.account, NO_CALL_ID, lost.snapshot.id, self._needs.library.mailbox)
        try:
            call.makeCall(sip_uri(config.extension, config.server), operation(headers=headers))
        except pj.Error as error:
            self._end(lost, CallEndCause.ENGINE_LOST, reason=str(error.reason))
            return
        lost.call, lost.line = call, line
        lost.limit = self._timers.after(ANSWER_LIMIT_S, lambda: self._silent(lost))

    def _returned(self, lost: _Lost, event: CallProgressed) -> None:
        """A 2xx: the PBX has put this dialog in the place of the lost one."""
        call, line = lost.call, lost.line
        assert call is not None  # `took` looked
        assert line is not None
        if lost.unwanted:
            self._forget(lost)
            self._hang_up_library(call)
            return
        self._lost.pop(lost.snapshot.id)
        self._cancel_limit(lost)
        snapshot = replace(lost.snapshot, reconnecting=False, reconnected_s=time.time(), sip_call_id=event.sip_call_id)
        dialog = dialog_of_answer(SipMessage(event.message))
        session = CallSession(self._needs.around, line, call, snapshot, dialog=dialog)
        self._needs.begin(session)
        session.on_progress(event)
        if snapshot.in_conference:
            self._conferring.append(session)
        self._confer_again()

    def _refused(self, lost: _Lost, event: CallProgressed) -> None:
        said = bool(event.message)
        reason = plain_text(event.sip_reason, _MAX_REASON) if said else ""
        self._end(lost, CallEndCause.ENGINE_LOST, event.sip_status if said else 0, reason)

    def _silent(self, lost: _Lost) -> None:
        self._end(lost, CallEndCause.ENGINE_LOST)

    def _hang_up(self, lost: _Lost) -> None:
        lost.unwanted = True
        self._tell_ended(lost, CallEndCause.HUNG_UP, 0, "")

    def _give_up_waiting(self) -> None:
        for lost in list(self._lost.values()):
            if lost.call is None:
                self._end(lost, CallEndCause.ENGINE_LOST)

    # -------------------------------------------------------------- inside

    def _end(self, lost: _Lost, cause: CallEndCause, sip_status: int = 0, reason: str = "") -> None:
        call = lost.call
        self._forget(lost)
        if call is not None:
            self._hang_up_library(call)
        if not lost.unwanted:
            self._tell_ended(lost, cause, sip_status, reason)
        self._confer_again()

    def _confer_again(self) -> None:
        """When it is known who of a conference is back."""
        if any(snapshot.in_conference for snapshot in self.snapshots):
            return
        back = [session for session in self._conferring if session.snapshot.live]
        self._conferring = []
        if len(back) > 1:
            self._needs.confer(tuple(session.snapshot.id for session in back), 0)
        elif back:
            back[0].leave_conference()

    def _forget(self, lost: _Lost) -> None:
        self._lost.pop(lost.snapshot.id, None)
        self._store.remove(lost.snapshot.id)
        self._cancel_limit(lost)

    def _tell_ended(self, lost: _Lost, cause: CallEndCause, sip_status: int, reason: str) -> None:
        self._update(
            lost,
            state=CallState.ENDED,
            ended_s=time.time(),
            end_cause=cause,
            ended_by=CallParty.LOCAL,
            sip_status=sip_status,
            sip_reason=reason,
            reconnecting=False,
            held=False,
            in_conference=False,
            silenced=False,
        )

    def _update(self, lost: _Lost, **changes: object) -> None:
        lost.snapshot = replace(lost.snapshot, **changes)  # type: ignore[arg-type]
        if lost.snapshot.live:
            lost.stored = msgspec.structs.replace(lost.stored, call=lost.snapshot)
            self._store.put(lost.stored)
        self._needs.around.changed(lost.snapshot)

    def _hang_up_library(self, call: LibraryCall) -> None:
        self._needs.around.graveyard.bury(call)
        try:
            if call.exists and call.isActive():
                call.hangup(operation())
        except pj.Error as error:
            _log.warning("an attempt to take a call back does not end: %s", error.reason)

    @staticmethod
    def _cancel_limit(lost: _Lost) -> None:
        if lost.limit is not None:
            lost.limit.cancel()

    def _still_alive(self) -> None:
        self._timers.after(_STILL_ALIVE_EVERY_S, self._still_alive)
        if self._store.calls:
            self._store.write()


def reconnecting(call: CallSnapshot) -> CallSnapshot:
    """The call as a toolbar is shown it until the PBX has answered.

    What a REFER of the dead engine has come to will never be known, and nothing is under way any more.
    """
    refer = replace(call.refer, final=True) if call.refer is not None else None
    return replace(call, reconnecting=True, refer=refer, changing_hold=False, remote_held=False, quality=None)
