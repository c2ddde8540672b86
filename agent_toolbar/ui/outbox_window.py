"""What waits for the CRM: each call with the reason in plain words, and what can be done about it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import CrmView, Remedy, ToolbarState
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import code_text, error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.labels import WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.outbox_row import OutboxRow

_SIZE = QSize(560, 520)
MOST_ROWS = 100  # after an outage of days the oldest are shown, and how many more there are


class OutboxWindow(QWidget):
    """Kept when closed; stands for what is so at every moment.

    Signals:
        window_asked: the remedy is a window (Remedy).
    """

    window_asked = Signal(Remedy)

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._toolbar = toolbar
        self.rows: dict[str, OutboxRow] = {}
        self.headline = WrappingLabel(look, parent=self)
        self.more = WrappingLabel(look, parent=self)
        self.notice = Notice()
        self.main_button = QPushButton()
        self.main_button.setProperty("primary", True)
        self.close_button = QPushButton()
        self._list = QScrollArea()
        self._lay_out()
        self.main_button.clicked.connect(self._main)
        self.close_button.clicked.connect(self.close)
        self._retranslate()
        self.resize(_SIZE * look.theme.scale)
        toolbar.watch(self._show_state)

    def open_window(self) -> None:
        """In front, with the keyboard on what can be done."""
        self.notice.clear_problem()
        self._draw(self._toolbar.state.crm)
        self.show()
        self.raise_()
        self.activateWindow()
        first = self.main_button if self.main_button.isEnabled() else self.close_button
        first.setFocus()

    # ------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        px = self._look.theme.px
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.more)
        self._column.addStretch()
        self._list.setWidget(inside)
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(*([px(tokens.SPACE_L)] * 4))
        column.setSpacing(px(tokens.SPACE_M))
        column.addWidget(self.headline)
        column.addWidget(self._list, 1)
        column.addWidget(self.notice)
        bottom = QHBoxLayout()
        bottom.addWidget(self.main_button)
        bottom.addStretch()
        bottom.addWidget(self.close_button)
        column.addLayout(bottom)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Calls that wait for the CRM"))
        self._list.setAccessibleName(self.windowTitle())
        self.close_button.setText(self.tr("Close"))
        self._draw(self._toolbar.state.crm)

    # ------------------------------------------------------------------ showing

    def _show_state(self, state: ToolbarState) -> None:
        if self.isVisible():
            self._draw(state.crm)

    def _draw(self, view: CrmView) -> None:
        signed_in = view.state is CrmState.SIGNED_IN
        self.headline.setText(self._headline(view))
        self.main_button.setText(self.tr("Send all now") if signed_in else self.tr("Sign in at the CRM"))
        self.main_button.setEnabled(bool(view.outbox) or not signed_in)
        self.main_button.setToolTip("" if self.main_button.isEnabled() else self.tr("Nothing waits."))
        shown = view.outbox[:MOST_ROWS]
        for key in self.rows.keys() - {one.item.entry.key for one in shown}:
            row = self.rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        new = False
        for place, one in enumerate(shown):
            key = one.item.entry.key
            if key not in self.rows:
                self.rows[key] = self._new_row(key, place)
                new = True
            self.rows[key].show_item(one, signed_in=signed_in)
        if new:
            self._order_tabs([one.item.entry.key for one in shown])
        left = len(view.outbox) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(self.tr("And %1 more, which follow these.").replace("%1", str(left)))

    def _order_tabs(self, keys: list[str]) -> None:
        """The rows are younger than the buttons below them, but the Tab key comes to them first."""
        stops = [stop for key in keys for stop in self.rows[key].stops]
        for before, after in pairwise([*stops, self.main_button, self.close_button]):
            QWidget.setTabOrder(before, after)

    def _headline(self, view: CrmView) -> str:
        if not view.outbox:
            return self.tr("Nothing waits: the CRM knows everything.")
        if view.fault:
            return code_text(view.fault, view.fault_params)
        if view.state is CrmState.SIGNED_IN:
            return self.tr("The CRM does not have this yet. It is kept on this computer until the CRM does.")
        return self.tr("You are signed out of the CRM. This is kept on this computer and goes out when you sign in.")

    def _new_row(self, key: str, place: int) -> OutboxRow:
        row = OutboxRow(self._look)
        row.retry_asked.connect(partial(self._do, lambda: self._toolbar.retry_outbox(key)))
        row.discard_asked.connect(partial(self._do, lambda: self._toolbar.discard_outbox(key)))
        row.edited.connect(lambda subject: self._do(lambda: self._toolbar.edit_outbox(key, subject)))
        self._column.insertWidget(place, row)
        return row

    # ------------------------------------------------------------------ what the person does

    def _main(self) -> None:
        view = self._toolbar.state.crm
        if view.state is CrmState.SIGNED_IN:
            self._do(self._toolbar.retry_outbox)
        elif view.needs_key:
            self.window_asked.emit(Remedy.ENTER_CRM_KEY)
        else:
            self._do(lambda: self._toolbar.remedy(Remedy.SIGN_IN))

    def _do(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except AgentToolbarError as error:
            self.notice.say(error_text(error))
        else:
            self.notice.clear_problem()
        self._draw(self._toolbar.state.crm)

    # ------------------------------------------------------------------ Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)
