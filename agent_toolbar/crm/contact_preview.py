"""The head of a contact file, so that a person can say which column is what before it is imported. Any thread."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportPreview
from agent_toolbar.crm.contact_file import LineSource, open_text
from agent_toolbar.crm.csv_contacts import TableHead, read_head
from agent_toolbar.crm.csv_header import ContactColumns
from agent_toolbar.crm.importers import is_vcard
from agent_toolbar.domain.errors import AgentToolbarError, ContactImportError
from agent_toolbar.domain.text import plain_text

SHOWN_ROWS = 5
SHOWN_CELL = 60
_PHONE_FIELDS = {"mobile": "mobile", "work": "phone", "": "phone"}
_OTHER_PHONE = "other_phone"


def preview_contacts(file: Path) -> ImportPreview:
    """Columns, what they were recognised as and the first rows; nothing to choose for a vCard. Never raises."""
    try:
        with file.open("rb") as stream, open_text(stream, file) as text:
            source = LineSource(text.lines)
            return ImportPreview() if is_vcard(source) else _of_table(read_head(source, SHOWN_ROWS))
    except AgentToolbarError as error:
        return ImportPreview(error=error)
    except OSError as error:
        return ImportPreview(
            error=ContactImportError("contacts_file_unreadable", file=file.name, detail=error.strerror or "")
        )


def _of_table(head: TableHead) -> ImportPreview:
    columns = tuple(plain_text(cell, SHOWN_CELL) for cell in head.header)
    return ImportPreview(
        columns=columns,
        mapping={} if head.columns is None else _mapping(head.columns, columns),
        rows=tuple(tuple(plain_text(cell, SHOWN_CELL) for cell in row) for row in head.rows),
    )


def _mapping(found: ContactColumns, headers: tuple[str, ...]) -> dict[str, str]:
    places = {
        field.name: getattr(found, field.name)
        for field in fields(found)
        if field.name not in {"width", "phones", "importance_is_vip"}
    }
    mapping = {name: headers[column] for name, column in places.items() if column >= 0}
    for phone in found.phones:
        name = _PHONE_FIELDS.get(phone.kind, _OTHER_PHONE)
        mapping.setdefault(name if name not in mapping else _OTHER_PHONE, headers[phone.column])
    return mapping
