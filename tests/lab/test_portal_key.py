"""A key of the desktop by its portal, on a real message bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_toolbar.domain.key_combination import KeyCombination, read_keys
from agent_toolbar.ui.global_key import KeyObstacle, KeyState
from agent_toolbar.ui.portal_key import PortalKey
from agent_toolbar.ui.session_bus import SessionBus
from tests.lab.conftest import require_program
from tests.lab.message_bus import MessageBus
from tests.lab.shortcut_portal import TOKEN, ShortcutPortal

PATIENCE_MS = 10_000
PURPOSE = "Call the selected text"


def keys(spelled: str = "Ctrl+Alt+D") -> KeyCombination:
    read = read_keys(spelled)
    assert isinstance(read, KeyCombination)
    return read


@pytest.fixture
def bus(lab_folder: Path) -> Iterator[MessageBus]:
    require_program("dbus-daemon", "dbus")
    require_program("dbus-send", "dbus")
    bus = MessageBus(lab_folder / "session")
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def portal(bus: MessageBus, lab_folder: Path) -> Iterator[ShortcutPortal]:
    portal = ShortcutPortal(lab_folder, bus)
    yield portal
    portal.stop()


@pytest.fixture
def key(bus: MessageBus, qtbot: QtBot) -> Iterator[PortalKey]:
    del qtbot
    key = PortalKey(SessionBus(bus.address))
    yield key
    key.close()


def register(key: PortalKey, qtbot: QtBot, spelled: str = "Ctrl+Alt+D") -> None:
    key.register(keys(spelled), PURPOSE)
    assert key.status.state is KeyState.ASKING
    qtbot.waitUntil(lambda: key.status.state is not KeyState.ASKING, timeout=PATIENCE_MS)


def test_a_key_that_the_person_grants_is_heard(key: PortalKey, portal: ShortcutPortal, qtbot: QtBot) -> None:
    portal.start("granted")
    register(key, qtbot)

    assert key.status.state is KeyState.REGISTERED
    assert key.status.shown == "Press Ctrl+Alt+D"
    (bound,) = portal.state()["bound"].values()
    assert bound == [["call-selected-text", {"description": ["s", PURPOSE], "preferred_trigger": ["s", "CTRL+ALT+d"]}]]
    with qtbot.waitSignal(key.pressed, timeout=PATIENCE_MS) as pressed:
        portal.press()
    assert pressed.args == [TOKEN]


def test_the_desktop_is_told_who_asks_before_anything_is_asked(
    key: PortalKey, portal: ShortcutPortal, qtbot: QtBot
) -> None:
    portal.start("granted")
    register(key, qtbot)

    assert portal.state()["calls"] == ["Register", "CreateSession", "BindShortcuts"]
    assert portal.state()["apps"] == ["agent-toolbar"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("cancelled", (KeyState.DECLINED, None)),
        ("no-key", (KeyState.DECLINED, None)),
        ("refused", (KeyState.NOT_HERE, KeyObstacle.NOT_GRANTED)),
    ],
)
def test_what_is_not_granted_is_told(
    key: PortalKey, portal: ShortcutPortal, qtbot: QtBot, answer: str, outcome: tuple[KeyState, KeyObstacle | None]
) -> None:
    portal.start(answer)
    register(key, qtbot)
    assert (key.status.state, key.status.obstacle) == outcome


def test_the_key_that_the_person_chose_instead_is_told(key: PortalKey, portal: ShortcutPortal, qtbot: QtBot) -> None:
    portal.start("other-key")
    register(key, qtbot)
    assert key.status.shown == "Press Ctrl+F12"

    portal.change_key()
    qtbot.waitUntil(lambda: key.status.shown == "Super+P", timeout=PATIENCE_MS)
    assert key.status.state is KeyState.REGISTERED


def test_a_desktop_without_a_portal_says_so(key: PortalKey, qtbot: QtBot) -> None:
    register(key, qtbot)
    assert (key.status.state, key.status.obstacle) == (KeyState.NOT_HERE, KeyObstacle.NO_PORTAL)


@pytest.mark.parametrize("address", ["", "tcp:host=localhost", "unix:path=/nowhere/bus"])
def test_without_a_bus_there_is_no_portal(qtbot: QtBot, address: str) -> None:
    key = PortalKey(SessionBus(address))
    key.register(keys(), PURPOSE)
    qtbot.waitUntil(lambda: key.status.state is KeyState.NOT_HERE, timeout=PATIENCE_MS)
    assert key.status.obstacle is KeyObstacle.NO_PORTAL


def test_each_key_has_a_session_and_the_one_before_is_closed(
    key: PortalKey, portal: ShortcutPortal, qtbot: QtBot
) -> None:
    portal.start("granted")
    register(key, qtbot)
    register(key, qtbot, "F9")

    qtbot.waitUntil(lambda: len(portal.state()["open"]) == 1, timeout=PATIENCE_MS)
    first, second = portal.state()["bound"].values()
    assert first[0][1]["preferred_trigger"][1] == "CTRL+ALT+d"
    assert second[0][1]["preferred_trigger"][1] == "F9"
    with qtbot.waitSignal(key.pressed, timeout=PATIENCE_MS):
        portal.press()

    key.unregister()
    assert key.status.state is KeyState.OFF
    qtbot.waitUntil(lambda: portal.state()["open"] == [], timeout=PATIENCE_MS)


def test_an_answer_to_a_key_that_is_not_wanted_any_more_is_not_taken(
    key: PortalKey, portal: ShortcutPortal, qtbot: QtBot
) -> None:
    portal.start("asks-on")
    key.register(keys(), PURPOSE)
    qtbot.waitUntil(lambda: "BindShortcuts" in portal.state()["calls"], timeout=PATIENCE_MS)
    assert key.status.state is KeyState.ASKING
    key.unregister()
    qtbot.waitUntil(lambda: portal.state()["open"] == [], timeout=PATIENCE_MS)
    assert key.status.state is KeyState.OFF


def test_a_session_that_the_desktop_ends_is_told(key: PortalKey, portal: ShortcutPortal, qtbot: QtBot) -> None:
    portal.start("granted")
    register(key, qtbot)
    portal.close_session()
    qtbot.waitUntil(lambda: key.status.state is KeyState.DECLINED, timeout=PATIENCE_MS)


def test_a_portal_that_comes_again_is_asked_again(key: PortalKey, portal: ShortcutPortal, qtbot: QtBot) -> None:
    portal.start("granted")
    register(key, qtbot)
    portal.stop()
    qtbot.waitUntil(lambda: key.status.state is KeyState.NOT_HERE, timeout=PATIENCE_MS)
    portal.start("granted")
    qtbot.waitUntil(lambda: key.status.state is KeyState.REGISTERED, timeout=PATIENCE_MS)
    with qtbot.waitSignal(key.pressed, timeout=PATIENCE_MS):
        portal.press()


def test_a_bus_that_ends_is_told(key: PortalKey, portal: ShortcutPortal, bus: MessageBus, qtbot: QtBot) -> None:
    portal.start("granted")
    register(key, qtbot)
    bus.stop()
    qtbot.waitUntil(lambda: key.status.state is KeyState.NOT_HERE, timeout=PATIENCE_MS)
    assert key.status.obstacle is KeyObstacle.NO_PORTAL
