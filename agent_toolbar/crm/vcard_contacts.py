"""Reads what we need of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): names, companies, numbers. In the import process.

Own reader: the whole of the format is not needed, but a broken card must cost only itself, and a line number be known.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent_toolbar.application.ports.directory import SkippedRow, SkipReason
from agent_toolbar.crm.contact_file import ContactRow, LineSource, WrittenPhone, is_broken, skipped
from agent_toolbar.crm.csv_header import kind_of

MAX_VALUE_CHARS = 65_536
_WANTED = frozenset({"FN", "N", "ORG", "TEL", "UID", "CATEGORIES", "X-ABLABEL"})
_PROPERTY = re.compile(
    r"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;(?:[^:;\"]|\"[^\"]*\")*)*):(?P<value>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r";((?:[^;\"]|\"[^\"]*\")*)")
_ESCAPED = re.compile(r"\\(.)")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_UNSPOKEN = frozenset({"fax", "pager", "modem", "bbs", "textphone"})


@dataclass(frozen=True, slots=True)
class _Property:
    group: str
    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def types(self) -> set[str]:
        return {word.strip().lower() for text in self.parameters.get("TYPE", []) for word in text.split(",")}


@dataclass(slots=True)
class _Card:
    """A card while it is being read; `line` is where it begins."""

    line: int
    properties: list[_Property] = field(default_factory=list)
    broken: SkippedRow | None = None


def read_vcards(source: LineSource) -> Iterator[ContactRow | SkippedRow]:
    """The contacts of a vCard file; a card that cannot be read comes as SkippedRow with the line that it begins at."""
    card: _Card | None = None
    nested = 0
    agent_announced = False
    while (line := source.take()) is not None:
        text = line.rstrip("\r\n")
        marker = text.strip().upper()
        if marker == "BEGIN:VCARD":
            if card is not None and (nested or agent_announced):
                nested += 1
                continue
            if card is not None:
                yield skipped(card.line, SkipReason.BROKEN_ROW, "BEGIN:VCARD")
            card = _Card(source.number)
        elif marker == "END:VCARD" and nested:
            nested -= 1
        elif marker == "END:VCARD" and card is not None:
            yield _contact(card)
            card = None
        elif card is not None and not nested and marker:
            _read_property(text, source, card)
        agent_announced = marker == "AGENT:"
    if card is not None:
        yield skipped(card.line, SkipReason.BROKEN_ROW, "BEGIN:VCARD")


def _read_property(first_line: str, source: LineSource, card: _Card) -> None:
    """Unfolds one property; the lines of what we do not need (photographs) are passed over unread."""
    name = re.split("[;:]", first_line, maxsplit=1)[0].rpartition(".")[2].upper()
    wanted = name in _WANTED
    quoted = "QUOTED-PRINTABLE" in first_line.partition(":")[0].upper()
    parts = [first_line]
    length = len(first_line)
    while (following := source.peek(0)) is not None:
        text = following.rstrip("\r\n")
        if text.startswith((" ", "\t")):
            text = text[1:]
        elif not (quoted and parts[-1].endswith("=")):
            break
        source.take()
        if quoted:
            text = "\n" + text if parts[-1].endswith("=") else text
        length += len(text)
        if wanted and length <= MAX_VALUE_CHARS:
            parts.append(text)
        else:
            parts[-1] = text  # only its end is needed, to see whether the value goes on
    if not wanted:
        return
    if length > MAX_VALUE_CHARS:
        card.broken = skipped(card.line, SkipReason.TOO_LONG, first_line)
        return
    found = _property("".join(parts))
    if found is None:
        card.broken = skipped(card.line, SkipReason.BROKEN_ROW, first_line)
    elif is_broken(found.value):
        card.broken = skipped(card.line, SkipReason.BROKEN_ENCODING, found.value)
    else:
        card.properties.append(found)


def _property(line: str) -> _Property | None:
    parsed = _PROPERTY.fullmatch(line)
    if parsed is None:
        return None
    parameters: dict[str, list[str]] = {}
    for written in _PARAMETER.findall(parsed["parameters"]):
        name, equals, value = written.partition("=")
        if not equals:  # vCard 2.1: TEL;WORK;QUOTED-PRINTABLE
            name, value = ("ENCODING" if "PRINTABLE" in written.upper() else "TYPE"), written
        parameters.setdefault(name.strip().upper(), []).append(value.strip().strip('"'))
    value = parsed["value"]
    if any("QUOTED-PRINTABLE" in encoding.upper() for encoding in parameters.get("ENCODING", [])):
        value = _from_quoted_printable(value, parameters.get("CHARSET", ["utf-8"])[0])
    return _Property((parsed["group"] or "").lower(), parsed["name"].upper(), parameters, value)


def _from_quoted_printable(value: str, charset: str) -> str:
    octets = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        return octets.decode(charset, "surrogateescape")
    except LookupError:  # a charset that nobody knows
        return octets.decode("utf-8", "surrogateescape")


def _contact(card: _Card) -> ContactRow | SkippedRow:
    if card.broken is not None:
        return card.broken
    labels = {found.group: found.value for found in card.properties if found.name == "X-ABLABEL" and found.group}
    first: dict[str, str] = {}
    phones: list[WrittenPhone] = []
    categories: list[str] = []
    for found in card.properties:
        if found.name == "TEL":
            if not found.types & _UNSPOKEN or "voice" in found.types:
                phones.append(_phone(found, labels.get(found.group, "")))
        elif found.name == "CATEGORIES":
            categories += _fields(found.value, ",")
        else:
            first.setdefault(found.name, found.value)
    return ContactRow(
        line=card.line,
        name=_unescaped(first.get("FN", "")).strip() or _structured_name(first.get("N", "")),
        company=next(iter(_fields(first.get("ORG", ""), ";")), ""),
        phones=tuple(phone for phone in phones if phone.text),
        importance="vip" if any(category.strip().lower() == "vip" for category in categories) else "",
        external_id=_unescaped(first.get("UID", "")).strip(),
    )


def _phone(found: _Property, label: str) -> WrittenPhone:
    shown_label = _APPLE_LABEL.sub(r"\1", label)
    return WrittenPhone(_unescaped(found.value).strip(), kind_of(" ".join((shown_label, *sorted(found.types)))))


def _structured_name(value: str) -> str:
    """RFC 6350 section 6.2.2: family name; given name; additional names; prefixes; suffixes."""
    family, given, *_ = (*_fields(value, ";"), "", "")
    return " ".join(filter(None, (given, family)))


def _fields(value: str, separator: str) -> list[str]:
    """The parts of `value` between separators that are not escaped."""
    return [_unescaped(part).strip() for part in re.split(rf"(?<!\\){separator}", value)]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda escape: " " if escape[1] in "nN" else escape[1], value)
