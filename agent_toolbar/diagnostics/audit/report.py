"""The report of an audit as Markdown and as one HTML page without script. Everything the PBX said is escaped. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from agent_toolbar.diagnostics.audit.facts import AuditFacts, RegistrationHeard
from agent_toolbar.diagnostics.audit.verdicts import FunctionVerdict, Verdict, verdicts_of
from agent_toolbar.diagnostics.audit.words import ENGLISH, Words

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


def markdown(facts: AuditFacts, written: str, words: Words = ENGLISH) -> str:
    """written: date and time, for people."""
    lines = [f"# {_md(_title(facts, words))}", "", *(f"{_md(line)}\n" for line in _introduction(facts, written, words))]
    for table in _tables(facts, words):
        lines += [f"## {table.title}", "", f"| {' | '.join(table.heads)} |", f"|{'---|' * len(table.heads)}"]
        lines += [f"| {' | '.join(_md(cell) for cell in row)} |" for row in table.rows]
        lines.append("")
    return "\n".join(lines)


def html(facts: AuditFacts, written: str, words: Words = ENGLISH) -> str:
    title = escape(_title(facts, words))
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{words.language}"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _introduction(facts, written, words)),
    ]
    for table in _tables(facts, words):
        parts.append(f"<h2>{escape(table.title)}</h2><table><thead><tr>")
        parts.append("".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads))
        parts.append("</tr></thead><tbody>")
        parts += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows]
        parts.append("</tbody></table>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _title(facts: AuditFacts, words: Words) -> str:
    return words.say("Audit of {server}", server=facts.server)


def _introduction(facts: AuditFacts, written: str, words: Words) -> list[str]:
    lines = [
        words.say(
            "Asked on {written} as extension {extension} over {transport}. No registration was changed, no password is"
            " in this report.",
            written=written,
            extension=facts.extension,
            transport=facts.transport.upper(),
        ),
        *(words.say(remark.text, detail=words.heard(remark.detail)) for remark in facts.remarks),
    ]
    before, after = facts.registration, facts.registration_after
    if before.answer.accepted and after.answer.accepted and before.bindings != after.bindings:
        lines.append(
            words.say(
                "The number of registered telephones changed meanwhile, from {before} to {after}: a telephone signed on"
                " or off by itself.",
                before=before.bindings,
                after=after.bindings,
            )
        )
    return lines


def _tables(facts: AuditFacts, words: Words) -> list[_Table]:
    verdicts = verdicts_of(facts, words)
    todo = [(words.say(verdict.function), words.say(verdict.advice)) for verdict in verdicts if verdict.advice]
    tables = [
        _table(words, "What it is", ("Question", "Answer"), _what_it_is(facts, words)),
        _table(
            words, "What it can do", ("Function", "Verdict", "Evidence"), [_row(verdict, words) for verdict in verdicts]
        ),
    ]
    if todo:
        tables.append(_table(words, "What to do", ("Function", "Advice"), list(todo)))
    return tables


def _table(words: Words, title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> _Table:
    return _Table(words.say(title), tuple(words.say(head) for head in heads), rows)


def _row(verdict: FunctionVerdict, words: Words) -> tuple[str, ...]:
    return words.say(verdict.function), words.say(_SIGNS[verdict.verdict]), verdict.evidence


def _what_it_is(facts: AuditFacts, words: Words) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (words.say("Product"), facts.product or words.say("does not say")),
        (words.say("Address"), f"{facts.server}:{facts.port}"),
        *(
            (
                words.say("{transport} port {port}", transport=heard.transport.upper(), port=heard.port),
                words.say(
                    "answers: {heard}" if heard.answers else "does not answer: {heard}", heard=words.heard(heard.heard)
                ),
            )
            for heard in facts.transports
        ),
        ("OPTIONS", words.heard(facts.options.heard)),
        ("Allow", _listed(facts.allow, words)),
        ("Supported", _listed(facts.supported, words)),
        ("Accept", _listed(facts.accept, words)),
        ("Allow-Events", _listed(facts.allow_events, words)),
        (words.say("Registered telephones before"), _registered(facts.registration, words)),
        (words.say("Registered telephones after"), _registered(facts.registration_after, words)),
    ]
    if facts.call.answer.accepted:
        rows += [
            (words.say("In a call: Allow"), _listed(facts.call.allow, words)),
            (words.say("In a call: Supported"), _listed(facts.call.supported, words)),
            (words.say("In a call: codecs taken"), _listed(facts.call.codecs, words)),
            (words.say("In a call: Session-Expires"), facts.call.session_expires or words.say("not named")),
        ]
    return rows


def _registered(heard: RegistrationHeard, words: Words) -> str:
    if not heard.answer.accepted:
        return words.say("not known ({heard})", heard=words.heard(heard.answer.heard))
    if not heard.bindings:
        return words.say("none")
    return words.say("{count}, for {seconds} s at most", count=heard.bindings, seconds=heard.expires_s)


def _listed(named: tuple[str, ...], words: Words) -> str:
    return ", ".join(named) or words.say("not named")


def _md(text: str) -> str:
    """As plain text of Markdown: no markup, no HTML, one line."""
    one_line = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", escape(one_line, quote=False))
