"""Rules of the tree itself: exact pins without addresses, modules of a readable size."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_MODULE_LINES = 400
PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.+!]*")


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> list[str]:
    return (ROOT / "constraints.txt").read_text().splitlines()


def test_every_constraint_is_an_exact_version_and_nothing_else() -> None:
    assert [line for line in pins() if not PIN.fullmatch(line)] == []


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {normalised(re.split(r"[=<>!~\[; ]", requirement, maxsplit=1)[0]) for requirement in wanted}

    assert names - {normalised(line.partition("==")[0]) for line in pins()} == set()


@pytest.mark.parametrize("package", ["agent_toolbar", "bench"])
def test_no_module_outgrows_its_reader(package: str) -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / package).rglob("*.py")}

    assert {str(path): lines for path, lines in lengths.items() if lines > MAX_MODULE_LINES} == {}
