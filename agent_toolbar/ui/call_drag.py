"""Dragging one call onto another connects the two: the hand's way to "join these two". GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from agent_toolbar.application.call_actions import CallAction, Refusal, refusal
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone

CALL_FORMAT = "application/x-agent-toolbar-call"
_FRAME = 2


def can_be_dragged(call_id: str, state: ToolbarState) -> bool:
    """There is another call that this one could be connected with."""
    view = state.find(call_id)
    return len(state.calls) > 1 and refusal(CallAction.TRANSFER, state, view) is None


class CallDrag(QObject):
    """Makes `widget`, which shows the call that `call_id` answers, a thing to drag and a place to drop on."""

    def __init__(self, look: Look, orders: Orders, widget: QWidget, call_id: Callable[[], str]) -> None:
        super().__init__(widget)
        self._orders = orders
        self._widget = widget
        self._call_id = call_id
        self._pressed_at: QPoint | None = None
        self._frame = _DropFrame(look, widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._widget:
            return False
        if isinstance(event, QDropEvent):  # the class that the events of entering and moving come from, too
            return self._dropped(event)
        if event.type() is QEvent.Type.DragLeave:
            self._frame.hide()
            return True
        if isinstance(event, QMouseEvent):
            return self._moved(event)
        return False

    # ------------------------------------------------------------------ inside

    def _moved(self, event: QMouseEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress:
            left = event.button() is Qt.MouseButton.LeftButton
            draggable = left and can_be_dragged(self._call_id(), self._orders.state)
            self._pressed_at = event.position().toPoint() if draggable else None
            return draggable
        if event.type() is QEvent.Type.MouseMove and self._pressed_at is not None:
            way = (event.position().toPoint() - self._pressed_at).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed_at = None
                self._drag()
            return True
        return False

    def _drag(self) -> None:
        carried = QMimeData()
        carried.setData(CALL_FORMAT, self._call_id().encode())
        drag = QDrag(self._widget)
        drag.setMimeData(carried)
        drag.setPixmap(self._widget.grab())
        drag.exec(Qt.DropAction.LinkAction)

    def _dropped(self, event: QDropEvent) -> bool:
        carried = bytes(event.mimeData().data(CALL_FORMAT).data()).decode()
        if not carried or carried == self._call_id():
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.LinkAction)
        event.accept()
        if isinstance(event, QDragEnterEvent) or event.type() is QEvent.Type.DragMove:
            self._frame.cover()
            return True
        self._frame.hide()
        self._join(carried)
        return True

    def _join(self, carried: str) -> None:
        state = self._orders.state
        for call_id in (carried, self._call_id()):
            view = state.find(call_id)
            why = refusal(CallAction.TRANSFER, state, view)
            if why is not None and why is not Refusal.TRANSFER_IN_PROGRESS:
                self._orders.refused.emit(refusal_text(why))
                return
        self._orders.handover.join(carried, self._call_id())


class _DropFrame(QWidget):
    """Shows that a call can be dropped here."""

    def __init__(self, look: Look, place: QWidget) -> None:
        super().__init__(place)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        place = self.parentWidget()
        if place is not None:
            self.setGeometry(place.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme.ink(Tone.ACCENT), _FRAME))
        radius = self._look.theme.px(tokens.RADIUS)
        painter.drawRoundedRect(self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME), radius, radius)
