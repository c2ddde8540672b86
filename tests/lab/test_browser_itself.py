"""What Chromium and xdg-open make of a link before any program of ours sees it; a recorder is the handler here."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pytest

from tests.lab.browser_stage import SCHEMES, BrowserStage
from tests.lab.deadline import wait_until

_ENTRY = "[Desktop Entry]\nType=Application\nName=Recorder\nExec={program} --uri %u\n"


class Recorder:
    """Attributes: seen, the arguments of each start."""

    def __init__(self, browser: BrowserStage) -> None:
        self._file = browser.folder / "recorded"
        self._file.touch()
        program = browser.folder / "recorder"
        program.write_text(f'#!/bin/sh\nprintf "%s|%s|%s\\n" "$#" "$1" "$2" >> {self._file}\n')
        program.chmod(0o755)
        applications = browser.home / ".local/share/applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "recorder.desktop").write_text(_ENTRY.format(program=program))
        defaults = "".join(f"x-scheme-handler/{scheme}=recorder.desktop\n" for scheme in SCHEMES)
        config = browser.home / ".config"
        config.mkdir(exist_ok=True)
        (config / "mimeapps.list").write_text(f"[Default Applications]\n{defaults}")

    @property
    def seen(self) -> list[str]:
        return self._file.read_text().splitlines()


@pytest.fixture(scope="module")
def recorder(browser: BrowserStage) -> Recorder:
    return Recorder(browser)


@pytest.fixture
def desk(browser: BrowserStage) -> Iterator[BrowserStage]:
    yield browser
    browser.clear()


@pytest.mark.parametrize(
    ("written", "handed_over"),
    [
        ("tel:+33 (0)1 23/45", "tel:+33%20(0)1%2023/45"),
        ("tel:\u00a0+33\u00a0123", "tel:%C2%A0+33%C2%A0123"),
        ("TEL:%2B33#1", "tel:%2B33#1"),
        ("tel://0301234567", "tel://0301234567"),
        ("sip:1002@127.0.0.1?Replaces=a", "sip:1002@127.0.0.1?Replaces=a"),
        ("tel:600' `id` $(id) & | ;\"", "tel:600'%20%60id%60%20$(id)%20&%20%7C%20;%22"),
        ("tel: --uri", "tel:%20--uri"),
    ],
)
def test_a_link_arrives_as_one_argument(desk: BrowserStage, recorder: Recorder, written: str, handed_over: str) -> None:
    before = len(recorder.seen)
    page = desk.page(f'<meta charset=utf-8><a id="link" href="{escape(written)}">x</a>')

    page.click("#link")

    wait_until(lambda: len(recorder.seen) > before, 15, "the recorder to be started")
    assert recorder.seen[before:] == [f"2|--uri|{handed_over}"]


def test_a_click_with_the_mouse_of_the_screen_does_the_same(desk: BrowserStage, recorder: Recorder) -> None:
    before = len(recorder.seen)
    page = desk.page('<a id="link" href="tel:600">call</a>')
    desk.focus_browser()
    page.activate()

    desk.screen.click(*page.place_on_screen("#link"))

    wait_until(lambda: len(recorder.seen) > before, 15, "the recorder to be started")
    assert recorder.seen[before:] == ["2|--uri|tel:600"]
