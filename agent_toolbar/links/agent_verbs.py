"""What the verbs about availability and wrap-up do in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.agent_report import agent_report, wrap_up_report
from agent_toolbar.links.control_caller import Reply


class AgentVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {
            Verb.CTI: self._cti,
            Verb.READY: self._ready,
            Verb.NOT_READY: self._not_ready,
            Verb.WRAP_UP: self._wrap_up,
            Verb.QUEUE_PASSWORD: self._queue_password,
        }

    def _cti(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.switch_cti(request.flag("on"), confirmed=request.flag("confirmed"))
        reply.done({"state": "on" if request.flag("on") else "off"})

    def _ready(self, _request: ControlRequest, reply: Reply) -> None:
        self._toolbar.set_ready(True)
        reply.done(agent_report(self._toolbar.state.agent))

    def _not_ready(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.set_ready(False, request.text("reason"), request.text("note"))
        reply.done(agent_report(self._toolbar.state.agent))

    def _queue_password(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.keep_queue_password(request.text("password"), lambda kept: reply.done({"kept_in_keyring": kept}))

    def _wrap_up(self, request: ControlRequest, reply: Reply) -> None:
        toolbar = self._toolbar
        if toolbar.state.wrap_up is None:
            toolbar.begin_wrap_up(request.text("call"))
        fields = {name: request.text(name) for name in ("subject", "disposition", "follow_up") if request.text(name)}
        finding = _finding(request)
        if fields or finding is not None:
            toolbar.edit_wrap_up(
                subject=fields.get("subject"),
                disposition=fields.get("disposition"),
                follow_up=fields.get("follow_up"),
                finding=finding,
            )
        if request.flag("extend"):
            toolbar.extend_wrap_up()
        if request.flag("finish") or request.flag("not_ready"):
            toolbar.finish_wrap_up(not_ready=request.flag("not_ready"), reason=request.text("reason"))
        reply.done({"wrap_up": wrap_up_report(toolbar.state.wrap_up)})


def _finding(request: ControlRequest) -> NumberFinding | None:
    """What is wrong with the number, None to leave that as it is. Raises AgentError("unknown_finding", finding)."""
    given = request.text("number").replace("-", "_")
    if not given:
        return NumberFinding.WRONG if request.flag("wrong_number") else None
    try:
        return NumberFinding("" if given == "right" else given)
    except ValueError:
        raise AgentError("unknown_finding", finding=given[:40]) from None
