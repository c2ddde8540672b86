"""One job in a process of its own as the toolbar sees it: starts the process, passes its reports on, stops it.

A thread per job reads the reports; callbacks run on that thread.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from agent_toolbar.crm.job_messages import Advanced, Ended

Progress = TypeVar("Progress")
Outcome = TypeVar("Outcome")
_GRACE_S = 5.0


class BackgroundJob(ABC, Generic[Progress, Outcome]):
    """One running job, once started. `on_done` is called exactly once, whatever becomes of the process."""

    def __init__(
        self,
        name: str,
        job: msgspec.Struct,
        on_progress: Callable[[Progress], None],
        on_done: Callable[[Outcome], None],
        command: Sequence[str],
    ) -> None:
        """name: of the thread. job: the only line that the process reads."""
        self._job = msgspec.json.encode(job)
        self._on_progress = on_progress
        self._on_done = on_done
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def pid(self) -> int:
        """Of the process, 0 before it runs."""
        with self._lock:
            return self._process.pid if self._process else 0

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            self._end_input()

    def stop(self) -> None:
        """Cancels and waits until the process has gone; one that does not go is ended."""
        self.cancel()
        self._thread.join(_GRACE_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join(_GRACE_S)

    @abstractmethod
    def _report(self, line: bytes) -> Advanced[Progress] | Ended[Outcome]:
        """A line of the process."""

    @abstractmethod
    def _not_started(self, error: OSError) -> Outcome:
        """The system gave no process."""

    @abstractmethod
    def _interrupted(self, *, cancelled: bool) -> Outcome:
        """The process went without its last report."""

    def _run(self) -> None:
        try:
            outcome = self._outcome()
        except OSError as error:
            outcome = self._not_started(error)
        self._on_done(outcome)

    def _outcome(self) -> Outcome:
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with process:
            self._hand_over_job(process)
            ended = self._follow(process)
            with self._lock:
                self._end_input()
        return ended.outcome if ended is not None else self._interrupted(cancelled=self._cancelled)

    def _hand_over_job(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._process = process
            if process.stdin is not None:
                with contextlib.suppress(BrokenPipeError):  # it died already; the missing end says so
                    process.stdin.write(self._job + b"\n")
                    process.stdin.flush()
            if self._cancelled:
                self._end_input()

    def _follow(self, process: subprocess.Popen[bytes]) -> Ended[Outcome] | None:
        """The last report, None if the process died before it came."""
        for line in process.stdout or ():
            report = self._report(line)
            if not isinstance(report, Advanced):
                return report
            self._on_progress(report.progress)
        return None

    def _end_input(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
