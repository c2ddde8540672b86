"""A screen that nobody sees: Xvfb with a window manager, on a display number of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 10.0


class VirtualScreen:
    """Attributes: display, such as ":97", once started."""

    def __init__(self, folder: Path, size: str = "1600x900x24") -> None:
        self.display = ""
        self._folder = folder
        self._size = size
        self._server: ChildProcess | None = None
        self._window_manager: ChildProcess | None = None

    @property
    def env(self) -> dict[str, str]:
        """What a process needs in its environment to show its windows here."""
        return {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        number_file = self._folder / "display"
        # The server chooses a free number itself and writes it where it is told.
        with number_file.open("w") as chosen:
            os.set_inheritable(chosen.fileno(), True)
            self._server = ChildProcess(
                [
                    "Xvfb",
                    "-displayfd",
                    str(chosen.fileno()),
                    "-screen",
                    "0",
                    self._size,
                    "-nolisten",
                    "tcp",
                    "-noreset",
                ],
                self._folder / "xvfb.log",
                inherited=(chosen.fileno(),),
            )
        number = wait_until(lambda: number_file.read_text().strip(), START_TIMEOUT_S, "Xvfb to choose a display")
        self.display = f":{number}"
        self._window_manager = ChildProcess(
            ["openbox", "--sm-disable"], self._folder / "openbox.log", {**os.environ, "DISPLAY": self.display}
        )
        wait_until(self._managed, START_TIMEOUT_S, "openbox to manage the screen")

    def stop(self) -> None:
        for process in (self._window_manager, self._server):
            if process is not None:
                process.stop()
        self._window_manager = self._server = None

    def windows(self, name: str) -> list[str]:
        """Ids of the visible windows whose title matches the regular expression."""
        return self._xdotool("search", "--onlyvisible", "--name", name).split()

    def place_of(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of a window as the screen has it, in pixels."""
        shown = dict(line.split("=") for line in self._xdotool("getwindowgeometry", "--shell", window).split())
        return int(shown["X"]), int(shown["Y"]), int(shown["WIDTH"]), int(shown["HEIGHT"])

    def focused_window(self) -> str:
        """Id of the window that has the keyboard."""
        return self._xdotool("getwindowfocus").strip()

    def focus(self, window: str) -> None:
        """Gives a window the keyboard."""
        self._xdotool("windowactivate", "--sync", window)

    def type(self, text: str) -> None:
        """Types into whatever window has the keyboard."""
        self._xdotool("type", "--delay", "5", text)

    def press(self, key: str) -> None:
        """A key or a combination such as "ctrl+d"."""
        self._xdotool("key", key)

    def click(self, x: int, y: int) -> None:
        """With the left button, at a place of the screen in pixels."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def filled_button(self, colour: str, least_width: int = 60) -> tuple[int, int] | None:
        """The middle of the button that is filled with this colour (#rrggbb), None when there is none."""
        found = self._run(sys.executable, "-m", "tests.lab.filled_button", colour, str(least_width)).stdout.split()
        return (int(found[0]), int(found[1])) if found else None

    def _managed(self) -> bool:
        shown = self._run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
        return shown.returncode == 0 and "window id" in shown.stdout

    def _xdotool(self, *arguments: str) -> str:
        return self._run("xdotool", *arguments).stdout

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, **self.env}
        return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=20, check=False)
