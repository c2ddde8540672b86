"""Finds the codes of errors and faults that the sources of the package raise, with the values they give along."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import agent_toolbar

PACKAGE = Path(agent_toolbar.__file__).parent
_OUR_ERRORS = frozenset(
    {
        "AgentToolbarError",
        "CallError",
        "AccountError",
        "SettingsError",
        "StorageError",
        "ContactImportError",
        "NumberError",
        "EngineError",
        "AgentError",
        "AvailabilityError",
        "CrmError",
        "ManifestError",
        "DirectoryError",
        "SchemeError",
    }
)
# a refusal crosses the pipe as its code alone, so its sentence has no values to show
_REFUSALS_OF_THE_ENGINE = frozenset({"CommandRefused", "library_error"})
_CODE_POSITION = {"library_error": 1}


@dataclass(frozen=True)
class CodeUse:
    """One place in the sources. `params` is None where the values are handed over as a whole (**params)."""

    place: str
    kind: str
    code: str
    params: frozenset[str] | None


def codes_in(text: str, place: str) -> Iterator[CodeUse]:
    """Every `SomeError("code", a=1)`, `Fault("code", ...)` and `CommandRefused(code="code")` of a source text."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        keywords = {word.arg: word.value for word in node.keywords}
        position = _CODE_POSITION.get(name, 0)
        first = node.args[position] if len(node.args) > position else keywords.get("code")
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        where = f"{place}:{node.lineno}"
        if name in _OUR_ERRORS:
            given = None if None in keywords else frozenset(word for word in keywords if word)
            given = frozenset() if place.startswith("engine/") else given
            yield CodeUse(where, "error", first.value, given)
        elif name in _REFUSALS_OF_THE_ENGINE:
            yield CodeUse(where, "refusal", first.value, frozenset())
        elif name == "Fault":
            yield CodeUse(where, "fault", first.value, _params_of(node, keywords))


def codes_of_the_package() -> list[CodeUse]:
    return [
        use
        for path in sorted(PACKAGE.rglob("*.py"))
        for use in codes_in(path.read_text("utf-8"), str(path.relative_to(PACKAGE)))
    ]


def _params_of(node: ast.Call, keywords: dict[str | None, ast.expr]) -> frozenset[str] | None:
    params = node.args[3] if len(node.args) > 3 else keywords.get("params")
    if params is None:
        return frozenset()
    if not isinstance(params, ast.Dict):
        return None
    return frozenset(key.value for key in params.keys if isinstance(key, ast.Constant))


def translated_texts(text: str) -> Iterator[tuple[str, str]]:
    """Context and text of every literal given to tr(), translate() or QT_TRANSLATE_NOOP(), wherever it stands.

    The context of tr() is the class that it stands in.
    """
    tree = ast.parse(text)
    for owner in ast.walk(tree):
        if isinstance(owner, ast.ClassDef):
            for node in ast.walk(owner):
                if _name_of(node) == "tr":
                    yield from ((owner.name, literal) for literal in _literals(node, 1))
    for node in ast.walk(tree):
        if _name_of(node) in {"translate", "QT_TRANSLATE_NOOP"} and len(literals := _literals(node, 2)) == 2:
            yield literals[0], literals[1]


def _name_of(node: ast.AST) -> str:
    """What is called here, "" if nothing is."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr


def _literals(node: ast.AST, count: int) -> list[str]:
    arguments = node.args[:count] if isinstance(node, ast.Call) else []
    return [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]
