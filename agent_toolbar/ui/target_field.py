"""The field that says where a call is to go: colleagues first, then contacts and whatever was typed. GUI thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ColleagueView, ToolbarState
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.folded_text import search_words
from agent_toolbar.domain.transfer import TransferTarget
from agent_toolbar.i18n.sentences import presence_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.presence_look import PRESENCE_LOOK, PresenceSign
from agent_toolbar.ui.search_field import SearchField
from agent_toolbar.ui.suggestion_list import Suggestion

_STAYS = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class TargetField(SearchField):
    """Its aim is the line that was chosen, else the selected one, else what was typed.

    Signals:
        aim_changed: the call would go somewhere else now.
        submitted: Enter was pressed.
    """

    aim_changed = Signal()
    submitted = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, toolbar, parent)
        self._orders = orders
        self._picked: Suggestion | None = None
        self._colleagues: tuple[ColleagueView, ...] = ()
        self._presence = PresenceSign(look, self)
        self._presence.show_presence(None)
        self.suggestions.starred.connect(self._star)
        self.restyle()

    def show_state(self, state: ToolbarState) -> None:
        self.setPlaceholderText(self.tr("Colleague, name or number"))
        self.setAccessibleName(self.tr("To whom: colleague, name or number"))
        if state.colleagues != self._colleagues:
            self._colleagues = state.colleagues
            if self.suggestions.isVisible():
                self.offer()

    @property
    def aim(self) -> tuple[str, TransferTarget | None]:
        """What an order is given, and where it leads (None: nowhere)."""
        line = self._picked or self.suggestions.selected
        text = line.dial if line is not None else self.typed
        target = self._orders.handover.resolve(text)
        if target is not None and not target.name and line is not None and line.number:
            target = replace(target, name=line.title)
        return text, target

    def show_presence(self, presence: Presence | None) -> None:
        """What the telephone of the aim is doing, at the right end; None for one that nobody knows of."""
        self._presence.show_presence(presence)
        self.setAccessibleDescription(presence_text(presence) if presence is not None else "")
        self._place_presence()

    def use_up(self) -> None:
        """What was typed has been used."""
        self.clear()
        self.suggestions.hide()

    def pick(self, line: Suggestion) -> None:
        """Takes a line of the list as what was meant."""
        if line.dial != self.typed:
            self.setText(line.title)
            self._picked = line
        self.suggestions.hide()
        self.aim_changed.emit()

    # ------------------------------------------------------------------ SearchField

    def lines(self) -> tuple[tuple[Suggestion, ...], int]:
        colleagues = [self._colleague_line(one) for one in self._colleagues if self._fits(one)]
        known = {line.dial for line in colleagues}
        contacts = [self.line_of(match) for match in self.matches if match.phone not in known]
        if not self.looks_dialable or self.typed in known:
            lines = (*colleagues, *contacts)
            exact = next((place for place, line in enumerate(lines) if line.dial == self.typed), 0)
            return lines, exact if self.typed else -1
        shown = self._toolbar.shown_number(self.typed) or self.typed
        typed = Suggestion(Icon.CALL, shown, "", "", self.typed)
        by_name = "@" not in self.typed and any(char.isalpha() for char in self.typed)
        selected = 0 if by_name and colleagues else len(colleagues) + (1 if by_name and contacts else 0)
        return (*colleagues, typed, *contacts), selected

    def list_name(self) -> str:
        return self.tr("Where the call would go")

    def text_changed(self) -> None:
        self._picked = None
        self.aim_changed.emit()

    def emptied(self) -> None:
        if self.hasFocus():
            self.offer()
        else:
            super().emptied()

    def selected(self, line: Suggestion | None) -> None:
        super().selected(line)
        self.aim_changed.emit()

    def offer(self) -> None:
        if self._picked is None:
            super().offer()
            self.aim_changed.emit()

    def entered(self) -> None:
        chosen = self.suggestions.selected
        if chosen is not None:
            self.pick(chosen)
        self.submitted.emit()

    def line_clicked(self, line: Suggestion) -> None:
        self.pick(line)

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_presence()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._picked is not None:
            self.text_changed()  # another one is looked for
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.typed and event.reason() not in _STAYS:
            self.offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on to the buttons means the selected line."""
        chosen = self.suggestions.selected
        if chosen is not None and self.typed and event.reason() not in _STAYS:
            self.pick(chosen)
        super().focusOutEvent(event)
        self.aim_changed.emit()

    # ------------------------------------------------------------------ inside

    def _place_presence(self) -> None:
        gap = self._look.theme.px(tokens.SPACE_S)
        size = self._presence.sizeHint()
        shown = not self._presence.isHidden()
        self._presence.setGeometry(
            self.width() - size.width() - gap, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self.setTextMargins(0, 0, size.width() if shown else 0, 0)

    def _fits(self, colleague: ColleagueView) -> bool:
        words = search_words(f"{colleague.name} {colleague.extension}")
        return all(any(word.startswith(wanted) for word in words) for wanted in search_words(self.typed))

    def _colleague_line(self, colleague: ColleagueView) -> Suggestion:
        icon, tone = PRESENCE_LOOK[colleague.presence]
        return Suggestion(
            icon,
            colleague.title,
            presence_text(colleague.presence),
            colleague.extension if colleague.name else "",
            colleague.extension,
            tone,
            colleague.favourite,
        )

    def _star(self, line: Suggestion) -> None:
        self._orders.handover.set_favourite(line.dial, not line.favourite, line.title if line.number else "")
