"""A number is selected in another program, and one key brings the toolbar's question about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.settings import LinkSettings, Settings
from agent_toolbar.settings.settings_file import write_settings
from tests.lab.deadline import wait_until
from tests.lab.test_global_key import TypingWindow
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.xvfb import VirtualScreen

BAR = "^Agent Toolbar$"
PATIENCE_S = 20.0


@pytest.fixture
def desk(screen: VirtualScreen, toolbar: Callable[..., ToolbarProcess]) -> ToolbarProcess:
    """The practice line, with a key for selected text."""
    desk = toolbar(screen.env, start=False)
    file = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config/settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(write_settings(Settings(links=LinkSettings(selection_key="Ctrl+Alt+D"))))
    desk.start("practice")
    wait_until(lambda: screen.windows(BAR), PATIENCE_S, "the bar")
    return desk


@pytest.fixture
def other(desk: ToolbarProcess, screen: VirtualScreen, lab_folder: Path) -> Iterator[TypingWindow]:
    assert desk.running()
    window = TypingWindow(lab_folder, screen)
    yield window
    window.process.stop()


def test_one_key_in_another_program_asks_for_the_number_that_is_selected_there(
    desk: ToolbarProcess, other: TypingWindow, screen: VirtualScreen
) -> None:
    other.select("please call 06 12 34 56 78 today")
    screen.press("ctrl+alt+d")
    wait_until(lambda: screen.focused_window() in screen.windows(BAR), PATIENCE_S, "the bar to have the keyboard")
    assert other.text == "please call 06 12 34 56 78 today"
    assert desk.running()


def test_a_refusal_leaves_the_keyboard_where_it_is(
    desk: ToolbarProcess, other: TypingWindow, screen: VirtualScreen
) -> None:
    other.select("nobody to call")
    refused = desk.say("--language", "en", "call-selection")
    assert refused.returncode == 1
    assert refused.stderr.strip() == "There is no telephone number in “nobody to call”. Nothing was dialled."
    screen.press("ctrl+alt+d")
    screen.type("x")
    wait_until(lambda: other.text == "x", PATIENCE_S, lambda: other.text)


def test_the_command_does_the_same_for_a_desktop_that_gives_programs_no_keys(
    desk: ToolbarProcess, other: TypingWindow, screen: VirtualScreen
) -> None:
    other.select("06 12 34 56 78")
    desk.do("call-selection")
    wait_until(lambda: screen.focused_window() in screen.windows(BAR), PATIENCE_S, "the bar to have the keyboard")


def test_the_question_is_answered_by_one_key_and_the_number_is_called(
    desk: ToolbarProcess, other: TypingWindow, screen: VirtualScreen
) -> None:
    desk.await_registered()
    other.select("please call +44 113 496 0112 today")
    screen.press("ctrl+alt+d")
    wait_until(lambda: screen.focused_window() in screen.windows(BAR), PATIENCE_S, "the bar to have the keyboard")

    def called() -> bool:
        screen.press("Return")  # once more for the time in which the question has only just appeared
        return any(call["direction"] == "outgoing" for call in desk.status()["calls"])

    wait_until(called, PATIENCE_S, lambda: str(desk.status()["calls"]))
    assert other.text == "please call +44 113 496 0112 today"
