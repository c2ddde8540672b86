"""What `doctor` does in the running toolbar: examines, makes a file for support, asks what the PBX is. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.examination import CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import advice_text, cause_text, check_text, error_text, finding_text
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.status_report import JsonObject


class DoctorVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {Verb.DOCTOR: self._doctor}

    def _doctor(self, request: ControlRequest, reply: Reply) -> None:
        if request.text("audit"):
            self._audit(Path(request.text("audit")), reply)
        elif request.text("bundle"):
            self._examine(reply, lambda examination: self._bundle(Path(request.text("bundle")), examination, reply))
        else:
            self._examine(reply, lambda examination: reply.done(self._report(examination)))

    def _examine(self, reply: Reply, then: Callable[[Examination], None]) -> None:
        def examined(examination: Examination) -> None:
            said = {"listening": 1} if examination.listening else {"done": len(examination.results)}
            reply.progress(**said)  # also so that the caller keeps waiting
            if examination.done:
                then(examination)

        self._toolbar.examine(examined)

    def _bundle(self, file: Path, examination: Examination, reply: Reply) -> None:
        def written(outcome: Path | AgentToolbarError) -> None:
            if isinstance(outcome, AgentToolbarError):
                reply.refuse(outcome.code, error_text(outcome))
            else:
                reply.done({"files": [str(outcome)]})

        self._toolbar.write_support_file(file, examination, written)

    def _audit(self, folder: Path, reply: Reply) -> None:
        def audited(outcome: tuple[Path, ...] | AgentToolbarError) -> None:
            if isinstance(outcome, AgentToolbarError):
                reply.refuse(outcome.code, error_text(outcome))
            else:
                reply.done({"files": [str(file) for file in outcome]})

        self._toolbar.audit(folder, audited)

    def _report(self, examination: Examination) -> JsonObject:
        cause = examination.cause
        return {
            "answer": cause_text(examination, self._toolbar.settings.availability.reasons),
            "wrong": any(result.finding is Finding.WRONG for result in examination.results),
            "cause": self._result(cause) if cause is not None else None,
            "checks": [self._result(result) for result in examination.results],
        }

    def _result(self, result: CheckResult) -> JsonObject:
        return {
            "check": result.check,
            "name": check_text(result.check),
            "finding": result.finding,
            "code": result.code,
            "text": finding_text(result, self._toolbar.settings.availability.reasons),
            "what_to_do": advice_text(result),
            "params": result.params,
        }
