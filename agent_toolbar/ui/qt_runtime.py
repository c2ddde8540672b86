"""Time and threads for the application, made of Qt: the one way onto the GUI thread, and timers that run there."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from agent_toolbar.application.ports.runtime import Timer


class QtDispatcher(QObject):
    """Runs actions of other threads on the thread that made it, in order."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, action: Callable[[], None]) -> None:
        """From any thread."""
        self._posted.emit(action)

    @Slot(object)
    def _run(self, action: Callable[[], None]) -> None:
        action()


class QtTimer:
    """One shot that can be taken back."""

    def __init__(self, timer: QTimer) -> None:
        self._timer: QTimer | None = timer

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None

    def spent(self) -> None:
        """The timer has fired."""
        self.cancel()


class QtTimers:
    """One-shot timers on the GUI thread, all ended with their owner."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner

    def after_ms(self, delay_ms: int, action: Callable[[], None]) -> Timer:
        timer = QTimer(self._owner)
        timer.setSingleShot(True)
        handle = QtTimer(timer)

        def fire() -> None:
            handle.spent()
            action()

        timer.timeout.connect(fire)
        timer.start(delay_ms)
        return handle


class SystemClock:
    """The computer's clock."""

    def now_s(self) -> float:
        return time.time()
