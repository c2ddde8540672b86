"""The part of the toolbar that is about the agent: ready or not, wrap-up, the idle question. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.agent_day import AgentDay
from agent_toolbar.application.handover_service import HandoverService
from agent_toolbar.application.pbx_switches import switch_hints
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding


class DayService(HandoverService):
    """See toolbar_port.Toolbar, "agent", for what each method does and raises."""

    def __init__(self, ground: ToolbarGround) -> None:
        self._settings = ground.parts.settings
        self._day = AgentDay(ground.parts, ground.ledger, ground.session, ground.changed)
        super().__init__(ground, hints=self._hints)

    def _hints(self) -> tuple[str, ...]:
        return (*self._day.availability.hints, *switch_hints(self._settings.current))

    def set_ready(self, ready: bool, reason: str = "", note: str = "") -> None:
        self._day.set_ready(ready, reason, note)

    def begin_wrap_up(self, call_id: str = "") -> None:
        self._day.begin_wrap_up(call_id)

    def edit_wrap_up(
        self,
        *,
        subject: str | None = None,
        disposition: str | None = None,
        follow_up: str | None = None,
        finding: NumberFinding | None = None,
    ) -> None:
        self._day.wrap_up.edit(subject, disposition, follow_up, finding)

    def extend_wrap_up(self) -> None:
        self._day.wrap_up.extend()

    def finish_wrap_up(self, *, not_ready: bool = False, reason: str = "", note: str = "") -> None:
        self._day.wrap_up.finish(not_ready=not_ready, reason=reason, note=note)

    def note(self, text: str, call_id: str = "") -> None:
        open_one = self._day.wrap_up.open
        meant = call_id or self._ledger.current() or (open_one.call if open_one is not None else "")
        if not self._day.wrap_up.note(meant, text):
            super().note(text, call_id)

    def keep_queue_password(self, password: str, on_done: Callable[[bool], None]) -> None:
        rest = self._parts.settings.current.availability.rest
        if not rest.url or not rest.user:
            raise AgentError("no_queue_user")

        def kept(lasting: bool) -> None:
            self._day.availability.tell_again()
            on_done(lasting)

        self._parts.vault.save(rest.url, rest.user, password, kept)

    def still_there(self) -> None:
        self._day.idle.still_there()
