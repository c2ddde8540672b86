"""The report of an audit as Markdown and as one HTML page without script. Everything the PBX said is escaped. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from agent_toolbar.diagnostics.audit.facts import AuditFacts, RegistrationHeard
from agent_toolbar.diagnostics.audit.verdicts import FunctionVerdict, Verdict, verdicts_of

_STYLE = (
    "body{font:16px/1.45 sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1c2228;background:#fff}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #b6bec6;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eef1f4}"
)
_SIGNS = {Verdict.WORKS: "✓ works", Verdict.DOES_NOT: "✗ does not", Verdict.NOT_KNOWN: "? not known"}


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


def markdown(facts: AuditFacts, written: str) -> str:
    """written: date and time, for people."""
    lines = [f"# Audit of {_md(facts.server)}", "", *(f"{_md(line)}\n" for line in _introduction(facts, written))]
    for table in _tables(facts):
        lines += [f"## {table.title}", "", f"| {' | '.join(table.heads)} |", f"|{'---|' * len(table.heads)}"]
        lines += [f"| {' | '.join(_md(cell) for cell in row)} |" for row in table.rows]
        lines.append("")
    return "\n".join(lines)


def html(facts: AuditFacts, written: str) -> str:
    title = f"Audit of {escape(facts.server)}"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _introduction(facts, written)),
    ]
    for table in _tables(facts):
        parts.append(f"<h2>{escape(table.title)}</h2><table><thead><tr>")
        parts.append("".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads))
        parts.append("</tr></thead><tbody>")
        parts += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows]
        parts.append("</tbody></table>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _introduction(facts: AuditFacts, written: str) -> list[str]:
    lines = [
        f"Asked on {written} as extension {facts.extension} over {facts.transport.upper()}. "
        "No registration was changed, no password is in this report.",
        *facts.remarks,
    ]
    before, after = facts.registration, facts.registration_after
    if before.answer.accepted and after.answer.accepted and before.bindings != after.bindings:
        lines.append(
            f"The number of registered telephones changed meanwhile, from {before.bindings} to {after.bindings}: "
            "a telephone signed on or off by itself."
        )
    return lines


def _tables(facts: AuditFacts) -> list[_Table]:
    verdicts = verdicts_of(facts)
    todo = [(verdict.function, verdict.advice) for verdict in verdicts if verdict.advice]
    tables = [
        _Table("What it is", ("Question", "Answer"), _what_it_is(facts)),
        _Table("What it can do", ("Function", "Verdict", "Evidence"), [_row(verdict) for verdict in verdicts]),
    ]
    if todo:
        tables.append(_Table("What to do", ("Function", "Advice"), list(todo)))
    return tables


def _row(verdict: FunctionVerdict) -> tuple[str, ...]:
    return verdict.function, _SIGNS[verdict.verdict], verdict.evidence


def _what_it_is(facts: AuditFacts) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("Product", facts.product or "does not say"),
        ("Address", f"{facts.server}:{facts.port}"),
        *(
            (
                f"{heard.transport.upper()} port {heard.port}",
                f"{'answers' if heard.answers else 'does not answer'}: {heard.heard}",
            )
            for heard in facts.transports
        ),
        ("OPTIONS", facts.options.heard or "not asked"),
        ("Allow", _words(facts.allow)),
        ("Supported", _words(facts.supported)),
        ("Accept", _words(facts.accept)),
        ("Allow-Events", _words(facts.allow_events)),
        ("Registered telephones before", _registered(facts.registration)),
        ("Registered telephones after", _registered(facts.registration_after)),
    ]
    if facts.call.answer.accepted:
        rows += [
            ("In a call: Allow", _words(facts.call.allow)),
            ("In a call: Supported", _words(facts.call.supported)),
            ("In a call: codecs taken", _words(facts.call.codecs)),
            ("In a call: Session-Expires", facts.call.session_expires or "not named"),
        ]
    return rows


def _registered(heard: RegistrationHeard) -> str:
    if not heard.answer.accepted:
        return f"not known ({heard.answer.heard or 'not asked'})"
    return f"{heard.bindings}, for {heard.expires_s} s at most" if heard.bindings else "none"


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "not named"


def _md(text: str) -> str:
    """As plain text of Markdown: no markup, no HTML, one line."""
    one_line = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", escape(one_line, quote=False))
