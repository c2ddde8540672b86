"""The form of names and words in which people search: no case, no accents, no ligatures. Pure."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def folded(text: str) -> str:
    """`text` in the form to compare: "Œuvre Élodie" and "oeuvre elodie" are the same."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_LIGATURES)


def search_words(text: str) -> list[str]:
    """The folded words of `text`; everything that is neither letter nor digit separates them."""
    return _WORD.findall(folded(text))


def ascii_digits(text: str) -> str:
    """The digits 0 to 9 of `text`, in order."""
    return "".join(char for char in text if "0" <= char <= "9")
