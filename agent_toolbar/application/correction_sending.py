"""Writes one confirmed correction to the CRM, and nothing over what somebody else wrote meanwhile. GUI thread.

Safe to repeat: what is there already counts as written.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.contact_choice import chosen_contact, number_of
from agent_toolbar.application.number_moving import NumberMove
from agent_toolbar.application.ports.crm import Crm
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.folded_text import folded
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection

_OPERATIONS = {
    CorrectionKind.CORRECT: frozenset({CrmOperation.UPDATE_NUMBER}),
    CorrectionKind.RETIRE: frozenset({CrmOperation.RETIRE_NUMBER}),
    CorrectionKind.MOVE: frozenset({CrmOperation.RETIRE_NUMBER, CrmOperation.ADD_NUMBER}),
}
_Contacts = tuple[CrmContact, ...] | AgentToolbarError


def operations_for(kind: CorrectionKind) -> frozenset[CrmOperation]:
    """What a connector must be able to do for it."""
    return _OPERATIONS[kind]


def entry_of(correction: NumberCorrection) -> CallEntry:
    """What the outbox shows of it: whom it is about, since when."""
    return CallEntry(
        key=correction.key,
        incoming=False,
        number=correction.before,
        result=CallResult.NOT_REACHED,
        contact_id=correction.crm_contact,
        contact_name=correction.name,
        started_s=correction.evidence.when_s,
        number_finding=correction.finding.value,
    )


def send_correction(
    crm: Crm, correction: NumberCorrection, on_result: Callable[[str | AgentToolbarError], None]
) -> None:
    """The number that the contact has now, "" for none; or a CrmError as of Crm, or

    "correction_overtaken" (text: what is there now, "" if unknown), "correction_nobody" (nobody there has the number
    for certain), "correction_other_contact" (text: who has it there instead of whom the person meant),
    "correction_still_there" (the contact has it in a place that the connector does not write), or as of NumberMove.
    """
    if not operations_for(correction.kind) <= crm.operations:
        on_result(CrmError("crm_cannot", operation=correction.kind.value))
        return
    if correction.kind is CorrectionKind.MOVE:
        NumberMove(crm, correction, on_result).begin()
        return
    sending = _Sending(crm, correction, on_result)
    if correction.crm_contact:
        sending.write(correction.crm_contact, correction.crm_number or correction.before)
    else:
        crm.find(number_of(correction.before), sending.found)


class _Sending:
    def __init__(
        self, crm: Crm, correction: NumberCorrection, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None:
        self._crm = crm
        self._correction = correction
        self._on_result = on_result
        self._contact = ""

    def found(self, answer: _Contacts) -> None:
        """Who has the wrong number: only whom the person meant may be changed."""
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
            return
        contact = chosen_contact(answer, self._correction.name)
        others = [one.name for one in answer if one.level.certain]
        if contact is not None and self._correction.name:
            self.write(contact.id, contact.number)
        elif others:
            self._on_result(CrmError("correction_other_contact", text=", ".join(others)))
        elif self._correction.kind is CorrectionKind.RETIRE:
            self._on_result("")  # nobody has it any more
        else:
            self._crm.find(number_of(self._correction.after), self._found_corrected)

    def write(self, contact_id: str, before: str) -> None:
        self._contact = contact_id
        if self._correction.kind is CorrectionKind.RETIRE:
            self._crm.retire_number(contact_id, before, self._written)
        else:
            self._crm.update_number(contact_id, before, number_of(self._correction.after), self._written)

    def _written(self, answer: str | AgentToolbarError) -> None:
        changed = isinstance(answer, AgentToolbarError) and answer.code == "crm_number_changed"
        if not changed:
            self._on_result(answer)
        elif self._correction.kind is CorrectionKind.RETIRE:
            self._crm.find(number_of(self._correction.before), self._found_retired)
        else:
            self._crm.find(number_of(self._correction.after), self._found_corrected)

    def _found_retired(self, answer: _Contacts) -> None:
        """Gone is gone, whoever did it; but perhaps it stands where the connector does not write (a second field)."""
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
        elif any(one.level.certain and one.id == self._contact for one in answer):
            self._on_result(CrmError("correction_still_there"))
        else:
            self._on_result("")

    def _found_corrected(self, answer: _Contacts) -> None:
        """Perhaps an earlier try of ours arrived, or a colleague wrote the same."""
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
            return
        wanted = self._correction
        if any(self._is_meant(one) for one in answer):
            self._on_result(wanted.after)
        elif CrmOperation.FIND_BY_NAME in self._crm.operations and wanted.name:
            self._crm.find_by_name(wanted.name, self._told_now)
        else:
            self._on_result(
                CrmError("correction_overtaken", text="") if self._contact else CrmError("correction_nobody")
            )

    def _told_now(self, answer: _Contacts) -> None:
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
            return
        now = [number_of(one.number).key or one.number for one in answer if self._is_meant(one)]
        if self._contact or len(now) == 1:
            self._on_result(CrmError("correction_overtaken", text=now[0] if now else ""))
        else:
            self._on_result(CrmError("correction_nobody"))

    def _is_meant(self, contact: CrmContact) -> bool:
        if self._contact:
            return contact.id == self._contact
        return folded(contact.name) == folded(self._correction.name)
