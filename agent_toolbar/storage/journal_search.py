"""What a typed text means as a search in the journal: words without accents, or a number in any spelling. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.domain.folded_text import ascii_digits, folded
from agent_toolbar.domain.text import plain_text

_NUMBER = re.compile(r"\+?[0-9 ./()\u2010-\u2015-]*[0-9][0-9 ./()\u2010-\u2015-]*")
_TRUNK_ZERO = "(0)"
_WITH_NATIONAL_PREFIX = 9  # digits; shorter texts are parts of numbers


def searched_words(record: CallRecord) -> str:
    """The text of a record that words are looked for in."""
    return folded(
        " ".join((record.name, record.company, record.subject, record.disposition, record.number, record.called_on))
    )


def searched_digits(record: CallRecord) -> str:
    """The digits of a record that numbers are looked for in; a space keeps two numbers apart."""
    return " ".join(dict.fromkeys(filter(None, (ascii_digits(record.number_key), ascii_digits(record.number)))))


@dataclass(frozen=True, slots=True)
class JournalSearch:
    """A query in comparable form.

    Attributes:
        words: each must be part of the record's words.
        spellings: if any, one of them must be part of the record's digits.
    """

    words: tuple[str, ...]
    spellings: tuple[str, ...]
    only_missed: bool
    before_s: float

    @classmethod
    def of(cls, query: JournalQuery) -> JournalSearch:
        text = folded(plain_text(query.text))
        is_number = bool(_NUMBER.fullmatch(text))
        return cls(
            words=() if is_number else tuple(text.split()),
            spellings=_spellings(text) if is_number else (),
            only_missed=query.only_missed,
            before_s=query.before_s,
        )

    def holds_for(self, record: CallRecord) -> bool:
        """The same as the conditions of `sql`, for a record that is not in the database yet."""
        words, digits = searched_words(record), searched_digits(record)
        return (
            all(word in words for word in self.words)
            and (not self.spellings or any(spelling in digits for spelling in self.spellings))
            and (record.missed or not self.only_missed)
            and (not self.before_s or record.started_s < self.before_s)
        )

    def sql(self) -> tuple[list[str], dict[str, str | float]]:
        """Conditions over the table `call`, and their values."""
        conditions: list[str] = []
        values: dict[str, str | float] = {}
        for place, word in enumerate(self.words):
            conditions.append(f"instr(words, :word{place})")
            values[f"word{place}"] = word
        if self.spellings:
            names = [f"spelling{place}" for place in range(len(self.spellings))]
            conditions.append(f"({' OR '.join(f'instr(digits, :{name})' for name in names)})")
            values.update(zip(names, self.spellings, strict=True))
        if self.only_missed:
            conditions.append("missed")
        if self.before_s:
            conditions.append("started_s < :before_s")
            values["before_s"] = self.before_s
        return conditions, values


def _spellings(number: str) -> tuple[str, ...]:
    """Parts of an international number that `number` may stand for: without zeros before it, or without a prefix."""
    digits = ascii_digits(number.replace(_TRUNK_ZERO, "") if number.startswith(("+", "00")) else number)
    national = digits.lstrip("0") or digits
    if len(digits) < _WITH_NATIONAL_PREFIX:
        return tuple(dict.fromkeys((digits, national)))
    return tuple(dict.fromkeys((national, digits[1:])))
