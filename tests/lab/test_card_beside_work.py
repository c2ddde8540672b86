"""The incoming card on a real screen with a window manager, beside a window that somebody types into."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lab.deadline import wait_until
from tests.lab.xvfb import VirtualScreen

ROOT = Path(__file__).parents[2]
TEXT = "the order number is 4711 and nothing else "
PATIENCE_S = 20.0


class Window:
    """One process of `card_beside_work`."""

    def __init__(self, role: str, folder: Path, screen: VirtualScreen) -> None:
        self._facts = folder / f"{role}.facts"
        self._facts.touch()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.lab.card_beside_work", role, str(self._facts)],
            cwd=ROOT,
            env={**os.environ, **screen.env},
            stdin=subprocess.PIPE,
            text=True,
        )

    def facts(self) -> list[str]:
        return self._facts.read_text("utf-8").splitlines()

    def last(self, kind: str) -> str:
        return next((fact.removeprefix(kind + " ") for fact in reversed(self.facts()) if fact.startswith(kind)), "")

    def ring(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("ring\n")
        self.process.stdin.flush()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdin is not None
        self.process.stdin.close()


@pytest.fixture
def window(tmp_path: Path, screen: VirtualScreen) -> Iterator[Callable[[str], Window]]:
    opened: list[Window] = []

    def open_one(role: str) -> Window:
        opened.append(Window(role, tmp_path, screen))
        return opened[-1]

    yield open_one
    for one in opened:
        one.stop()


def test_typing_goes_on_undisturbed_and_answers_nothing_while_the_card_appears(
    window: Callable[[str], Window], screen: VirtualScreen
) -> None:
    work, card = window("work"), window("card")
    wait_until(lambda: screen.windows("^Work$"), PATIENCE_S, "the work window")
    wait_until(lambda: "waiting" in card.facts(), PATIENCE_S, "the card's process")
    wait_until(lambda: screen.focused_window() in screen.windows("^Work$"), PATIENCE_S, "the keyboard")

    screen.type(TEXT)
    card.ring()
    screen.type(TEXT * 3)  # takes longer than the card takes to appear
    wait_until(lambda: card.last("painted"), PATIENCE_S, "the card to be painted")
    screen.press("Return")
    screen.press("space")
    screen.type("end")

    wait_until(lambda: work.last("text").endswith("end"), PATIENCE_S, lambda: work.last("text"))
    assert work.last("text") == TEXT * 4 + " end"
    assert "focus lost" not in work.facts()
    assert card.last("order") == ""
    assert screen.windows("^Incoming call$")
    assert screen.focused_window() in screen.windows("^Work$")


def test_the_card_stands_at_the_corner_of_the_screen_with_the_pointer(
    window: Callable[[str], Window], screen: VirtualScreen
) -> None:
    card = window("card")
    wait_until(lambda: "waiting" in card.facts(), PATIENCE_S, "the card's process")
    card.ring()
    wait_until(lambda: card.last("painted"), PATIENCE_S, "the card to be painted")
    [shown] = screen.windows("^Incoming call$")

    def stands_in_the_corner() -> bool:
        left, top, width, height = screen.place_of(shown)
        return left >= 1600 - width - 24 and left + width <= 1600 and top + height <= 900

    wait_until(stands_in_the_corner, PATIENCE_S, lambda: f"the card to slide in, it is at {screen.place_of(shown)}")
