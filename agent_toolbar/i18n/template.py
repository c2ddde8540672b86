"""Fills the named places of a translated sentence with plain values."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

UNKNOWN_VALUE = "?"


class _Values(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN_VALUE


def sentence(context: str, source: str, values: Mapping[str, str | int | float] | None = None) -> str:
    """`source` in the language in force, its {places} filled; a place without a value shows as "?".

    Values are put in as they are and never read as a template themselves.
    """
    text = QCoreApplication.translate(context, source)
    return text.format_map(_Values({name: str(value) for name, value in (values or {}).items()}))
