"""The shortcuts page: one key combination per action, conflicts refused in words. GUI thread."""

from __future__ import annotations

import re

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QPushButton, QWidget

from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage

ACTIONS: dict[str, str] = {
    "answer": QT_TRANSLATE_NOOP("Shortcut", "Answer"),
    "hang_up": QT_TRANSLATE_NOOP("Shortcut", "Hang up"),
    "hold": QT_TRANSLATE_NOOP("Shortcut", "Put on hold or resume"),
    "mute": QT_TRANSLATE_NOOP("Shortcut", "Mute or unmute"),
    "keypad": QT_TRANSLATE_NOOP("Shortcut", "Keypad"),
    "dial_field": QT_TRANSLATE_NOOP("Shortcut", "Dial field"),
    "ready": QT_TRANSLATE_NOOP("Shortcut", "Ready or not ready"),
    "transfer": QT_TRANSLATE_NOOP("Shortcut", "Hand over"),
    "consult": QT_TRANSLATE_NOOP("Shortcut", "Ask a colleague first"),
    "complete": QT_TRANSLATE_NOOP("Shortcut", "Hand over after asking"),
    "swap": QT_TRANSLATE_NOOP("Shortcut", "Talk to the other one"),
    "take_back": QT_TRANSLATE_NOOP("Shortcut", "Back to the customer"),
    "conference": QT_TRANSLATE_NOOP("Shortcut", "Conference"),
    "note": QT_TRANSLATE_NOOP("Shortcut", "Note"),
    "wrap_up": QT_TRANSLATE_NOOP("Shortcut", "Finish the record of a call"),
    "doctor": QT_TRANSLATE_NOOP("Shortcut", "Why am I not getting calls?"),
    "history": QT_TRANSLATE_NOOP("Shortcut", "History"),
    "settings": QT_TRANSLATE_NOOP("Shortcut", "Settings"),
}
_MODIFIER = re.compile(r"(Ctrl|Alt|Meta)\+")
_FUNCTION_KEY = re.compile(r"(Shift\+)?F[0-9]{1,2}")


def action_text(action: str) -> str:
    """What a shortcut does, in words."""
    return QCoreApplication.translate("Shortcut", ACTIONS[action])


def action_of(spelled: str, shortcuts: ShortcutSettings, but: str = "") -> str:
    """The action other than `but` that these keys belong to, "" for none; `spelled` as in the settings."""
    keys = QKeySequence.fromString(spelled)
    return next((one for one in ACTIONS if one != but and QKeySequence.fromString(getattr(shortcuts, one)) == keys), "")


def types_text(keys: QKeySequence) -> bool:
    """True for a key that somebody needs for typing: neither a function key nor held with Ctrl, Alt or Meta."""
    spelled = keys.toString(QKeySequence.SequenceFormat.PortableText)
    return not _FUNCTION_KEY.fullmatch(spelled) and not _MODIFIER.search(spelled)


class ShortcutsPage(SettingsPage):
    """Shortcuts work while a window of the toolbar has the keyboard."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Shortcuts"))
        self._edits: dict[str, QKeySequenceEdit] = {}
        self._notices: dict[str, Notice] = {}
        self.body.insertWidget(
            1, Notice(self.tr("They work while the toolbar has the keyboard. Click, then press the keys."))
        )
        for action in ACTIONS:
            edit = QKeySequenceEdit()
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            field = edit.findChild(QLineEdit)
            if field is not None:  # the part that takes the focus must say what it is
                field.setAccessibleName(action_text(action))
            self._edits[action] = edit
            self._notices[action] = self.add_row(action_text(action), edit, key=f"shortcuts.{action}")
            edit.editingFinished.connect(lambda action=action: self._change(action))
        self._show(toolbar.settings.shortcuts)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self.reset_button = QPushButton(self.tr("Back to the usual keys"))
        self.reset_button.clicked.connect(self._reset)
        line.addWidget(self.reset_button)
        line.addStretch()
        self._reset_notice = self.add_wide(row)
        self.body.addStretch()

    def edit(self, action: str) -> QKeySequenceEdit:
        return self._edits[action]

    def problem(self, action: str) -> str:
        """Why the keys of `action` were refused, "" if they were not."""
        return self._notices[action].text()

    def _show(self, shortcuts: ShortcutSettings) -> None:
        for action, edit in self._edits.items():
            edit.setKeySequence(QKeySequence.fromString(getattr(shortcuts, action)))

    def _change(self, action: str) -> None:
        keys = self._edits[action].keySequence()
        notice = self._notices[action]
        shortcuts = self.toolbar.settings.shortcuts
        if not keys.isEmpty():
            if types_text(keys):
                notice.say(self.tr("This key is needed for typing. Hold Ctrl or Alt with it, or take a function key."))
                return
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            taken = action_of(keys.toString(), shortcuts, action)
            if taken:
                text = self.tr("{keys} is used for “{action}” already. Take other keys, or change those first.")
                notice.say(text.format(keys=shown, action=action_text(taken)))
                return
            if QKeySequence.fromString(self.toolbar.settings.links.selection_key) == keys:
                text = self.tr("{keys} calls the selected text in every program. Take other keys, or change that one.")
                notice.say(text.format(keys=shown))
                return
        self._apply(msgspec.structs.replace(shortcuts, **{action: keys.toString()}), notice)

    def _apply(self, shortcuts: ShortcutSettings, notice: Notice) -> None:
        settings = self.toolbar.settings
        if shortcuts != settings.shortcuts:
            self.change(msgspec.structs.replace(settings, shortcuts=shortcuts), notice)
        else:
            notice.clear_problem()

    def _reset(self) -> None:
        self._apply(ShortcutSettings(), self._reset_notice)
        self._show(self.toolbar.settings.shortcuts)
        for notice in self._notices.values():
            notice.clear_problem()
