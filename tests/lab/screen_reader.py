"""Reads a program's windows as a screen reader does (AT-SPI over D-Bus): what a person is shown, without pictures."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping

_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_STRING = re.compile(r'string "(.*)"$', re.MULTILINE)
_CHILD = re.compile(r"object path \"(.*)\"$", re.MULTILINE)
_PROCESS = re.compile(r"uint32 (\d+)")
_SHOWING = 1 << 25  # AT-SPI's ATSPI_STATE_SHOWING
_STATES = re.compile(r"uint32 (\d+)")


class ScreenReader:
    """`bus_address`: the session bus of the program, which must run with `ENV`."""

    def __init__(self, bus_address: str) -> None:
        self._bus_address = bus_address

    @property
    def env(self) -> Mapping[str, str]:
        """What a Qt program needs in its environment to be read here."""
        return {"AT_SPI_BUS_ADDRESS": self._bus_address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def words(self, pid: int) -> Iterator[str]:
        """The names of everything that the program shows now, a parent before its children."""
        program = self._name_on_bus(pid)
        waiting = [_ROOT]
        while waiting:
            path = waiting.pop(0)
            name = _STRING.search(self._ask(program, path, "org.freedesktop.DBus.Properties.Get", _ACCESSIBLE, "Name"))
            if name and name[1]:
                yield name[1]
            for child in _CHILD.findall(self._ask(program, path, f"{_ACCESSIBLE}.GetChildren")):
                states = _STATES.search(self._ask(program, child, f"{_ACCESSIBLE}.GetState"))
                if states and int(states[1]) & _SHOWING:
                    waiting.append(child)

    def _name_on_bus(self, pid: int) -> str:
        bus = ("org.freedesktop.DBus", "/")
        for name in _STRING.findall(self._ask(*bus, "org.freedesktop.DBus.ListNames")):
            process = _PROCESS.search(self._ask(*bus, "org.freedesktop.DBus.GetConnectionUnixProcessID", name))
            has_windows = self._ask(name, _ROOT, f"{_ACCESSIBLE}.GetChildren") if process else ""
            if process and int(process[1]) == pid and has_windows:
                return name
        raise LookupError(f"process {pid} shows nothing to a screen reader")

    def _ask(self, program: str, path: str, method: str, *strings: str) -> str:
        """The answer as dbus-send prints it; "" when the thing asked has gone meanwhile."""
        arguments = [f"string:{one}" for one in strings]
        return subprocess.run(
            ["dbus-send", f"--bus={self._bus_address}", "--print-reply", f"--dest={program}", path, method, *arguments],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        ).stdout
