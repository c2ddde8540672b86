"""`agent-toolbar contacts search` and `contacts audit`: read this profile's files; no toolbar has to run for them."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_toolbar.cli.contact_arguments import AUDIT
from agent_toolbar.cli.output import ProgressBar, print_json
from agent_toolbar.cli.texts import text
from agent_toolbar.crm.audit_files import CsvFindings, HtmlFindings, replaced_text, summary
from agent_toolbar.crm.audit_source import callers_since, count_phones, phones_by_number, reading_index
from agent_toolbar.crm.contact_search import suggest_contacts
from agent_toolbar.crm.number_audit import AuditedPhone, CallersOfDay, Finding, NumberAudit, Problem, callers_by_day
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.domain.phone_number import NumberPlan, display_number
from agent_toolbar.settings.folders import config_dir, data_dir
from agent_toolbar.settings.policy import policy_file
from agent_toolbar.settings.store import TomlSettingsStore

DONE, REFUSED = 0, 1
MAX_FOUND = 50
MAX_LISTED = 1_000  # findings in JSON
_SHOWN = 20  # findings on the terminal
_DAYS = 7
_PHONES_BETWEEN_PROGRESS = 2_000


def read_contacts(given: argparse.Namespace) -> int:
    """The exit status: 0 when what was asked for was printed and written, else 1 with the reason."""
    index = data_dir() / "contacts.sqlite"
    if not index.exists():
        return _fail(text("no_contacts"))
    try:
        with reading_index(index) as connection:
            return (_audit if given.start == AUDIT else _search)(connection, _plan(), given)
    except KeyboardInterrupt:
        return _fail(text("audit_cancelled"))
    except OSError as fault:
        return _fail(text("audit_files_failed", detail=fault))
    except (sqlite3.Error, StorageError) as fault:
        return _fail(text("contacts_unreadable", detail=fault))


def _search(connection: sqlite3.Connection, plan: NumberPlan, given: argparse.Namespace) -> int:
    found = [
        {
            "name": match.name,
            "company": match.company,
            "phone": match.phone,
            "shown": display_number(match.phone, plan),
            "importance": match.importance.value,
            "owner": match.owner,
        }
        for match in suggest_contacts(connection, " ".join(given.text), MAX_FOUND, plan)
    ]
    if given.json:
        print_json({"matches": found})
        return DONE
    for contact in found:
        print("\t".join((contact["shown"], contact["name"], contact["company"])))
    if not found:
        print(text("no_contact_found"))
    return DONE


def _audit(connection: sqlite3.Connection, plan: NumberPlan, given: argparse.Namespace) -> int:
    audit, listed = NumberAudit(plan), list[Finding]()
    week = _week(plan)
    with ExitStack() as files:
        csv_file = CsvFindings(files.enter_context(replaced_text(Path(given.csv))), text) if given.csv else None
        page = HtmlFindings(text) if given.html else None
        bar = ProgressBar("numbers")
        files.callback(bar.clear)
        for finding in audit.findings(_shown(phones_by_number(connection), count_phones(connection), bar)):
            if len(listed) < (MAX_LISTED if given.json else _SHOWN):
                listed.append(finding)
            for file in (csv_file, page):
                if file is not None:
                    file.add(finding)
        if page is not None:
            html_file = files.enter_context(replaced_text(Path(given.html)))
            html_file.write(page.page(audit, week, time.strftime("%Y-%m-%d %H:%M")))
    if given.json:
        print_json(_as_json(audit, listed, week))
    else:
        _print(audit, listed, week)
    return DONE


def _shown(phones: Iterable[AuditedPhone], total: int, bar: ProgressBar) -> Iterator[AuditedPhone]:
    for place, phone in enumerate(phones):
        if place % _PHONES_BETWEEN_PROGRESS == 0:
            bar.show({"done": place, "total": total, "rows": place})
        yield phone


def _week(plan: NumberPlan) -> tuple[CallersOfDay, ...]:
    today = date.today()
    days = [today - timedelta(days=back) for back in reversed(range(_DAYS))]
    since_s = datetime.combine(days[0], datetime.min.time()).timestamp()
    return callers_by_day(callers_since(data_dir() / "calls.sqlite", since_s), days, plan, date.fromtimestamp)


def _print(audit: NumberAudit, listed: list[Finding], week: tuple[CallersOfDay, ...]) -> None:
    print("\n".join(summary(audit, text)))
    for finding in listed:
        who = "; ".join(holder.name for holder in finding.holders)
        print(
            f"  {text(f'audit_problem_{finding.problem}')}\t{finding.written or finding.shown}\t{finding.number}\t{who}"
        )
    if (left := audit.found.total() - len(listed)) > 0:
        print(f"  {text('more_skipped', count=left)}")
    print(text("audit_week"))
    for day in week:
        line = text("audit_day_line", day=day.day.isoformat(), known=day.known, calls=day.calls, withheld=day.withheld)
        print(f"  {line}")


def _as_json(audit: NumberAudit, listed: list[Finding], week: tuple[CallersOfDay, ...]) -> dict[str, Any]:
    return {
        "numbers": audit.numbers,
        "not_outside": audit.not_outside,
        "unknown_spelling": audit.unknown_spelling,
        "invalid": audit.found[Problem.INVALID],
        "not_e164": audit.found[Problem.NOT_E164],
        "shared": audit.found[Problem.SHARED],
        "findings": [
            {
                "problem": finding.problem.value,
                "number": finding.number,
                "extension": finding.extension,
                "written": finding.written,
                "shown": finding.shown,
                "contacts": finding.contacts,
                "holders": [{"name": one.name, "company": one.company} for one in finding.holders],
            }
            for finding in listed
        ],
        "not_listed": audit.found.total() - len(listed),
        "week": [
            {"day": day.day.isoformat(), "calls": day.calls, "known": day.known, "withheld": day.withheld}
            for day in week
        ],
    }


def _plan() -> NumberPlan:
    with ThreadPoolExecutor(1) as writer:
        store = TomlSettingsStore(config_dir() / "settings.toml", io=writer, dispatcher=_Nobody(), policy=policy_file())
        return store.current.numbers.plan()


class _Nobody:
    """Dispatcher of settings that are only read."""

    def post(self, action: Callable[[], None]) -> None:
        raise AssertionError("settings are only read here")


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
