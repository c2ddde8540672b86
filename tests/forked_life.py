"""Lives of a program that is killed again and again, forked from a process that has loaded it: loading takes longest.

All of them come from the same process, which therefore loads all such programs, and what each life looks at first: the
program that runs the tests.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TextIO

_PROGRAMS = [
    "pytest",
    "tests.integration.journal.wrap_up_writer",
    "tests.integration.outbox.outbox_sender",
    "tests.lab.tryton_sender",
]
_FORKS = multiprocessing.get_context("forkserver")


class ForkedLife:
    """A process that runs `target`.

    Attributes:
        process: of multiprocessing.
        output: what it prints, with its end when it has ended.
    """

    def __init__(self, target: Callable[..., None], *arguments: Any, argv: tuple[str, ...] = ()) -> None:
        """`argv`: what it finds in sys.argv behind its own name."""
        ours, theirs = multiprocessing.Pipe(duplex=False)
        _FORKS.set_forkserver_preload(_PROGRAMS)
        self.process = _FORKS.Process(target=_live, args=(target, arguments, argv, theirs))
        self.process.start()
        theirs.close()
        self.output: TextIO = os.fdopen(os.dup(ours.fileno()), encoding="utf-8")
        ours.close()

    def kill(self, after_s: float) -> list[str]:
        """kill -9 after so many seconds; the whole lines that it printed and nobody has read yet."""
        self.process.join(after_s)
        assert self.process.exitcode is None, "it ended by itself"
        self.process.kill()
        lines = self.output.read().split("\n")[:-1]  # a last one without its end was cut by the kill
        self.output.close()
        self.process.join()
        assert self.process.exitcode == -signal.SIGKILL
        return lines


def _live(target: Callable[..., None], arguments: tuple[Any, ...], argv: tuple[str, ...], output: Connection) -> None:
    os.dup2(output.fileno(), sys.stdout.fileno())
    sys.argv[1:] = argv
    target(*arguments)
