"""Runs tests with real peers side by side, and tells what is wrong from what was only unlucky.

`python -m tests.steady tests/integration tests/lab`: several runs of pytest share the files between them (xdist),
since their programs mostly wait for each other. Servers, telephones and toolbars of all runs then share the processors,
so that a test may fail of which nothing is wrong. Such a test is believed only when it passes three times in a row
afterwards, alone; it is named in the end as unsteady, so that somebody looks into it. More than three failures at once
are no bad luck: nothing is tried again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

SIDE_BY_SIDE = 3
PROOFS = 3
MOST_UNLUCKY = 3
TESTS_FAILED = 1  # pytest.ExitCode: every other one but 0 is a broken run

_PYTEST = [sys.executable, "-m", "pytest", "-q"]
_SHARED = ["-n", str(SIDE_BY_SIDE), "--dist", "loadfile"]  # a file's tests stay together, with what they share


def main(folders: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="at-steady-") as scratch:
        cache = Path(scratch)
        status = _run(*_SHARED, "-o", f"cache_dir={cache}", *folders)
        if status != TESTS_FAILED:
            return status
        failed = sorted(json.loads((cache / "v/cache/lastfailed").read_text()))
    if len(failed) > MOST_UNLUCKY or not all("::" in test for test in failed):
        print(f"failed: {failed}", flush=True)
        return 1
    wrong = [test for test in failed if not _steady_alone(test)]
    for test in failed:
        print(f"{'FAILED' if test in wrong else 'UNSTEADY, passed alone'}: {test}", flush=True)
    return 1 if wrong else 0


def _steady_alone(test: str) -> bool:
    """Whether it passes every time with the machine for itself."""
    for proof in range(1, PROOFS + 1):
        print(f"once more, alone ({proof} of {PROOFS}): {test}", flush=True)
        if _run("-p", "no:cacheprovider", test):
            return False
    return True


def _run(*arguments: str) -> int:
    return subprocess.run([*_PYTEST, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
