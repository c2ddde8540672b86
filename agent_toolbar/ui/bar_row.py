"""The one row of the bar: its zones from left to right, and how wide each may be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import FaultPlace, ToolbarState
from agent_toolbar.ui import tokens
from agent_toolbar.ui.agent_zone import AgentStateButton
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.bar_layout import ZoneNeeds, ZonePlan, least_width, plan_zones
from agent_toolbar.ui.call_buttons import CallButtons, OpenRows
from agent_toolbar.ui.call_drag import CallDrag
from agent_toolbar.ui.call_zone import CallZone
from agent_toolbar.ui.crm_zone import CrmZone
from agent_toolbar.ui.cti_zone import CtiZone
from agent_toolbar.ui.dial_field import DialField
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text

_MOST_COUNTED = 99


class Separator(QWidget):
    """A hairline between two zones, upright or `across`."""

    def __init__(self, look: Look, *, across: bool = False) -> None:
        super().__init__()
        self._look = look
        self._across = across
        if across:
            self.setFixedHeight(look.theme.px(tokens.SPACE_XL))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        colour = QColor(self._look.theme.palette.hairline)
        if self._across:
            painter.fillRect(0, self.height() // 2, self.width(), tokens.HAIRLINE, colour)
            return
        inset = self._look.theme.px(tokens.SPACE_M)
        left = self.width() // 2
        painter.fillRect(left, inset, tokens.HAIRLINE, self.height() - 2 * inset, colour)

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(self.width_when(narrow=narrow))

    def width_when(self, *, narrow: bool) -> int:
        return self._look.theme.px(tokens.SPACE_XS if narrow else tokens.SPACE_L) + tokens.HAIRLINE


class BarRow(QWidget):
    """CTI, CRM and agent, call, buttons, dial field, history and settings.

    Signals:
        history_asked, outbox_asked, settings_asked: open that window.
        measured: the zones have their places for the width of now.
    """

    history_asked = Signal()
    outbox_asked = Signal()
    settings_asked = Signal()
    measured = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.cti = CtiZone(look, orders)
        self.crm = CrmZone(look, orders)
        self.agent = AgentStateButton(look, toolbar, orders)
        self.call = CallZone(look)
        CallDrag(look, orders, self.call, lambda: orders.state.current)
        self.buttons = CallButtons(look, orders)
        self.dial = DialField(look, toolbar, orders)
        self.history = BarButton(look, Icon.HISTORY)
        self.settings = BarButton(look, Icon.SETTINGS)
        self._separators = [Separator(look) for _ in range(4)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, look.theme.px(tokens.SPACE_S), 0)
        row.setSpacing(0)
        self._row = row
        row.addWidget(self.cti)
        row.addWidget(self.crm)
        row.addWidget(self.agent)
        for separator, zone in zip(self._separators, (self.call, self.buttons, self.dial), strict=False):
            row.addWidget(separator)
            row.addWidget(zone)
        row.addStretch(1)
        row.addWidget(self._separators[3])
        row.addWidget(self.history)
        row.addSpacing(look.theme.px(tokens.SPACE_XS))
        row.addWidget(self.settings)
        self.crm.outbox_asked.connect(self.outbox_asked)
        self.history.clicked.connect(self.history_asked)
        self.settings.clicked.connect(self.settings_asked)
        look.theme.changed.connect(self.measure)

    def show_state(self, state: ToolbarState, keys: ShortcutSettings, opened: OpenRows) -> None:
        self.cti.show_state(state)
        if self.crm.show_state(state):
            self.measure()
        self.agent.show_state(state, key_text(keys.ready))
        self.call.show_state(state)
        self.buttons.show_state(state, keys, opened)
        self.dial.show_state(state, key_text(keys.dial_field))
        missed = state.missed
        self.history.show_badge("" if not missed else str(missed) if missed <= _MOST_COUNTED else f"{_MOST_COUNTED}+")
        name = self.tr("Calls so far")
        if missed:
            name = self.tr("Calls so far, %1 missed").replace("%1", str(missed))
        self.history.explain(name, key=key_text(keys.history))
        self.settings.explain(self.tr("Settings"), key=key_text(keys.settings))

    def zone_of(self, place: FaultPlace) -> QWidget:
        """The zone that a fault concerns."""
        match place:
            case FaultPlace.CALL | FaultPlace.CONTACTS:
                return self.call
            case FaultPlace.CRM | FaultPlace.OUTBOX if not self.crm.isHidden():
                return self.crm
            case FaultPlace.AVAILABILITY:
                return self.agent
            case FaultPlace.SOUND:
                return self.buttons
            case FaultPlace.HISTORY | FaultPlace.SETTINGS:
                return self.history
            case _:
                return self.cti

    def right_of_hang_up(self) -> int:
        """Pixels from the left edge to the end of the button that hangs up."""
        return self.buttons.x() + self.buttons.width_to_hang_up()

    def least_width(self) -> int:
        return least_width(self._needs())

    def measure(self) -> None:
        """Gives each zone its width for the width of now; the state plays no part."""
        plan = plan_zones(self.width(), self._needs())
        self._apply(plan)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # the layout has done its work before this
            self.measured.emit()
        return handled

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.measure()

    # ------------------------------------------------------------------ inside

    def _apply(self, plan: ZonePlan) -> None:
        self.cti.set_words_shown(plan.cti_words, self.cti.longest_words())
        self.crm.set_words_shown(plan.crm_words)
        self.agent.set_words_shown(plan.agent_words)
        self.buttons.set_narrow(plan.narrow)
        for separator in self._separators:
            separator.set_narrow(plan.narrow)
        self.call.set_width(plan.call)
        self.dial.setFixedWidth(plan.dial)

    def _needs(self) -> ZoneNeeds:
        px = self._look.theme.px
        crm = self.crm.width_of(words=False)
        tail = 2 * px(tokens.CONTROL) + px(tokens.SPACE_XS) + px(tokens.SPACE_S)
        separators, narrow_separators = (
            sum(separator.width_when(narrow=narrow) for separator in self._separators) for narrow in (False, True)
        )
        with_words = self.agent.width_with(words=True)
        without = self.agent.width_with(words=False)
        return ZoneNeeds(
            fixed=self.cti.switch.width() + crm + without + tail,
            easy=self.buttons.needed_width(narrow=False) + separators,
            narrow=self.buttons.needed_width(narrow=True) + narrow_separators,
            cti_words=self.cti.longest_words() + px(tokens.SPACE_S),
            crm_words=self.crm.width_of(words=True) - crm,
            agent_words=with_words - without,
            scale=self._look.theme.scale,
        )
