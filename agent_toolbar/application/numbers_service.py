"""The part of the toolbar that is about numbers of contacts which are wrong. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.crm_service import CrmService
from agent_toolbar.application.directory_sync import DirectoryCourse
from agent_toolbar.application.number_case import NumberCaseView, NumberOrder
from agent_toolbar.application.number_corrections import NumberCorrections
from agent_toolbar.application.ports.settings import DirectoryKind
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding, finding_of_end


class NumbersService(CrmService):
    """See toolbar_port.Toolbar, "numbers", for what each method does and raises."""

    def __init__(self, ground: ToolbarGround, directories: DirectoryCourse) -> None:
        super().__init__(ground)
        parts = ground.parts
        self._directories = directories
        self._numbers = NumberCorrections(
            parts.directory,
            parts.journal,
            self._outbox,
            parts.timers,
            plan=self._plan,
            new_key=parts.new_key,
            session=lambda: self._crm.signed_in,
            account=lambda: self._crm.account,
            crm_name=lambda: self._crm.name or parts.settings.current.crm.manifest,
            can_write=self._directory_takes_corrections,
            on_corrected=self._tell_directory,
            mark=self.mark_number,
            on_change=ground.changed,
        )

    def mark_number(self, call_id: str, finding: NumberFinding) -> None:
        self._day.wrap_up.mark(call_id, finding)
        self._call_log.noted(call_id)

    def _directory_takes_corrections(self, name: str) -> bool:
        wanted = self._parts.settings.current.directories
        return any(one.name == name and one.kind is DirectoryKind.CARDDAV for one in wanted)

    def _tell_directory(self, name: str) -> None:
        """Its next reading writes first; that is now."""
        if self._directory_takes_corrections(name):
            self._directories.sync(name)

    def doubt_number(
        self, call_id: str, finding: NumberFinding = NumberFinding.NONE, *, in_history: bool = False
    ) -> None:
        view = next((one for one in (*self._ledger.live, *self._ledger.just_ended) if one.call.id == call_id), None)
        chosen = view.crm.chosen if view is not None and view.crm is not None else ""
        self._numbers.open_call(call_id, finding, crm_chosen=chosen, in_history=in_history)

    def edit_number(
        self, *, finding: NumberFinding | None = None, typed: str | None = None, contact_id: int | None = None
    ) -> None:
        self._numbers.edit(finding, typed, contact_id)

    def apply_number(self, kind: CorrectionKind, to: ContactMatch | None = None) -> None:
        self._numbers.apply(kind, to)

    def close_number(self) -> None:
        self._numbers.close()

    def correct_number(
        self,
        order: NumberOrder,
        on_result: Callable[[NumberCaseView | AgentToolbarError], None],
        *,
        confirmed: bool = False,
    ) -> None:
        self._numbers.order(order, confirmed, on_result)

    # ------------------------------------------------------------------ for the whole toolbar

    def _outbox_read(self) -> None:
        super()._outbox_read()
        self._numbers.outbox_read()

    def _ask_crm(self, view: CallView) -> None:
        super()._ask_crm(view)
        call = view.call
        finding = finding_of_end(call.direction, call.end_cause, call.sip_status, call.q850_cause)
        self._numbers.call_changed(view, finding)

    def _forget_call(self, call_id: str) -> None:
        super()._forget_call(call_id)
        self._numbers.forget(call_id)
