"""The grip at the left end of the bar: the hand that moves it, and the menu of the window's own affairs."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from agent_toolbar.application.ports.settings import BarPlace
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone
from agent_toolbar.ui.window_place import WindowPlace

_GRIP_WIDTH = 24


class Grip(BarButton):
    """Press and pull moves the window, a click opens its menu."""

    def __init__(self, look: Look, on_drag: Callable[[], None]) -> None:
        super().__init__(look, Icon.GRIP, width=_GRIP_WIDTH)
        self._on_drag = on_drag
        self._pressed_at: QPoint | None = None
        self.show_icon(Icon.GRIP, Tone.MUTED)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = tokens.SPACE_XS
        if self._pressed_at is not None and (event.position().toPoint() - self._pressed_at).manhattanLength() > far:
            self._pressed_at = None
            self.setDown(False)
            self._on_drag()
            return
        super().mouseMoveEvent(event)


class WindowMenu(QWidget):
    """Owns the grip, the button that makes the pill a bar again, and the menu.

    Signals:
        quit_asked: end the toolbar. doctor_asked: find out why no calls come. sample_page_asked: of the practice line.
        selection_asked: call the text that is selected anywhere.
    """

    quit_asked = Signal()
    selection_asked = Signal()
    doctor_asked = Signal()
    sample_page_asked = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, place: WindowPlace, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._look = look
        self._toolbar = toolbar
        self._orders = orders
        self._place = place
        self._window = window
        self.grip = Grip(look, place.drag)
        self.expand = BarButton(look, Icon.EXPAND)
        self.menu = QMenu(window)
        self._icons: dict[QAction, Icon] = {}
        self._places = {
            BarPlace.TOP: self._add(Icon.DOCK_TOP, lambda: self._choose(BarPlace.TOP)),
            BarPlace.BOTTOM: self._add(Icon.DOCK_BOTTOM, lambda: self._choose(BarPlace.BOTTOM)),
            BarPlace.FLOATING: self._add(Icon.WINDOW, lambda: self._choose(BarPlace.FLOATING)),
        }
        group = QActionGroup(self.menu)
        for action in self._places.values():
            action.setCheckable(True)
            group.addAction(action)
        self.menu.addSeparator()
        self.compact = self._add(Icon.COMPACT, lambda: place.set_compact(not place.chosen_compact))
        self.on_top = self._add(Icon.STAY_ON_TOP, self._toggle_on_top)
        self.minimise = self._add(Icon.MINIMISE, window.showMinimized)
        self.menu.addSeparator()
        self.selection = self._add(Icon.CALL, self.selection_asked.emit)
        self.doctor = self._add(Icon.DOCTOR, self.doctor_asked.emit)
        self.sample_page = self._add(Icon.WINDOW, self.sample_page_asked.emit)
        self.quit = self._add(Icon.QUIT, self.quit_asked.emit)
        for action in (self.compact, self.on_top):
            action.setCheckable(True)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._refresh)
        self.grip.clicked.connect(self._open)
        self.expand.clicked.connect(lambda: place.set_compact(False))
        self.retranslate()

    def retranslate(self) -> None:
        self.grip.explain(self.tr("Move the toolbar, or click for its menu"), name=self.tr("Window menu"))
        self.expand.explain(self.tr("Show the whole bar"))
        self._refresh()

    def _refresh(self) -> None:
        window = self._toolbar.settings.window
        names = {
            BarPlace.TOP: self.tr("At the top edge"),
            BarPlace.BOTTOM: self.tr("At the bottom edge"),
            BarPlace.FLOATING: self.tr("Floating"),
        }
        for place, action in self._places.items():
            action.setText(names[place])
            self._tick(action, place is window.place)
            self._fix(action, "window.place")
        self.compact.setText(self.tr("Small"))
        self._tick(self.compact, self._place.chosen_compact)
        self.on_top.setText(self.tr("Stay in front of other windows"))
        self._tick(self.on_top, window.stay_on_top and self._place.can_stay_on_top)
        self.on_top.setEnabled(self._place.can_stay_on_top)
        self._fix(self.on_top, "window.stay_on_top")
        if not self._place.can_stay_on_top:
            reason = self.tr("This desktop decides itself: use “Always on top” of its own window menu.")
            self.on_top.setText(self.tr("Stay in front: not possible on this desktop"))
            self.on_top.setToolTip(reason)
        self.minimise.setText(self.tr("Minimise"))
        self.selection.setText(self.tr("Call the selected text"))
        self.doctor.setText(self.tr("Why am I not getting calls?"))
        self.sample_page.setText(self.tr("Open the sample page of a CRM"))
        self.sample_page.setVisible(self._toolbar.state.practice)
        self.quit.setText(self.tr("Quit"))

    def _fix(self, action: QAction, key: str) -> None:
        """What the administrator has set for good says so."""
        if key in self._toolbar.forced:
            action.setEnabled(False)
            action.setToolTip(self.tr("Set by your administrator."))

    def _add(self, icon: Icon, action: Callable[[], None]) -> QAction:
        added = self.menu.addAction(self._look.icons.icon(icon, Tone.MUTED), "")
        self._icons[added] = icon
        added.triggered.connect(action)
        return added

    def _tick(self, action: QAction, chosen: bool) -> None:
        """A tick in place of the icon: what is chosen is seen without colour."""
        action.setChecked(chosen)
        icon, tone = (Icon.DONE, Tone.ACCENT) if chosen else (self._icons[action], Tone.MUTED)
        action.setIcon(self._look.icons.icon(icon, tone))

    def _open(self) -> None:
        grip = self.grip
        below = grip.mapToGlobal(QPoint(0, grip.height()))
        high = self.menu.sizeHint().height()
        fits = below.y() + high <= grip.screen().availableGeometry().bottom()
        self.menu.popup(below if fits else grip.mapToGlobal(QPoint(0, -high)))

    def _choose(self, place: BarPlace) -> None:
        self._change(place=place)

    def _toggle_on_top(self) -> None:
        self._change(stay_on_top=not self._toolbar.settings.window.stay_on_top)

    def _change(self, **changes: object) -> None:
        settings = self._toolbar.settings
        window = msgspec.structs.replace(settings.window, **changes)
        self._orders.change_settings(msgspec.structs.replace(settings, window=window))
