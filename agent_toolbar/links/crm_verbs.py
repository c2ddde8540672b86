"""What the verbs about the CRM and the outbox do in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.toolbar_port import CrmEntry, Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.crm_report import caller_report, crm_report, outbox_report


class CrmVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self._waiting: list[Reply] = []
        toolbar.watch(self._show_state)
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {
            Verb.CRM_CONNECT: self._connect,
            Verb.CRM_DISCONNECT: self._disconnect,
            Verb.CRM_STATUS: self._status,
            Verb.CRM_ACCOUNT_SET: self._set_account,
            Verb.POP: self._pop,
            Verb.OUTBOX: self._outbox,
        }

    def _connect(self, request: ControlRequest, reply: Reply) -> None:
        """Where the browser is used, its address is told, so that it can be opened by hand."""
        self._toolbar.switch_crm(True)
        view = self._toolbar.state.crm
        if view.browser and view.state is CrmState.SIGNING_IN:
            self._waiting.append(reply)
        else:
            self._status(request, reply)

    def _show_state(self, state: ToolbarState) -> None:
        if self._waiting and state.crm.state is not CrmState.SIGNING_IN:
            waiting, self._waiting = self._waiting, []
            for reply in waiting:
                reply.done(crm_report(state.crm))

    def _disconnect(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.switch_crm(False)
        self._status(request, reply)

    def _status(self, _request: ControlRequest, reply: Reply) -> None:
        reply.done(crm_report(self._toolbar.state.crm))

    def _set_account(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.set_crm(
            CrmEntry(
                manifest=request.text("manifest"),
                url=request.text("url"),
                user=request.text("user"),
                values=request.mapping("values"),
                key=request.text("key") or None,
            )
        )
        self._status(request, reply)

    def _pop(self, request: ControlRequest, reply: Reply) -> None:
        toolbar = self._toolbar
        call_id = request.text("call") or toolbar.state.current
        if request.text("create"):
            toolbar.create_caller(request.text("create"), call_id)
        elif request.text("choose"):
            toolbar.choose_caller(call_id, request.text("choose"))
        else:
            toolbar.open_caller_page(call_id)
        view = toolbar.state.find(call_id)
        reply.done({"call": call_id, "crm": caller_report(view.crm if view is not None else None)})

    def _outbox(self, request: ControlRequest, reply: Reply) -> None:
        if request.text("discard"):
            self._toolbar.discard_outbox(request.text("discard"))
        if request.flag("retry"):
            self._toolbar.retry_outbox(request.text("key"))
        reply.done({"outbox": outbox_report(self._toolbar.state.crm)})
