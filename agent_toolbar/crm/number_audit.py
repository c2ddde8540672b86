"""How good the numbers of the contacts are (invalid, not in E.164, shared) and how many callers are known. Pure.

Memory stays bounded whatever the number of contacts: rows come in order of their numbers and leave one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from agent_toolbar.domain.number_shortcut import StoredNumbers
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number

MAX_HOLDERS = 5  # a switchboard's number may belong to everybody of a company


class Problem(StrEnum):
    INVALID = "invalid"  # no numbering plan knows it
    NOT_E164 = "not_e164"  # right, but written so that it has to be interpreted
    SHARED = "shared"  # of several contacts


@dataclass(frozen=True, slots=True)
class AuditedPhone:
    """One number of one contact.

    Attributes:
        key, extension: as the index finds it. written: as its source wrote it, "" as the key, None if not known.
    """

    key: str
    extension: str
    written: str | None
    contact_id: int
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        number: the key. shown: as people write it. written: as the source wrote it, "" if that is the key or not known.
        holders: the first contacts with it, MAX_HOLDERS at most. contacts: how many have it.
    """

    problem: Problem
    number: str
    extension: str
    shown: str
    written: str
    holders: tuple[Holder, ...]
    contacts: int


class NumberAudit:
    """Counts and finds in one pass.

    Attributes:
        numbers: how many were read. not_outside: of these, extensions, short numbers and SIP addresses, which are not
            judged. unknown_spelling: of these, how many were read by an earlier release that did not keep the spelling.
        found: findings by problem.
    """

    def __init__(self, plan: NumberPlan) -> None:
        self._known = StoredNumbers(plan)
        self.numbers = 0
        self.not_outside = 0
        self.unknown_spelling = 0
        self.found: Counter[Problem] = Counter()

    def findings(self, phones: Iterable[AuditedPhone]) -> Iterator[Finding]:
        """`phones` ordered by key, extension and contact."""
        for (key, extension), group in groupby(phones, lambda phone: (phone.key, phone.extension)):
            judge = self._of_outside if key.startswith("+") else self._of_others
            for finding in judge(key, extension, group):
                self.found[finding.problem] += 1
                yield finding

    def _of_others(self, _key: str, _extension: str, group: Iterable[AuditedPhone]) -> Iterator[Finding]:
        for _ in group:
            self.numbers += 1
            self.not_outside += 1
        yield from ()

    def _of_outside(self, key: str, extension: str, group: Iterable[AuditedPhone]) -> Iterator[Finding]:
        valid, shown = self._known.valid(key), ""
        holders: list[Holder] = []
        contacts, written = 0, ""
        for phone in group:
            self.numbers += 1
            self.unknown_spelling += phone.written is None
            contacts += 1
            written = written or phone.written or ""
            if len(holders) < MAX_HOLDERS:
                holders.append(Holder(phone.name, phone.company))
            if phone.written and valid:
                shown = shown or self._known.shown(key)
                holder = holders[-1] if contacts <= MAX_HOLDERS else Holder(phone.name, phone.company)
                yield Finding(Problem.NOT_E164, key, extension, shown, phone.written, (holder,), 1)
        if not valid or contacts > 1:
            shown = shown or self._known.shown(key)  # costs as much as all the rest, so only for findings
        if not valid:
            yield Finding(Problem.INVALID, key, extension, shown, written, tuple(holders), contacts)
        if contacts > 1:
            yield Finding(Problem.SHARED, key, extension, shown, "", tuple(holders), contacts)


@dataclass(frozen=True, slots=True)
class HeardCaller:
    """One incoming call of the journal: `key` "" where the number was withheld, `known` where a contact was shown."""

    started_s: float
    key: str
    known: bool


@dataclass(frozen=True, slots=True)
class CallersOfDay:
    """Incoming calls from outside on one day: all, of these known ones, and of these without a number."""

    day: date
    calls: int = 0
    known: int = 0
    withheld: int = 0


def callers_by_day(
    callers: Iterable[HeardCaller], days: Iterable[date], plan: NumberPlan, day_of: Callable[[float], date]
) -> tuple[CallersOfDay, ...]:
    """One entry for each of `days`. Calls of extensions are left out; `day_of` gives the local day of a time."""
    calls: Counter[date] = Counter()
    known: Counter[date] = Counter()
    withheld: Counter[date] = Counter()
    for caller in callers:
        if caller.key and canonical_number(caller.key, plan).kind is not NumberKind.E164:
            continue
        day = day_of(caller.started_s)
        calls[day] += 1
        known[day] += caller.known
        withheld[day] += not caller.key
    return tuple(CallersOfDay(day, calls[day], known[day], withheld[day]) for day in days)
