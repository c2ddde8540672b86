from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QImage

from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import GUARD_S, RingGuard
from agent_toolbar.ui.tokens import SIGN_CONTRAST, contrast
from agent_toolbar.ui.tray import Tray
from agent_toolbar.ui.tray_icon import TrayState, tray_picture, tray_state
from tests.fakes import sample_agents as agents
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks


class FakeTrayHost(QObject):
    """A desktop whose tray comes and goes as the test says."""

    changed = Signal()

    def __init__(self, is_there: bool) -> None:
        super().__init__()
        self.is_there = is_there

    def become(self, is_there: bool) -> None:
        self.is_there = is_there
        self.changed.emit()


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(sample.READY)


@pytest.fixture
def host() -> FakeTrayHost:
    return FakeTrayHost(True)


@pytest.fixture
def guard(look: Look) -> RingGuard:
    return RingGuard(look.steady_s)


@pytest.fixture
def tray(look: Look, spy: ToolbarSpy, host: FakeTrayHost, guard: RingGuard) -> Iterator[Tray]:
    shown = Tray(spy, look, Orders(spy, guard), host)
    spy.watch(shown.show_state)
    shown.show()
    yield shown
    shown.hide()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (sample.OFF, TrayState.OFF),
        (sample.STATES["registering"], TrayState.REGISTERING),
        (sample.READY, TrayState.READY),
        (sample.STATES["not-ready"], TrayState.NOT_READY),
        (sample.STATES["ringing"], TrayState.RINGING),
        (sample.with_calls(sample.TALKING, sample.RINGING_JEROME, current="c1"), TrayState.RINGING),
        (sample.STATES["in-a-call"], TrayState.ON_CALL),
        (sample.STATES["fault-no-registration"], TrayState.FAULT),
        (sample.STATES["fault-engine-lost"], TrayState.FAULT),
        (sample.STATES["fault-no-microphone"], TrayState.READY),
        (
            replace(sample.OFF, registration=RegistrationSnapshot(RegistrationState.REFUSED)),
            TrayState.OFF,
        ),
    ],
)
def test_the_tray_tells_the_state_that_matters_most(state, expected) -> None:
    assert tray_state(state) is expected


def test_each_state_has_a_silhouette_of_its_own(look: Look) -> None:
    shapes = {
        _silhouette(tray_picture(look.icons, state, 0).pixmap(QSize(22, 22), 1.0).toImage()) for state in TrayState
    }
    assert len(shapes) == len(TrayState)


@pytest.mark.parametrize("state", list(TrayState))
def test_the_tray_is_seen_on_dark_and_on_light_panels(state: TrayState) -> None:
    assert contrast(state.colour, "#ffffff") >= SIGN_CONTRAST
    assert contrast(state.colour, "#000000") >= SIGN_CONTRAST


def test_missed_calls_are_counted_in_the_picture(look: Look) -> None:
    pictures = {
        bytes(tray_picture(look.icons, TrayState.READY, missed).pixmap(QSize(32, 32), 1.0).toImage().constBits())
        for missed in (0, 1, 2, 9, 10, 99)
    }
    assert len(pictures) == 5  # ten and more look alike


def test_an_icon_is_made_anew_when_the_tray_comes_after_us(tray: Tray, host: FakeTrayHost, qtbot) -> None:
    first = tray.icon
    with qtbot.waitSignal(tray.availability_changed) as gone:
        host.become(False)
    assert gone.args == [False]
    assert tray.icon is None
    with qtbot.waitSignal(tray.availability_changed) as back:
        host.become(True)

    assert back.args == [True]
    assert tray.icon is not None
    assert tray.icon is not first
    assert tray.icon.toolTip()


def test_a_tray_that_was_replaced_gets_a_new_icon(tray: Tray, host: FakeTrayHost) -> None:
    first = tray.icon
    host.become(True)
    assert tray.icon is not first


def test_without_a_tray_nothing_is_shown_and_nothing_breaks(look: Look, spy: ToolbarSpy, guard: RingGuard) -> None:
    tray = Tray(spy, look, Orders(spy, guard), FakeTrayHost(False))
    tray.show()
    tray.show_state(sample.STATES["ringing"])
    assert not tray.is_there


def test_the_menu_offers_what_can_be_done_now(tray: Tray, spy: ToolbarSpy) -> None:
    assert not tray.answer.isEnabled()
    assert not tray.hang_up.isEnabled()
    spy.show(sample.STATES["ringing"])
    assert tray.answer.isEnabled()
    assert tray.hang_up.text() == "Decline"
    spy.show(sample.OFF)
    assert not tray.ready.isEnabled()
    assert not tray.cti.isChecked()


def test_the_menu_orders_what_it_says(tray: Tray, spy: ToolbarSpy, guard: RingGuard, clocks: ManualClocks) -> None:
    tray.cti.trigger()
    tray.ready.trigger()
    spy.show(sample.STATES["ringing"])
    guard.now_shows("c1")
    clocks.steady_s += GUARD_S
    tray.answer.trigger()

    assert spy.asked == [("switch_cti", False, False), ("set_ready", False), ("answer", "c1")]


def test_a_reason_is_chosen_in_the_tray_and_the_menu_follows_at_once(tray: Tray, spy: ToolbarSpy) -> None:
    chosen = tray.state_menu.reasons["lunch"]
    chosen.triggered.connect(lambda: spy.show(agents.away()))
    chosen.trigger()

    assert spy.asked == [("set_ready", False, "lunch")]
    assert tray.state_menu.reasons["lunch"].isChecked()
    assert tray.standing.text().startswith("Not ready: Lunch")


def test_a_record_that_is_open_has_a_picture_of_its_own(tray: Tray) -> None:
    assert tray_state(agents.wrapping_up()) is TrayState.WRAP_UP


def test_names_in_menu_and_tool_tip_are_text(tray: Tray, spy: ToolbarSpy) -> None:
    spy.show(sample.with_calls(sample.call("c8", "+33198765432", name="R&D <b>x</b>")))
    assert "R&&D <b>x</b>" in tray.standing.text()
    assert tray.icon is not None
    assert "R&D" in tray.icon.toolTip()


def _silhouette(image: QImage) -> frozenset[tuple[int, int]]:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return frozenset((x, y) for x, y in places if QColor(image.pixelColor(x, y)).alpha() > 128)
