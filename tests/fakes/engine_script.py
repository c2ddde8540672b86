"""How a well-behaved engine reacts to commands, without SIP: shared by the fake process and the in-process double."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import msgspec

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import (
    CallDirection,
    CallEndCause,
    CallParty,
    CallSnapshot,
    CallState,
    ReferProgress,
)
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState

_UNANSWERED = frozenset({CallState.DIALING, CallState.ALERTING})


class EngineScript:
    """State of a pretended engine. `react` gives back the events that a command causes, in order.

    Attributes:
        proof: what the PBX answers to a REGISTER that is to prove the registration.
        level: of the microphone while levels are watched, None for an engine that never measures.
        refer_statuses: what the PBX says of each REFER after it accepted it, the last is final; none: silence.
    """

    def __init__(self) -> None:
        self.refer_statuses: tuple[int, ...] = (200,)
        self.level: float | None = 0.6
        self.presence: tuple[ExtensionPresence, ...] = ()
        own = "192.168.1.20:5060"
        self.proof = wire.RegistrationProved(
            request=0, sip_status=200, took_ms=8.0, server="Fake PBX", contact=own, via_received=own
        )
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
            presence=self.presence,
        )

    def offer(self, call_id: str, number: str, name: str = "", *, context: str = "") -> wire.CallChanged:
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
                context_key=context,
            )
        )

    def react(self, command: wire.AnyCommand) -> list[wire.AnyEvent]:  # one line per command
        match command:
            case wire.SetAccount(account=account):
                self.account = account
                return []
            case wire.Register():
                return [self._registered()]
            case wire.ProveRegistration(request=request):
                return [msgspec.structs.replace(self.proof, request=request)]
            case wire.WatchLevels(watching=True) if self.level is not None:
                return [wire.LevelsMeasured(microphone=self.level, speaker=0.0)]
            case wire.Unregister():
                self.registration = RegistrationSnapshot()
                return [wire.RegistrationChanged(registration=self.registration)]
            case wire.Dial():
                return self._dial(command)
            case wire.Refer():
                return self._refer(command)
            case wire.Confer(calls=calls):
                return self._confer(command, calls)
            case wire.WatchExtensions(extensions=extensions):
                self.presence = tuple(ExtensionPresence(one, Presence.FREE) for one in extensions)
                return [wire.PresenceChanged(presence=self.presence)]
            case (
                wire.Answer()
                | wire.Hold()
                | wire.Resume()
                | wire.Mute()
                | wire.HangUp()
                | wire.SendDtmf()
                | wire.Redirect()
                | wire.Silence()
            ):
                return [self._change(command), *self._leave_conference()]
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

    def _dial(self, command: wire.Dial) -> list[wire.AnyEvent]:
        call = CallSnapshot(
            id=command.call,
            direction=CallDirection.OUTGOING,
            state=CallState.DIALING,
            remote=Identity(number=command.target, source=IdentitySource.DIALLED),
            sip_call_id=f"{command.call}@desk",
            started_s=time.time(),
            context_key=command.context,
            consult_for=command.consult_for,
        )
        return [self._put(call), self._put(replace(call, state=CallState.ALERTING, sip_status=180))]

    def _refer(self, command: wire.Refer) -> list[wire.AnyEvent]:
        call, other = self.calls.get(command.call), self.calls.get(command.replaces)
        if call is None or (command.replaces and other is None):
            return [wire.CommandRefused(request=command.request, code="call_not_found")]
        if call.state is not CallState.CONNECTED:
            return [wire.CommandRefused(request=command.request, code="call_in_other_state")]
        if call.refer is not None and not call.refer.final:
            return [wire.CommandRefused(request=command.request, code="transfer_in_progress")]
        events: list[wire.AnyEvent] = []
        progress = ReferProgress(command.target or (other.remote.number if other is not None else ""))
        if other is not None and other.state in _UNANSWERED:
            events.append(self._put(replace(call, refer=progress)))
            events.append(self._end(other, CallEndCause.CANCELLED))
        elif other is not None:
            progress = replace(progress, replaces=other.id)
        progress = replace(progress, sent_s=time.time())
        steps = [progress, replace(progress, accepted=True)]
        for sip_status in self.refer_statuses:
            final = sip_status >= 200
            steps.append(replace(progress, accepted=True, sip_status=sip_status, sip_reason="Scripted", final=final))
        return events + [self._put(replace(call, refer=step)) for step in steps]

    def _confer(self, command: wire.Confer, calls: tuple[str, ...]) -> list[wire.AnyEvent]:
        members = [self.calls.get(one) for one in calls] if len(calls) > 1 else []
        if any(member is None for member in members):
            return [wire.CommandRefused(request=command.request, code="call_not_found")]
        if any(member.state is not CallState.CONNECTED for member in members if member is not None):
            return [wire.CommandRefused(request=command.request, code="call_in_other_state")]
        after = [
            replace(call, in_conference=True, held=False) if call in members else _alone(call)
            for call in self.calls.values()
        ]
        return [self._put(call) for call in after if call != self.calls[call.id]]

    def _leave_conference(self) -> list[wire.AnyEvent]:
        """The last member of a conference is in none."""
        members = [call for call in self.calls.values() if call.in_conference]
        return [self._put(_alone(call)) for call in members] if len(members) == 1 else []

    def _change(self, command: wire.AnyCommand) -> wire.AnyEvent:
        call = self.calls.get(command.call)  # type: ignore[union-attr]
        if call is None:
            return wire.CommandRefused(request=command.request, code="call_not_found")
        match command:
            case wire.Answer():
                changed = replace(call, state=CallState.CONNECTED, answered_s=time.time(), sip_status=200)
            case wire.Hold() if call.in_conference:
                return wire.CommandRefused(request=command.request, code="in_conference")
            case wire.Silence() if not call.in_conference:
                return wire.CommandRefused(request=command.request, code="not_in_conference")
            case wire.Redirect() if call.state is not CallState.RINGING:
                return wire.CommandRefused(request=command.request, code="call_in_other_state")
            case wire.Redirect():
                return self._end(replace(call, sip_status=302), CallEndCause.REDIRECTED)
            case wire.Silence(silenced=silenced):
                changed = replace(call, silenced=silenced)
            case wire.Hold():
                changed = replace(call, held=True)
            case wire.Resume():
                changed = replace(call, held=False)
            case wire.Mute(muted=muted):
                changed = replace(call, muted=muted)
            case wire.SendDtmf(digits=digits):
                changed = replace(call, digits_sent=call.digits_sent + digits)
            case _ if call.refer is not None and call.refer.succeeded:
                return self._end(call, CallEndCause.HANDED_OVER)
            case _:
                return self._end(call, CallEndCause.HUNG_UP if call.answered_s else CallEndCause.DECLINED)
        return self._put(changed)

    def _end(self, call: CallSnapshot, cause: CallEndCause) -> wire.CallChanged:
        return self._put(
            replace(call, state=CallState.ENDED, ended_s=time.time(), end_cause=cause, ended_by=CallParty.LOCAL)
        )

    def _put(self, call: CallSnapshot) -> wire.CallChanged:
        if call.live:
            self.calls[call.id] = call
        else:
            self.calls.pop(call.id, None)
        return wire.CallChanged(call=call)


def _alone(call: CallSnapshot) -> CallSnapshot:
    return replace(call, in_conference=False, silenced=False)
