"""A link, a page or a selected text asks for a call: it never acts alone, a person agrees. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.directory import ContactDirectory
from agent_toolbar.application.toolbar_state import DialRequestView
from agent_toolbar.domain.contact import LookupResult
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.domain.dial_uri import LinkRefusal, Number, Rejected, Show, read_link, read_text
from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number, display_number
from agent_toolbar.domain.text import plain_text

Settled = Callable[[str], None]


class DialRequests:
    """The one request that is put to the person, if there is one."""

    def __init__(
        self,
        directory: ContactDirectory,
        plan: Callable[[], NumberPlan],
        dial: Callable[[str], str],
        new_id: Callable[[], str],
        on_change: Callable[[], None],
    ) -> None:
        self._directory = directory
        self._plan = plan
        self._dial = dial
        self._new_id = new_id
        self._on_change = on_change
        self._view: DialRequestView | None = None
        self._on_settled: Settled | None = None

    @property
    def view(self) -> DialRequestView | None:
        return self._view

    def ask(self, text: str, source: DialSource, origin: str, on_settled: Settled | None) -> str:
        """See toolbar_port.Toolbar.request_dial."""
        asked = read_link(text) if source is DialSource.LINK else read_text(text)
        if isinstance(asked, Rejected):
            raise LinkError(f"link_{asked.reason}", text=plain_text(text, 40))
        if isinstance(asked, Show):
            return ""
        plan = self._plan()
        number = canonical_number(asked.text, plan)
        if number.kind in {NumberKind.ANONYMOUS, NumberKind.INVALID}:
            raise LinkError(f"link_{LinkRefusal.NO_NUMBER}", text=plain_text(text, 40))
        self.dismiss()
        target = f"{asked.text};ext={asked.extension}" if isinstance(asked, Number) and asked.extension else asked.text
        view = DialRequestView(
            id=self._new_id(),
            source=source,
            target=target,
            number=number,
            shown=display_number(target, plan) or asked.text,
            origin=origin,
            reason=AskReason.SETTINGS,
        )
        self._view, self._on_settled = view, on_settled
        self._directory.find_by_number(number, lambda found: self._looked_up(view.id, found))
        self._on_change()
        return view.id

    def confirm(self) -> str:
        view = self._view
        if view is None:
            raise LinkError("link_no_request")
        call_id = self._dial(view.target)
        self._settle(call_id)
        return call_id

    def dismiss(self) -> None:
        if self._view is not None:
            self._settle("")

    def _settle(self, call_id: str) -> None:
        on_settled, self._view, self._on_settled = self._on_settled, None, None
        self._on_change()
        if on_settled is not None:
            on_settled(call_id)

    def _looked_up(self, request_id: str, found: LookupResult) -> None:
        if self._view is None or self._view.id != request_id:
            return
        self._view = self._view.with_matches(found.matches)
        self._on_change()
