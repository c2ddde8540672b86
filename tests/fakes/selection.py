"""A desktop whose key and selected text the test decides."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.key_combination import KeyCombination, read_keys
from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, KeyState, KeyStatus
from agent_toolbar.ui.selected_text import OnText, SelectedText


def keys(spelled: str) -> KeyCombination:
    read = read_keys(spelled)
    assert isinstance(read, KeyCombination), spelled
    return read


class FakeKey(GlobalKey):
    """Attributes: answer: what the next `register` comes to; asked: spelling of every key so far, "" for none."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = KeyState.REGISTERED
        self.asked: list[str] = []

    def unregister(self) -> None:
        self.asked.append("")
        super().unregister()

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        assert purpose
        self.asked.append(keys.spelled)
        self._now(self.answer, keys)

    def _let_go(self) -> None:
        """Nothing was taken."""


class FakeSelectedText(SelectedText):
    """Attributes: text: what is selected. late: answers are kept back in `kept`."""

    def __init__(self, text: str | LinkError = "") -> None:
        super().__init__()
        self.text = text
        self.tokens: list[str] = []
        self.late = False
        self.kept: list[OnText] = []

    def ask(self, activation_token: str, on_text: OnText) -> None:
        self.tokens.append(activation_token)
        if self.late:
            self.kept.append(on_text)
        else:
            on_text(self.text)


class FakeKeyWatch(QObject):
    """Of the settings: a status that the test decides."""

    status_changed = Signal()

    def __init__(self, status: KeyStatus | None = None) -> None:
        super().__init__()
        self._status = status or KeyStatus()
        self.tries = 0

    @property
    def status(self) -> KeyStatus:
        return self._status

    def show(self, state: KeyState, spelled: str = "", obstacle: KeyObstacle | None = None, shown: str = "") -> None:
        self._status = KeyStatus(state, keys(spelled) if spelled else None, obstacle, shown)
        self.status_changed.emit()

    def try_again(self) -> None:
        self.tries += 1
