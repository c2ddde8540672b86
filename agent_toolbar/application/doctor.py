""" "Why am I not getting calls?": makes the checks one after the other and reports after each. GUI thread.

A check that an earlier wrong one explains is not reported as a second cause.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from agent_toolbar.application import crm_findings
from agent_toolbar.application import doctor_findings as findings
from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.microphone_ear import MicrophoneEar
from agent_toolbar.application.pbx_switches import PbxSwitches
from agent_toolbar.application.ports.doctor import Finding, NetworkProbes, ProbeResult, ServerAddress
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    CommandRefused,
    EngineLink,
    EngineLinkChanged,
    ProveRegistration,
    RegistrationProved,
    TelephonyEngine,
)
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationState

PROBE_LIMIT_MS = 10_000  # longer than any probe takes, should its thread be held up
PROOF_LIMIT_MS = 5_000
_FIRST_REQUEST = 1 << 30  # far from the numbers of other commands, as a refusal names nothing else

_Done = Callable[[CheckResult], None]
TryCodecs = Callable[[tuple[str, ...], Callable[[ProbeResult], None]], None]
_Proof = Callable[[RegistrationProved | None], None]

_NETWORK = (Check.NETWORK, Check.NAMES, Check.TRANSPORT)
_NEEDS: dict[Check, tuple[Check, ...]] = {
    Check.NAMES: (Check.NETWORK,),
    Check.TRANSPORT: (Check.NETWORK, Check.NAMES),
    Check.CERTIFICATE: _NETWORK,
    Check.REGISTRATION: (Check.CTI, Check.ENGINE, *_NETWORK, Check.CERTIFICATE),
    Check.NAT: (Check.REGISTRATION,),
    Check.QUEUE_LOGIN: (Check.REGISTRATION,),
    Check.PAUSE: (Check.REGISTRATION, Check.QUEUE_LOGIN),
}
_OF_THE_STATE: dict[Check, Callable[[ToolbarState], CheckResult]] = {
    Check.CTI: findings.cti,
    Check.AUDIO_DEVICE: findings.audio_device,
    Check.ENGINE: findings.engine,
    Check.CALL: findings.call,
    Check.QUEUE_LOGIN: findings.queue_login,
    Check.WRAP_UP: findings.wrap_up,
    Check.CRM: crm_findings.crm_session,
    Check.OUTBOX: crm_findings.outbox,
}


class Doctor:
    """Any number of examinations, each with its own course."""

    def __init__(
        self,
        state: Callable[[], ToolbarState],
        settings: SettingsStore,
        engine: TelephonyEngine,
        probes: NetworkProbes,
        *,
        timers: Timers,
        ear: MicrophoneEar,
        try_codecs: TryCodecs,
    ) -> None:
        self.state = state
        self.settings = settings
        self.probes = probes
        self.timers = timers
        self.ear = ear
        self.try_codecs = try_codecs
        self.switches = PbxSwitches(engine, settings)
        self._engine = engine
        self._requests = itertools.count(_FIRST_REQUEST)
        self._proofs: dict[int, _Proof] = {}
        engine.listen(self._heard)

    def examine(self, on_change: Callable[[Examination], None]) -> None:
        """Calls `on_change` after each check with all results so far, the last time with done=True."""
        _Course(self, on_change).go_on()

    def prove(self, on_proof: _Proof) -> None:
        """Sends a REGISTER now; status 408 when no answer comes in time, None when the engine does not send it."""
        request = next(self._requests)
        self._proofs[request] = on_proof
        late = RegistrationProved(request=request, sip_status=408)
        self.timers.after_ms(PROOF_LIMIT_MS, lambda: self._proved(request, late))
        self._engine.send(ProveRegistration(request=request))

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        match event:
            case RegistrationProved(request=request):
                self._proved(request, event)
            case CommandRefused(request=request):
                self._proved(request, None)
            case EngineLinkChanged(link=link) if link is not EngineLink.ATTACHED:
                for request in tuple(self._proofs):
                    self._proved(request, None)

    def _proved(self, request: int, proved: RegistrationProved | None) -> None:
        on_proof = self._proofs.pop(request, None)
        if on_proof is not None:
            on_proof(proved)


class _Course:
    """One examination."""

    def __init__(self, doctor: Doctor, on_change: Callable[[Examination], None]) -> None:
        self._doctor = doctor
        self._on_change = on_change
        self._waiting = list(Check)
        self._results: list[CheckResult] = []
        self._asked_for_proof = False
        self._proof: RegistrationProved | None = None

    def go_on(self) -> None:
        check = self._waiting.pop(0)
        done = self._once(check)
        if not self._may(check):
            done(findings.unknown(check, "not_checked"))
            return
        match check:
            case Check.NETWORK | Check.NAMES | Check.TRANSPORT | Check.CERTIFICATE:
                self._probe(check, done)
            case Check.MICROPHONE:
                self._microphone(done)
            case Check.REGISTRATION:
                self._registration(done)
            case Check.CODECS:
                self._codecs(done)
            case _:
                done(self._of_the_state(check))

    def _once(self, check: Check) -> _Done:
        """Takes the first answer to `check`; a later one is too late."""

        def done(result: CheckResult) -> None:
            if len(self._results) != list(Check).index(check):
                return
            self._results.append(result)
            self._on_change(Examination(tuple(self._results), done=not self._waiting))
            if self._waiting:
                self.go_on()

        return done

    def _may(self, check: Check) -> bool:
        """Nothing that `check` needs is wrong, or could not be checked itself for such a reason."""
        found = {result.check: result for result in self._results}
        needed = [found[need] for need in _NEEDS.get(check, ())]
        return not any(result.finding is Finding.WRONG or result.code == "not_checked" for result in needed)

    def _of_the_state(self, check: Check) -> CheckResult:
        if check is Check.NAT:
            return findings.nat(self._proof)
        state, settings = self._doctor.state(), self._doctor.settings.current
        if check is Check.DO_NOT_DISTURB:
            return findings.do_not_disturb(state, settings, self._doctor.switches.do_not_disturb)
        if check is Check.FORWARDING:
            return findings.forwarding(self._doctor.switches.forwarding)
        if check is Check.PAUSE:
            return findings.pause(state, settings)
        return _OF_THE_STATE[check](state)

    # ------------------------------------------------------------------ the microphone

    def _microphone(self, done: _Done) -> None:
        """Nothing is opened before it is said; a call has the microphone open already."""
        doctor = self._doctor
        said = findings.microphone(doctor.state())
        if said.finding is not Finding.FINE:
            done(said)
            return
        self._on_change(Examination(tuple(self._results), listening=True))
        doctor.ear.listen(lambda dbfs: done(findings.microphone_level(doctor.state(), dbfs)))

    # ------------------------------------------------------------------ the network

    def _probe(self, check: Check, done: _Done) -> None:
        account = self._doctor.settings.current.account
        if not account.configured:
            done(findings.unknown(check, "not_checked"))
            return
        address = ServerAddress(account.server, account.port, account.transport.value)
        probes = self._doctor.probes
        probe = {
            Check.NETWORK: probes.network,
            Check.NAMES: probes.names,
            Check.TRANSPORT: probes.transport,
            Check.CERTIFICATE: probes.certificate,
        }[check]
        self._doctor.timers.after_ms(PROBE_LIMIT_MS, lambda: done(findings.unknown(check, "probe_silent")))
        probe(address, lambda found: self._probed(check, found, done))

    def _probed(self, check: Check, found: ProbeResult, done: _Done) -> None:
        remedy = Remedy.NONE
        if found.finding is Finding.WRONG:
            remedy = Remedy.OPEN_ACCOUNT if found.code == "unknown_name" else Remedy.TRY_AGAIN
        result = CheckResult(check, found.finding, found.code, dict(found.params or {}), remedy)
        if found.finding is not Finding.WRONG or not self._is_registered:
            done(result)
            return

        def proved(proof: RegistrationProved | None) -> None:
            # A PBX may be found by SRV only, or leave OPTIONS of strangers unanswered: its answer to us is stronger.
            done(findings.unknown(check, "answers_all_the_same") if _succeeded(proof) else result)

        self._prove(proved)

    # ------------------------------------------------------------------ the sound formats

    def _codecs(self, done: _Done) -> None:
        """Tried with a call to the test number, where there is one and nobody is disturbed by it."""
        doctor, settings = self._doctor, self._doctor.settings.current
        said = findings.codecs(settings)
        proved = _succeeded(self._proof) and not doctor.state().calls
        if said.finding is not Finding.FINE or not proved or not settings.availability.test_number:
            done(said)
            return

        def tried(found: ProbeResult) -> None:
            remedy = Remedy.OPEN_ACCOUNT if found.finding is Finding.WRONG else Remedy.NONE
            done(CheckResult(Check.CODECS, found.finding, found.code, dict(found.params or said.params), remedy))

        doctor.timers.after_ms(PROBE_LIMIT_MS, lambda: done(findings.unknown(Check.CODECS, "probe_silent")))
        try:
            doctor.try_codecs(settings.account.codecs, tried)
        except AgentToolbarError:
            done(said)  # the engine of an earlier toolbar knows the password, we do not

    # ------------------------------------------------------------------ the registration

    @property
    def _is_registered(self) -> bool:
        state = self._doctor.state()
        return state.link is EngineLink.ATTACHED and state.registration.state is RegistrationState.REGISTERED

    def _registration(self, done: _Done) -> None:
        state = self._doctor.state()
        said = findings.registration(state)
        if said.finding is not Finding.FINE:
            done(said)
            return

        def proved(proof: RegistrationProved | None) -> None:
            if proof is not None:
                done(findings.registration_proof(state, proof))
            else:
                since_s = state.registration.registered_s
                done(findings.unknown(Check.REGISTRATION, "registration_not_proved", since_s=since_s))

        self._prove(proved)

    def _prove(self, on_proof: _Proof) -> None:
        """Asks the PBX once in an examination."""
        if self._asked_for_proof:
            on_proof(self._proof)
            return

        def proved(proof: RegistrationProved | None) -> None:
            self._proof = proof
            on_proof(proof)

        self._asked_for_proof = True
        self._doctor.prove(proved)


def _succeeded(proof: RegistrationProved | None) -> bool:
    return proof is not None and 200 <= proof.sip_status < 300
