"""A key of the whole screen and the text that another program has selected, on a real X server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.key_combination import KeyCombination, read_keys
from agent_toolbar.domain.selected_text import LONGEST_TEXT
from agent_toolbar.ui.global_key import KeyObstacle, KeyState
from agent_toolbar.ui.selected_text import ANSWER_MS, X11SelectedText
from agent_toolbar.ui.x11_connection import X11Connection
from agent_toolbar.ui.x11_key import X11Key
from tests.lab.child_process import ChildProcess
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.typing_window import TITLE
from tests.lab.xvfb import VirtualScreen

PATIENCE_S = 20.0
PATIENCE_MS = 10_000


def keys(spelled: str) -> KeyCombination:
    read = read_keys(spelled)
    assert isinstance(read, KeyCombination)
    return read


def hold(screen: VirtualScreen, key: str) -> None:
    """Longer than it takes until keys repeat."""
    command = ["xdotool", "keydown", key, "sleep", "1.2", "keyup", key]
    subprocess.run(command, env={**os.environ, **screen.env}, check=True)


class TypingWindow:
    """Another program with the keyboard."""

    def __init__(self, folder: Path, screen: VirtualScreen) -> None:
        self._file = folder / "typed"
        self._screen = screen
        command = [sys.executable, "-m", "tests.lab.typing_window", self._file]
        self.process = ChildProcess(command, folder / "typing.log", {**os.environ, **screen.env})
        wait_until(lambda: screen.focused_window() in screen.windows(f"^{TITLE}$"), PATIENCE_S, "the keyboard")

    @property
    def text(self) -> str:
        return self._file.read_text() if self._file.exists() else ""

    def select(self, text: str) -> None:
        """Types a text and selects all of it."""
        self._screen.type(text)
        wait_until(lambda: self.text.endswith(text), PATIENCE_S, lambda: self.text)
        self._screen.press("ctrl+a")


@pytest.fixture
def other(lab_folder: Path, screen: VirtualScreen) -> Iterator[TypingWindow]:
    window = TypingWindow(lab_folder, screen)
    yield window
    window.process.stop()


@pytest.fixture
def connection(screen: VirtualScreen, qtbot: QtBot) -> Iterator[Callable[[], X11Connection]]:
    del qtbot  # there must be an application
    made: list[X11Connection] = []

    def make() -> X11Connection:
        made.append(X11Connection(screen.display))
        assert made[-1].alive
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def key(connection: Callable[[], X11Connection]) -> X11Key:
    return X11Key(connection())


def test_the_key_is_heard_while_another_program_has_the_keyboard_and_that_one_does_not_see_it(
    key: X11Key, other: TypingWindow, screen: VirtualScreen, qtbot: QtBot
) -> None:
    key.register(keys("Ctrl+Alt+D"), "")
    assert key.status.state is KeyState.REGISTERED

    screen.type("before ")
    with qtbot.waitSignal(key.pressed, timeout=PATIENCE_MS):
        screen.press("ctrl+alt+d")
    screen.type("after")

    wait_until(lambda: other.text.endswith("after"), PATIENCE_S, lambda: other.text)
    assert other.text == "before after"


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_it_works_whatever_the_lock_keys_are(
    key: X11Key, other: TypingWindow, screen: VirtualScreen, qtbot: QtBot, lock: str
) -> None:
    del other
    key.register(keys("Ctrl+Shift+F9"), "")
    screen.press(lock)
    with qtbot.waitSignal(key.pressed, timeout=PATIENCE_MS):
        screen.press("ctrl+shift+F9")


def test_a_key_held_down_is_pressed_once(key: X11Key, other: TypingWindow, screen: VirtualScreen, qtbot: QtBot) -> None:
    key.register(keys("F9"), "")
    pressed = QSignalSpy(key.pressed)
    hold(screen, "a")
    wait_until(lambda: other.text.count("a") > 1, PATIENCE_S, "keys to repeat here at all")

    hold(screen, "F9")
    screen.press("F9")
    qtbot.waitUntil(lambda: pressed.count() >= 2, timeout=PATIENCE_MS)
    assert pressed.count() == 2


def test_a_key_of_another_program_is_told_as_taken_until_that_one_lets_it_go(
    connection: Callable[[], X11Connection], screen: VirtualScreen, qtbot: QtBot
) -> None:
    first, second = X11Key(connection()), X11Key(connection())
    first.register(keys("Ctrl+Alt+D"), "")
    second.register(keys("Ctrl+Alt+D"), "")
    assert second.status.state is KeyState.TAKEN

    first.unregister()
    assert first.status.state is KeyState.OFF
    second.register(keys("Ctrl+Alt+D"), "")
    assert second.status.state is KeyState.REGISTERED
    with qtbot.waitSignal(second.pressed, timeout=PATIENCE_MS), qtbot.assertNotEmitted(first.pressed):
        screen.press("ctrl+alt+d")


def test_another_key_takes_the_place_of_the_one_before(
    key: X11Key, other: TypingWindow, screen: VirtualScreen, qtbot: QtBot
) -> None:
    key.register(keys("Ctrl+Alt+D"), "")
    key.register(keys("F7"), "")
    pressed = QSignalSpy(key.pressed)
    screen.press("ctrl+alt+d")
    screen.press("F7")
    qtbot.waitUntil(lambda: pressed.count() >= 1, timeout=PATIENCE_MS)
    screen.type("done")
    wait_until(lambda: other.text.endswith("done"), PATIENCE_S, lambda: other.text)
    assert pressed.count() == 1


def test_the_key_follows_another_keyboard_layout(key: X11Key, screen: VirtualScreen, qtbot: QtBot) -> None:
    require_program("setxkbmap", "x11-xkb-utils")
    key.register(keys("Ctrl+Alt+A"), "")
    subprocess.run(["setxkbmap", "fr"], env={**os.environ, **screen.env}, check=True)
    pressed = QSignalSpy(key.pressed)

    def is_heard() -> bool:
        screen.press("ctrl+alt+a")  # where Q is on another keyboard
        return pressed.count() > 0

    qtbot.waitUntil(is_heard, timeout=PATIENCE_MS)


def test_a_keyboard_without_the_key_says_so(key: X11Key) -> None:
    key.register(keys("F20"), "")
    assert key.status.state is KeyState.NOT_HERE
    assert key.status.obstacle is KeyObstacle.NO_SUCH_KEY


def test_without_an_x_server_there_is_no_key(qtbot: QtBot) -> None:
    del qtbot
    key = X11Key(X11Connection(":no-such-display"))
    key.register(keys("F9"), "")
    assert key.status.state is KeyState.NOT_HERE
    assert key.status.obstacle is KeyObstacle.NO_DESKTOP


def test_a_server_that_goes_away_does_no_harm(key: X11Key, screen: VirtualScreen, qtbot: QtBot) -> None:
    key.register(keys("F9"), "")
    screen.stop()
    key.unregister()
    key.register(keys("F9"), "")
    qtbot.waitUntil(lambda: key.status.state is KeyState.NOT_HERE, timeout=PATIENCE_MS)


# ---------------------------------------------------------------------- selected text


@pytest.fixture
def ask(connection: Callable[[], X11Connection], qtbot: QtBot) -> Callable[[], str | LinkError]:
    selected = X11SelectedText(connection())

    def ask() -> str | LinkError:
        answers: list[str | LinkError] = []
        selected.ask("", answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
        assert len(answers) == 1
        return answers[0]

    return ask


def test_what_another_program_has_selected_is_read(other: TypingWindow, ask: Callable[[], str | LinkError]) -> None:
    other.select("01 45 67 89 01")
    wait_until(lambda: ask() == "01 45 67 89 01", PATIENCE_S, "the selection")


def test_where_nothing_is_selected_it_is_what_was_copied(
    other: TypingWindow, screen: VirtualScreen, ask: Callable[[], str | LinkError]
) -> None:
    other.select("06 12 34 56 78")
    screen.press("ctrl+c")
    wait_until(lambda: ask() == "06 12 34 56 78", PATIENCE_S, "the selection")
    screen.press("BackSpace")  # nobody has a selection any more
    screen.type("x")
    wait_until(lambda: other.text == "x", PATIENCE_S, lambda: other.text)
    assert ask() == "06 12 34 56 78"


def test_nothing_selected_and_nothing_copied_is_no_text(ask: Callable[[], str | LinkError]) -> None:
    assert ask() == ""


def test_a_page_of_text_is_not_read_to_its_end(
    other: TypingWindow, screen: VirtualScreen, ask: Callable[[], str | LinkError]
) -> None:
    other.select("0123456789" * 20)
    for _ in range(5):
        for keys_of_copying in ("ctrl+c", "ctrl+End", "ctrl+v", "ctrl+a"):
            screen.press(keys_of_copying)
    wait_until(lambda: len(other.text) == 6_400, PATIENCE_S, lambda: str(len(other.text)))
    wait_until(lambda: len(str(ask())) > LONGEST_TEXT, PATIENCE_S, "the selection")
    assert len(str(ask())) <= 4 * LONGEST_TEXT + 4


def test_a_program_that_hangs_costs_no_more_than_its_time(
    other: TypingWindow, ask: Callable[[], str | LinkError]
) -> None:
    other.select("01 45 67 89 01")
    wait_until(lambda: ask() == "01 45 67 89 01", PATIENCE_S, "the selection")
    os.kill(other.process.pid, signal.SIGSTOP)
    clock = QElapsedTimer()
    clock.start()
    answer = ask()
    os.kill(other.process.pid, signal.SIGCONT)

    assert isinstance(answer, LinkError)
    assert answer.code == "selection_no_answer"
    assert clock.elapsed() < ANSWER_MS + 2_000
    wait_until(lambda: ask() == "01 45 67 89 01", PATIENCE_S, "the program to be awake again")
