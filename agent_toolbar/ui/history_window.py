"""The history: search, missed only, call back, copy. Looking at it marks missed calls as seen. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.call_actions import refusal_of_dial
from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text, refusal_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.history_model import HistoryModel, Role
from agent_toolbar.ui.history_row import HistoryRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.number_row import NumberRow
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.tokens import Tone

_SIZE = QSize(460, 620)
_SEARCH_DELAY_MS = 150


class HistoryWindow(QWidget):
    """Kept when closed; it asks the journal again when it is opened and whenever a call begins or ends."""

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._toolbar = toolbar
        self._calls_shown: tuple[str, ...] = ()
        self._number_applied = False
        self.model = HistoryModel(toolbar, look.now_s)
        self._make_controls()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.resize(_SIZE * look.theme.scale)
        toolbar.watch(self._show_state)
        self._show_number(toolbar.state)

    @property
    def chosen(self) -> CallRecord | None:
        """The call that is selected, or None."""
        record = self.list.currentIndex().data(Role.RECORD)
        return record if isinstance(record, CallRecord) else None

    def open_window(self) -> None:
        """Shows the window in front, with the search field ready."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    # ------------------------------------------------------------------ building

    def _make_controls(self) -> None:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self._look.icons.icon(Icon.SEARCH, Tone.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.only_missed = QCheckBox()
        self.list = QListView()
        self.list.setModel(self.model)
        self._row = HistoryRow(self._look, self.model)
        self.list.setItemDelegate(self._row)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty_icon = QLabel()
        self._empty_title = QLabel()
        self._empty_text = QLabel()
        self.call_button = QPushButton()
        self.call_button.setProperty("primary", True)
        self.copy_button = QPushButton()
        self.number_button = QPushButton()
        self.number = NumberRow(self._look, self._toolbar, self._carry_out)
        self.notice = Notice()
        self._search_delay = QTimer(self)
        self._search_delay.setSingleShot(True)
        self._search_delay.setInterval(_SEARCH_DELAY_MS)

    def _lay_out(self) -> None:
        px = self._look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(*([px(tokens.SPACE_M)] * 4))
        column.setSpacing(px(tokens.SPACE_S))
        top = QHBoxLayout()
        top.setSpacing(px(tokens.SPACE_M))
        top.addWidget(self.search, 1)
        top.addWidget(self.only_missed)
        column.addLayout(top)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty_page())
        column.addLayout(self._pages, 1)
        column.addWidget(self.number)
        column.addWidget(self.notice)
        bottom = QHBoxLayout()
        bottom.setSpacing(px(tokens.SPACE_S))
        bottom.addWidget(self.call_button)
        bottom.addWidget(self.copy_button)
        bottom.addWidget(self.number_button)
        bottom.addStretch()
        column.addLayout(bottom)

    def _empty_page(self) -> QWidget:
        px = self._look.theme.px
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(px(tokens.SPACE_S))
        column.addStretch(2)
        for label in (self._empty_icon, self._empty_title, self._empty_text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        self._empty_title.setFont(self._look.theme.font(strong=True))
        self._empty_text.setProperty("tone", Tone.MUTED.value)
        column.addStretch(3)
        return page

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_delay.start)
        self._search_delay.timeout.connect(self._search)
        self.only_missed.toggled.connect(self._search)
        self.model.searched.connect(self._show_found)
        self.list.doubleClicked.connect(self._call_back)
        self.list.selectionModel().currentChanged.connect(self._enable)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.call_button.clicked.connect(self._call_back)
        self.copy_button.clicked.connect(self._copy)
        self.number_button.clicked.connect(self._doubt_number)
        self._look.theme.changed.connect(self._restyle)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("History"))
        self.search.setPlaceholderText(self.tr("Search name, company or number"))
        self.search.setAccessibleName(self.tr("Search the history"))
        self.only_missed.setText(self.tr("Missed only"))
        self.list.setAccessibleName(self.tr("Calls"))
        self.call_button.setText(self.tr("Call back"))
        self.copy_button.setText(self.tr("Copy number"))
        self.number_button.setText(self.tr("Wrong number…"))
        keys = QKeySequence(QKeySequence.StandardKey.Copy).toString(QKeySequence.SequenceFormat.NativeText)
        self.copy_button.setToolTip(self.tr("Copy number ({keys})").format(keys=keys))
        self._show_found()

    # ------------------------------------------------------------------ events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search()
        self._mark_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.notice.clear_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            if self.number.is_open:
                self.number.close_row()
            elif self.search.text():
                self.search.clear()
            else:
                self.close()
        elif event.key() == Qt.Key.Key_F2:
            self._doubt_number()
        elif enter and self.list.hasFocus():
            self._call_back()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Down or (enter and self.search.hasFocus()):
            self._enter_list()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ what it does

    def _search(self) -> None:
        self.model.search(self.search.text(), only_missed=self.only_missed.isChecked())

    def _show_state(self, state: ToolbarState) -> None:
        self._show_number(state)
        if not self.isVisible():
            return
        calls = tuple(f"{view.call.id}{view.call.state}" for view in (*state.calls, *state.just_ended))
        if calls != self._calls_shown:
            self._calls_shown = calls
            self.model.refresh()
        self._enable()
        self._mark_seen()

    def _mark_seen(self) -> None:
        if self._toolbar.state.missed:
            self._toolbar.history_seen()

    def _show_found(self) -> None:
        found = bool(self.model.rowCount())
        self._pages.setCurrentIndex(0 if found else 1)
        if not found:
            self._explain_empty()
        self._enable()

    def _explain_empty(self) -> None:
        if self.search.text().strip():
            icon, title = Icon.SEARCH, self.tr("Nothing found")
            text = self.tr("Search for a part of a name or company, or some digits of a number.")
        elif self.only_missed.isChecked():
            icon, title = Icon.DONE, self.tr("No missed calls")
            text = self.tr("Calls that nobody answers are kept here until you have seen them.")
        else:
            icon, title = Icon.HISTORY, self.tr("No calls yet")
            text = self.tr("Every call is written down here. Type a number into the toolbar's dial field to make one.")
        size = self._look.theme.px(2 * tokens.ICON)
        self._empty_icon.setPixmap(self._look.icons.pixmap(icon, size, self._look.theme.ink(Tone.MUTED)))
        self._empty_title.setText(title)
        self._empty_text.setText(text)

    def _enable(self) -> None:
        record = self.chosen
        number = record.number if record is not None else ""
        refusal = refusal_of_dial(self._toolbar.state)
        self.copy_button.setEnabled(bool(number))
        self.number_button.setEnabled(bool(number))
        self.number_button.setToolTip(self.tr("Say what is wrong with it, and correct it (F2)"))
        self.call_button.setEnabled(bool(number) and refusal is None)
        if refusal is not None:
            self.call_button.setToolTip(tool_tip(refusal_text(refusal)))
        elif record is not None and not number:
            self.call_button.setToolTip(self.tr("The caller withheld the number."))
        elif record is None:
            self.call_button.setToolTip(self.tr("Choose a call in the list first."))
        else:
            self.call_button.setToolTip(self.tr("Call back (Enter)"))

    def _call_back(self) -> None:
        record = self.chosen
        if record is None or not record.number:
            return
        try:
            self._toolbar.dial(record.number)
        except AgentToolbarError as error:
            self.notice.say(error_text(error))
        else:
            self.notice.clear_problem()

    def _doubt_number(self) -> None:
        record = self.chosen
        if record is None or not record.number:
            return
        if self._carry_out(lambda: self._toolbar.doubt_number(record.id, record.number_finding, in_history=True)):
            self.number.begin()

    def _show_number(self, state: ToolbarState) -> None:
        """The list is read again once the number was marked."""
        case = state.number_case if state.number_case is not None and state.number_case.in_history else None
        applied = case is not None and case.applied is not None
        self.number.show_case(case)
        self.number.setVisible(case is not None)
        if applied and not self._number_applied and self.isVisible():
            self.model.refresh()
        self._number_applied = applied

    def _carry_out(self, deed: Callable[[], object]) -> bool:
        """Answers whether it was done; why not is told."""
        try:
            deed()
        except AgentToolbarError as error:
            self.notice.say(error_text(error))
            return False
        self.notice.clear_problem()
        return True

    def _copy(self) -> None:
        record = self.chosen
        if record is not None and record.number:
            number = self.model.shown_number(record)
            QGuiApplication.clipboard().setText(number)
            self.notice.say(self.tr("Copied: {number}").format(number=number), Tone.MUTED)

    def _enter_list(self) -> None:
        self.list.setFocus()
        if self.chosen is None and self.model.rowCount() > 1:
            self.list.setCurrentIndex(self.model.index(1, 0, QModelIndex()))  # row 0 is a day's heading

    def _show_menu(self, place: QPoint) -> None:
        if self.chosen is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        call = QAction(self._look.icons.icon(Icon.CALL), self.call_button.text(), menu)
        call.setEnabled(self.call_button.isEnabled())
        call.triggered.connect(self._call_back)
        copy = QAction(self._look.icons.icon(Icon.FILE), self.copy_button.text(), menu)
        copy.setEnabled(self.copy_button.isEnabled())
        copy.triggered.connect(self._copy)
        number = QAction(self._look.icons.icon(Icon.WRITE), self.number_button.text(), menu)
        number.setEnabled(self.number_button.isEnabled())
        number.triggered.connect(self._doubt_number)
        menu.addActions([call, copy, number])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _restyle(self) -> None:
        self._empty_title.setFont(self._look.theme.font(strong=True))
        self.list.doItemsLayout()
        self._show_found()
