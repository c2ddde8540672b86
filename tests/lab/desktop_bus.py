"""A session bus with an unlocked keyring (Secret Service), as a desktop has: passwords outlive the toolbar in it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 10.0
KEYRING_PASSWORD = "lab"


class DesktopBus:
    """Attributes: address of the bus, once started."""

    def __init__(self, folder: Path) -> None:
        self.address = ""
        self._folder = folder
        self._bus: ChildProcess | None = None
        self._keyring: ChildProcess | None = None

    @property
    def env(self) -> dict[str, str]:
        """What a process needs in its environment to find this bus and no other."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def start(self) -> None:
        (self._folder / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
        address = f"unix:path={self._folder}/run/bus"
        self._bus = ChildProcess(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], self._folder / "bus.log"
        )
        wait_until((self._folder / "run/bus").exists, START_TIMEOUT_S, "the session bus")
        self.address = address
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
        for process in (self._keyring, self._bus):
            if process is not None:
                process.stop()
        self._keyring = self._bus = None

    def _unlocked(self) -> bool:
        """The collection that passwords go into is made when the daemon opens it with the password."""
        return (self._folder / ".local/share/keyrings/login.keyring").exists()
