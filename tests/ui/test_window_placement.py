from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from agent_toolbar.application.ports.settings import BarPlace
from agent_toolbar.ui.bar_layout import ZoneNeeds, least_width, plan_zones
from agent_toolbar.ui.window_placement import Placement, bar_geometry, chosen_screen

SCREEN = QRect(0, 27, 1920, 1053)
BAR = QSize(600, 50)
PILL = Placement(compact=True)
NEEDS = ZoneNeeds(fixed=200, easy=290, narrow=210, cti_words=90, agent_words=90, crm_words=110)


def test_what_is_remembered_comes_back() -> None:
    placement = Placement("HDMI-1", 12, 34, 900, compact=True)
    assert Placement.from_json(placement.to_json()) == placement


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "null", '{"x": "12"}', '{"compact": 1}', '{"width": 1.5}', '"' * 9, "\x00"]
)
def test_a_place_that_cannot_be_read_counts_as_none(kept: str) -> None:
    assert Placement.from_json(kept) == Placement()


def test_an_unknown_entry_of_a_later_version_is_left_out() -> None:
    assert Placement.from_json('{"x": 5, "opacity": 0.5}') == Placement(x=5)


def test_the_remembered_screen_is_used_while_it_is_plugged_in() -> None:
    screens = {"HDMI-1": SCREEN, "eDP-1": SCREEN}
    assert chosen_screen(Placement("HDMI-1"), screens, "eDP-1") == "HDMI-1"
    assert chosen_screen(Placement("DP-7"), screens, "eDP-1") == "eDP-1"


@pytest.mark.parametrize(
    ("place", "top"), [(BarPlace.TOP, SCREEN.top()), (BarPlace.BOTTOM, SCREEN.bottom() + 1 - BAR.height())]
)
def test_a_docked_bar_fills_its_edge_between_the_panels_of_the_desktop(place: BarPlace, top: int) -> None:
    assert bar_geometry(place, Placement(), SCREEN, BAR) == QRect(0, top, 1920, 50)


def test_a_bar_at_the_bottom_grows_upwards() -> None:
    closed = bar_geometry(BarPlace.BOTTOM, Placement(), SCREEN, BAR)
    opened = bar_geometry(BarPlace.BOTTOM, Placement(), SCREEN, QSize(600, 90))
    assert opened.bottom() == closed.bottom()


@pytest.mark.parametrize("corner", [(-5000, -5000), (5000, 5000), (1900, 1040), (3, -1)])
@pytest.mark.parametrize("compact", [False, True])
def test_a_floating_window_is_always_within_reach(corner: tuple[int, int], compact: bool) -> None:
    placement = Placement(x=corner[0], y=corner[1], width=700, compact=compact)
    geometry = bar_geometry(BarPlace.FLOATING, placement, SCREEN, BAR)

    assert SCREEN.contains(geometry)


def test_a_floating_bar_is_never_wider_than_its_screen() -> None:
    geometry = bar_geometry(BarPlace.FLOATING, Placement(width=9000), SCREEN, BAR)
    assert geometry.width() == SCREEN.width()


def test_the_first_pill_stands_in_the_middle_of_its_edge() -> None:
    geometry = bar_geometry(BarPlace.BOTTOM, PILL, SCREEN, QSize(400, 50))
    assert geometry.bottom() == SCREEN.bottom()
    assert abs(geometry.center().x() - SCREEN.center().x()) <= 1


def test_words_go_before_icons_do() -> None:
    plans = [plan_zones(width, NEEDS) for width in (1200, 1110, 900, 800, 640)]
    shown = [(plan.crm_words, plan.cti_words, plan.agent_words) for plan in plans]
    assert shown == [
        (True, True, True),
        (True, True, True),
        (False, True, True),
        (False, False, True),
        (False, False, False),
    ]


@pytest.mark.parametrize("width", range(638, 2000, 7))
def test_words_beside_a_sign_never_take_the_room_of_the_callers_name(width: int) -> None:
    plan = plan_zones(width, NEEDS)
    if plan.cti_words or plan.crm_words or plan.agent_words:
        assert plan.call >= 220
    else:
        assert plan.call >= min(220, width - NEEDS.fixed - NEEDS.narrow - 70)


@pytest.mark.parametrize("width", range(638, 2000, 7))
def test_zones_never_need_more_than_there_is(width: int) -> None:
    plan = plan_zones(width, NEEDS)
    words = (NEEDS.cti_words if plan.cti_words else 0) + (NEEDS.agent_words if plan.agent_words else 0)
    words += NEEDS.crm_words if plan.crm_words else 0
    buttons = NEEDS.narrow if plan.narrow else NEEDS.easy

    assert plan.fits
    assert NEEDS.fixed + buttons + words + plan.call + plan.dial <= width


def test_below_its_least_width_the_bar_does_not_fit() -> None:
    assert plan_zones(least_width(NEEDS), NEEDS).fits
    assert not plan_zones(least_width(NEEDS) - 1, NEEDS).fits
