"""The closed set of filters that a template may use; there are no expressions. Pure.

A filter that escapes makes a value harmless inside a text of its query language; without one, a caller's number or
name could say something else there.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
import time
from collections.abc import Callable
from urllib.parse import quote

import msgspec

Filter = Callable[[object, str], object]

_SOQL = {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SOSL = frozenset("?&|!{}[]()^~*:\\\"'+-")
_LDAP = {"\\": "\\5c", "*": "\\2a", "(": "\\28", ")": "\\29", "\0": "\\00"}
_LIKE = {"\\": "\\\\", "%": "\\%", "_": "\\_"}
_SQL = {"\\": "\\\\", "'": "''"}


def text_of(value: object) -> str:
    """As a template writes a value into a longer text: nothing for None, `true` and `false` as JSON does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(text_of(one) for one in value)
    return value if isinstance(value, str) else _number_text(value)


def _number_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return to_json(value) if isinstance(value, dict) else str(value)


def to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _seconds(value: object) -> float:
    """0.0 for what is no number of seconds."""
    try:
        seconds = float(text_of(value))
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and abs(seconds) < 1e11 else 0.0


def _int(value: object, _argument: str) -> object:
    try:
        return int(float(text_of(value)))
    except (ValueError, OverflowError):
        return None


def _hms(value: object, _argument: str) -> str:
    seconds = max(0, round(_seconds(value)))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _mm_ss(value: object, _argument: str) -> str:
    seconds = max(0, round(_seconds(value)))
    return f"{seconds // 60:02}:{seconds % 60:02}"


def _map(value: object, argument: str) -> object:
    pairs = dict(pair.split("=", 1) for pair in argument.split(","))
    return pairs.get(text_of(value), pairs.get("*", value))


def _default(value: object, argument: str) -> object:
    return argument if value in (None, "", []) else value


def _has(value: object, argument: str) -> bool:
    entries = value if isinstance(value, list) else [value]
    return any(text_of(entry).casefold() == argument.casefold() for entry in entries)


def _tail(value: object, argument: str) -> str:
    return text_of(value)[-int(argument) :]


def _escape(characters: dict[str, str]) -> Filter:
    return lambda value, _argument: "".join(characters.get(char, char) for char in text_of(value))


def _sosl(value: object, _argument: str) -> str:
    return "".join(f"\\{char}" if char in _SOSL else char for char in text_of(value))


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


FILTERS: dict[str, Filter] = {
    "digits": lambda value, _: re.sub(r"[^0-9]", "", text_of(value)),
    "tail": _tail,
    "limit": lambda value, argument: text_of(value)[: int(argument)],
    "last": lambda value, argument: text_of(value).rpartition(argument)[2],
    "lower": lambda value, _: text_of(value).lower(),
    "url": lambda value, _: quote(text_of(value), safe=""),
    "json": lambda value, _: to_json(value),
    "b64": lambda value, _: _b64(text_of(value)),
    "basic": lambda value, argument: _b64(f"{text_of(value)}:{argument}"),  # a key as user's name (RFC 7617 section 2)
    "b64json": lambda value, _: base64.urlsafe_b64encode(msgspec.json.encode(value)).decode(),
    "int": _int,
    "str": lambda value, _: text_of(value),
    "hms": _hms,
    "mm_ss": _mm_ss,
    "mins": lambda value, _: math.ceil(max(0.0, _seconds(value)) / 60),
    "ms": lambda value, _: round(_seconds(value) * 1000),
    "isoz": lambda value, _: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(_seconds(value))),
    "utc": lambda value, argument: time.strftime(argument, time.gmtime(_seconds(value))),
    "local": lambda value, argument: time.strftime(argument, time.localtime(_seconds(value))),
    "map": _map,
    "default": _default,
    "has": _has,
    "join": lambda value, argument: argument.join(map(text_of, value)) if isinstance(value, list) else text_of(value),
    "md5": lambda value, _: hashlib.md5(text_of(value).encode(), usedforsecurity=False).hexdigest(),
    "sha1": lambda value, _: hashlib.sha1(text_of(value).encode(), usedforsecurity=False).hexdigest(),
    # inside a text of a query language
    "soql": _escape(_SOQL),  # between single quotes
    "soql_like": _escape({**_SOQL, "%": "\\%", "_": "\\_"}),
    "sosl": _sosl,  # between FIND { and }
    "odata": _escape({"'": "''"}),  # OData 4.01 part 2, section 5.1.1.6.1: between single quotes
    "ldap": _escape(_LDAP),  # RFC 4515 section 3
    "like": _escape(_LIKE),  # pattern of SQL's LIKE with a backslash as escape character
    "sql": _escape(_SQL),  # between single quotes, also where a backslash escapes (MySQL)
}
_ARGUMENTS: dict[str, re.Pattern[str]] = {
    "tail": re.compile(r"[1-9]\d?"),
    "limit": re.compile(r"[1-9]\d{0,3}"),
    "last": re.compile(r".+"),
    "utc": re.compile(r".*%.*"),
    "local": re.compile(r".*%.*"),
    "map": re.compile(r"[^,=]+=[^,]*(,[^,=]+=[^,]*)*"),
    "default": re.compile(r".*"),
    "has": re.compile(r".+"),
    "basic": re.compile(r".*"),
    "join": re.compile(r".*"),
}


class UnknownFilterError(ValueError):
    """A template names a filter that does not exist, or gives it an argument that it cannot have."""


def require_filter(name: str, argument: str | None) -> None:
    """Raises UnknownFilterError."""
    wanted = _ARGUMENTS.get(name)
    if name not in FILTERS or (wanted is None) != (argument is None):
        raise UnknownFilterError(name)
    if wanted is not None and not wanted.fullmatch(argument or ""):
        raise UnknownFilterError(f"{name}:{argument}")
