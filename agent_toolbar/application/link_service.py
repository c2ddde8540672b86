"""The part of the toolbar that is about calls which no person typed. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.dial_requests import DialRequests
from agent_toolbar.application.doctor_service import DoctorService
from agent_toolbar.application.ports.scheme_handlers import LinkHandlers
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.domain.dial_request import DialSource


class LinkService(DoctorService):
    """See toolbar_port.Toolbar for what each method does and raises."""

    def __init__(self, ground: ToolbarGround) -> None:
        super().__init__(ground)
        self._link_handlers = ground.parts.link_handlers
        self._requests_to_dial = DialRequests(ground.parts, self._plan, self._control.dial, ground.changed)

    def request_dial(
        self,
        text: str,
        source: DialSource,
        origin: str = "",
        on_settled: Callable[[str], None] | None = None,
    ) -> str:
        return self._requests_to_dial.ask(text, source, origin, on_settled)

    def confirm_dial_request(self) -> str:
        return self._requests_to_dial.confirm()

    def dismiss_dial_request(self) -> None:
        self._requests_to_dial.dismiss()

    @property
    def link_handlers(self) -> LinkHandlers:
        return self._link_handlers
