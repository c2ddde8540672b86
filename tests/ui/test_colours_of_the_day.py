"""Reasons and outcomes show their colour wherever they can be chosen or are in force, and a policy fault its remedy."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import Disposition
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.swatch import swatch_ink
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes.sample_agents import AGENTS
from tests.fakes.sample_states import READY
from tests.ui.scenes import POLICY_FAULT, Stage, coloured, coloured_bar

GREEN, RED = "#2e9e4f", "#d13438"


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def stage(request: pytest.FixtureRequest, qapp: QApplication, look: Look):
    Translation(qapp).use("en")
    look.theme.choose(request.param)
    stage = Stage(qapp, look)
    yield stage
    stage.clear()


def shows(picture: QImage, ink: QColor | None) -> bool:
    """Whether this very colour is in the picture."""
    assert ink is not None
    return any(
        picture.pixelColor(x, y).rgb() == ink.rgb() for x in range(picture.width()) for y in range(picture.height())
    )


def drawn(icon: QIcon) -> QImage:
    return icon.pixmap(QSize(32, 32)).toImage()


def test_the_menu_of_the_state_shows_the_colour_of_each_reason(stage: Stage) -> None:
    menu = coloured_bar(stage, READY).bar.agent.menu
    menu.refresh()
    for reason in coloured(stage.toolbars[-1].settings).availability.reasons:
        if reason.colour:
            assert shows(drawn(menu.reasons[reason.code].icon()), swatch_ink(stage.look.theme, reason.colour))
    assert menu.reasons["lunch"].text() == "Lunch"


def test_the_reason_in_force_has_a_tick_in_its_colour(stage: Stage) -> None:
    menu = coloured_bar(stage, AGENTS["not-ready-lunch"]).bar.agent.menu
    menu.refresh()
    lunch = menu.reasons["lunch"]
    assert lunch.isChecked()
    assert drawn(lunch.icon()) != drawn(coloured_bar(stage, READY).bar.agent.menu.reasons["lunch"].icon())
    assert shows(drawn(lunch.icon()), swatch_ink(stage.look.theme, GREEN))


@pytest.mark.parametrize(
    ("status", "dotted"),
    [
        (AgentStatus(AgentState.NOT_READY, "lunch"), True),
        (AgentStatus(AgentState.NOT_READY, "other"), False),
        (AgentStatus(AgentState.NOT_READY), False),
        (AgentStatus(AgentState.ON_CALL, "lunch"), False),
    ],
)
def test_the_bar_shows_the_colour_of_the_reason_in_force_only(stage: Stage, status: AgentStatus, dotted: bool) -> None:
    window = coloured_bar(stage, replace(READY, agent=status))
    assert shows(window.bar.agent.grab().toImage(), swatch_ink(stage.look.theme, GREEN)) is dotted


def test_each_outcome_shows_its_colour_and_keeps_its_place_when_it_is_chosen(stage: Stage) -> None:
    window = coloured_bar(stage, AGENTS["wrap-up"])
    buttons = window.rows.wrap_up.disposition.buttons
    assert shows(buttons[3].grab().toImage(), swatch_ink(stage.look.theme, RED))
    before = [button.geometry() for button in buttons]
    QTest.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    stage.application.processEvents()
    assert buttons[3].isChecked()
    assert [button.geometry() for button in buttons] == before


def test_many_outcomes_show_their_colours_in_the_list(stage: Stage) -> None:
    window = coloured_bar(stage, AGENTS["wrap-up"])
    toolbar = stage.toolbars[-1]
    many = tuple(Disposition(f"d{place}", f"Outcome {place}", colour=RED if place == 4 else "") for place in range(7))
    wrap_up = msgspec.structs.replace(toolbar.settings.wrap_up, dispositions=many)
    toolbar.change_settings(msgspec.structs.replace(toolbar.settings, wrap_up=wrap_up))
    window.show_state(toolbar.state)
    box = window.rows.wrap_up.disposition.list
    assert shows(drawn(box.itemIcon(box.findData("d4"))), swatch_ink(stage.look.theme, RED))
    assert box.itemIcon(box.findData("d3")).isNull()


# ------------------------------------------------------------------ the policy's fault


def test_a_policy_that_cannot_be_used_stays_on_the_bar_until_it_is_read_again(stage: Stage) -> None:
    toolbar = stage.toolbar(replace(READY, faults=(POLICY_FAULT,)))
    window = ToolbarWindow(toolbar, stage.look)
    stage.show(window)
    assert "/etc/agent-toolbar/policy.toml:7" in window.messages.accessibleName()
    assert "forced.wrap_up.after" in window.messages.accessibleName()
    assert window.messages.first.text() == "Read it again"
    assert window.messages.second.isHidden()
    QTest.mouseClick(window.messages.first, Qt.MouseButton.LeftButton)
    assert toolbar.asked[-1] == ("remedy", Remedy.READ_POLICY)
