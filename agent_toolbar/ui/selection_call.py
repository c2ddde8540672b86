"""Calls the text that is selected in any program: by a key of the whole desktop, by menu or by command. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentToolbarError, LinkError
from agent_toolbar.domain.key_combination import KeyCombination, read_keys
from agent_toolbar.domain.selected_text import number_in
from agent_toolbar.ui.global_key import GlobalKey, KeyStatus
from agent_toolbar.ui.selected_text import SelectedText

OnDone = Callable[[str, AgentToolbarError | None], None]


class SelectionCall(QObject):
    """Nothing is dialled here: the toolbar asks the person, as for a link.

    Signals:
        status_changed: `status` of the key is another one.
        asked: a number is put to the person; the desktop's activation token, "" for none.
        refused: why nothing is asked (AgentToolbarError).
    """

    status_changed = Signal()
    asked = Signal(str)
    refused = Signal(AgentToolbarError)

    def __init__(self, toolbar: Toolbar, key: GlobalKey, selected: SelectedText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toolbar = toolbar
        self._key = key
        self._selected = selected
        self._wanted = ""
        key.pressed.connect(self.call)
        key.changed.connect(self.status_changed)

    @property
    def status(self) -> KeyStatus:
        """Of the global key."""
        return self._key.status

    def use(self, settings: Settings) -> None:
        """The key that the settings name, or none; one that is registered already stays so."""
        wanted = settings.links.selection_key
        if wanted != self._wanted:
            self._wanted = wanted
            self.try_again()

    def try_again(self) -> None:
        """Asks for the key of the settings once more: who had it may have let it go."""
        keys = read_keys(self._wanted)
        if isinstance(keys, KeyCombination):
            self._key.register(keys, self.tr("Call the selected text"))
        else:
            self._key.unregister()

    def close(self) -> None:
        """The key belongs to the other programs again."""
        self._key.close()

    def call(self, activation_token: str = "", on_done: OnDone | None = None) -> None:
        """Asks for the number that is selected. `on_done`: the id of the request ("" if it was dialled at once), or
        why there is none.
        """
        self._selected.ask(activation_token, lambda text: self._read(text, activation_token, on_done))

    def _read(self, text: str | LinkError, activation_token: str, on_done: OnDone | None) -> None:
        try:
            if isinstance(text, LinkError):
                raise text
            number = number_in(text, self._toolbar.settings.numbers.plan())
            request = self._toolbar.request_dial(number, DialSource.SELECTION)
        except AgentToolbarError as error:
            self.refused.emit(error)
            if on_done is not None:
                on_done("", error)
            return
        if request:
            self.asked.emit(activation_token)
        if on_done is not None:
            on_done(request, None)
