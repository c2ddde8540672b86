"""A link, a page or a selected text asks for a call: it never acts alone, a person agrees. GUI thread."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.ports.runtime import Timer
from agent_toolbar.application.ports.settings import AccountSettings
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_state import DialRequestView
from agent_toolbar.domain.contact import LookupResult
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.domain.dial_risk import DialRisk, country_prefix, dial_risk, reaches_emergency
from agent_toolbar.domain.dial_uri import LinkRefusal, Number, Rejected, Show, SipAddress, read_link, read_text
from agent_toolbar.domain.errors import CallError, LinkError
from agent_toolbar.domain.phone_number import (
    CanonicalNumber,
    NumberKind,
    NumberPlan,
    canonical_number,
    dial_string,
    display_number,
)
from agent_toolbar.domain.text import plain_text

DEAD_S = 0.5  # after a question appeared or changed: whoever agrees within it has not read it
UNANSWERED_MS = 60_000
MOST_IN_A_MINUTE = 5
_MINUTE_S = 60.0
_JOURNAL_MS = 500  # a history that does not say where this desk has called before is taken for a no
_SIP_PORT = 5060
_NUMBER_AS_USER = re.compile(r"[+0-9*#().\-]+")
_NAME_AS_USER = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")  # a PBX may take 0899…=x for the number at its beginning

Settled = Callable[[str], None]
_RISKS = {
    DialRisk.EMERGENCY: AskReason.EMERGENCY,
    DialRisk.PREMIUM: AskReason.PREMIUM,
    DialRisk.SERVICE_CODE: AskReason.SERVICE_CODE,
}
_GRAVEST_FIRST = tuple(AskReason)


class DialRequests:
    """The one request that is put to the person, if there is one."""

    def __init__(
        self,
        parts: ToolbarParts,
        plan: Callable[[], NumberPlan],
        dial: Callable[[str], str],
        on_change: Callable[[], None],
    ) -> None:
        self._parts = parts
        self._plan = plan
        self._dial = dial
        self._on_change = on_change
        self._request: DialRequestView | None = None
        self._on_settled: Settled | None = None
        self._shown_s: float | None = None
        self._timer: Timer | None = None
        self._asked_s: deque[float] = deque(maxlen=MOST_IN_A_MINUTE)

    @property
    def view(self) -> DialRequestView | None:
        """What is asked; None also while the history is still being looked into."""
        return self._request if self._shown_s is not None else None

    def ask(self, text: str, source: DialSource, origin: str = "", on_settled: Settled | None = None) -> str:
        """See toolbar_port.Toolbar.request_dial."""
        asked = read_link(text) if source is DialSource.LINK else read_text(text)
        if isinstance(asked, Rejected):
            raise LinkError(f"link_{asked.reason}", text=plain_text(text, 40))
        if isinstance(asked, Show):
            if on_settled is not None:
                on_settled("")
            return ""
        target, reasons = self._target(asked)
        plan = self._plan()
        number = canonical_number(target, plan)
        if number.kind in {NumberKind.ANONYMOUS, NumberKind.INVALID}:
            raise LinkError(f"link_{LinkRefusal.NO_NUMBER}", text=plain_text(text, 40))
        if isinstance(asked, Number):
            number = replace(number, extension=asked.extension)
        reasons |= self._reasons(number, plan)
        self.dismiss()
        view = DialRequestView(
            id=self._parts.new_id(),
            source=source,
            target=target,
            number=number,
            shown=display_number(number, plan) or target,
            origin=plain_text(origin),
        )
        self._request, self._on_settled = view, on_settled
        self._look_abroad(view, reasons, plan)
        return view.id if self._is_pending(view.id) else ""

    def confirm(self) -> str:
        """See toolbar_port.Toolbar.confirm_dial_request."""
        view = self.view
        if view is None or self._shown_s is None:
            raise LinkError("link_no_request")
        if self._parts.clock.now_s() - self._shown_s < DEAD_S:
            raise LinkError("link_just_appeared")
        call_id = self._dial(view.target)
        self._settle(call_id)
        return call_id

    def dismiss(self) -> None:
        if self._request is not None:
            self._settle("")

    # ------------------------------------------------------------------ what it asks for

    def _target(self, asked: Number | SipAddress) -> tuple[str, set[AskReason]]:
        """What to dial, and whether it is elsewhere. Raises LinkError("link_foreign_host")."""
        if isinstance(asked, Number):
            return asked.text, set()
        if _is_own_host(asked.host, self._parts.settings.current.account):
            if _NUMBER_AS_USER.fullmatch(asked.user):  # that number, with all its risks
                return asked.user, set()
            return asked.text, set() if _NAME_AS_USER.fullmatch(asked.user) else {AskReason.SETTINGS}
        if not self._parts.settings.current.links.foreign_hosts:
            raise LinkError("link_foreign_host", host=plain_text(asked.host, 60))
        return asked.text, {AskReason.FOREIGN_HOST}

    def _reasons(self, number: CanonicalNumber, plan: NumberPlan) -> set[AskReason]:
        """Why it must be asked whatever the settings say, but for what the history knows. Counts the request."""
        reasons: set[AskReason] = set()
        risk = dial_risk(number)
        if risk is not None:
            reasons.add(_RISKS[risk])
        dialled = dial_string(number, plan)
        if reaches_emergency(dialled, plan):
            reasons.add(AskReason.EMERGENCY)
        if number.kind is NumberKind.INTERNAL and not dialled.isalnum():  # a plan may cover its codes, too
            reasons.add(AskReason.SERVICE_CODE)
        now_s = self._parts.clock.now_s()
        if len(self._asked_s) == MOST_IN_A_MINUTE and now_s - self._asked_s[0] < _MINUTE_S:
            reasons.add(AskReason.BURST)
        self._asked_s.append(now_s)
        return reasons

    # ------------------------------------------------------------------ how it goes on

    def _look_abroad(self, view: DialRequestView, reasons: set[AskReason], plan: NumberPlan) -> None:
        """Asks the history whether this country was called before; the home country is never a new one."""
        prefix = country_prefix(view.number)
        if not prefix or view.number.region == plan.region.upper():
            self._decide(view.id, reasons)
            return

        def looked_up(called: frozenset[str]) -> None:
            known = any(canonical_number(key, plan).region == view.number.region for key in called)
            self._decide(view.id, reasons if known else reasons | {AskReason.NEW_COUNTRY})

        new = reasons | {AskReason.NEW_COUNTRY}
        self._timer = self._parts.timers.after_ms(_JOURNAL_MS, lambda: self._decide(view.id, new))
        self._parts.journal.called_keys(prefix, looked_up)

    def _decide(self, request_id: str, reasons: set[AskReason]) -> None:
        """Dials at once, or puts the question. Says nothing to a request that is gone or already decided."""
        if not self._is_pending(request_id) or self._shown_s is not None:
            return
        if not reasons and self._parts.settings.current.links.dial_at_once and self._dialled():
            return
        self._show(min(reasons or {AskReason.SETTINGS}, key=_GRAVEST_FIRST.index))

    def _dialled(self) -> bool:
        """False when no call can be made now: then it is shown, and the person sees why."""
        assert self._request is not None
        try:
            call_id = self._dial(self._request.target)
        except CallError:
            return False
        self._settle(call_id)
        return True

    def _show(self, reason: AskReason) -> None:
        assert self._request is not None
        view = self._request = replace(self._request, reason=reason)
        self._shown_s = self._parts.clock.now_s()
        self._stop_timer()
        self._timer = self._parts.timers.after_ms(UNANSWERED_MS, self.dismiss)
        self._on_change()
        self._parts.directory.find_by_number(view.number, lambda found: self._looked_up(view.id, found))

    def _looked_up(self, request_id: str, found: LookupResult) -> None:
        if self._request is not None and self._is_pending(request_id):
            self._request = self._request.with_matches(found.matches)
            self._on_change()

    def _settle(self, call_id: str) -> None:
        self._stop_timer()
        on_settled = self._on_settled
        self._request = self._on_settled = self._shown_s = None
        self._on_change()
        if on_settled is not None:
            on_settled(call_id)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _is_pending(self, request_id: str) -> bool:
        return self._request is not None and self._request.id == request_id


def _is_own_host(address: str, account: AccountSettings) -> bool:
    host, colon, port = address.rpartition(":") if not address.endswith("]") else (address, "", "")
    if not colon:
        host, port = address, ""
    same_port = not port or int(port) == (account.port or _SIP_PORT)
    return bool(account.server) and host.rstrip(".") == account.server.lower().rstrip(".") and same_port
