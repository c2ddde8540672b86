"""A tray that starts after the toolbar, goes and comes again, on a real session bus and a real screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.child_process import ChildProcess
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.xvfb import VirtualScreen

PATIENCE_S = 20.0


@pytest.fixture
def bus_address(lab_folder: Path) -> Iterator[str]:
    require_program("dbus-daemon", "dbus")
    socket = lab_folder / "bus"
    address = f"unix:path={socket}"
    bus = ChildProcess(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], lab_folder / "bus.log"
    )
    wait_until(socket.exists, PATIENCE_S, "the session bus")
    yield address
    bus.stop()


def test_the_icon_registers_with_a_tray_that_comes_late_and_again_with_its_successor(
    screen: VirtualScreen, bus_address: str, lab_folder: Path
) -> None:
    environ = {**os.environ, **screen.env, "DBUS_SESSION_BUS_ADDRESS": bus_address}

    def start(role: str, name: str) -> tuple[ChildProcess, Path]:
        facts = lab_folder / f"{name}.facts"
        facts.touch()
        command = [sys.executable, "-m", "tests.lab.tray_parts", role, facts]
        return ChildProcess(command, lab_folder / f"{name}.log", environ), facts

    icon, told = start("icon", "icon")
    try:
        wait_until(lambda: "started False" in told.read_text(), PATIENCE_S, "the toolbar without a tray")
        for generation in ("first", "second"):
            watcher, registered = start("watcher", generation)
            try:
                wait_until(lambda file=registered: "registered" in file.read_text(), PATIENCE_S, "the icon in the tray")
            finally:
                watcher.stop()
            wait_until(lambda: told.read_text().split()[-1] == "False", PATIENCE_S, "the tray to be gone")
        assert told.read_text().split("\n")[1:5] == ["there True", "there False"] * 2
    finally:
        icon.stop()
