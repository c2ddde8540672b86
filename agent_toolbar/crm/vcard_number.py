"""Changes, takes out or adds one telephone number of a vCard and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PROPERTY = re.compile(
    r"(?P<head>(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)"
    r"(?P<parameters>(?:;(?:[^:;\"\r\n]|\"[^\"\r\n]*\")*)*):)(?P<value>[^\r\n]*)"
)
_SPOKEN = re.compile(r"[0-9+*#]")
_FOLD = re.compile(r"\r?\n[ \t]")
_NUMBER = re.compile(r"\+?[0-9*#]{1,20}")
_BESIDE = "X-AB"  # X-ABLabel, X-ABADR: Apple's words about the property that they share a group with


@dataclass(frozen=True, slots=True)
class _Line:
    """One property where it stands, unfolded (RFC 6350 section 3.2). ending: its line end, "" for none."""

    begin: int
    end: int
    head: str
    group: str
    name: str
    value: str
    ending: str

    def is_telephone(self, digits: str) -> bool:
        return self.name == "TEL" and _digits(self.value) == digits


def replace_number(card: str, old: str, new: str) -> str | None:
    """`card` with `new` where a TEL has the digits of `old`; None unless exactly one has.

    A folded TEL is found too. `tel:` stays in front where it was.
    """
    wanted = _digits(old)
    if not wanted or not _NUMBER.fullmatch(new):
        return None
    found = [line for line in _lines(card) if line.is_telephone(wanted)]
    if len(found) != 1:
        return None
    (line,) = found
    scheme = "tel:" if line.value.lower().startswith("tel:") else ""
    return f"{card[: line.begin]}{line.head}{scheme}{new}{line.ending}{card[line.end :]}"


def remove_number(card: str, old: str) -> str | None:
    """`card` without each TEL that has the digits of `old`, and without Apple's labels of it; None if there is none."""
    wanted = _digits(old)
    lines = list(_lines(card))
    gone = [line for line in lines if wanted and line.is_telephone(wanted)]
    if not gone:
        return None
    kept = {line.group for line in lines if line not in gone and not line.name.startswith(_BESIDE)}
    labelled = {line.group for line in gone if line.group} - kept
    gone += [line for line in lines if line.group in labelled and line.name.startswith(_BESIDE)]
    for line in sorted(gone, key=lambda one: one.begin, reverse=True):
        card = card[: line.begin] + card[line.end :]
    return card


def add_number(card: str, new: str) -> str | None:
    """`card` with one more TEL, as its last property; `card` itself if it has these digits already.

    None where no end of a card is found.
    """
    if not _NUMBER.fullmatch(new):
        return None
    lines = list(_lines(card))
    if any(line.is_telephone(_digits(new)) for line in lines):
        return card
    last = lines[-1] if lines else None
    if last is None or last.name != "END":
        return None
    ending = last.ending or next((line.ending for line in lines if line.ending), "\r\n")
    return f"{card[: last.begin]}TEL:{new}{ending}{card[last.begin :]}"


def _lines(card: str) -> Iterator[_Line]:
    """The properties of the card itself, not of one inside it (vCard 2.1, AGENT), nor what cannot be read."""
    at = depth = 0
    goes_on = False
    for line in re.split(r"(?<=\n)(?![ \t])", card):
        begin, at = at, at + len(line)
        bare = line.rstrip("\r\n")
        inside, goes_on = goes_on, False
        parsed = None if inside else _PROPERTY.fullmatch(_FOLD.sub("", bare))
        is_quoted = "QUOTED-PRINTABLE" in (bare if parsed is None else parsed["parameters"]).upper()
        if (inside or is_quoted) and bare.endswith("="):
            goes_on = True  # a soft line break of quoted-printable (RFC 2045 section 6.7)
        if parsed is None or is_quoted:
            continue
        name = parsed["name"].upper()
        depth += name == "BEGIN"
        if depth <= 1:
            yield _Line(
                begin, at, parsed["head"], (parsed["group"] or "").lower(), name, parsed["value"], line[len(bare) :]
            )
        depth -= name == "END"


def _digits(number: str) -> str:
    """What is dialled, without an extension."""
    return "".join(_SPOKEN.findall(re.split(r";|ext", number.removeprefix("tel:"), maxsplit=1)[0]))
