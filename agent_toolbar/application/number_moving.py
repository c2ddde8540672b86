"""Moves a number at the CRM: retired at the old contact, then added at the new one. GUI thread.

Safe to repeat from the beginning, wherever it was broken off: each of the two is asked about before it is written.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.contact_choice import chosen_contact, number_of
from agent_toolbar.application.ports.crm import Crm
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.number_correction import NumberCorrection

_Contacts = tuple[CrmContact, ...] | AgentToolbarError
NOT_GIVEN = "correction_not_given"
_NO_USE_TRYING = frozenset({"crm_number_changed", "crm_refused", "crm_forbidden"})


class NumberMove:
    """One try. Whoever gets the number must be known before it is taken from anybody."""

    def __init__(
        self, crm: Crm, correction: NumberCorrection, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None:
        """`on_result`: see correction_sending.send_correction, "correction_no_receiver" (text: who is not there),
        "correction_still_there" or "correction_not_given" (text: to whom, and why) too.
        """
        self._crm = crm
        self._correction = correction
        self._on_result = on_result
        self._receiver = ""
        self._has_it = False

    def begin(self) -> None:
        if self._correction.to_number:
            self._crm.find(number_of(self._correction.to_number), self._found_receiver)
        else:
            self._found_receiver(())

    def _found_receiver(self, answer: _Contacts) -> None:
        """By name and by a number of theirs: what the person chose them by."""
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
            return
        receiver = chosen_contact(answer, self._correction.to_name)
        if receiver is None or receiver.id == self._correction.crm_contact:
            self._on_result(CrmError("correction_no_receiver", text=self._correction.to_name))
            return
        self._receiver = receiver.id
        self._crm.find(number_of(self._correction.before), self._found_owner)

    def _found_owner(self, answer: _Contacts) -> None:
        if isinstance(answer, AgentToolbarError):
            self._on_result(answer)
            return
        wanted = self._correction
        certain = tuple(one for one in answer if one.level.certain)
        self._has_it = any(one.id == self._receiver for one in certain)
        others = tuple(one for one in certain if one.id != self._receiver)
        owner = next((one for one in others if one.id == wanted.crm_contact), None)
        if not wanted.crm_contact:
            owner = chosen_contact(others, wanted.name) if wanted.name else None
            if owner is None and others and not self._has_it:
                self._on_result(CrmError("correction_other_contact", text=", ".join(one.name for one in others)))
                return
        if owner is None:  # an earlier try took it away, or a colleague did
            self._give()
        else:
            self._crm.retire_number(owner.id, owner.number, self._retired)

    def _retired(self, answer: str | AgentToolbarError) -> None:
        if not isinstance(answer, AgentToolbarError):
            self._give()
        elif answer.code == "crm_number_changed":
            self._on_result(CrmError("correction_still_there"))
        else:
            self._on_result(answer)

    def _give(self) -> None:
        if self._has_it:
            self._on_result(self._correction.after)
        else:
            self._crm.add_number(self._receiver, number_of(self._correction.after), self._given)

    def _given(self, answer: str | AgentToolbarError) -> None:
        """Taken away and not given is nothing that passes by itself; else it is tried again, from the beginning."""
        if isinstance(answer, AgentToolbarError) and answer.code in _NO_USE_TRYING:
            words = str(answer.params.get("text", ""))
            name = self._correction.to_name
            answer = CrmError(NOT_GIVEN, text=f"{name} ({words})" if words else name)
        self._on_result(answer)
