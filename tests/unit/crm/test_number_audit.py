"""What an audit of the numbers finds, and that its files are harmless."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.cli.texts import text
from agent_toolbar.crm.audit_files import ROWS_PER_PROBLEM, CsvFindings, HtmlFindings, harmless, replaced_text
from agent_toolbar.crm.number_audit import (
    MAX_HOLDERS,
    AuditedPhone,
    CallersOfDay,
    Finding,
    HeardCaller,
    Holder,
    NumberAudit,
    Problem,
    callers_by_day,
)
from agent_toolbar.domain.number_plan import NumberPlan

PLAN = NumberPlan(region="FR")
RIGHT, WRONG = "+33123456789", "+15550100000"


def phone(key: str, contact: int, written: str | None = "", extension: str = "") -> AuditedPhone:
    return AuditedPhone(key, extension, written, contact, f"Contact {contact}", "")


def found(*phones: AuditedPhone) -> tuple[list[Finding], NumberAudit]:
    audit = NumberAudit(PLAN)
    return list(audit.findings(phones)), audit


def test_a_right_number_of_one_contact_in_e164_is_no_finding() -> None:
    findings, audit = found(phone(RIGHT, 1))

    assert (findings, audit.numbers, audit.found.total()) == ([], 1, 0)


def test_a_number_that_no_plan_knows_is_invalid_whatever_its_spelling() -> None:
    (finding,), audit = found(phone(WRONG, 1, "555-0100-000"))

    assert (finding.problem, finding.number, finding.written) == (Problem.INVALID, WRONG, "555-0100-000")
    assert audit.found == {Problem.INVALID: 1}


def test_another_spelling_is_told_with_what_it_means() -> None:
    (finding,), _ = found(phone(RIGHT, 1, "01.23.45.67.89"))

    assert finding == Finding(
        Problem.NOT_E164, RIGHT, "", "01 23 45 67 89", "01.23.45.67.89", (Holder("Contact 1", ""),), 1
    )


def test_a_spelling_that_was_not_kept_is_counted_and_not_judged() -> None:
    findings, audit = found(phone(RIGHT, 1, None))

    assert (findings, audit.unknown_spelling) == ([], 1)


def test_a_number_of_several_contacts_is_shared_once_with_the_first_of_them() -> None:
    (finding,), _ = found(*(phone(RIGHT, contact) for contact in range(1, 101)))

    assert (finding.problem, finding.contacts, len(finding.holders)) == (Problem.SHARED, 100, MAX_HOLDERS)


def test_two_extensions_of_a_switchboard_are_not_the_same_number() -> None:
    assert found(phone(RIGHT, 1, "", "1"), phone(RIGHT, 2, "", "2"))[0] == []


def test_extensions_short_numbers_and_addresses_are_not_judged() -> None:
    findings, audit = found(phone("1001", 1), phone("1001", 2), phone("3949", 3), phone("ann@pbx.example", 4))

    assert (findings, audit.numbers, audit.not_outside) == ([], 4, 4)


def test_phones_are_taken_one_by_one() -> None:
    """A number leaves before those after the next are read, so a million take no more memory than a hundred."""
    taken = 0

    def phones() -> Iterator[AuditedPhone]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield phone(f"+3312345{number:04}", 1, "as written")

    next(NumberAudit(PLAN).findings(phones()))
    assert taken <= 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from([RIGHT, WRONG, "+441134960001", "1001"]),
            st.sampled_from(["", "7"]),
            st.integers(1, 9),
            st.sampled_from([None, "", "spelled"]),
        ),
        unique_by=lambda row: row[:3],
    )
)
def test_counts_agree_with_a_plain_reading(rows: list[tuple[str, str, int, str | None]]) -> None:
    ordered = sorted(rows, key=lambda row: row[:3])
    findings, audit = found(*(phone(key, contact, written, extension) for key, extension, contact, written in ordered))

    outside = [row for row in rows if row[0] != "1001"]
    holders = Counter(row[:2] for row in outside)
    assert audit.numbers == len(rows)
    assert audit.found[Problem.INVALID] == len({row[:2] for row in outside if row[0] == WRONG})
    assert audit.found[Problem.NOT_E164] == sum(row[0] != WRONG and row[3] == "spelled" for row in outside)
    assert audit.found[Problem.SHARED] == sum(count > 1 for count in holders.values())
    assert Counter(finding.problem for finding in findings) == +audit.found


def test_callers_are_counted_by_their_day_without_colleagues() -> None:
    days = [date(2026, 11, 24), date(2026, 11, 25)]
    callers = [
        HeardCaller(0.0, RIGHT, known=True),
        HeardCaller(0.0, WRONG, known=False),
        HeardCaller(1.0, "", known=False),
        HeardCaller(1.0, "1001", known=True),
    ]

    assert callers_by_day(callers, days, PLAN, lambda started_s: days[int(started_s)]) == (
        CallersOfDay(days[0], calls=2, known=1, withheld=0),
        CallersOfDay(days[1], calls=1, known=0, withheld=1),
    )


# ------------------------------------------------------------------ files


def finding_of(name: str) -> Finding:
    return Finding(Problem.NOT_E164, RIGHT, "", "01 23 45 67 89", name, (Holder(name, name),), 1)


@given(st.text())
def test_no_cell_of_the_table_is_a_formula(name: str) -> None:
    stream = io.StringIO(newline="")
    CsvFindings(stream, text).add(finding_of(name))

    rows = list(csv.reader(io.StringIO(stream.getvalue().lstrip("\ufeff"), newline="")))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row)
    assert rows[1][3] == harmless(name)


@given(st.text())
def test_nothing_of_a_contact_becomes_markup(name: str) -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: Counter[str] = Counter()

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.tags[tag] += 1

    def tags_with(name: str) -> Counter[str]:
        report = HtmlFindings(text)
        report.add(finding_of(name))
        page = Tags()
        page.feed(report.page(NumberAudit(PLAN), (), "today"))
        return page.tags

    assert tags_with(name) == tags_with(f"<script>{name}</td>") == tags_with("Ann")


def test_the_page_stays_readable_with_very_many_findings() -> None:
    report = HtmlFindings(text)
    for number in range(ROWS_PER_PROBLEM + 7):
        report.add(finding_of(f"Contact {number}"))

    page = report.page(NumberAudit(PLAN), (), "today")
    assert page.count("<tr><td>") == ROWS_PER_PROBLEM
    assert "... and 7 more" in page


def test_a_file_is_replaced_text_or_not_at_all(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("old")

    def write_half() -> None:
        with replaced_text(report) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert report.read_text() == "old"
    with replaced_text(report) as stream:
        stream.write("new")
    assert report.read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["report.csv"]
    assert report.stat().st_mode & 0o077 == 0
