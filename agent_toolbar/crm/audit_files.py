"""An audit of the numbers as a CSV file and as one HTML page without script, each written whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import IO, Protocol

from agent_toolbar.crm.number_audit import CallersOfDay, Finding, NumberAudit, Problem
from agent_toolbar.whole_file import replaced_whole

ROWS_PER_PROBLEM = 2_000  # of the page; the CSV file has all
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # OWASP, "CSV Injection": what a spreadsheet takes for a formula
_COLUMNS = ("problem", "number", "extension", "written", "shown", "contacts", "names")
_STYLE = (
    "body{font:16px/1.45 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2228;background:#fff}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #b6bec6;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eef1f4}"
)


class Say(Protocol):
    """A text by its key in the language of the report, its {places} filled."""

    def __call__(self, key: str, **values: object) -> str: ...


class CsvFindings:
    """Writes each finding as it comes. UTF-8 with a byte order mark, without which Excel reads no accents."""

    def __init__(self, stream: IO[str], say: Say) -> None:
        self._writer = csv.writer(stream)
        self._say = say
        self._problems = {problem: say(f"audit_problem_{problem}") for problem in Problem}
        stream.write("\ufeff")
        self._writer.writerow([say(f"audit_column_{column}") for column in _COLUMNS])

    def add(self, finding: Finding) -> None:
        cells = (self._problems[finding.problem], *_cells(finding, self._say))
        self._writer.writerow([harmless(cell) for cell in cells])


class HtmlFindings:
    """Keeps the first findings of each problem and makes the page of them."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._kept: dict[Problem, list[Finding]] = {problem: [] for problem in Problem}
        self._seen: Counter[Problem] = Counter()

    def add(self, finding: Finding) -> None:
        self._seen[finding.problem] += 1
        if len(self._kept[finding.problem]) < ROWS_PER_PROBLEM:
            self._kept[finding.problem].append(finding)

    def page(self, audit: NumberAudit, week: Sequence[CallersOfDay], written: str) -> str:
        """written: date and time, for people."""
        say = self._say
        title = escape(say("audit_title"))
        parts = [
            "<!DOCTYPE html>",
            f'<html lang="{say("language_code")}"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>",
            f"<p>{escape(say('audit_written', when=written))}</p>",
            *(f"<p>{escape(line)}</p>" for line in summary(audit, say)),
            f"<h2>{escape(say('audit_week'))}</h2>",
            _table([say("audit_day"), say("audit_calls"), say("audit_known"), say("audit_withheld")], _days(week)),
        ]
        for problem, kept in self._kept.items():
            if kept:
                parts.append(f"<h2>{escape(say(f'audit_{problem}', count=self._seen[problem]))}</h2>")
                parts.append(f"<p>{escape(say(f'audit_{problem}_advice'))}</p>")
                heads = [say(f"audit_column_{column}") for column in _COLUMNS[1:]]
                parts.append(_table(heads, [_cells(finding, say) for finding in kept]))
            if (left := self._seen[problem] - len(kept)) > 0:
                parts.append(f"<p>{escape(say('more_skipped', count=left))}</p>")
        return "\n".join([*parts, "</body></html>", ""])


def summary(audit: NumberAudit, say: Say) -> list[str]:
    """The counts in sentences."""
    lines = [say("audit_numbers", count=audit.numbers)]
    lines += [say(f"audit_{problem}", count=audit.found[problem]) for problem in Problem]
    if audit.unknown_spelling:
        lines.append(say("audit_unknown_spelling", count=audit.unknown_spelling))
    return lines


def harmless(cell: str) -> str:
    """`cell` so that no spreadsheet computes it; an apostrophe before it says that it is text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@contextmanager
def replaced_text(path: Path) -> Iterator[IO[str]]:
    """A new file for its owner only, in the place of `path` when the block has ended well. Raises OSError."""
    with replaced_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        yield text
        text.detach()  # flushes, and leaves the file to its owner


def _cells(finding: Finding, say: Say) -> list[str]:
    """By _COLUMNS without the problem."""
    names = "; ".join(f"{one.name} ({one.company})" if one.company else one.name for one in finding.holders)
    if (left := finding.contacts - len(finding.holders)) > 0:
        names += f"; {say('more_skipped', count=left)}"
    return [
        finding.number,
        finding.extension,
        finding.written,
        finding.shown,
        str(finding.contacts),
        names,
    ]


def _days(week: Sequence[CallersOfDay]) -> list[list[str]]:
    return [[day.day.isoformat(), str(day.calls), str(day.known), str(day.withheld)] for day in week]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["<table><thead><tr>", *(f'<th scope="col">{escape(head)}</th>' for head in heads), "</tr></thead><tbody>"]
    lines += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</tbody></table>"])
