"""A session bus with an unlocked keyring (Secret Service), as a desktop has: passwords outlive the toolbar in it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.message_bus import START_TIMEOUT_S, MessageBus

KEYRING_PASSWORD = "lab"


class DesktopBus:
    """The bus and the keyring on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bus = MessageBus(folder / "run")
        self._keyring: ChildProcess | None = None

    @property
    def address(self) -> str:
        return self._bus.address

    @property
    def env(self) -> dict[str, str]:
        """What a process needs in its environment to find this bus and no other."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def start(self) -> None:
        self._bus.start()
        password = self._folder / "keyring-password"
        password.write_text(KEYRING_PASSWORD)
        home = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder / "run")}
        self._keyring = ChildProcess(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            self._folder / "keyring.log",
            {**os.environ, **home, **self.env},
            stdin=password,
        )
        wait_until(self._unlocked, START_TIMEOUT_S, f"the keyring to be open, see {self._folder}/keyring.log")

    def stop(self) -> None:
        if self._keyring is not None:
            self._keyring.stop()
            self._keyring = None
        self._bus.stop()

    def _unlocked(self) -> bool:
        """The collection that passwords go into is made when the daemon opens it with the password."""
        return (self._folder / ".local/share/keyrings/login.keyring").exists()
