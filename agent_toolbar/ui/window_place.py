"""Puts the window where the settings and the agent's hand want it, and remembers where that was."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.ports.settings import BarPlace
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.window_placement import Placement, bar_geometry, chosen_screen

_SETTLED_MS = 400
_UNPLACED_PLATFORMS = frozenset({"wayland"})  # the compositor places windows and keeps none above others on request


class WindowPlace(QObject):
    """Place, size and staying on top of the bar's window.

    Signals:
        changed: the placement as text, once the hand has come to rest.
        compact_changed: bar and pill have changed places.
    """

    changed = Signal(str)
    compact_changed = Signal()

    def __init__(self, window: QWidget, look: Look, kept: str) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._placement = Placement.from_json(kept)
        self._place = BarPlace.TOP
        self._on_top = False
        self._size = QSize()
        self._too_narrow = False
        self._dragging = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._remember)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._screens_changed)
            application.screenRemoved.connect(self._screens_changed)
            for screen in application.screens():
                screen.availableGeometryChanged.connect(self._screens_changed)

    @property
    def can_stay_on_top(self) -> bool:
        return QGuiApplication.platformName() not in _UNPLACED_PLATFORMS

    @property
    def compact(self) -> bool:
        """The pill is shown: by choice, or because the screen is narrower than the bar."""
        return self._placement.compact or self._too_narrow

    @property
    def chosen_compact(self) -> bool:
        return self._placement.compact

    def use(self, place: BarPlace, *, stay_on_top: bool) -> None:
        """As the settings say."""
        self._place = place
        on_top = stay_on_top and self.can_stay_on_top
        if on_top is not self._on_top:
            self._on_top = on_top
            shown = self._window.isVisible()
            self._window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
            if shown:
                self._window.show()
        self._apply()

    def set_compact(self, compact: bool) -> None:
        if compact is not self._placement.compact:
            self._keep(compact=compact)
            self.compact_changed.emit()

    def needs(self, size: QSize) -> None:
        """The size of what is shown now: width at least, height exactly."""
        if not self._placement.compact and not self._too_narrow:
            self._too_narrow = size.width() > self._available().width()
            if self._too_narrow:
                self.compact_changed.emit()
                return
        if size == self._size:
            return
        same_width, self._size = size.width() == self._size.width(), size
        if same_width and self._place is BarPlace.FLOATING and self._window.isVisible():
            self._window.setFixedHeight(size.height())  # a row opened: the window stays where the hand put it
        else:
            self._apply()

    def drag(self) -> None:
        """The hand took the window by an empty place. A docked bar stays where it is."""
        handle = self._window.windowHandle()
        if handle is not None and (self._place is BarPlace.FLOATING or self.compact):
            self._dragging = handle.startSystemMove()

    def resize_from(self, edge: Qt.Edge) -> None:
        handle = self._window.windowHandle()
        if handle is not None and self._place is BarPlace.FLOATING and not self.compact:
            self._dragging = handle.startSystemResize(edge)

    def moved(self) -> None:
        """The window is somewhere else now."""
        if self._dragging:
            self._settled.start()

    # ------------------------------------------------------------------ inside

    def _screen(self) -> QScreen:
        screens = {screen.name(): screen for screen in QGuiApplication.screens()}
        available = {name: screen.availableGeometry() for name, screen in screens.items()}
        return screens[chosen_screen(self._placement, available, QGuiApplication.primaryScreen().name())]

    def _available(self) -> QRect:
        return self._screen().availableGeometry()

    def _apply(self) -> None:
        if self._size.isEmpty():
            return
        geometry = bar_geometry(self._place, self._placement, self._screen().availableGeometry(), self._size)
        self._window.setMinimumWidth(min(self._size.width(), geometry.width()))
        self._window.setFixedHeight(geometry.height())
        self._window.setGeometry(geometry)

    def _remember(self) -> None:
        self._dragging = False
        screen = self._window.screen()
        corner = self._window.geometry().topLeft() - screen.availableGeometry().topLeft()
        wide = self._placement.width if self.compact else self._window.width()
        self._keep(screen=screen.name(), x=corner.x(), y=corner.y(), width=wide)

    def _keep(self, **changes: str | int | bool) -> None:
        self._placement = replace(self._placement, **changes)  # type: ignore[arg-type]
        self.changed.emit(self._placement.to_json())
        self._apply()

    def _screens_changed(self) -> None:
        self._too_narrow = False
        self.compact_changed.emit()
        self._apply()
