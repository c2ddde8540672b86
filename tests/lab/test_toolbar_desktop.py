"""The toolbar's windows on a real X screen with a window manager, beside another program."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.profile import profile_environ
from tests.lab.sipp import SippCustomer
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.typing_window import TITLE
from tests.lab.xvfb import VirtualScreen

Caller = Callable[..., SippCustomer]

CARD = "^Incoming call$"
BAR = "^Agent Toolbar$"


@pytest.fixture
def desk(pbx: AsteriskPbx, screen: VirtualScreen, toolbar: Callable[..., ToolbarProcess]) -> ToolbarProcess:
    """A toolbar on the screen, registered as 1001."""
    desk = toolbar(screen.env)
    desk.log_in(pbx)
    return desk


@pytest.fixture
def typed(desk: ToolbarProcess, screen: VirtualScreen, lab_folder: Path) -> Iterator[Path]:
    """Another program has the keyboard; the file holds what was typed in it."""
    file = lab_folder / "typed"
    file.touch()
    environ = profile_environ(lab_folder / "other", screen.env)
    program = ChildProcess([sys.executable, "-m", "tests.lab.typing_window", file], lab_folder / "typing.log", environ)
    wait_until(lambda: screen.windows(TITLE), 10, "the window of the other program")
    screen.focus(screen.windows(TITLE)[0])
    yield file
    program.stop()


def test_the_bar_is_on_the_screen(desk: ToolbarProcess, screen: VirtualScreen) -> None:
    assert desk.running()
    wait_until(lambda: screen.windows(BAR), 10, "the bar")


def test_a_ringing_call_takes_no_keyboard_and_typing_answers_nothing(
    desk: ToolbarProcess, screen: VirtualScreen, typed: Path, caller: Caller
) -> None:
    screen.type("before ")
    wait_until(lambda: typed.read_text() == "before ", 5, "the first word")
    caller("gives_up", pause_s=20)
    wait_until(lambda: screen.windows(CARD), 10, "the card")

    screen.type("after")
    screen.press("Return")
    screen.press("space")
    screen.type("end")

    wait_until(lambda: typed.read_text() == "before after\n end", 5, lambda: f"all words, not {typed.read_text()!r}")
    assert desk.await_call(state="ringing")["state"] == "ringing"


def test_the_card_goes_some_seconds_after_the_caller_gave_up(
    desk: ToolbarProcess, screen: VirtualScreen, caller: Caller
) -> None:
    caller("gives_up", pause_s=1.5)
    wait_until(lambda: screen.windows(CARD), 10, "the card")

    desk.await_no_calls()

    wait_until(lambda: not screen.windows(CARD), 15, "the card to go")
