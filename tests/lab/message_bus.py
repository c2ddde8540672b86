"""A D-Bus daemon of its own, which nothing but the test knows."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 10.0
CALL_TIMEOUT_S = 20.0


class MessageBus:
    """Attributes: address of the bus, once started."""

    def __init__(self, folder: Path) -> None:
        self.address = ""
        self._folder = folder
        self._daemon: ChildProcess | None = None

    def start(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket = self._folder / "bus"
        self._daemon = ChildProcess(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={socket}"],
            self._folder / "bus.log",
        )
        wait_until(socket.exists, START_TIMEOUT_S, "the message bus")
        self.address = f"unix:path={socket}"

    def stop(self) -> None:
        if self._daemon is not None:
            self._daemon.stop()
            self._daemon = None

    def call(self, service: str, path: str, method: str) -> str:
        """Calls a method without arguments; the text that it gives back, if any."""
        command = ["dbus-send", f"--bus={self.address}", "--print-reply=literal", f"--dest={service}", path, method]
        done = subprocess.run(command, capture_output=True, text=True, timeout=CALL_TIMEOUT_S, check=False)
        assert done.returncode == 0, f"{method}: {done.stderr}"
        return done.stdout.strip()

    def has(self, service: str) -> bool:
        """Whether somebody has that name."""
        return f" {service}\n" in self._names()

    def _names(self) -> str:
        names = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames")
        return "".join(f" {word}\n" for word in names.replace("]", " ").split())
