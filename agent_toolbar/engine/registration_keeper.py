"""Keeps the account registered: look-up, fail-over, back-off, change of network. Owns the line. SIP thread only."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent_toolbar.application.ports.telephony import AccountConfig
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState, Transport
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxAddress, PbxLine
from agent_toolbar.engine.library_events import RegistrationAnswered
from agent_toolbar.engine.network_path import ListenerProbe, local_ip_towards
from agent_toolbar.engine.registration_fault import fault_of, is_final, is_of_this_target
from agent_toolbar.engine.registration_retry import RetrySchedule
from agent_toolbar.engine.sip_headers import SipMessage, retry_after_s
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_log = logging.getLogger(__name__)

LOOKUP_LIMIT_S = 12.0
ANSWER_LIMIT_S = 10.0  # the library itself would wait for 32 s
UNREGISTER_LIMIT_S = 3.0
_PROBE_AFTER_S = 0.3
_WATCH_EVERY_S = 5.0
_LISTEN_EVERY_S = 2.0
_CLOCK_JUMP_S = 5.0
_MAX_REASON = 80
_SETTLED = frozenset({RegistrationState.REGISTERED, RegistrationState.REGISTERING})


@dataclass(frozen=True)
class LineSupply:
    """Where addresses and lines come from and where lines go.

    Attributes:
        look_up: answers on the SIP thread with the addresses to try, none for an unknown host.
        open: a line at an address, seen from a local address; raises EngineError.
        retire: takes a line that is no longer wanted; it is closed when its calls are over.
    """

    look_up: Callable[[AccountConfig, Callable[[tuple[PbxAddress, ...]], None]], None]
    open: Callable[[AccountConfig, PbxAddress, str, frozenset[str]], PbxLine]
    retire: Callable[[PbxLine], None]


class RegistrationKeeper:
    """The registration as a state machine.

    Attributes:
        snapshot: as last told.
        line: the present line, None while there is none.
        account: as set by the toolbar.
    """

    def __init__(self, timers: TimerQueue, supply: LineSupply, changed: Callable[[RegistrationSnapshot], None]) -> None:
        self._timers = timers
        self._supply = supply
        self._changed = changed
        self._schedule = RetrySchedule(random.uniform)
        self._attempt = 0
        self._targets: list[PbxAddress] = []
        self._pbx_ips: frozenset[str] = frozenset()
        self._limit: TimerHandle | None = None
        self._probe: ListenerProbe | None = None
        self._listener: ListenerProbe | None = None
        self._listens_at: PbxAddress | None = None
        self._away = False
        self._wanted = False
        self._worked_before = False
        self._clock_offset = 0.0
        self._saying_again = False
        self.account: AccountConfig | None = None
        self.line: PbxLine | None = None
        self.snapshot = RegistrationSnapshot()
        self._watch_later()
        self._listen_later()

    def set_account(self, account: AccountConfig | None) -> None:
        """The same account said again changes nothing, so a toolbar may say it after every attach."""
        if account == self.account:
            return
        self._drop_line()
        self.account = account
        self._worked_before = False
        self._schedule.reset()
        server, extension, transport = (
            (account.server, account.extension, account.transport) if account else ("", "", Transport.UDP)
        )
        self.snapshot = RegistrationSnapshot(server=server, extension=extension, transport=transport)
        if self._wanted:
            self._begin()
        else:
            self._changed(self.snapshot)

    def register(self) -> None:
        """CTI on. While it is registered or being tried, nothing changes."""
        if self._wanted and self.snapshot.state in _SETTLED:
            return
        self._wanted = True
        self._schedule.reset()
        self._begin()

    def unregister(self) -> None:
        """CTI off."""
        self._wanted = False
        self._attempt += 1
        self._cancel_limit()
        if self.line is None or self.snapshot.state not in _SETTLED:
            self._switched_off()
            return
        self._tell(RegistrationState.UNREGISTERING, RegistrationFault.NONE)
        self._limit = self._timers.after(UNREGISTER_LIMIT_S, self._switched_off)
        try:
            self.line.unregister()
        except AgentToolbarError:  # nothing to take back
            self._switched_off()

    def on_answer(self, event: RegistrationAnswered) -> None:
        if self.line is None or event.line != self.line.serial:
            return
        if self.snapshot.state is RegistrationState.UNREGISTERING:
            self._switched_off()
        elif not self._wanted:
            return
        elif event.status == 0 and 200 <= event.sip_status <= 299 and event.expires_s:
            self._registered(event)
        else:
            account = self.account
            message = SipMessage(event.message)
            fault = fault_of(
                event.sip_status,
                answered=bool(event.message),
                has_password=account is not None and bool(account.password),
            )
            status = event.sip_status if event.message else 0
            self._failed(fault, status, plain_text(event.sip_reason, _MAX_REASON), retry_after_s(message))

    def on_connection_lost(self) -> None:
        """The PBX closed the TCP connection that it would call us by."""
        account = self.account
        over_tcp = account is not None and account.transport is Transport.TCP
        if over_tcp and self._wanted and self.snapshot.state is RegistrationState.REGISTERED:
            self._failed(RegistrationFault.UNREACHABLE)

    def say_again(self, closed: PbxLine) -> None:
        """A line that is closed takes back what it registered: also ours, when both have one address."""
        line = self.line
        if line is None or (closed.config.extension, closed.local_ip) != (line.config.extension, line.local_ip):
            return
        self._saying_again = self.snapshot.state is not RegistrationState.REGISTERED
        if not self._saying_again:
            _refresh(line)

    def close(self) -> None:
        """Stops every timer; the line is the caller's."""
        self._attempt += 1
        self._wanted = False
        self._cancel_limit()
        self._listen_to(None)

    # -------------------------------------------------------------- one attempt

    def _begin(self) -> None:
        self._attempt += 1
        attempt = self._attempt
        self._cancel_limit()
        account = self.account
        if account is None:
            self._tell(RegistrationState.REFUSED, RegistrationFault.NO_ACCOUNT)
            return
        self._tell(RegistrationState.REGISTERING, RegistrationFault.NONE)
        self._limit = self._timers.after(LOOKUP_LIMIT_S, lambda: self._found(attempt, ()))
        self._supply.look_up(account, lambda addresses: self._found(attempt, addresses))

    def _found(self, attempt: int, addresses: tuple[PbxAddress, ...]) -> None:
        if attempt != self._attempt:
            return
        self._cancel_limit()
        if not addresses:
            self._failed(RegistrationFault.UNKNOWN_HOST)
            return
        self._targets = list(addresses)
        self._pbx_ips = frozenset(address.ip for address in addresses)
        self._try_next_target()

    def _try_next_target(self) -> None:
        account, address = self.account, self._targets.pop(0)
        assert account is not None  # _begin looked
        local_ip = local_ip_towards(address.ip, address.port)
        if not local_ip:
            self._failed(RegistrationFault.UNREACHABLE)
            return
        try:
            line = self._line_at(account, address, local_ip)
            line.register()
        except AgentToolbarError as error:
            self._drop_line()
            self._failed(RegistrationFault.OTHER, reason=str(error))
            return
        attempt = self._attempt
        self._limit = self._timers.after(ANSWER_LIMIT_S, lambda: self._nobody_answered(attempt))
        if account.transport is Transport.UDP:
            self._probe = ListenerProbe(address.ip, address.port)
            self._timers.after(_PROBE_AFTER_S, lambda: self._look_at_probe(attempt))

    def _line_at(self, account: AccountConfig, address: PbxAddress, local_ip: str) -> PbxLine:
        line = self.line
        if line is None or (line.address, line.local_ip, line.pbx_ips) != (address, local_ip, self._pbx_ips):
            self._drop_line()
            line = self.line = self._supply.open(account, address, local_ip, self._pbx_ips)
        return line

    def _nobody_answered(self, attempt: int) -> None:
        if attempt == self._attempt and self.snapshot.state is RegistrationState.REGISTERING:
            self._drop_line()
            self._failed(RegistrationFault.TIMEOUT)

    def _look_at_probe(self, attempt: int) -> None:
        probe = self._probe
        if attempt != self._attempt or probe is None or self.snapshot.state is not RegistrationState.REGISTERING:
            return
        if probe.refused():
            self._drop_line()
            self._failed(RegistrationFault.UNREACHABLE)

    # -------------------------------------------------------------- outcomes

    def _registered(self, event: RegistrationAnswered) -> None:
        self._cancel_limit()
        self._schedule.reset()
        self._worked_before = True
        self._clock_offset = time.time() - time.monotonic()
        already = self.snapshot.state is RegistrationState.REGISTERED
        self._show(
            replace(
                self.snapshot,
                state=RegistrationState.REGISTERED,
                fault=RegistrationFault.NONE,
                sip_status=event.sip_status,
                sip_reason=plain_text(event.sip_reason, _MAX_REASON),
                registered_s=self.snapshot.registered_s if already else time.time(),
                expires_s=event.expires_s,
                retry_at_s=0.0,
            )
        )
        again, self._saying_again = self._saying_again, False
        if again and self.line is not None:
            _refresh(self.line)

    def _failed(
        self, fault: RegistrationFault, sip_status: int = 0, reason: str = "", wished_delay_s: float = 0.0
    ) -> None:
        self._cancel_limit()
        if is_of_this_target(fault) and self._targets and self.snapshot.state is RegistrationState.REGISTERING:
            self._try_next_target()
            return
        self._attempt += 1
        self._targets = []
        if is_final(fault, worked_before=self._worked_before):
            self._tell(RegistrationState.REFUSED, fault, sip_status, reason)
            return
        delay_s = self._schedule.next_delay_s(wished_delay_s)
        self._limit = self._timers.after(delay_s, self._begin)
        self._tell(RegistrationState.RETRYING, fault, sip_status, reason, time.time() + delay_s)

    def _switched_off(self) -> None:
        self._cancel_limit()
        self._drop_line()
        self._tell(RegistrationState.OFF, RegistrationFault.NONE)

    def _drop_line(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            self._supply.retire(line)

    def _cancel_limit(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        if self._probe is not None:
            self._probe.close()
            self._probe = None

    # -------------------------------------------------------------- the world around

    def _watch_later(self) -> None:
        self._timers.after(_WATCH_EVERY_S, self._watch)

    def _watch(self) -> None:
        """After a sleep of the machine or a change of network the PBX must hear from us at once."""
        self._watch_later()
        line = self.line
        if not self._wanted or line is None:
            return
        offset = time.time() - time.monotonic()
        jumped = abs(offset - self._clock_offset) > _CLOCK_JUMP_S
        self._clock_offset = offset
        if self.snapshot.state not in {RegistrationState.REGISTERED, RegistrationState.RETRYING}:
            return
        local_ip = local_ip_towards(line.address.ip, line.address.port)
        moved = bool(local_ip) and local_ip != line.local_ip
        if moved or (jumped and self.snapshot.state is RegistrationState.REGISTERED):
            self._schedule.reset()
            self._begin()

    def _listen_later(self) -> None:
        self._timers.after(_LISTEN_EVERY_S, self._listen)

    def _listen(self) -> None:
        """A PBX that is started anew knows of no registration and no subscription; by UDP nothing else tells us.

        While it is away the line stays as it is: a PBX that kept its registrations on disk may call before it is asked.
        """
        self._listen_later()
        line = self.line
        by_udp = self.account is not None and self.account.transport is Transport.UDP
        state = self.snapshot.state
        watched = state is RegistrationState.REGISTERED or (self._away and state is RegistrationState.RETRYING)
        if line is None or not by_udp or not watched:
            self._listen_to(None)
            return
        self._listen_to(line.address)
        if self._listener is None:
            return
        was_away, self._away = self._away, self._listener.refused()
        if self._away and not was_away:
            _log.warning("nobody listens at the PBX's port any more")
            self._tell(RegistrationState.RETRYING, RegistrationFault.UNREACHABLE)
        if was_away and not self._away:
            self._schedule.reset()
            self._begin()
        self._listener.ask()

    def _listen_to(self, address: PbxAddress | None) -> None:
        if address == self._listens_at:
            return
        if self._listener is not None:
            self._listener.close()
        self._listens_at = address
        self._away = False
        self._listener = ListenerProbe(address.ip, address.port) if address is not None else None

    def _tell(
        self,
        state: RegistrationState,
        fault: RegistrationFault,
        sip_status: int = 0,
        reason: str = "",
        retry_at_s: float = 0.0,
    ) -> None:
        self._show(
            replace(
                self.snapshot,
                state=state,
                fault=fault,
                sip_status=sip_status,
                sip_reason=reason,
                retry_at_s=retry_at_s,
                registered_s=0.0,
                expires_s=0,
            )
        )

    def _show(self, snapshot: RegistrationSnapshot) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self._changed(snapshot)


def _refresh(line: PbxLine) -> None:
    try:
        line.register()
    except AgentToolbarError as error:  # one is under way
        _log.info("not registered anew: %s", error)
