"""Our REFER in the dialog of one call, as a negotiation (RFC 3515): who answered what. Pure, but for the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agent_toolbar.domain.call import CallParty, ReferProgress
from agent_toolbar.domain.errors import CallError

_CHALLENGES = frozenset({401, 407})
_SILENCE_S = 30.0  # after this nobody waits for more, and another REFER may follow


class Referral:
    """What became of the last REFER.

    Attributes:
        progress: None if there was none.
    """

    def __init__(self, now_s: Callable[[], float] = time.time) -> None:
        """now_s: seconds since the epoch."""
        self._now_s = now_s
        self._heard_s = 0.0
        self._cseq = 0  # of the last REFER that was answered
        self._answered = False
        self.progress: ReferProgress | None = None

    @property
    def pending(self) -> bool:
        return self.progress is not None and not self.progress.final

    def begin(self, target: str, replaces: str = "") -> None:
        """Something may still stand in its way.

        Raises CallError("transfer_in_progress") while another one is not final, unless it went silent.
        """
        if self.pending and not (self._answered and self._now_s() - self._heard_s >= _SILENCE_S):
            raise CallError("transfer_in_progress")
        self.progress = ReferProgress(target, replaces)
        self._answered = False

    def sent(self) -> None:
        self._move(sent_s=self._now_s())

    def not_sent(self) -> None:
        self._move(final=True)

    def answered(self, sip_status: int, reason: str, *, cseq: int = 0) -> None:
        """A response to the REFER came, or the transaction ended without one (408, 503)."""
        if not self._waits or sip_status < 200 or sip_status in _CHALLENGES:
            return  # the library answers a challenge; `reported` tells when it could not
        self._answered = True
        self._cseq = cseq or self._cseq
        if sip_status >= 300:
            self._move(sip_status=sip_status, sip_reason=reason, final=True)
        else:
            self._move(accepted=True)

    def notified(self, sip_status: int, reason: str, *, cseq: int = 0, ends: bool) -> None:
        """A NOTIFY came. cseq: of the REFER that it is about, sip_status: of the target, 0: it does not say."""
        if not self._waits or self._is_of_another(cseq):
            return
        self._move(accepted=True)  # it may overtake the 202 (RFC 3515 section 2.4.4)
        if sip_status:
            self._move(sip_status=sip_status, sip_reason=reason, final=sip_status >= 200)
        if ends:
            self._move(final=True)

    def reported(self, sip_status: int, reason: str, *, final: bool) -> None:
        """The library said something: only that it has no answer to a challenge is news."""
        if final and self._waits and not self._answered and sip_status in _CHALLENGES:
            self._move(sip_status=sip_status, sip_reason=reason, final=True)

    def explains_end(self, by: CallParty, replaced: str = "") -> bool:
        """The end of our leg belongs to this transfer; `replaced`: id of a call whose place the other party takes."""
        progress = self.progress
        if progress is None or (replaced and progress.replaces != replaced):
            return False
        return progress.succeeded if by is CallParty.LOCAL else progress.accepted and progress.sip_status < 300

    @property
    def _waits(self) -> bool:
        return self.pending and self.progress is not None and self.progress.sent_s > 0

    def _is_of_another(self, cseq: int) -> bool:
        """A late NOTIFY of an earlier REFER in the same dialog."""
        if not cseq or not self._cseq:
            return False
        return cseq != self._cseq if self._answered else cseq <= self._cseq

    def _move(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of ReferProgress
        if self.progress is not None and not self.progress.final:
            self.progress = replace(self.progress, **changes)
            self._heard_s = self._now_s()
