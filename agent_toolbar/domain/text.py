"""Makes text from outside harmless: what a caller, a link, a file or a CRM sends is plain text of bounded length."""

from __future__ import annotations

import unicodedata

MAX_CALLER_TEXT = 120
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")


def plain_text(received: str, limit: int = MAX_CALLER_TEXT) -> str:
    """`received` on one line, without control, format and bidirectional characters, at most `limit` characters.

    Line ends and tabs become spaces; joiners that scripts need to be readable stay.
    """
    if len(received) <= limit and received.isprintable() and unicodedata.is_normalized("NFC", received):
        return " ".join(received.split())  # nearly all texts, and millions of them in a contact file
    spaced = received[: limit * 8].replace("\r", " ").replace("\n", " ").replace("\t", " ")
    kept = [
        char
        for char in unicodedata.normalize("NFC", spaced)
        if char in _JOINERS or (char not in _BIDI_CONTROLS and unicodedata.category(char) not in _DROPPED_CATEGORIES)
    ]
    text = " ".join("".join(kept).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
