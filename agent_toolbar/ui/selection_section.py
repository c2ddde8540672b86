"""The key that calls selected text from every program: which one, and what the desktop made of it. GUI thread."""

from __future__ import annotations

from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLabel, QLineEdit, QPushButton, QWidget

from agent_toolbar.domain.key_combination import KeyCombination, KeyProblem, read_keys
from agent_toolbar.ui import tokens
from agent_toolbar.ui.global_key import KeyObstacle, KeyState, KeyStatus
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.settings_shortcuts import action_of, action_text
from agent_toolbar.ui.shortcuts import key_text

COMMAND = "agent-toolbar call-selection"


class KeyWatch(Protocol):
    """What the section must know of ui.selection_call.SelectionCall."""

    status_changed: SignalInstance

    @property
    def status(self) -> KeyStatus: ...

    def try_again(self) -> None: ...


class SelectionSection(QObject):
    """Attributes:
    key: the field; state: what the desktop made of it, in words; again: asks the desktop once more.
    """

    def __init__(self, page: SettingsPage, watch: KeyWatch) -> None:
        super().__init__(page)
        self._page = page
        self._watch = watch
        page.add_section(self.tr("Selected text"))
        self.key = QKeySequenceEdit()
        self.key.setMaximumSequenceLength(1)
        self.key.setClearButtonEnabled(True)
        name = self.tr("Key that calls the selected text")
        field = self.key.findChild(QLineEdit)
        if field is not None:  # the part that takes the focus must say what it is
            field.setAccessibleName(name)
        self.key.setKeySequence(QKeySequence.fromString(page.toolbar.settings.links.selection_key))
        hint = self.tr("Works in every program: select a number, press the key, and the toolbar asks before it calls.")
        self._notice = page.add_row(self.tr("Key"), self.key, hint, name=name, key="links.selection_key")
        self.key.editingFinished.connect(self._change)
        self._add_state()
        watch.status_changed.connect(self._show)
        self._show()

    @property
    def unsaved(self) -> bool:
        """A key that cannot be stands here."""
        return self._wanted() != self._page.toolbar.settings.links.selection_key

    def problem(self) -> str:
        """What stands below the key."""
        return self._notice.text()

    # ------------------------------------------------------------------ building

    def _add_state(self) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._page.theme.px(tokens.SPACE_M))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.again = QPushButton(self.tr("Try again"))
        self.again.clicked.connect(self._watch.try_again)
        line.addWidget(self.state, 1)
        line.addWidget(self.again)
        self._page.add_wide(row)

    # ------------------------------------------------------------------ changes

    def _wanted(self) -> str:
        """In Qt's portable spelling."""
        return self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _change(self) -> None:
        spelled, toolbar = self._wanted(), self._page.toolbar
        problem = self._problem_of(spelled)
        if problem:
            self._notice.say(problem)
        elif spelled == toolbar.settings.links.selection_key:
            self._notice.clear_problem()
        else:
            links = msgspec.structs.replace(toolbar.settings.links, selection_key=spelled)
            self._page.change(msgspec.structs.replace(toolbar.settings, links=links), self._notice)

    def _problem_of(self, spelled: str) -> str:
        if not spelled:
            return ""
        action = action_of(spelled, self._page.toolbar.settings.shortcuts)
        if action:
            text = self.tr("{keys} is used for “{action}” already. Take other keys, or change those first.")
            return text.format(keys=key_text(spelled), action=action_text(action))
        match read_keys(spelled):
            case KeyProblem.UNKNOWN:
                return self.tr("This key cannot be used. Take a letter, a digit or a function key.")
            case KeyProblem.NEEDED:
                return self.tr("Other programs need this key. Hold two of Ctrl, Alt and Shift, or take a function key.")
            case _:
                return ""

    # ------------------------------------------------------------------ state

    def _show(self) -> None:
        status = self._watch.status
        self.state.setText(self._sentence(status))
        self.again.setVisible(status.state in {KeyState.TAKEN, KeyState.DECLINED, KeyState.NOT_HERE})

    def _sentence(self, status: KeyStatus) -> str:
        keys = key_text(status.keys.spelled) if isinstance(status.keys, KeyCombination) else ""
        match status.state:
            case KeyState.OFF:
                text = self.tr("No key: “Call the selected text” is in the menu of the toolbar and of its icon.")
            case KeyState.ASKING:
                text = self.tr("Your desktop asks whether the toolbar may have this key. Answer its question.")
            case KeyState.REGISTERED if status.shown:
                text = self.tr("Works in every program. Your desktop calls the key “{keys}”.")
                keys = status.shown
            case KeyState.REGISTERED:
                text = self.tr("{keys} works in every program.")
            case KeyState.TAKEN:
                text = self.tr("Another program has {keys}. Take other keys, or close that program and try again.")
            case KeyState.DECLINED:
                text = self.tr("Your desktop has given the toolbar no key. Try again, and agree when it asks.")
            case KeyState.NOT_HERE:
                text = self._obstacle(status.obstacle)
        return text.replace("{keys}", keys).replace("{command}", COMMAND)

    def _obstacle(self, obstacle: KeyObstacle | None) -> str:
        match obstacle:
            case KeyObstacle.NO_PORTAL:
                return self.tr(
                    "Not possible here: this Wayland desktop gives programs no keys. In its own keyboard settings, "
                    "give a key to the command “{command}”."
                )
            case KeyObstacle.NO_LIBRARY:
                return self.tr("Not possible here: the library libxcb (on Wayland: jeepney) is not installed.")
            case KeyObstacle.NO_SUCH_KEY:
                return self.tr("This keyboard has no key {keys}. Take another one.")
            case KeyObstacle.NOT_GRANTED:
                return self.tr("The system refuses this key and does not say why. Take another one.")
            case _:
                return self.tr("Not possible here: there is no desktop that could give the toolbar a key.")
