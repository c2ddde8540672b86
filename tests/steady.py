"""Runs groups of tests with real peers side by side, and tells what is wrong from what was only unlucky.

`python -m tests.steady tests/integration tests/lab`: each folder is a run of pytest of its own. Servers, telephones and
toolbars of two runs then share the processors, so that a test may fail of which nothing is wrong. Such a test is
believed only when it passes three times in a row afterwards, alone; it is named in the end as unsteady, so that
somebody looks into it. More than three failures at once are no bad luck: nothing is tried again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

PROOFS = 3
MOST_UNLUCKY = 3
TESTS_FAILED = 1  # pytest.ExitCode: every other one but 0 is a broken run

_PYTEST = [sys.executable, "-m", "pytest", "-q"]


@dataclass
class Run:
    """One run of pytest. `failed`: node ids; empty with a status other than 0 when the run itself broke."""

    folder: str
    cache: Path
    status: int = 0
    output: str = ""
    failed: list[str] = field(default_factory=list)
    _process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [*_PYTEST, "-o", f"cache_dir={self.cache}", self.folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(self) -> None:
        assert self._process is not None
        self.output, _ = self._process.communicate()
        self.status = self._process.returncode
        if self.status == TESTS_FAILED:
            self.failed = sorted(json.loads((self.cache / "v/cache/lastfailed").read_text()))


def main(folders: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="at-steady-") as scratch:
        runs = [Run(folder, Path(scratch) / str(number)) for number, folder in enumerate(folders)]
        for run in runs:
            run.start()
        for run in runs:
            run.finish()
            print(run.output, flush=True)
    failed = [test for run in runs for test in run.failed]
    broken = [run.folder for run in runs if run.status and not run.failed]
    if broken or len(failed) > MOST_UNLUCKY or not all("::" in test for test in failed):
        print(f"failed: {broken + failed}", flush=True)
        return 1
    wrong = [test for test in failed if not _steady_alone(test)]
    for test in failed:
        print(f"{'FAILED' if test in wrong else 'UNSTEADY, passed alone'}: {test}", flush=True)
    return 1 if wrong else 0


def _steady_alone(test: str) -> bool:
    """Whether it passes every time with the machine for itself."""
    for proof in range(1, PROOFS + 1):
        print(f"once more, alone ({proof} of {PROOFS}): {test}", flush=True)
        if subprocess.run([*_PYTEST, "-p", "no:cacheprovider", test], check=False).returncode:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
