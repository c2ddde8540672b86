"""What the verb about wrong numbers of contacts does in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent_toolbar.application.number_case import NumberCaseView, NumberOrder
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.errors import AgentToolbarError, NumberError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.i18n.sentences import error_text, number_place_text
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply

JsonObject = dict[str, Any]


class NumberVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {Verb.CONTACTS_CORRECT: self._correct}

    def _correct(self, request: ControlRequest, reply: Reply) -> None:
        to = request.text("to")
        if bool(to) == request.flag("retire"):
            raise NumberError("correction_empty")

        def told(answer: NumberCaseView | AgentToolbarError) -> None:
            if isinstance(answer, AgentToolbarError):
                reply.refuse(answer.code, error_text(answer))
            else:
                reply.done(correction_report(answer))

        kind = CorrectionKind.RETIRE if request.flag("retire") else CorrectionKind.CORRECT
        order = NumberOrder(request.text("number"), kind, to, request.number("contact"))
        self._toolbar.correct_number(order, told, confirmed=request.flag("confirmed"))


def correction_report(case: NumberCaseView) -> JsonObject:
    """`text` says in the toolbar's language what became of it at each place."""
    return {
        "name": case.name,
        "before": case.before,
        "after": case.after if case.applied is CorrectionKind.CORRECT else "",
        "kind": case.applied or "",
        "places": [
            {
                "place": one.place,
                "outcome": one.outcome,
                "error": one.error,
                "error_text": one.error_text,
                "text": number_place_text(one, case.crm_name),
            }
            for one in case.places
        ],
    }


def number_case_report(case: NumberCaseView | None) -> JsonObject | None:
    """The number that the toolbar asks about, None if there is none."""
    if case is None:
        return None
    return {
        **correction_report(case),
        "call": case.call,
        "finding": case.finding,
        "proposed": case.proposed,
        "sip_status": case.evidence.sip_status,
        "q850_cause": case.evidence.q850_cause,
        "contacts": [{"id": one.contact_id, "name": one.name} for one in case.contacts],
    }
