"""Prints answers for people (or as JSON for scripts) and the progress of an import."""

from __future__ import annotations

import json
import sys
import time

from agent_toolbar.cli.texts import text
from agent_toolbar.ipc.control_protocol import Verb

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from typing import Any

    Result = dict[str, Any]

_BAR_CELLS = 30
_SIGNS = {"fine": "✓", "warning": "!", "wrong": "✗", "unknown": "·"}


def print_json(result: Result) -> None:
    print(json.dumps(result, indent=2, ensure_ascii=False))


def print_result(verb: Verb, result: Result) -> None:
    """What a person wants to see of the result; nothing where the deed is the answer."""
    printers = {
        Verb.STATUS: _print_status,
        Verb.DIAL: lambda dialled: print(dialled["call"]),
        Verb.CONSULT: lambda dialled: print(dialled["call"]),
        Verb.ACCOUNT_SHOW: _print_account,
        Verb.CONTACTS_IMPORT: _print_import,
        Verb.CONTACTS_LOOKUP: _print_matches,
        Verb.CONTACTS_SYNC: _print_directories,
        Verb.CONTACTS_CORRECT: _print_correction,
        Verb.HISTORY: _print_history,
        Verb.STORE_SHOW: _print_store,
        Verb.DOCTOR: _print_doctor,
        Verb.CRM_CONNECT: _print_crm,
        Verb.CRM_DISCONNECT: _print_crm,
        Verb.CRM_STATUS: _print_crm,
        Verb.OUTBOX: _print_outbox,
    }
    if verb in printers:
        printers[verb](result)


class ProgressBar:
    """On standard error, and only where a person looks at it."""

    def __init__(self, unit: str = "rows") -> None:
        """unit: key of the text that counts what was read."""
        self._unit = unit
        self._shown = sys.stderr.isatty()
        self._width = 0

    def show(self, progress: dict[str, int]) -> None:
        if not self._shown:
            return
        total = max(1, progress.get("total", 0))
        part = min(1.0, max(0.0, progress.get("done", 0) / total))
        filled = round(part * _BAR_CELLS)
        counted = text(self._unit, rows=progress.get("rows", 0))
        line = f"[{'#' * filled}{'-' * (_BAR_CELLS - filled)}] {part:4.0%}  {counted}"
        self._width = max(self._width, len(line))
        sys.stderr.write(f"\r{line:<{self._width}}")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            self._width = 0


def _print_status(status: Result) -> None:
    cti = status["cti"]
    registration = "refused_registration" if cti["registration"] == "refused" else cti["registration"]
    line = f"CTI: {text(cti['state'])}"
    if cti["state"] == "on":
        line += f", {text(registration)}"
    if cti.get("sip_status") and cti["registration"] != "registered":
        line += f" ({cti['sip_status']} {cti['reason']})"
    print(line)
    print(text(f"agent_{status['agent']['state']}"))
    if (crm := status.get("crm")) and crm["configured"]:
        _print_crm(crm)
    for call in status["calls"]:
        number = call.get("shown_number") or call["number"]
        party = f"{call['name']} <{number}>" if call["name"] and call["name"] != number else number
        print(f"{call['id']}  {text(call['direction'])} {party}, {text(call['state'])}")
    if not status["calls"]:
        print(text("no_calls"))
    if transfer := status.get("transfer"):
        print(transfer["text"])


def _print_crm(crm: Result) -> None:
    """The switch, then what is wrong, then how many calls wait."""
    state = crm["state"] if crm["configured"] else "not_set_up"
    who = f": {crm['user']}" if crm["state"] == "signed_in" and crm["user"] else ""
    print(f"CRM: {text(f'crm_{state}')}{who}")
    if crm.get("sign_in_url"):
        print(text("crm_sign_in_url", url=crm["sign_in_url"]))
    if crm["text"]:
        print(crm["text"])
    if crm["waiting"]:
        print(text("crm_waiting", count=crm["waiting"], stuck=crm["stuck"]))


def _print_outbox(outbox: Result) -> None:
    for item in outbox["outbox"]:
        started = time.strftime("%Y-%m-%d %H:%M", time.localtime(item["started"]))
        print(f"{item['key']}  {started}  {item['party']}: {item['text']}")
    if not outbox["outbox"]:
        print(text("outbox_empty"))


def _print_account(account: Result) -> None:
    if not account["server"]:
        print(text("no_account"))
        return
    port = f":{account['port']}" if account["port"] else ""
    password = text("password_kept" if account["has_password"] else "password_missing")
    print(f"{account['extension']}@{account['server']}{port} ({account['transport']}), {password}")


def _print_store(store: Result) -> None:
    print(store["url"] or text("own_store"))


def _print_doctor(report: Result) -> None:
    """The cause first, in one sentence with what to do; then every check. Of an audit, the files it wrote."""
    if "files" in report:
        print("\n".join(report["files"]))
        return
    print(report["answer"], end="\n\n")
    for check in report["checks"]:
        found = " ".join(part for part in (check["text"], check["what_to_do"]) if part)
        print(text("check", sign=_SIGNS[check["finding"]], name=check["name"], found=found))


def _print_import(outcome: Result) -> None:
    print(text("imported", **{name: outcome[name] for name in ("added", "updated", "unchanged", "skipped_count")}))
    for row in outcome["skipped"]:
        shown = f" ({row['shown']})" if row["shown"] else ""
        print(text("line", line=row["line"], text=row["text"]) + shown, file=sys.stderr)
    if (left := outcome["skipped_count"] - len(outcome["skipped"])) > 0:
        print(text("more_skipped", count=left), file=sys.stderr)


def _print_directories(found: Result) -> None:
    for one in found["directories"]:
        counts = {name: one[name] for name in ("contacts", "added", "updated", "removed", "skipped")}
        print(f"{one['name']}: {one['text'] or text('synced', **counts)}")


def _print_correction(done: Result) -> None:
    print(f"{done['name']}: {done['before']} → {done['after'] or '–'}")
    for place in done["places"]:
        print(place["text"])


def _print_matches(found: Result) -> None:
    for match in found["matches"]:
        print("\t".join((match["phone"], match["name"], match["company"], match["level"])))
    if not found["matches"]:
        print(text("no_match"))


def _print_history(history: Result) -> None:
    for record in history["records"]:
        started = time.strftime("%Y-%m-%d %H:%M", time.localtime(record["started_s"]))
        party = f"{record['name']} <{record['number']}>" if record["name"] else record["number"]
        spoken_s = round(record["ended_s"] - record["answered_s"]) if record["answered_s"] and record["ended_s"] else 0
        ending = text("was_missed") if record["missed"] else f"{spoken_s // 60}:{spoken_s % 60:02}"
        print(f"{started}  {text(record['direction'])} {party}, {ending}")
    if not history["records"]:
        print(text("no_history"))
