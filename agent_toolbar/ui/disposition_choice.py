"""The outcome of a call: a button for each of up to five, else a list. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QWidget

from agent_toolbar.application.ports.settings import Disposition
from agent_toolbar.i18n.sentences import label_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.choice_button import ChoiceButton
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import menu_text
from agent_toolbar.ui.swatch import swatch_icon

MOST_BUTTONS = 5


class DispositionChoice(QWidget):
    """Owns its buttons and its list, which stand in the row that it is given.

    Signals:
        chosen: a person chose this code, "" for taking the choice back.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, row: FlowRow) -> None:
        super().__init__(row)
        self.hide()
        self._look = look
        self._known: tuple[Disposition, ...] = ()
        self._code = ""
        self.buttons = [ChoiceButton(look) for _ in range(MOST_BUTTONS)]
        self.list = QComboBox()
        for place, button in enumerate(self.buttons):
            row.add(button, breaks=not place)
            button.clicked.connect(lambda _checked, place=place: self._press(place))
        row.add(self.list, breaks=True)
        self.list.activated.connect(lambda _index: self._choose(str(self.list.currentData())))

    @property
    def code(self) -> str:
        return self._code

    def offer(self, known: Sequence[Disposition]) -> None:
        """What can be chosen, in the language in use."""
        self._known = tuple(known)
        few = len(self._known) <= MOST_BUTTONS
        for place, button in enumerate(self.buttons):
            shown = few and place < len(self._known)
            button.setVisible(shown)
            if shown:
                words = label_text(self._known[place])
                button.setText(menu_text(words))
                button.show_colour(self._known[place].colour)
                button.setAccessibleName(self.tr("Outcome: %1").replace("%1", words))
        self.list.setVisible(not few)
        self.list.setAccessibleName(self.tr("Outcome of the call"))
        entries = [(self.tr("Outcome…"), ""), *((label_text(one), one.code) for one in self._known)]
        if not few and entries != [(self.list.itemText(i), self.list.itemData(i)) for i in range(self.list.count())]:
            self.list.clear()
            for words, code in entries:
                self.list.addItem(words, code)
        self._show_colours_in_list()
        self.show_code(self._code)

    def _show_colours_in_list(self) -> None:
        px = self._look.theme.px
        self.list.setIconSize(QSize(px(tokens.SPACE_L), px(tokens.SPACE_L)))
        colours = {one.code: one.colour for one in self._known}
        for place in range(1, self.list.count()):
            colour = colours.get(str(self.list.itemData(place)), "")
            self.list.setItemIcon(place, swatch_icon(self._look.theme, colour) if colour else QIcon())

    def show_code(self, code: str) -> None:
        """Chosen elsewhere, or just now."""
        self._code = code
        for disposition, button in zip(self._known, self.buttons, strict=False):
            button.setChecked(disposition.code == code)
        self.list.setCurrentIndex(max(0, self.list.findData(code)))

    def focus(self) -> None:
        first = self.list if len(self._known) > MOST_BUTTONS else self.buttons[0]
        first.setFocus()

    def _press(self, place: int) -> None:
        code = self._known[place].code
        self._choose("" if code == self._code else code)

    def _choose(self, code: str) -> None:
        self.show_code(code)
        self.chosen.emit(code)
