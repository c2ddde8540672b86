"""Writes every call to the journal as it happens, so that a crash loses nothing of it."""

from __future__ import annotations

from agent_toolbar.application.ports.storage import KNOWN_AT_CRM, CallJournal, CallRecord
from agent_toolbar.application.toolbar_state import CallView


class CallLogging:
    """Turns views of calls into records and writes those that differ from what is written already."""

    def __init__(self, journal: CallJournal) -> None:
        self._journal = journal
        self._written: dict[str, CallRecord] = {}

    def note(self, view: CallView) -> bool:
        """Writes the call if something of it changed; True if it has just become a missed one."""
        record = record_of(view)
        before = self._written.get(record.id)
        if before == record:
            return False
        self._written[record.id] = record
        self._journal.write(record)
        return record.missed and not (before is not None and before.missed)

    def forget(self, call_id: str) -> None:
        """The call will not change any more."""
        self._written.pop(call_id, None)


def record_of(view: CallView) -> CallRecord:
    """The journal's record of a call; a private caller's number is not stored (RFC 3323)."""
    call = view.call
    private = call.remote.private
    return CallRecord(
        id=call.id,
        direction=call.direction,
        number="" if private else call.remote.number,
        number_key="" if private else view.number.key,
        name=view.known_name or view.story_title or ("" if private else call.remote.name),
        company=view.company,
        contact_id=_contact_id(view),
        called_on=call.called_on,
        sip_call_id=call.sip_call_id,
        started_s=call.started_s,
        ringing_s=call.ringing_s,
        answered_s=call.answered_s,
        ended_s=call.ended_s,
        end_cause=call.end_cause,
        sip_status=call.sip_status,
        missed=call.missed,
        seen=not call.missed,
        subject=view.note,
        conversation=view.conversation,
    )


def _contact_id(view: CallView) -> int:
    if view.contact is not None:
        return view.contact.contact_id
    return KNOWN_AT_CRM if view.crm is not None and view.crm.contact is not None else 0
