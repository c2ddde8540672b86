"""The toolbar's side of the practice line: a real exchange as its child, which may die."""

from __future__ import annotations

import os
import signal
import urllib.request
from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports.directory import ImportOutcome
from agent_toolbar.application.ports.pages import PagesView
from agent_toolbar.application.ports.settings import (
    AccountSettings,
    Colleague,
    HandoverSettings,
    LocalApiSettings,
    Settings,
)
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.practice.practice_desk import MAX_STARTS, PracticeDesk
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy()


@pytest.fixture
def dispatcher() -> QueueDispatcher:
    return QueueDispatcher()


@pytest.fixture
def desk(toolbar: ToolbarSpy, dispatcher: QueueDispatcher) -> Iterator[PracticeDesk]:
    """A desk whose sample contacts are imported."""
    desk = PracticeDesk(toolbar, dispatcher)
    desk.start("en")
    assert toolbar.import_callbacks is not None
    toolbar.import_callbacks[1](ImportOutcome(added=40))
    yield desk
    desk.stop()


def times_connected(toolbar: ToolbarSpy) -> int:
    return toolbar.names_asked().count("switch_cti")


def test_the_toolbar_gets_an_account_on_loopback_and_is_switched_on(
    desk: PracticeDesk, toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    dispatcher.run_until(lambda: times_connected(toolbar) == 1, what="the exchange")
    assert toolbar.names_asked()[-2:] == ["set_account", "switch_cti"]
    assert desk.exchange_pid


def test_an_exchange_that_dies_is_replaced(
    desk: PracticeDesk, toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    dispatcher.run_until(lambda: times_connected(toolbar) == 1, what="the exchange")
    first = desk.exchange_pid
    os.kill(first, signal.SIGKILL)
    dispatcher.run_until(lambda: times_connected(toolbar) == 2, what="the next exchange")
    assert desk.exchange_pid != first
    assert "report" not in toolbar.names_asked()


def test_an_exchange_that_dies_again_and_again_is_reported(
    desk: PracticeDesk, toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    for start in range(MAX_STARTS):
        dispatcher.run_until(lambda start=start: times_connected(toolbar) == start + 1, what="the exchange")
        os.kill(desk.exchange_pid, signal.SIGKILL)
    dispatcher.run_until(lambda: "report" in toolbar.names_asked(), what="the report")


def test_an_exchange_that_is_stopped_is_not_replaced(
    desk: PracticeDesk, toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    dispatcher.run_until(lambda: times_connected(toolbar) == 1, what="the exchange")
    desk.stop()
    assert desk.exchange_pid == 0
    assert times_connected(toolbar) == 1


def colleagues_after_start(settings: Settings) -> list[tuple[str, str]]:
    """The list of a profile with these settings once it has been put on the practice line."""
    toolbar = ToolbarSpy(settings=settings)
    desk = PracticeDesk(toolbar, QueueDispatcher())
    desk.start("en")
    desk.stop()
    return [(one.extension, one.name) for one in toolbar.settings.handover.colleagues]


def test_a_new_profile_gets_the_practice_colleagues() -> None:
    assert colleagues_after_start(Settings()) == [
        ("201", "Nadia Brooks"),
        ("202", "Oliver Tran"),
        ("203", "Sofia Marchetti"),
        ("204", "Henrik Olsen"),
        ("205", "Arthur Doyle"),
        ("206", "Ruth Abara"),
    ]


def test_the_list_that_the_agent_made_is_left_alone_an_empty_one_too() -> None:
    own = HandoverSettings(colleagues=(Colleague("207", "Ines"),))
    used = AccountSettings(server="127.0.0.1", extension="200")

    assert colleagues_after_start(Settings(handover=own)) == [("207", "Ines")]
    assert colleagues_after_start(Settings(account=used)) == []


def test_the_sample_page_may_connect_with_this_toolbar_and_is_served(desk: PracticeDesk, toolbar: ToolbarSpy) -> None:
    wanted = toolbar.settings.local_api
    assert wanted.enabled
    assert wanted.origins == (desk.page_url.partition("/sample-crm.html")[0],)
    assert desk.page_url.endswith(f"/sample-crm.html?port={wanted.port}")
    with urllib.request.urlopen(desk.page_url) as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "connect-src 'self' ws://127.0.0.1:*" in answer.headers["Content-Security-Policy"]
        assert b"Sample CRM" in answer.read()


def test_a_toolbar_that_listens_already_stays_at_its_port_and_keeps_its_other_origins(
    toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    settings = LocalApiSettings(
        enabled=True, port=50_123, origins=("https://crm.example.com", "http://127.0.0.1:9"), wrap_up=True
    )
    toolbar.change_settings(Settings(local_api=settings))
    toolbar.show(ToolbarState(pages=PagesView(port=50_123)))
    desk = PracticeDesk(toolbar, dispatcher)
    desk.start("en")
    try:
        wanted = toolbar.settings.local_api
        assert wanted.port == 50_123
        assert wanted.origins[0] == "https://crm.example.com"
        assert len(wanted.origins) == 2
    finally:
        desk.stop()


def test_a_policy_that_forbids_the_page_is_told_and_stops_nothing(
    toolbar: ToolbarSpy, dispatcher: QueueDispatcher
) -> None:
    toolbar.change_settings(Settings(handover=HandoverSettings((Colleague("1002"),))))
    toolbar.refuses = SettingsError("settings_forced", key="local_api.enabled")
    desk = PracticeDesk(toolbar, dispatcher)
    desk.start("en")
    try:
        assert ("report", "settings_forced") in toolbar.asked
        assert toolbar.names_asked()[-1] == "import_contacts"
    finally:
        desk.stop()
