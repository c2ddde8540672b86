"""`python -m agent_toolbar.i18n.compile`: collects the texts of the sources into the .ts files and compiles them.

Developer's and installer's step, never run by the toolbar; needs PySide6's own lupdate and lrelease.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import PySide6

from agent_toolbar import paths

TRANSLATED_LANGUAGES = ("fr",)
_PACKAGE = Path(__file__).parent.parent


def source_file(language: str) -> Path:
    """The committed translation of a language (Qt Linguist, TS XML)."""
    return paths.resource_path("translations", f"agent_toolbar_{language}.ts")


def collect(target: Path, language: str) -> None:
    """Adds the texts of the sources that `target` lacks and drops those that are gone. Raises CalledProcessError."""
    sources = sorted(str(path) for path in _PACKAGE.rglob("*.py"))
    options = ["-locations", "none", "-no-obsolete", "-sort-messages", "-silent"]
    languages = ["-source-language", "en", "-target-language", language]
    _run("lupdate", *sources, *options, *languages, "-ts", str(target))


def compile_translation(source: Path, target: Path) -> None:
    """Compiles finished translations of a .ts file into a .qm file. Raises CalledProcessError."""
    _run("lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def main(arguments: list[str] | None = None) -> int:
    """Collects (unless --only-compile) and compiles every language. Answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m agent_toolbar.i18n.compile")
    parser.add_argument("--only-compile", action="store_true", help="leave the .ts files as they are")
    options = parser.parse_args(arguments)
    for language in TRANSLATED_LANGUAGES:
        source = source_file(language)
        if not options.only_compile:
            collect(source, language)
        compile_translation(source, source.with_suffix(".qm"))
    return 0


def _run(tool: str, *arguments: str) -> None:
    name = f"{tool}.exe" if sys.platform == "win32" else tool
    subprocess.run([str(Path(PySide6.__file__).parent / name), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
