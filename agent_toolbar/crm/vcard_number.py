"""Changes one telephone number of a vCard and leaves every other byte as it is."""

from __future__ import annotations

import re

_TEL = re.compile(
    r"(?P<head>(?:[A-Za-z0-9-]+\.)?TEL(?:;(?:[^:;\"\r\n]|\"[^\"\r\n]*\")*)*:)(?P<value>[^\r\n]*)", re.IGNORECASE
)
_SPOKEN = re.compile(r"[0-9+*#]")
_FOLD = re.compile(r"\r?\n[ \t]")


def replace_number(card: str, old: str, new: str) -> str | None:
    """`card` with `new` where a TEL has the digits of `old`; None unless exactly one has.

    A folded TEL (RFC 6350 section 3.2) is found too. `tel:` stays in front where it was.
    """
    wanted = _digits(old)
    if not wanted or not re.fullmatch(r"\+?[0-9*#]{1,20}", new):
        return None
    found: list[tuple[int, int, str]] = []
    at = 0
    for line in re.split(r"(?<=\n)(?![ \t])", card):
        text = _FOLD.sub("", line.rstrip("\r\n"))
        ending = line[len(line.rstrip("\r\n")) :]
        parsed = _TEL.fullmatch(text)
        if parsed is not None and _digits(parsed["value"]) == wanted:
            scheme = "tel:" if parsed["value"].lower().startswith("tel:") else ""
            found.append((at, at + len(line), f"{parsed['head']}{scheme}{new}{ending}"))
        at += len(line)
    if len(found) != 1:
        return None
    begin, end, changed = found[0]
    return card[:begin] + changed + card[end:]


def _digits(number: str) -> str:
    """What is dialled, without an extension."""
    return "".join(_SPOKEN.findall(re.split(r";|ext", number.removeprefix("tel:"), maxsplit=1)[0]))
