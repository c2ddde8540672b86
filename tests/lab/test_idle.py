"""Who has not touched keyboard and mouse for how long: GNOME's answer on a real bus, and a real X server's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from agent_toolbar.ui.desktop_idle import DesktopIdle
from agent_toolbar.ui.x11_idle import X11Idle, is_x11
from tests.lab import idle_monitor
from tests.lab.child_process import ChildProcess
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.message_bus import MessageBus
from tests.lab.unavailable import unavailable
from tests.lab.xvfb import VirtualScreen

PATIENCE_S = 15.0
ANSWER_MS = 10_000


@pytest.fixture
def bus(lab_folder: Path) -> Iterator[MessageBus]:
    require_program("dbus-daemon", "dbus")
    require_program("dbus-send", "dbus")
    bus = MessageBus(lab_folder / "session")
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def gnome(bus: MessageBus, lab_folder: Path) -> Iterator[Callable[[int], None]]:
    """Puts GNOME's idle monitor on the bus, which says so many milliseconds."""
    monitors: list[ChildProcess] = []

    def start(idle_ms: int) -> None:
        command = [sys.executable, "-m", "tests.lab.idle_monitor", bus.address, str(idle_ms)]
        monitors.append(ChildProcess(command, lab_folder / "idle-monitor.log"))
        wait_until(lambda: bus.has(idle_monitor.SERVICE), PATIENCE_S, "the idle monitor")

    yield start
    for monitor in monitors:
        monitor.stop()


@pytest.fixture
def watch(bus: MessageBus, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., float | None]]:
    """Asks a desktop with these variables in its environment."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    connection = QDBusConnection.connectToBus(bus.address, "test-idle")
    asked: list[DesktopIdle] = []  # each lives until Qt has seen to what it left behind, as it does in a toolbar

    def ask(**environ: str) -> float | None:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        asked.append(DesktopIdle(bus=connection))
        answers: list[float | None] = []
        asked[-1].idle_s(answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=ANSWER_MS)
        return answers[0]

    yield ask
    QDBusConnection.disconnectFromBus("test-idle")


@pytest.fixture
def x11_idle(screen: VirtualScreen) -> X11Idle:
    idle = X11Idle(screen.display)
    if not idle.can_tell:
        unavailable("libXss.so.1 is missing (Debian package libxss1)")
    return idle


def test_gnome_tells_milliseconds(gnome: Callable[[int], None], watch: Callable[..., float | None]) -> None:
    gnome(5_000_000_000)  # more than 32 bits

    assert watch() == 5_000_000.0


def test_a_desktop_without_gnome_and_x_cannot_tell(watch: Callable[..., float | None]) -> None:
    assert watch() is None


def test_a_bus_that_is_gone_tells_nothing(bus: MessageBus, watch: Callable[..., float | None]) -> None:
    bus.stop()

    assert watch() is None


def test_an_x_server_tells_where_gnome_does_not(
    screen: VirtualScreen, x11_idle: X11Idle, watch: Callable[..., float | None]
) -> None:
    wait_until(lambda: (x11_idle.idle_s() or 0.0) >= 2.0, PATIENCE_S, "two seconds without a key")
    told = watch(DISPLAY=screen.display)
    assert told is not None
    assert told >= 2.0


def test_a_key_ends_the_idleness(screen: VirtualScreen, x11_idle: X11Idle) -> None:
    wait_until(lambda: (x11_idle.idle_s() or 0.0) >= 5.0, PATIENCE_S, "five seconds without a key")
    screen.press("a")

    told = x11_idle.idle_s()
    assert told is not None
    assert told < 5.0


def test_the_x_server_within_wayland_is_not_believed(
    screen: VirtualScreen, x11_idle: X11Idle, watch: Callable[..., float | None]
) -> None:
    assert x11_idle.can_tell
    assert watch(DISPLAY=screen.display, WAYLAND_DISPLAY="wayland-0") is None


def test_no_x_server_tells_nothing() -> None:
    assert X11Idle(":no-such-display").idle_s() is None


@pytest.mark.parametrize(
    ("environ", "x11"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, True),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, False),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
    ],
)
def test_what_is_an_x_session(environ: dict[str, str], x11: bool) -> None:
    assert is_x11(environ) is x11
