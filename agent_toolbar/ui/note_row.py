"""The one line that an agent writes about a call, below the bar; kept at each pause in typing. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.context import NOTE_LENGTH
from agent_toolbar.domain.text import plain_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON
from agent_toolbar.ui.tokens import Tone

PAUSE_MS = 400
_SIGN = 16
_WIDEST = 10_000


class NoteRow(FlowRow):
    """Bound to one call: what was typed for it never becomes another call's note.

    Signals:
        close_asked: Enter or the cross.
    """

    close_asked = Signal()

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._orders = orders
        self._bound = ""
        self._ended = False
        self._kept = ""
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.edit = QLineEdit()
        self.edit.setMaxLength(NOTE_LENGTH)
        self._sign = IconLabel(look, _SIGN)
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.add(self._icon, leads=True)
        self.add(self.caption)
        self.add(self.edit, least=220, most=_WIDEST)
        self.add(self._sign)
        self.set_corner(self.close_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self.keep)
        self.edit.returnPressed.connect(self.close_asked)
        self.close_button.clicked.connect(self.close_asked)

    # ------------------------------------------------------------------ what the owner says

    @property
    def bound(self) -> str:
        """The call whose note this is, "" for none."""
        return self._bound

    @property
    def in_use(self) -> bool:
        """Somebody types here."""
        return self.edit.hasFocus()

    def show_state(self, state: ToolbarState, subject: str, *, by_itself: bool) -> None:
        """`subject`: the call that the note would be about; whoever types stays with the call of before.

        `by_itself`: it was opened for its own sake and can be closed, not only along with the transfer.
        """
        shown = {view.call.id: view for view in (*state.just_ended, *state.calls)}
        stays = self._bound in shown and (self.in_use or self._pause.isActive())
        if not stays and subject in shown and subject != self._bound and self.keep():
            self._bound = subject
            self._take(shown[subject].note)
        view = shown.get(self._bound)
        if view is None:
            if not self.in_use and self.keep():
                self._bound = ""
            return
        self._ended = not view.call.live
        if not self.in_use and not self._pause.isActive() and view.note != self._kept:
            self._take(view.note)  # written elsewhere
        self._icon.show_icon(Icon.WRITE, Tone.ACCENT)
        self.caption.setText(self.tr("Note on %1").replace("%1", call_words.title(view)))
        self.edit.setPlaceholderText(self.tr("What matters for whoever talks to them next"))
        self.edit.setAccessibleName(self.caption.text())
        self.close_button.setVisible(by_itself)
        self.close_button.explain(self.tr("Close, the note is kept"), key=key_text("Escape"))
        self._show_kept()
        self.arrange()

    def begin(self) -> None:
        """Gives the line the keyboard, at its end."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.deselect()
        self.edit.end(False)

    def keep(self) -> bool:
        """Passes on what was typed, if that is new; answers False when it could not be kept and still stands here."""
        self._pause.stop()
        text = plain_text(self.edit.text(), NOTE_LENGTH)
        if self._bound and text != self._kept and self._orders.note(text, self._bound):
            self._kept = text
        self._show_kept()
        return not self._bound or text == self._kept

    # ------------------------------------------------------------------ Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    # ------------------------------------------------------------------ inside

    def _take(self, note: str) -> None:
        self._kept = note
        self.edit.setText(note)

    def _typed(self) -> None:
        if self._ended:
            self.keep()  # nobody knows how long the ended call is still shown
        else:
            self._pause.start()
            self._show_kept()

    def _show_kept(self) -> None:
        kept = bool(self._kept) and not self._pause.isActive()
        self._sign.show_icon(Icon.DONE if kept else None, Tone.READY, self.tr("Kept") if kept else "")
