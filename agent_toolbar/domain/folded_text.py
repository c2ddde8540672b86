"""The form of names and words in which people search: no case, no accents, no ligatures. Pure."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_REMEMBERED = 0x2000  # letters of alphabets; more would be a table as large as Unicode


class _FoldedChars(dict[int, str]):
    """For str.translate: what each character folds to. None of the steps looks at its neighbours."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = "".join(char for char in parts if not unicodedata.combining(char)).translate(_LIGATURES)
        if code < _REMEMBERED:
            self[code] = plain
        return plain


_FOLDED = _FoldedChars()


def folded(text: str) -> str:
    """`text` in the form to compare: "Œuvre Élodie" and "oeuvre elodie" are the same."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDED)


def search_words(text: str) -> list[str]:
    """The folded words of `text`; everything that is neither letter nor digit separates them."""
    return _WORD.findall(folded(text))


def ascii_digits(text: str) -> str:
    """The digits 0 to 9 of `text`, in order."""
    return "".join(char for char in text if "0" <= char <= "9")
