"""The incoming card: appears beside the work, takes neither keyboard nor focus, and goes when the ringing is over.

GUI thread. It shows one call at a time, the one that rings longest, and lists the others below it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QColor,
    QCursor,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from agent_toolbar.application.caller_pages import page_of
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_row import Separator
from agent_toolbar.ui.call_card import CardFace
from agent_toolbar.ui.card_placement import card_position
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.other_calls import OtherCallRow
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.tokens import Tone

MISSED_SHOWN_MS = 5_000
SLIDE_MS = 120
LOOKUP_PATIENCE_MS = 80  # longer than any look-up takes; a call must be seen even when the contacts do not answer
_WIDTH = 372
_SLIDE = 12  # less than the margin: a window manager moves a window that does not fit on its screen
_MARGIN = 16
_STRIPE = 4
_BAR_CHANGES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})
_UNPLACED_PLATFORMS = frozenset({"wayland"})


class CallPopup(QWidget):
    """Shows every ringing incoming call.

    Signals:
        painted: the call is on the screen for the first time (its id).
        send_on_asked: the call is to go to somebody else (its id).
        caller_row_asked: whom it is with is to be chosen or typed in the bar (its id).
    """

    painted = Signal(str)
    send_on_asked = Signal(str)
    caller_row_asked = Signal(str)

    def __init__(self, look: Look, orders: Orders, settings: Callable[[], Settings], bar: QWidget) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._look = look
        self._orders = orders
        self._settings = settings
        self._bar = bar
        self._guard = RingGuard(look.steady_s)
        self._shown_id = ""
        self._missed_id = ""
        self._closed_id = ""
        self._painted: set[str] = set()
        self._announced: set[str] = set()
        self._patient_with: set[str] = set()
        self.face = CardFace(look)
        self._line = Separator(look, across=True)
        self._rows: dict[str, OtherCallRow] = {}
        self._others = QVBoxLayout()
        self._build()
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._missed_timer = QTimer(self)
        self._missed_timer.setSingleShot(True)
        self._missed_timer.setInterval(MISSED_SHOWN_MS)
        self._missed_timer.timeout.connect(self._forget_missed)
        self.face.answer_asked.connect(self._answer)
        self.face.decline_asked.connect(self._decline)
        self.face.send_on_asked.connect(self._send_on)
        self.face.contact_chosen.connect(self._choose)
        self.face.caller.chosen.connect(self._choose_caller)
        self.face.caller.page_asked.connect(self._open_page)
        self.face.caller.row_asked.connect(self._to_caller_row)
        look.theme.changed.connect(self._restyle)
        bar.installEventFilter(self)

    # ------------------------------------------------------------------ what the owner says

    def show_state(self, state: ToolbarState) -> None:
        """Opens, changes or closes the card."""
        ringing = [view for view in state.calls if view.call.state is CallState.RINGING]
        ready = [view for view in ringing if view.looked_up or view.call.id in self._patient_with]
        for view in ringing:
            if not view.looked_up and view.call.id not in self._patient_with:
                QTimer.singleShot(LOOKUP_PATIENCE_MS, self, lambda call_id=view.call.id: self._lost_patience(call_id))
        self._keep_only(ringing, state)
        if ready:
            self._show_ringing(ready, state)
            return
        missed = next((view for view in state.just_ended if view.call.id == self._shown_id and view.call.missed), None)
        if missed is not None and self.isVisible():
            self._show_missed(missed)
        elif not self._missed_id:
            self._put_away()

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = self._look.theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.window))
        tone = Tone.FAULT if self._missed_id else Tone.READY
        painter.fillRect(QRect(0, 0, self.width(), self._look.theme.px(_STRIPE)), self._look.theme.ink(tone))
        painter.setPen(QPen(QColor(colours.border), tokens.HAIRLINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._shown_id and self._shown_id not in self._painted:
            self._painted.add(self._shown_id)
            call_id = self._shown_id
            QTimer.singleShot(0, self, lambda: self.painted.emit(call_id))  # after the picture went to the screen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card makes room when the bar moves, opens a row or is shown."""
        if watched is self._bar and event.type() in _BAR_CHANGES and self.isVisible():
            QTimer.singleShot(0, self, self._make_room)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desktop's own way to close a window hides the card of this call, nothing more."""
        self._closed_id = self._shown_id
        super().closeEvent(event)

    # ------------------------------------------------------------------ inside

    def _build(self) -> None:
        px = self._look.theme.px
        self.setWindowTitle(self.tr("Incoming call"))
        edge = px(tokens.SPACE_L)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge + px(_STRIPE), edge, px(tokens.SPACE_S))
        column.setSpacing(0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.face)
        column.addWidget(self._line)
        column.addLayout(self._others)
        self._column = column

    def _show_ringing(self, ringing: list[CallView], state: ToolbarState) -> None:
        self._missed_timer.stop()
        was_missed, self._missed_id = bool(self._missed_id), ""
        first = next((view for view in ringing if view.call.id == self._shown_id), ringing[0])
        keys = self._settings().shortcuts
        self._guard.now_shows(first.call.id)
        other_call = first.call.id != self._shown_id
        self._shown_id = first.call.id
        has_page = page_of(first, self._settings()).has_button
        self.face.show_ringing(first, key_text(keys.answer), key_text(keys.hang_up), has_page=has_page)
        self._list_others([view for view in ringing if view is not first], state)
        if self._closed_id == first.call.id:
            return
        self._appear()
        if other_call or was_missed:
            self.update()
        if first.call.id not in self._announced:
            self._announced.add(first.call.id)
            words = self.tr("Call from %1").replace("%1", call_words.title(first))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _show_missed(self, view: CallView) -> None:
        if self._missed_id == view.call.id:
            return
        self._missed_id = view.call.id
        self.face.show_missed(view)
        self._list_others([], ToolbarState())
        self._fit()
        self.update()
        self._missed_timer.start()

    def _forget_missed(self) -> None:
        self._missed_id = ""
        self._put_away()

    def _put_away(self) -> None:
        self._slide.stop()
        self._shown_id = ""
        self._guard.now_shows("")
        self.hide()

    def _keep_only(self, ringing: list[CallView], state: ToolbarState) -> None:
        """Forgets what is no longer needed of calls that are over."""
        known = {view.call.id for view in (*state.calls, *state.just_ended)} | {self._shown_id}
        self._painted &= known
        self._announced &= known
        self._patient_with &= known
        if self._closed_id not in {view.call.id for view in ringing}:
            self._closed_id = ""

    def _list_others(self, views: list[CallView], state: ToolbarState) -> None:
        wanted = {view.call.id: view for view in views}
        for call_id in [call_id for call_id in self._rows if call_id not in wanted]:
            row = self._rows.pop(call_id)
            self._others.removeWidget(row)
            row.hide()
            row.deleteLater()
        for call_id, view in wanted.items():
            if call_id not in self._rows:
                row = OtherCallRow(self._look, self._orders, call_id, short=True)
                self._rows[call_id] = row
                self._others.addWidget(row)
                row.show()
            self._rows[call_id].show_call(view, state)
        self._line.setVisible(bool(wanted))

    def _lost_patience(self, call_id: str) -> None:
        state = self._orders.state
        view = state.find(call_id)
        if view is not None and view.call.state is CallState.RINGING and not view.looked_up:
            self._patient_with.add(call_id)
            self.show_state(state)

    # ------------------------------------------------------------------ place

    def _fit(self) -> QPoint:
        """Takes the height of its content and answers where it belongs."""
        theme = self._look.theme
        wide = theme.px(_WIDTH)
        self._column.activate()
        self.setFixedSize(wide, max(self._column.sizeHint().height(), self._column.minimumSize().height()))
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        if self.isVisible():
            screen = self.screen()
        bar = self._bar.geometry() if self._bar.isVisible() and not self._bar.isMinimized() else QRect()
        return card_position(screen.availableGeometry(), bar, self.size(), theme.px(_MARGIN))

    def _appear(self) -> None:
        corner = self._fit()
        if self.isVisible():
            if self._slide.state() is not QPropertyAnimation.State.Running and corner != self.pos():
                self.move(corner)
            return
        still = self._settings().window.reduced_motion or QGuiApplication.platformName() in _UNPLACED_PLATFORMS
        if still:
            self.move(corner)
        else:
            self.move(corner + QPoint(self._look.theme.px(_SLIDE), 0))
            self._slide.setStartValue(self.pos())
            self._slide.setEndValue(corner)
        self.show()
        if not still:
            self._slide.start()

    def _make_room(self) -> None:
        if self.isVisible():
            self._slide.stop()
            self.move(self._fit())

    def _restyle(self) -> None:
        self._make_room()
        self.update()

    # ------------------------------------------------------------------ orders

    def _answer(self) -> None:
        if self._may_act():
            self._orders.answer(self._shown_id)

    def _decline(self) -> None:
        if self._may_act():
            self._orders.hang_up(self._shown_id)

    def _send_on(self) -> None:
        if self._may_act():
            self.send_on_asked.emit(self._shown_id)

    def _choose(self, contact_id: int) -> None:
        if self._shown_id and not self._missed_id:
            self._orders.choose_contact(self._shown_id, contact_id)

    def _choose_caller(self, contact_id: str) -> None:
        if self._shown_id and not self._missed_id:
            self._orders.choose_caller(self._shown_id, contact_id)

    def _open_page(self) -> None:
        if self._shown_id and not self._missed_id:
            self._orders.open_caller_page(self._shown_id)

    def _to_caller_row(self) -> None:
        if self._shown_id and not self._missed_id:
            self.caller_row_asked.emit(self._shown_id)

    def _may_act(self) -> bool:
        return not self._missed_id and self._guard.may_act(self._shown_id)
