"""The dial field: type a name or a number, see what would be called, Enter calls. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from agent_toolbar.application.call_actions import refusal_of_dial
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.text import plain_text
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.suggestion_list import Suggestion, SuggestionList

LONGEST = 128
_BUTTON = 28


class DialField(QLineEdit):
    """Completes from contacts and history; what is typed stays until it was dialled.

    Signals:
        left: Escape with nothing more to close here.
    """

    left = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._toolbar = toolbar
        self._orders = orders
        self._asked = ""
        self._key = ""
        self._matches: tuple[ContactMatch, ...] = ()
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.call_button = BarButton(look, Icon.CALL, width=_BUTTON, height=_BUTTON, parent=self)
        self.call_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does the same
        self.call_button.clicked.connect(self._dial_selected)
        self._list = SuggestionList(look, self)
        self._list.chosen.connect(self._dial)
        self.textChanged.connect(self._changed)
        orders.dialled.connect(self._dialled)
        self._restyle()
        look.theme.changed.connect(self._restyle)

    @property
    def suggestions(self) -> SuggestionList:
        return self._list

    def show_state(self, state: ToolbarState, key: str) -> None:
        """`key`: the shortcut that leads here, as people read it."""
        self._key = key
        refused = refusal_of_dial(state)
        why = refusal_text(refused) if refused is not None else ""
        if not why and not self.text().strip():
            why = self.tr("Type a name or a number first.")
        self.call_button.explain(self.tr("Call"), key=self.tr("Enter"), refusal=why)
        self.setPlaceholderText(self.tr("Name or number"))
        self.setAccessibleName(self.tr("Dial: name or number"))
        says = self.tr("Type a name or a number, Enter calls")
        self.setToolTip(tool_tip(f"{says} ({key})" if key else ""))

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(220), self._look.theme.px(tokens.CONTROL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.call_button.height()
        gap = (self.height() - side) // 2
        self.call_button.setGeometry(QRect(self.width() - side - gap, gap, side, side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._dial_selected()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self._list.isVisible():
                self._say(self._list.move_selection(1 if key == Qt.Key.Key_Down else -1))
            else:
                self._offer()
        elif key == Qt.Key.Key_Escape:
            if self._list.isVisible():
                self._list.hide()
            else:
                self.left.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.ShortcutFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        self._list.hide()
        super().moveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._list.hide()
        super().changeEvent(event)

    # ------------------------------------------------------------------ inside

    def _changed(self, text: str) -> None:
        clean = plain_text(text, LONGEST)
        if clean != text.strip() and " ".join(text.split()) != clean:
            self.setText(clean)  # pasted line ends and invisible characters
            return
        self.show_state(self._orders.state, self._key)
        self._matches = ()
        self._asked = clean
        if not clean:
            self._list.hide()
            return
        if self.hasFocus():
            self._offer()
        self._toolbar.suggest(clean, lambda matches: self._suggested(clean, matches))

    def _suggested(self, asked: str, matches: tuple[ContactMatch, ...]) -> None:
        if asked == self._asked:  # a late answer never stands under another text
            self._matches = matches
            if self.hasFocus():
                self._offer()

    def _offer(self) -> None:
        lines = tuple(self._line_of(match) for match in self._matches)
        typed = self._asked
        as_typed = any(char.isdigit() for char in typed) or "@" in typed
        if as_typed:
            shown = self._toolbar.shown_number(typed) or typed
            call_it = Suggestion(Icon.CALL, self.tr("Call %1").replace("%1", shown), "", "", typed)
            lines = (call_it, *lines)
        selected = 1 if as_typed and self._matches and any(char.isalpha() for char in typed) else 0
        self._list.offer(lines, selected if lines else -1, self.tr("What would be called"))

    def _line_of(self, match: ContactMatch) -> Suggestion:
        number = self._toolbar.shown_number(match.phone) or match.phone
        icon = Icon.CONTACT if match.contact_id else Icon.HISTORY
        details = [text for text in (match.company, match.phone_kind) if text]
        return Suggestion(
            icon, match.name or number, call_words.SEPARATOR.join(details), number if match.name else "", match.phone
        )

    def _dial_selected(self) -> None:
        chosen = self._list.selected
        if chosen is not None:
            self._dial(chosen)
        elif self._asked:
            self._orders.dial(self._asked)

    def _dial(self, line: Suggestion) -> None:
        self._list.hide()
        self._orders.dial(line.dial)

    def _dialled(self) -> None:
        self.clear()

    def _say(self, line: Suggestion | None) -> None:
        if line is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, line.spoken))

    def _restyle(self) -> None:
        px = self._look.theme.px
        self.setFixedHeight(px(tokens.CONTROL))
        self.setTextMargins(0, 0, px(_BUTTON), 0)
