"""The one-letter names of SIP header fields (RFC 3261 section 7.3.3 and the registry of header fields)."""

from __future__ import annotations

_COMPACT_FORMS = {
    "b": "referred-by",
    "c": "content-type",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
    "x": "session-expires",
    "y": "identity",
}


def whole_name(name: str) -> str:
    """The long form in lower case; a name that is none of these is itself."""
    lower = name.lower()
    return _COMPACT_FORMS.get(lower, lower)
