"""Runs every measurement of this folder and prints one JSON object: name of the module to what it measured.

A measurement is a module with `measure() -> dict`, its figures in the unit that their names end with (`p95_ms`).
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import traceback

import bench


def names() -> list[str]:
    """The modules here that measure something."""
    return [found.name for found in pkgutil.iter_modules(bench.__path__) if not found.name.startswith("_")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures speed and size.")
    parser.add_argument("only", nargs="*", metavar="NAME", help="which to run; all by default")
    wanted = parser.parse_args().only or names()
    figures, failed = {}, False
    for name in wanted:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        try:
            figures[name] = importlib.import_module(f"bench.{name}").measure()
        except Exception as error:  # noqa: BLE001 - one that fails must not hide the figures of the others
            traceback.print_exc()
            figures[name] = {"failed": f"{type(error).__name__}: {error}"}
            failed = True
    print(json.dumps(figures, indent=2))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
