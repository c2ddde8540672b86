"""The one clock of the windows: ticks once a second while anything shown counts, and not at all otherwise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_AFTER_THE_SECOND_MS = 5


class Ticker(QObject):
    """Ticks just after each full second, so that no shown duration ever skips one.

    Signals:
        ticked: a new second has begun.
    """

    ticked = Signal()

    def __init__(self, now_s: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._wanted_by: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def want(self, owner: QObject, counting: bool) -> None:
        """`owner` shows something that counts, or nothing any more."""
        if not counting:
            self._wanted_by.discard(id(owner))
        elif id(owner) not in self._wanted_by:
            self._wanted_by.add(id(owner))
            name = id(owner)
            owner.destroyed.connect(lambda: self._wanted_by.discard(name))
        if self._wanted_by and not self._timer.isActive():
            self._arm()
        elif not self._wanted_by:
            self._timer.stop()

    def _arm(self) -> None:
        self._timer.start(1000 - int(self._now_s() * 1000) % 1000 + _AFTER_THE_SECOND_MS)

    def _tick(self) -> None:
        if self._wanted_by:
            self._arm()
        self.ticked.emit()
