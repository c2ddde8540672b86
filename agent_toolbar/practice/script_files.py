"""Reads the scripts of the practice line from resources/practice/*.toml, strictly. Pure but for the files."""

from __future__ import annotations

import tomllib
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
    called_back = {}
    for voice in Voice:
        row = {"voice": voice, **_read(root / "called_back.toml")}
        called_back[voice] = _script("called_back", row, phrases)
    return PracticeScripts(scenarios, colleagues, called_back)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(f"{path.name}: {error}") from error


def _scenario(name: str, row: dict[str, Any], phrases: dict[str, Any]) -> Scenario:
    script = _script(name, row, phrases)
    diverted = row.get("diverted_from")
    known = {"shows_name", "gives_up_after_s", "joined_by", "joined_after_s", "is_lesson"}
    unknown = set(row) - known - {"voice", "lines", "steps", "caller", "diverted_from"}
    if unknown:
        raise ScriptError(f"{name}: unknown keys {sorted(unknown)}")
    return Scenario(
        name=name,
        script=script,
        caller=_per_language(name, row["caller"]),
        diverted_from=None if diverted is None else _per_language(name, diverted),
        **{key: row[key] for key in known & set(row)},
    )


def _colleague(row: dict[str, Any], phrases: dict[str, Any]) -> Colleague:
    extension = str(row["extension"])
    script = _script(f"extension-{extension}", row, phrases) if "steps" in row else None
    return Colleague(extension, row["name"], Manner(row["manner"]), row.get("rings_s", 2.0), script)


def _script(name: str, row: dict[str, Any], phrases: dict[str, Any]) -> Script:
    voice = Voice(row["voice"])
    lines = {key: Line(f"{key}-{voice}", voice, _per_language(key, texts)) for key, texts in phrases.items()}
    for key, texts in row.get("lines", {}).items():
        lines[key] = Line(f"{name}-{key}", voice, _per_language(name, texts))
    steps = tuple(_step(name, step, lines) for step in row["steps"])
    return Script(name, voice, steps, lines["thanks"])


def _step(name: str, row: dict[str, Any], lines: dict[str, Line]) -> Step:
    try:
        given: dict[str, Any] = dict(row)
        given |= {key: lines[row[key]] for key in ("say", "hint", "wrong") if key in row}
        return Step(**given | {"then": Reaction(row.get("then", "nothing"))})
    except (KeyError, TypeError, ValueError) as error:
        raise ScriptError(f"{name}: step {row}: {error}") from error


def _per_language(name: str, texts: dict[str, str]) -> dict[Language, str]:
    try:
        return {language: texts[language] for language in Language}
    except KeyError as missing:
        raise ScriptError(f"{name}: nothing for language {missing}") from missing
