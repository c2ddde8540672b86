"""How a well-behaved engine reacts to commands, without SIP: shared by the fake process and the in-process double."""

from __future__ import annotations

import os
import time
from dataclasses import replace

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState


class EngineScript:
    """State of a pretended engine. `react` gives back the events that a command causes, in order."""

    def __init__(self) -> None:
        self.started_s = time.time()
        self.account: wire.AccountConfig | None = None
        self.registration = RegistrationSnapshot()
        self.audio = AudioSnapshot()
        self.calls: dict[str, CallSnapshot] = {}

    def snapshot(self) -> wire.EngineSnapshot:
        return wire.EngineSnapshot(
            pid=os.getpid(),
            started_s=self.started_s,
            registration=self.registration,
            audio=self.audio,
            calls=tuple(self.calls.values()),
            has_account=self.account is not None,
        )

    def offer(self, call_id: str, number: str, name: str = "") -> wire.CallChanged:
        """A customer calls."""
        return self._put(
            CallSnapshot(
                id=call_id,
                direction=CallDirection.INCOMING,
                state=CallState.RINGING,
                remote=Identity(number=number, name=name, source=IdentitySource.P_ASSERTED_IDENTITY),
                sip_call_id=f"{call_id}@pbx",
                started_s=time.time(),
                ringing_s=time.time(),
            )
        )

    def react(self, command: wire.AnyCommand) -> list[wire.AnyEvent]:  # one line per command
        match command:
            case wire.SetAccount(account=account):
                self.account = account
                return []
            case wire.Register():
                return [self._registered()]
            case wire.Unregister():
                self.registration = RegistrationSnapshot()
                return [wire.RegistrationChanged(registration=self.registration)]
            case wire.Dial(call=call, target=target):
                return self._dial(call, target)
            case wire.Answer() | wire.Hold() | wire.Resume() | wire.Mute() | wire.HangUp() | wire.SendDtmf():
                return [self._change(command)]
            case _:
                return []

    def _registered(self) -> wire.AnyEvent:
        if self.account is None:
            self.registration = RegistrationSnapshot(
                state=RegistrationState.REFUSED, fault=RegistrationFault.NO_ACCOUNT
            )
        else:
            self.registration = RegistrationSnapshot(
                state=RegistrationState.REGISTERED,
                sip_status=200,
                sip_reason="OK",
                server=self.account.server,
                extension=self.account.extension,
                registered_s=time.time(),
                expires_s=self.account.expires_s,
            )
        return wire.RegistrationChanged(registration=self.registration)

    def _dial(self, call_id: str, target: str) -> list[wire.AnyEvent]:
        call = CallSnapshot(
            id=call_id,
            direction=CallDirection.OUTGOING,
            state=CallState.DIALING,
            remote=Identity(number=target, source=IdentitySource.DIALLED),
            sip_call_id=f"{call_id}@desk",
            started_s=time.time(),
        )
        return [self._put(call), self._put(replace(call, state=CallState.ALERTING, sip_status=180))]

    def _change(self, command: wire.AnyCommand) -> wire.AnyEvent:
        call = self.calls.get(command.call)  # type: ignore[union-attr]
        if call is None:
            return wire.CommandRefused(request=command.request, code="call_not_found")
        match command:
            case wire.Answer():
                changed = replace(call, state=CallState.CONNECTED, answered_s=time.time(), sip_status=200)
            case wire.Hold():
                changed = replace(call, held=True)
            case wire.Resume():
                changed = replace(call, held=False)
            case wire.Mute(muted=muted):
                changed = replace(call, muted=muted)
            case wire.SendDtmf(digits=digits):
                changed = replace(call, digits_sent=call.digits_sent + digits)
            case _:
                cause = CallEndCause.HUNG_UP if call.answered_s else CallEndCause.DECLINED
                changed = replace(
                    call, state=CallState.ENDED, ended_s=time.time(), end_cause=cause, ended_by=CallParty.LOCAL
                )
        return self._put(changed)

    def _put(self, call: CallSnapshot) -> wire.CallChanged:
        if call.live:
            self.calls[call.id] = call
        else:
            self.calls.pop(call.id, None)
        return wire.CallChanged(call=call)
