"""The bar: one row of zones that never move, and rows below it that open only while they are needed. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from agent_toolbar.application.ports.settings import BarPlace, Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.i18n.sentences import code_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_row import BarRow
from agent_toolbar.ui.bar_rows import BarRows
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders, Question
from agent_toolbar.ui.pill import Pill
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.shortcuts import Shortcuts
from agent_toolbar.ui.window_menu import WindowMenu
from agent_toolbar.ui.window_place import WindowPlace

_ROOM_FOR_A_CALL = 560


class ToolbarWindow(QWidget):
    """The window of the toolbar.

    Attributes:
        orders: the buttons' way to the application, shared with card and tray.
        rows: what stands below the bar; messages: one of them.
    Signals:
        history_asked, outbox_asked, settings_asked, doctor_asked, sample_page_asked: open that.
        selection_asked: call the text that is selected anywhere.
        quit_asked: end the toolbar (after asking when calls are up, or wait for the CRM).
        window_asked: a fault's remedy is a window (Remedy).
        placement_changed: text to be kept and given back as `placement` at the next start.
        closed: the window was closed; the owner hides it in a tray or lets it be minimised.
    """

    history_asked = Signal()
    outbox_asked = Signal()
    settings_asked = Signal()
    doctor_asked = Signal()
    sample_page_asked = Signal()
    selection_asked = Signal()
    quit_asked = Signal()
    window_asked = Signal(Remedy)
    placement_changed = Signal(str)
    closed = Signal()

    def __init__(self, toolbar: Toolbar, look: Look, placement: str = "") -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._toolbar = toolbar
        self._look = look
        self._guard = RingGuard(look.steady_s)
        self._tray_is_there = False
        self._may_close = False
        self.orders = Orders(toolbar, self._guard, self)
        self.place = WindowPlace(self, look, placement)
        self.menu = WindowMenu(look, toolbar, self.orders, self.place, self)
        self.bar = BarRow(look, toolbar, self.orders, self.menu)
        self.pill = Pill(look, self.orders)
        self.rows = BarRows(look, toolbar, self.orders, self.bar, self)
        self.messages = self.rows.messages
        self._build()
        self.shortcuts = Shortcuts(self)
        self._wire()
        self.apply_settings(toolbar.settings)
        self.show_state(toolbar.state)

    # ------------------------------------------------------------------ what the owner says

    def show_state(self, state: ToolbarState) -> None:
        """Draws `state`; costs nothing where nothing changed."""
        ringing = next((call.call.id for call in state.calls if call.call.state is CallState.RINGING), "")
        self._guard.now_shows(ringing)
        self.rows.show_state(state)
        self._arrange()

    def apply_settings(self, settings: Settings) -> None:
        """Place, keys and look of the window as the settings say."""
        self._look.theme.choose(settings.window.theme, settings.window.accent)
        self.shortcuts.use(settings.shortcuts)
        self.place.use(settings.window.place, stay_on_top=settings.window.stay_on_top)
        self._order_rows(upwards=settings.window.place is BarPlace.BOTTOM)
        self.show_state(self._toolbar.state)

    def set_tray_is_there(self, there: bool) -> None:
        """With a tray, closing hides the bar; without one it is minimised, so that it stays reachable."""
        self._tray_is_there = there

    def let_close(self) -> None:
        """The toolbar or the desktop's session ends: from now on closing closes, and holds up no log-off."""
        self._may_close = True

    def bring_up(self) -> None:
        """Shows the bar in front of the other windows and gives it the keyboard."""
        self.showNormal()
        self.raise_()
        self.activateWindow()

    def ask_to_quit(self) -> None:
        """Asks in the bar when calls would end, or what happened is not at the CRM yet."""
        state = self._toolbar.state
        waiting = state.crm.waiting
        if not state.calls and not waiting:
            self.quit_asked.emit()
            return
        self.bring_up()
        sentence = self.tr("A call is up. Quitting ends it.")
        if not state.calls:
            sentence = code_text("quit_with_outbox", {"count": waiting})
        self.messages.ask(Question(sentence, self.tr("Quit"), self.tr("Stay"), self.quit_asked.emit))

    # ------------------------------------------------------------------ rows

    @property
    def compact(self) -> bool:
        return self.place.compact

    def send_on(self, call_id: str) -> None:
        """Asks where a ringing call is to go."""
        self.bring_up()
        self.place.set_compact(False)
        self.rows.send_on(call_id)

    def open_caller(self, call_id: str) -> None:
        """Asks whom a call is with."""
        self.bring_up()
        self.place.set_compact(False)
        self.rows.open_caller(call_id)

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.rows.escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if self._tray_is_there:
            self.hide()
        else:
            self.showMinimized()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.menu.retranslate()
            self.bar.measure()
            self.show_state(self._toolbar.state)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.place.drag()
        super().mousePressEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.place.moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = self._look.theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.window))
        painter.setPen(QColor(colours.hairline))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    # ------------------------------------------------------------------ inside

    def _build(self) -> None:
        self.setWindowTitle("Agent Toolbar")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that at first no button has the keyboard
        self.setFocus()
        self._grip_row = QWidget()
        first = QHBoxLayout(self._grip_row)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(0)
        first.addWidget(self.menu.grip)
        first.addWidget(self.bar, 1)
        first.addWidget(self.pill)
        first.addWidget(self.menu.expand)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for row in (self._grip_row, *self.rows.all):
            self._column.addWidget(row)

    def _wire(self) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.let_close)
        self.bar.history_asked.connect(self.history_asked)
        self.bar.outbox_asked.connect(self.outbox_asked)
        self.bar.settings_asked.connect(self.settings_asked)
        self.bar.dial.left.connect(self.rows.escape)
        self.bar.measured.connect(self._align_rows)
        self.rows.changed.connect(self._arrange)
        self.orders.refused.connect(self.messages.refuse)
        self.orders.asked.connect(self._ask)
        self.orders.agent.note_asked.connect(self._show_row)
        self.orders.settings_changed.connect(self.apply_settings)
        self.orders.window_asked.connect(self.window_asked)
        self.orders.doctor_asked.connect(self.doctor_asked)
        self.menu.quit_asked.connect(self.ask_to_quit)
        self.menu.doctor_asked.connect(self.doctor_asked)
        self.menu.sample_page_asked.connect(self.sample_page_asked)
        self.menu.selection_asked.connect(self.selection_asked)
        self.place.changed.connect(self.placement_changed)
        self.place.compact_changed.connect(self._arrange)
        self._look.theme.changed.connect(self._restyle)
        keys = self.shortcuts
        keys.answer.connect(self.orders.answer_current)
        keys.hang_up.connect(self.orders.hang_up_current)
        keys.hold.connect(self.orders.toggle_hold)
        keys.mute.connect(self.orders.toggle_mute)
        keys.ready.connect(self.orders.agent.toggle_ready)
        keys.wrap_up.connect(self._to_wrap_up)
        keys.keypad.connect(self.rows.toggle_keypad)
        keys.dial_field.connect(self._to_dial_field)
        handover = self.orders.handover
        keys.transfer.connect(self.rows.open_transfer)
        keys.consult.connect(self.rows.consult)
        keys.complete.connect(handover.complete)
        keys.swap.connect(handover.swap)
        keys.take_back.connect(handover.take_back)
        keys.conference.connect(handover.conference)
        keys.note.connect(lambda: self.rows.open_note(True))
        keys.doctor.connect(self.doctor_asked)
        keys.history.connect(self.history_asked)
        keys.settings.connect(self.settings_asked)

    def _to_dial_field(self) -> None:
        self.place.set_compact(False)
        self.bar.dial.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_wrap_up(self) -> None:
        self.place.set_compact(False)
        self.rows.begin_wrap_up()

    def _show_row(self) -> None:
        """A row wants to be typed in, wherever the order came from."""
        if not self.isVisible() or self.isMinimized() or not self.isActiveWindow():
            self.bring_up()

    def _ask(self, question: Question) -> None:
        """In the bar, wherever the order came from."""
        if not self.isVisible() or self.isMinimized():
            self.bring_up()
        self.messages.ask(question)

    def _order_rows(self, *, upwards: bool) -> None:
        """At the lower edge of the screen the rows open upwards, so that the bar itself stays where it is."""
        direction = QBoxLayout.Direction.BottomToTop if upwards else QBoxLayout.Direction.TopToBottom
        self._column.setDirection(direction)

    def _arrange(self) -> None:
        """Shows the rows that are needed and gives the window just their height."""
        compact = self.place.compact
        state, keys = self._toolbar.state, self._toolbar.settings.shortcuts
        self.bar.show_state(state, keys, self.rows.opened)
        self.pill.show_state(state, keys)
        self.bar.setVisible(not compact)
        self.pill.setVisible(compact)
        self.menu.expand.setVisible(compact)
        self.rows.show_rows(compact=compact)
        self._grip_row.setFixedHeight(self._look.theme.px(tokens.BAR))
        rows = [row for row in (self._grip_row, *self.rows.all) if not row.isHidden()]
        high = sum(row.sizeHint().height() if row is not self._grip_row else row.height() for row in rows) + 2
        wide = self.pill_width() if compact else self.bar.least_width() + self.menu.grip.sizeHint().width() + 2
        self.place.needs(QSize(wide, high))
        self._align_rows()

    def pill_width(self) -> int:
        px = self._look.theme.px
        return (
            self.menu.grip.sizeHint().width()
            + self.pill.sizeHint().width()
            + self.menu.expand.sizeHint().width()
            + px(10)
        )

    def _align_rows(self) -> None:
        """The rows below stand under what they belong to."""
        px = self._look.theme.px
        end = self.bar.right_of_hang_up()
        room = not self.bar.isHidden() and end >= px(_ROOM_FOR_A_CALL)
        self.rows.others.end_at(self.bar.width() - end if room else px(tokens.SPACE_S))
        self.messages.align()

    def _restyle(self) -> None:
        self._arrange()
        self.update()
