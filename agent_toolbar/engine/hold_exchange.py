"""Sends the re-INVITEs of one call that its HoldNegotiation asks for, each within a bounded time. SIP thread only."""

from __future__ import annotations

import random
from collections.abc import Callable

import pjsua2 as pj

from agent_toolbar.engine.hold import HoldNegotiation, HoldOutcome
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_REINVITE_LIMIT_S = 35.0
_BUSY_RETRY_S = 0.5
_REQUEST_TIMEOUT = 408


class HoldExchange:
    """Hold of one call."""

    def __init__(
        self,
        timers: TimerQueue,
        *,
        owns_call_id: bool,
        send: Callable[[bool], None],
        moved: Callable[[], None],
        refused: Callable[[int, int], None],
        held_before: bool = False,
    ) -> None:
        """The call's part in it.

        held_before: it was on hold in another dialog, and stays so in the agent's eyes until this one has agreed;
        send: puts a re-INVITE on its way, to hold (True) or to resume, or raises pj.Error; moved: told after each step;
        refused: told that the other end will not have it (request, SIP status).
        """
        self._timers = timers
        self._negotiation = HoldNegotiation(owns_call_id=owns_call_id)
        self._send = send
        self._moved = moved
        self._refused = refused
        self._negotiation.wanted = self._held_before = held_before
        self._request = 0
        self._limit: TimerHandle | None = None
        self._open = False

    @property
    def held(self) -> bool:
        return self._negotiation.held or (self._held_before and self._negotiation.wanted)

    @property
    def wanted(self) -> bool:
        return self._negotiation.wanted

    @property
    def changing(self) -> bool:
        return self._negotiation.changing

    def open(self) -> None:
        """The call is connected: re-INVITEs can be sent."""
        self._open = True
        self._proceed()

    def want(self, *, held: bool, request: int = 0) -> None:
        self._negotiation.wanted = held
        self._request = request
        self._proceed()

    def answered(self, sip_status: int) -> None:
        """Our re-INVITE got its final answer."""
        if not self._open or sip_status in {
            401,
            407,
        }:  # the library answers the challenge; the limit guards against a refusal
            return
        outcome = self._negotiation.answered(sip_status)
        if outcome is HoldOutcome.NOT_OURS:
            return
        self._stop_limit()
        if outcome is not HoldOutcome.GLARE:
            self._held_before = False
        if outcome is HoldOutcome.GLARE:
            self._timers.after(self._negotiation.glare_delay_s(random.uniform), self._retry)
        elif outcome is HoldOutcome.REFUSED:
            self._refused(self._request, sip_status)
        self._proceed()

    def stop(self) -> None:
        """The call is over."""
        self._open = False
        self._stop_limit()

    def _give_up(self) -> None:
        """The agent is told. An answer that comes after all is heard, or the two ends would not know of each other."""
        self._limit = None
        self._negotiation.given_up()
        self._held_before = False
        self._refused(self._request, _REQUEST_TIMEOUT)
        self._proceed()

    def _retry(self) -> None:
        self._negotiation.retry()
        self._proceed()

    def _proceed(self) -> None:
        if not self._open:
            return
        if self._negotiation.due:
            try:
                self._send(self._negotiation.wanted)
            except pj.Error:  # another transaction of this dialog is under way
                self._negotiation.postponed()
                self._timers.after(_BUSY_RETRY_S, self._retry)
            else:
                self._negotiation.sent()
                self._stop_limit()
        if not self._negotiation.changing:
            self._stop_limit()
        elif self._limit is None:  # also for what cannot be asked yet: nobody waits without end and unnoticed
            self._limit = self._timers.after(_REINVITE_LIMIT_S, self._give_up)
        self._moved()

    def _stop_limit(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
