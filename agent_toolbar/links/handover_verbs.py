"""What the verbs about handing calls over do in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.status_report import JsonObject, transfer_report


class HandoverVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {
            Verb.TRANSFER: self._transfer,
            Verb.CONSULT: self._consult,
            Verb.REDIRECT: self._redirect,
            Verb.MOVE: self._move,
            Verb.NOTE: self._note,
            Verb.JOIN: self._join,
            Verb.SILENCE: self._silence,
            Verb.UNSILENCE: self._silence,
            Verb.UNDO: self._plain(toolbar.undo),
            Verb.COMPLETE: self._plain(toolbar.complete),
            Verb.SWAP: self._plain(toolbar.swap),
            Verb.BACK: self._plain(toolbar.take_back),
            Verb.CONFERENCE: self._plain(toolbar.conference),
        }

    def _report(self) -> JsonObject | None:
        return transfer_report(self._toolbar.state.transfer, self._toolbar.state)

    def _plain(self, act: Callable[[], None]) -> Callable[[ControlRequest, Reply], None]:
        def verb(_request: ControlRequest, reply: Reply) -> None:
            act()
            reply.done({"transfer": self._report()})

        return verb

    def _transfer(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.transfer(
            request.text("target"),
            request.text("call"),
            now=request.flag("now"),
            confirmed=request.flag("confirmed"),
        )
        reply.done({"transfer": self._report()})

    def _consult(self, request: ControlRequest, reply: Reply) -> None:
        call = self._toolbar.consult(request.text("target"), request.text("call"), confirmed=request.flag("confirmed"))
        reply.done({"call": call, "transfer": self._report()})

    def _redirect(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.redirect(request.text("target"), request.text("call"), confirmed=request.flag("confirmed"))
        reply.done({"call": request.text("call")})

    def _move(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.answer_transfer_request(
            request.flag("accepted"), request.text("call"), confirmed=request.flag("confirmed")
        )
        reply.done({"call": request.text("call")})

    def _note(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.note(request.text("text"), request.text("call"))
        reply.done({"call": request.text("call") or self._toolbar.state.current})

    def _join(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.join(request.text("call"), request.text("other"))
        reply.done({"transfer": self._report()})

    def _silence(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.silence(request.text("call"), request.verb is Verb.SILENCE)
        reply.done({"call": request.text("call")})
