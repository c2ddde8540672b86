"""Reads contacts from CSV (RFC 4180 and what spreadsheets make of it): separator, header, rows, broken rows.

Runs in the import process.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent_toolbar.application.ports.directory import SkippedRow, SkipReason
from agent_toolbar.crm.contact_file import ContactRow, LineSource, WrittenPhone, is_broken, skipped
from agent_toolbar.crm.csv_header import ContactColumns, find_columns, kind_of
from agent_toolbar.domain.errors import ContactImportError

MAX_ROW_CHARS = 65_536
MAX_LINES_OF_ROW = 40  # a quote that is not closed within these is a stray one
_HEADER_WITHIN = 6  # lines; some exports begin with a title
_SEPARATORS = (",", ";", "\t", "|")
_VIP_FLAGS = frozenset({"1", "x", "y", "yes", "true", "oui", "o", "vrai", "ja", "j", "wahr", "si", "s", "verdadero"})


@dataclass(frozen=True, slots=True)
class _Table:
    header: tuple[str, ...]
    columns: ContactColumns
    separator: str


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a table begins with: its header, what was recognised in it (None: too little), and its first rows."""

    header: tuple[str, ...]
    columns: ContactColumns | None
    rows: tuple[tuple[str, ...], ...]


def read_head(source: LineSource, rows: int) -> TableHead:
    """The head of a CSV file for a person to look at. Where no header is recognised, the first line is taken for it."""
    taken = [line for line in (source.take() for _ in range(_HEADER_WITHIN + rows)) if line is not None]
    lines = [line for line in taken if line.strip()]
    head = LineSource(lines)
    try:
        table = _find_header(head, {})
    except ContactImportError:
        cells, separator = _widest_cells(lines[0])
        return TableHead(tuple(cells), None, _cells_of(lines[1 : rows + 1], separator))
    below = lines[head.number : head.number + rows]
    return TableHead(table.header, table.columns, _cells_of(below, table.separator))


def _cells_of(lines: list[str], separator: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_cells(line, separator)) for line in lines)


def read_csv(source: LineSource, mapping: Mapping[str, str]) -> Iterator[ContactRow | SkippedRow]:
    """The contacts of a CSV file, row by row; a row that cannot be read comes as SkippedRow.

    Raises ContactImportError before the first row when there is no usable header.
    """
    table = _find_header(source, mapping)
    return _rows(source, table)


def _find_header(source: LineSource, mapping: Mapping[str, str]) -> _Table:
    complaint: ContactImportError | None = None
    for _ in range(_HEADER_WITHIN):
        line = source.take()
        if line is None:
            break
        if not line.strip() or line.lower().startswith("sep="):
            continue
        header, separator = _widest_cells(line)
        try:
            columns = find_columns(header, mapping)
        except ContactImportError as error:
            complaint = complaint or error
            continue
        if columns is not None:
            return _Table(tuple(header), columns, separator)
    raise complaint or ContactImportError("contacts_no_header")


def _widest_cells(line: str) -> tuple[list[str], str]:
    """The cells by the separator that makes most of them, and that separator."""
    return max(((_cells(line, separator), separator) for separator in _SEPARATORS), key=lambda read: len(read[0]))


def _rows(source: LineSource, table: _Table) -> Iterator[ContactRow | SkippedRow]:
    while (line := source.take()) is not None:
        number = source.number
        if not line.strip():
            continue
        if len(line) > MAX_ROW_CHARS:
            yield skipped(number, SkipReason.TOO_LONG, line)
            continue
        cells = _cells(line, table.separator) if line.count('"') % 2 == 0 else _open_row(line, source, table)
        if cells is None or any(cell.strip() for cell in cells[table.columns.width :]):
            yield skipped(number, SkipReason.BROKEN_ROW, line)
        elif is_broken(line) or (source.number > number and any(map(is_broken, cells))):
            yield skipped(number, SkipReason.BROKEN_ENCODING, line)
        elif any(cell.strip() for cell in cells):
            yield _contact(number, cells, table.columns)


def _open_row(line: str, source: LineSource, table: _Table) -> list[str] | None:
    """The cells of a row whose quoted text goes on in the next lines, or of one with a stray quote; None if broken."""
    joined = [line]
    quotes = line.count('"')
    while quotes % 2 and len(joined) <= MAX_LINES_OF_ROW:
        following = source.peek(len(joined) - 1)
        if following is None:
            break
        joined.append(following)
        quotes += following.count('"')
    if quotes % 2 == 0 and sum(map(len, joined)) <= MAX_ROW_CHARS:
        cells = _strict_cells(joined, table.separator)
        if cells is not None and len(cells) <= table.columns.width:
            for _ in joined[1:]:
                source.take()
            return cells
    return _strict_cells([line], table.separator)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _strict_cells(lines: list[str], separator: str) -> list[str] | None:
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _contact(line: int, cells: list[str], columns: ContactColumns) -> ContactRow:
    def cell(column: int) -> str:
        return cells[column].strip() if 0 <= column < len(cells) else ""

    name = cell(columns.name) or " ".join(filter(None, (cell(columns.first_name), cell(columns.last_name))))
    importance = cell(columns.importance)
    if columns.importance_is_vip and importance.lower() in _VIP_FLAGS:
        importance = "vip"
    phones = tuple(
        WrittenPhone(cell(phone.column), (phone.kind_column >= 0 and kind_of(cell(phone.kind_column))) or phone.kind)
        for phone in columns.phones
        if cell(phone.column)
    )
    return ContactRow(
        line, name, cell(columns.company), phones, importance, cell(columns.owner), cell(columns.external_id)
    )
