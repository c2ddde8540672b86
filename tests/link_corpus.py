"""The links of tests/data/links.toml, for the tests of the parser and for the fuzzing of it. Standard library only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "data" / "links.toml"


@dataclass(frozen=True, slots=True)
class CorpusLink:
    """`dialled` is "" where nothing is read that could be dialled."""

    link: str
    read: str
    dialled: str = ""


def corpus() -> list[CorpusLink]:
    groups = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["group"]
    return [CorpusLink(*row) for group in groups for row in group["links"]]
