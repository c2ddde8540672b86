"""A clicked link, as the desktop gives it to a program of its own: `agent-toolbar --uri TEXT` with a real toolbar."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.xvfb import VirtualScreen

Toolbar = Callable[..., ToolbarProcess]

BAR = "^Agent Toolbar$"


def settings_of(desk: ToolbarProcess, text: str) -> None:
    folder = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f"version = 1\n{text}", encoding="utf-8")


def request_number(status: dict) -> str:
    return status["dial_request"]["number"] if status["dial_request"] else ""


def refusals(status: dict) -> list[str]:
    return [fault["code"] for fault in status["faults"] if fault["code"].startswith("link_")]


def test_a_click_asks_in_front_of_the_page_and_one_key_calls(
    pbx: AsteriskPbx, screen: VirtualScreen, toolbar: Toolbar
) -> None:
    desk = toolbar(screen.env)
    desk.log_in(pbx)

    desk.do("--uri", "tel:601")
    assert request_number(desk.await_status(request_number, what="the question")) == "601"
    wait_until(lambda: screen.focused_window() in screen.windows(BAR), 10, "the bar to have the keyboard")
    assert not desk.status()["calls"]

    wait_until(lambda: screen.press("space") or desk.status()["calls"], 10, "the call")
    assert desk.await_call(number="601")["direction"] == "outgoing"
    assert desk.status()["dial_request"] is None


def test_a_trusted_link_calls_at_once_and_emergency_asks(pbx: AsteriskPbx, toolbar: Toolbar) -> None:
    desk = toolbar(start=False)
    settings_of(desk, "[links]\ndial_at_once = true\n")
    desk.start()
    desk.log_in(pbx)

    desk.do("--uri", "tel:112")
    assert desk.status()["dial_request"]["reason"] == "emergency"
    desk.do("--uri", "tel:601")
    assert desk.await_call(number="601")
    assert desk.status()["dial_request"] is None


def test_a_refused_link_stands_in_the_bar(toolbar: Toolbar) -> None:
    desk = toolbar()

    refused = desk.say("--uri", "tel://0.75.58.75")
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert refusals(desk.status()) == ["link_damaged"]


def test_a_link_starts_the_toolbar_and_waits_there(toolbar: Toolbar) -> None:
    desk = toolbar(start=False)

    desk.start("--uri", "tel:+33199001234")
    assert request_number(desk.await_status(request_number, what="the question")) == "+33199001234"
    assert desk.status()["cti"]["state"] == "off"


def test_a_link_that_starts_the_toolbar_is_refused_there(toolbar: Toolbar) -> None:
    desk = toolbar(start=False)

    desk.start("--uri", "tel:nobody")
    status = desk.await_status(refusals, what="the refusal")
    assert refusals(status) == ["link_no_number"]


@pytest.mark.parametrize("links", [("tel:+33199001234", "tel://0.75.58.75"), ("tel://0.75.58.75", "tel:+33199001234")])
def test_of_two_links_at_once_one_starts_the_toolbar_and_both_arrive(toolbar: Toolbar, links: tuple[str, str]) -> None:
    """One of the two is refused, so that both leave a trace: a question and a fault."""
    desk = toolbar(start=False)
    desk.launch("--uri", links[0])
    other = subprocess.Popen([desk.python, "-m", "agent_toolbar", "--uri", links[1]], env=desk.environ)

    def both(now: dict) -> bool:
        return bool(request_number(now)) and refusals(now) == ["link_damaged"]

    try:
        desk.await_status(both, 30, "a question and a refusal")
        wait_until(lambda: desk.running() != (other.poll() is None), 20, "one of the two to have ended")
    finally:
        desk.do("quit", "--yes")
        other.wait(20)


def test_a_killed_toolbar_s_socket_does_not_swallow_a_link(toolbar: Toolbar, lab_folder: Path) -> None:
    desk = toolbar()
    desk.kill()

    starting = ChildProcess(
        [desk.python, "-m", "agent_toolbar", "--uri", "tel:601"], lab_folder / "second.log", desk.environ
    )
    try:
        assert request_number(desk.await_status(request_number, 20, "the question")) == "601"
    finally:
        desk.do("quit", "--yes")
        starting.stop()
