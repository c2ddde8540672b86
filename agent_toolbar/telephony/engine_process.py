"""Starts and ends the engine process. It lives in a session of its own and survives the toolbar."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.ipc.process_roles import ENGINE, ENGINE_SWITCH

_log = logging.getLogger(__name__)
_NOT_FOR_THE_ENGINE = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")

_left_running: list[subprocess.Popen[bytes]] = []  # a Popen warns when it is collected before its process ended


def engine_command() -> list[str]:
    """How this installation starts its engine. Nothing secret is in it: other users can read it."""
    started_by = ["--started-by", str(os.getpid())]  # for the log
    if getattr(sys, "frozen", False):
        return [sys.executable, ENGINE_SWITCH, *started_by]
    return [sys.executable, "-m", "agent_toolbar.engine", *started_by]


def start_ahead(error_log: Path) -> EngineProcess | None:
    """Starts the engine while the toolbar still loads its windows; None if one of this profile runs already.

    Two at once do no harm: the second one sees the lock of the first and ends.
    """
    if InstanceLock(ENGINE).holder_pid():
        return None
    try:
        return EngineProcess(engine_command(), error_log)
    except OSError:  # the link tries it again and says what is wrong
        _log.exception("the engine could not be started ahead")
        return None


class EngineProcess:
    """An engine that this toolbar started."""

    def __init__(self, command: Sequence[str], error_log: Path | None = None) -> None:
        """Starts it without our standard streams. Raises OSError when it cannot be started.

        `error_log` receives what native code writes before it aborts; the one of the run before is kept as *.1.
        """
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_THE_ENGINE}
        with _fresh_log(error_log or Path(os.devnull)) as errors:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=environment,
                close_fds=True,
                start_new_session=True,
                creationflags=_creation_flags(),
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_status(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    def kill(self) -> None:
        """Ends it at once and waits until it is gone."""
        self._process.kill()
        try:
            self._process.wait(5.0)
        except subprocess.TimeoutExpired:  # in an uninterruptible system call
            _log.warning("engine %d does not die", self.pid)

    def let_go(self) -> None:
        """It goes on without us, or is about to end; calling this again changes nothing."""
        _left_running[:] = [left for left in _left_running if left.poll() is None and left is not self._process]
        if self._process.poll() is None:
            _left_running.append(self._process)


def kill_foreign(pid: int) -> None:
    """Ends an engine that another toolbar started. The caller knows that `pid` is one (see InstanceLock.holder_pid)."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


def _fresh_log(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        path.replace(path.with_name(path.name + ".1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
