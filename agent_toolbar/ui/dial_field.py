"""The dial field: type a name or a number, see what would be called, Enter calls. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from agent_toolbar.application.call_actions import refusal_of_dial
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.search_field import SearchField
from agent_toolbar.ui.suggestion_list import Suggestion

_BUTTON = 28
_BESIDE_TEXT = 2  # px that a line edit leaves free at each side of its text
_ROOM_FOR_BUTTON = 96  # in a narrower field the text goes before the button, which Enter replaces


class DialField(SearchField):
    """Completes from contacts and history; what is typed stays until it was dialled."""

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, toolbar, parent)
        self._orders = orders
        self._key = ""
        self._requested = ""  # what a request put here
        self._typed_before = ""
        self.call_button = BarButton(look, Icon.CALL, width=_BUTTON, height=_BUTTON, parent=self)
        self.call_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does the same
        self.call_button.clicked.connect(self.entered)
        orders.dialled.connect(self.clear)
        self.restyle()

    def show_state(self, state: ToolbarState, key: str) -> None:
        """`key`: the shortcut that leads here, as people read it."""
        self._key = key
        refused = refusal_of_dial(state)
        why = refusal_text(refused) if refused is not None else ""
        if not why and not self.text().strip():
            why = self.tr("Type a name or a number first.")
        self.call_button.explain(self.tr("Call"), key=self.tr("Enter"), refusal=why)
        self._show_placeholder()
        self.setAccessibleName(self.tr("Dial: name or number"))
        says = self.tr("Type a name or a number, Enter calls")
        self.setToolTip(tool_tip(f"{says} ({key})" if key else ""))

    @property
    def is_typed_in(self) -> bool:
        """Somebody is at it and has begun."""
        return self.hasFocus() and bool(self.text()) and not self._shows_request

    def offer_request(self, shown: str) -> None:
        """Shows what a link asks to call, unless somebody is typing; what stood there comes back with `give_back`."""
        if self.is_typed_in:
            return
        if not self._shows_request:
            self._typed_before = self.text()
        self._requested = shown
        self.setText(shown)
        self.home(False)  # a narrow field shows how the number begins
        self.suggestions.hide()

    def give_back(self) -> None:
        """The request is over, however it ended."""
        if self._shows_request:
            self.setText(self._typed_before)
            self.suggestions.hide()
        self._requested = self._typed_before = ""

    @property
    def _shows_request(self) -> bool:
        return bool(self._requested) and self.text() == self._requested

    def lines(self) -> tuple[tuple[Suggestion, ...], int]:
        lines = tuple(self.line_of(match) for match in self.matches)
        if not self.looks_dialable:
            return lines, 0
        shown = self._toolbar.shown_number(self.typed) or self.typed
        call_it = Suggestion(Icon.CALL, self.tr("Call %1").replace("%1", shown), "", "", self.typed)
        return (call_it, *lines), 1 if lines and any(char.isalpha() for char in self.typed) else 0

    def list_name(self) -> str:
        return self.tr("What would be called")

    def text_changed(self) -> None:
        self.show_state(self._orders.state, self._key)

    def entered(self) -> None:
        if self._shows_request:
            self._orders.confirm_dial_request()
            return
        chosen = self.suggestions.selected
        if chosen is not None:
            self.line_clicked(chosen)
        elif self.typed:
            self._orders.dial(self.typed)

    def line_clicked(self, line: Suggestion) -> None:
        self.suggestions.hide()
        self._orders.dial(line.dial)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.isAutoRepeat() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (held and self._shows_request):  # still down from the click in the page
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._look.theme.px
        room = self.width() >= px(_ROOM_FOR_BUTTON)
        self.call_button.setVisible(room)
        self.setTextMargins(0, 0, px(_BUTTON) if room else 0, 0)
        side = self.call_button.height()
        gap = (self.height() - side) // 2
        self.call_button.setGeometry(QRect(self.width() - side - gap, gap, side, side))
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        """As many words as the field has room for."""
        words = (self.tr("Name or number"), self.tr("Number"))
        margins, inner = self.textMargins(), self.style().subElementRect(*self._contents())
        room = inner.width() - margins.left() - margins.right() - 2 * _BESIDE_TEXT
        fitting = (one for one in words if self.fontMetrics().horizontalAdvance(one) <= room)
        self.setPlaceholderText(next(fitting, words[-1]))

    def _contents(self) -> tuple[QStyle.SubElement, QStyleOptionFrame, QWidget]:
        """What the style wants to know to say where the text stands."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        return QStyle.SubElement.SE_LineEditContents, option, self
