"""Reads the scripts of the practice line from resources/practice/*.toml, strictly. Pure but for the files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agent_toolbar.paths import resource_path
from agent_toolbar.practice.scripts import (
    Colleague,
    Language,
    Line,
    Manner,
    PracticeScripts,
    Reaction,
    Scenario,
    Script,
    Step,
    Voice,
)


class ScriptError(ValueError):
    """A script file that says something impossible; names the place."""


def load_scripts(folder: Path | None = None) -> PracticeScripts:
    """Reads scenarios.toml, colleagues.toml and phrases.toml. Raises ScriptError, or OSError for a missing file."""
    root = folder or resource_path("practice")
    phrases = _read(root / "phrases.toml")
    scenarios = {name: _scenario(name, row, phrases) for name, row in _read(root / "scenarios.toml").items()}
    for scenario in scenarios.values():
        if scenario.joined_by and scenario.joined_by not in scenarios:
            raise ScriptError(f"{scenario.name}: there is no scenario {scenario.joined_by}")
    colleagues = {row["extension"]: _colleague(row, phrases) for row in _read(root / "colleagues.toml").values()}
    answer = _read(root / "called_back.toml")
    with _place("called_back.toml"):
        called_back = {voice: _script("called_back", {**answer, "voice": voice}, phrases)[0] for voice in Voice}
    return PracticeScripts(scenarios, colleagues, called_back)


def _read(path: Path) -> dict[str, Any]:
    with _place(path.name):
        return tomllib.loads(path.read_text(encoding="utf-8"))


@contextmanager
def _place(name: str) -> Iterator[None]:
    """Turns what is wrong with a part of a file into a ScriptError that names the part."""
    try:
        yield
    except ScriptError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise ScriptError(f"{name}: {error!r}") from error


def _scenario(name: str, row: dict[str, Any], phrases: dict[str, Any]) -> Scenario:
    with _place(name):
        script, options = _script(name, row, phrases)
        options["caller"] = _per_language(options["caller"])
        if "diverted_from" in options:
            options["diverted_from"] = _per_language(options["diverted_from"])
        return Scenario(name=name, script=script, **options)


def _colleague(row: dict[str, Any], phrases: dict[str, Any]) -> Colleague:
    with _place(f"extension {row.get('extension')}"):
        script = None
        if "steps" in row:
            script, row = _script(f"extension-{row['extension']}", row, phrases)
        return Colleague(**row | {"manner": Manner(row["manner"])}, script=script)


def _script(name: str, row: dict[str, Any], phrases: dict[str, Any]) -> tuple[Script, dict[str, Any]]:
    """The script in a row, and what the row says besides."""
    besides = {key: value for key, value in row.items() if key not in {"voice", "lines", "steps"}}
    voice = Voice(row["voice"])
    lines = {key: Line(f"{key}-{voice}", voice, _per_language(texts)) for key, texts in phrases.items()}
    for key, texts in row.get("lines", {}).items():
        lines[key] = Line(f"{name}-{key}", voice, _per_language(texts))
    steps = tuple(_step(step, lines) for step in row["steps"])
    return Script(name, voice, steps, lines["thanks"], lines["goodbye"]), besides


def _step(row: dict[str, Any], lines: dict[str, Line]) -> Step:
    with _place(f"step {row}"):
        given: dict[str, Any] = dict(row)
        given |= {key: lines[row[key]] for key in ("say", "hint", "wrong") if key in row}
        return Step(**given | {"then": Reaction(row.get("then", "nothing"))})


def _per_language(texts: dict[str, str]) -> dict[Language, str]:
    return {language: texts[language] for language in Language}
