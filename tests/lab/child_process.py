"""Programs that a lab starts: each with a log of its own, each stopped by its own pid."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_DIES_WITH_THE_TESTS = ("setpriv", "--pdeathsig", "KILL", "--")  # whatever way they end; becomes the program itself


class ChildProcess:
    """A running program; its output goes to `log`. Stops with the test, also when it has children of its own."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        environ: Mapping[str, str] | None = None,
        inherited: Sequence[int] = (),
        stdin: Path = Path(os.devnull),
    ) -> None:
        """`inherited`: file descriptors that the program may use; `stdin`: the file that it reads."""
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        with log.open("ab") as output, stdin.open("rb") as spoken:
            self._process = subprocess.Popen(
                [*_DIES_WITH_THE_TESTS, *(str(part) for part in command)],
                stdin=spoken,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if environ is None else dict(environ),
                pass_fds=inherited,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def running(self) -> bool:
        return self._process.poll() is None

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait(self, timeout_s: float) -> int:
        """The exit status. Raises subprocess.TimeoutExpired."""
        return self._process.wait(timeout_s)

    def kill(self) -> None:
        """kill -9 of this one process, as a crash would do; children live on."""
        self._process.kill()
        self._process.wait()

    def stop(self, timeout_s: float = 5.0) -> int:
        """Asks it to end, then ends it and whatever is left of its session. Its exit status, negative for a signal."""
        self._process.terminate()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.returncode
