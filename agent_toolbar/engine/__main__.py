"""The engine process: `python -m agent_toolbar.engine`. Started detached by the toolbar, which it may outlive.

Exit status: 0 ended as asked, 1 failed, 2 misuse, 3 another engine of this profile is running.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import logging
import logging.handlers
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from agent_toolbar import paths
from agent_toolbar.engine.host import EngineHost
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock

EXIT_ALREADY_RUNNING = 3
_LOG_BYTES = 256 * 1024
_SWITCH_INTERVAL_S = 0.001  # the media clock must get the interpreter lock soon

_log = logging.getLogger("agent_toolbar.engine")


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    folder = paths.runtime_dir()
    lock = InstanceLock("engine", folder)
    if not lock.acquire():
        return EXIT_ALREADY_RUNNING
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    with (folder / "engine-crash.log").open("w") as crash_log:
        _keep_logs(folder, crash_log)
        _log.info("engine starts, pid %d, started by %d", os.getpid(), options.started_by)
        app = QCoreApplication(sys.argv[:1])
        host = EngineHost(Endpoint("engine", folder), options.idle_limit_s)
        signals = _SignalWatch(host)
        host.start()
        gc.collect()
        gc.freeze()  # what stands now stands to the end: collections in a call have little left to look at
        status = app.exec()
        signals.close()
        faulthandler.disable()
    lock.release()
    return status


class _SignalWatch:
    """Turns SIGTERM and SIGINT into a clean end; the event loop would not let Python run a handler by itself."""

    def __init__(self, host: EngineHost) -> None:
        self._host = host
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._arrived)

    def _arrived(self) -> None:
        self._reader.recv(64)
        self._host.stop("signal")

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()


def _keep_logs(folder: Path, crash_log: TextIO) -> None:
    """States and faults, no numbers, no names, no secrets; two files of bounded size in the owner-only folder."""
    faulthandler.enable(crash_log)
    handler = logging.handlers.RotatingFileHandler(
        folder / "engine.log", maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("agent_toolbar")
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent_toolbar.engine", description="The telephone engine of the toolbar.")
    parser.add_argument("--idle-limit-s", type=float, default=60.0, help="end after so long without toolbar and call")
    parser.add_argument("--started-by", type=int, default=0, metavar="PID", help="the toolbar that starts it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
