"""The numbers in a cell of a contact file: one, several, or none that could be called. In the import process."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent_toolbar.domain.number_shortcut import PlainNumbers
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text

MAX_WRITTEN = 80
_SEVERAL = re.compile(r" ::: |[;,/|\n]| or | ou | oder | o ")
_SPREADSHEET_TEXT = re.compile(r'=?"(.*)"|\'(.*)')  # how a table is told that a number is text
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)  # 4.41135E+11: a table has lost the digits
_USABLE = frozenset({NumberKind.E164, NumberKind.INTERNAL, NumberKind.SHORT, NumberKind.SIP_ADDRESS})


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """`written`: plain text of the file, "" where that is the key itself."""

    key: str
    extension: str = ""
    written: str = ""


class WrittenNumbers:
    """Reads cells by the plan of the import."""

    def __init__(self, plan: NumberPlan) -> None:
        self._plan = plan
        self._plain = PlainNumbers(plan)

    def read(self, cell: str) -> list[ReadNumber]:
        """The numbers of `cell` in its order; a number that no plan knows counts if it is at least possible."""
        if key := self._plain.key(cell):
            return [ReadNumber(key, written=_written(cell, key))]
        quoted = _SPREADSHEET_TEXT.fullmatch(cell)
        text = (quoted[1] or quoted[2] or "") if quoted else cell
        if _ROUNDED.fullmatch(text.strip()):
            return []
        whole = canonical_number(text, self._plan)
        if whole.valid and whole.kind in _USABLE:
            return [_read(whole)]
        cuts = _SEVERAL.split(text)
        if len(cuts) > 1:
            parts = [canonical_number(part, self._plan) for part in cuts if part.strip()]
            several = [_read(part) for part in parts if part.kind is NumberKind.E164 and part.valid]
            if several:
                return several
        return [_read(whole)] if whole.kind in _USABLE else []


def _read(number: CanonicalNumber) -> ReadNumber:
    return ReadNumber(number.key, number.extension, _written(number.raw, number.key))


def _written(cell: str, key: str) -> str:
    return "" if cell == key else plain_text(cell, MAX_WRITTEN)
