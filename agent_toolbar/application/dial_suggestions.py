"""What the dial field offers while somebody types: contacts first, then numbers of the call history."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.directory import ContactDirectory
from agent_toolbar.application.ports.storage import CallJournal, CallRecord, JournalQuery
from agent_toolbar.domain.contact import ContactMatch

MAX_SUGGESTIONS = 8
_HISTORY_DEPTH = 40


def suggest(
    text: str,
    directory: ContactDirectory,
    journal: CallJournal,
    on_result: Callable[[tuple[ContactMatch, ...]], None],
) -> None:
    """At most eight, each number once. History entries have the contact_id of their record, 0 for no contact."""
    typed = text.strip()
    if not typed:
        on_result(())
        return

    def with_contacts(contacts: tuple[ContactMatch, ...]) -> None:
        journal.search(
            JournalQuery(text=typed, limit=_HISTORY_DEPTH),
            lambda records: on_result(_joined(contacts, records)),
        )

    directory.suggest(typed, MAX_SUGGESTIONS, with_contacts)


def _joined(contacts: tuple[ContactMatch, ...], records: tuple[CallRecord, ...]) -> tuple[ContactMatch, ...]:
    offered = {match.phone: match for match in contacts if match.phone}
    for record in records:
        number = record.number_key or record.number
        if number and number not in offered:
            offered[number] = ContactMatch(
                contact_id=record.contact_id, name=record.name, company=record.company, phone=number
            )
    return tuple(offered.values())[:MAX_SUGGESTIONS]
