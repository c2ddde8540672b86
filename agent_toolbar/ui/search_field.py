"""A field that completes from contacts and history: the list below it, its keys, answers that come late.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.text import plain_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.suggestion_list import Suggestion, SuggestionList

LONGEST = 128


class SearchField(QLineEdit):
    """What is typed stays until it was used. Subclasses say which lines are offered and what Enter does.

    Attributes:
        typed: the text without invisible characters.
        matches: contacts and recently called numbers that fit it, empty until they have answered.
    Signals:
        left: Escape with nothing more to close here.
    """

    left = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._toolbar = toolbar
        self.typed = ""
        self.matches: tuple[ContactMatch, ...] = ()
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._list = SuggestionList(look, self)
        self._list.chosen.connect(self.line_clicked)
        self.textChanged.connect(self._changed)
        look.theme.changed.connect(self.restyle)

    @property
    def suggestions(self) -> SuggestionList:
        return self._list

    # ------------------------------------------------------------------ what subclasses say

    def lines(self) -> tuple[tuple[Suggestion, ...], int]:
        """The lines for `typed` and `matches`, and which of them is selected (-1: none)."""
        raise NotImplementedError

    def list_name(self) -> str:
        """What the list holds, for a screen reader."""
        raise NotImplementedError

    def entered(self) -> None:
        """Enter was pressed."""
        raise NotImplementedError

    def line_clicked(self, line: Suggestion) -> None:
        """A line of the list was clicked."""
        raise NotImplementedError

    def text_changed(self) -> None:
        """`typed` is another one."""

    def emptied(self) -> None:
        """Nothing is typed any more."""
        self._list.hide()

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(220), self._look.theme.px(tokens.CONTROL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.entered()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self._list.isVisible():
                self.selected(self._list.move_selection(1 if key == Qt.Key.Key_Down else -1))
            else:
                self.offer()
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

    # ------------------------------------------------------------------ for subclasses

    def offer(self) -> None:
        """Shows the list as it is now."""
        lines, selected = self.lines()
        self._list.offer(lines, selected if lines else -1, self.list_name())

    def selected(self, line: Suggestion | None) -> None:
        """Another line of the list is selected: read out."""
        if line is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, line.spoken))

    def line_of(self, match: ContactMatch) -> Suggestion:
        """A contact or a past call as a line."""
        number = self._toolbar.shown_number(match.phone) or match.phone
        icon = Icon.CONTACT if match.contact_id else Icon.HISTORY
        details = [text for text in (match.company, match.phone_kind) if text]
        return Suggestion(
            icon, match.name or number, call_words.SEPARATOR.join(details), number if match.name else "", match.phone
        )

    @property
    def looks_dialable(self) -> bool:
        """What is typed may be a number or an address itself."""
        return any(char.isdigit() for char in self.typed) or "@" in self.typed

    def restyle(self) -> None:
        self.setFixedHeight(self._look.theme.px(tokens.CONTROL))

    # ------------------------------------------------------------------ inside

    def _changed(self, text: str) -> None:
        clean = plain_text(text, LONGEST)
        if clean != text.strip() and " ".join(text.split()) != clean:
            self.setText(clean)  # pasted line ends and invisible characters
            return
        self.matches = ()
        self.typed = clean
        self.text_changed()
        if not clean:
            self.emptied()
            return
        if self.hasFocus():
            self.offer()
        self._toolbar.suggest(clean, lambda matches: self._suggested(clean, matches))

    def _suggested(self, asked: str, matches: tuple[ContactMatch, ...]) -> None:
        if asked == self.typed:  # a late answer never stands under another text
            self.matches = matches
            if self.hasFocus():
                self.offer()
