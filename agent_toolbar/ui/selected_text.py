"""The text that a person has selected in any program, else what was copied. GUI thread; nothing waits on an X server.

Elsewhere than on X11 it is asked of Qt, which knows a selection on Wayland only while a window of ours has the
keyboard, and on Windows and macOS the clipboard alone: a selection could be had there only by pressing keys for people.
"""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QWindow

from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.selected_text import LONGEST_TEXT
from agent_toolbar.ui.x11_connection import X11Connection

OnText = Callable[[str | LinkError], None]

ANSWER_MS = 1_000
_MOST_BYTES = 4 * LONGEST_TEXT + 4  # of UTF-8
_SELECTION_NOTIFY = 31
_SENT_BY_A_PROGRAM = 0x80


class SelectedText(QObject):
    """Plain text of bounded length: `LONGEST_TEXT` and one more character says that there is more."""

    @abstractmethod
    def ask(self, activation_token: str, on_text: OnText) -> None:
        """Answers once, at once or later: the text, "" for none, or LinkError("selection_no_answer").

        What was asked before and has no answer yet gets none. `activation_token` is the desktop's leave to take the
        keyboard, "" for none; only Wayland needs it.
        """


class QtSelectedText(SelectedText):
    """As Qt's clipboard has it."""

    def ask(self, activation_token: str, on_text: OnText) -> None:
        del activation_token
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text(QClipboard.Mode.Selection) if clipboard.supportsSelection() else ""
        on_text((text.strip() or clipboard.text())[: LONGEST_TEXT + 1])


class WaylandSelectedText(QtSelectedText):
    """A Wayland desktop shows selections only to who has the keyboard, so a window of ours takes it first."""

    def __init__(self, bring_up: Callable[[str], None], parent: QObject | None = None) -> None:
        """`bring_up` gives a window of ours the keyboard, with the activation token of the desktop."""
        super().__init__(parent)
        self._bring_up = bring_up
        self._on_text: OnText | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(ANSWER_MS)
        self._clock.timeout.connect(self._read)  # without the keyboard there is no text, which is then said
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._focus_came)

    def ask(self, activation_token: str, on_text: OnText) -> None:
        if QGuiApplication.focusWindow() is not None:
            super().ask(activation_token, on_text)
            return
        self._on_text = on_text
        self._clock.start()
        self._bring_up(activation_token)

    def _focus_came(self, window: QWindow | None) -> None:
        if window is not None and self._on_text is not None:
            QTimer.singleShot(0, self._read)  # the selection is told just after the keyboard

    def _read(self) -> None:
        on_text, self._on_text = self._on_text, None
        self._clock.stop()
        if on_text is not None:
            super().ask("", on_text)


class X11SelectedText(SelectedText):
    """Asks the owners of PRIMARY and then CLIPBOARD (ICCCM section 2) as UTF-8, then as Latin-1."""

    def __init__(self, connection: X11Connection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._window = connection.hidden_window() if connection.alive else 0
        self._steps: list[tuple[str, str]] = []
        self._on_text: OnText | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(ANSWER_MS)
        self._clock.timeout.connect(lambda: self._answer(LinkError("selection_no_answer")))
        connection.happened.connect(self._happened)

    def ask(self, activation_token: str, on_text: OnText) -> None:
        del activation_token
        self._on_text = on_text
        self._steps = [(name, kind) for name in ("PRIMARY", "CLIPBOARD") for kind in ("UTF8_STRING", "STRING")]
        self._clock.start()
        self._next()

    def _next(self) -> None:
        if not self._connection.alive or not self._steps:
            self._answer("")
            return
        connection = self._connection
        selection, target = self._steps[0]
        connection.convert_selection(
            self._window, connection.atom(selection), connection.atom(target), connection.atom(_into(selection, target))
        )

    def _happened(self, event: bytes) -> None:
        if event[0] & ~_SENT_BY_A_PROGRAM != _SELECTION_NOTIFY or self._on_text is None or not self._steps:
            return
        selection, target, given = (int.from_bytes(event[at : at + 4], sys.byteorder) for at in (12, 16, 20))
        wanted = self._steps[0]
        if (selection, target) != (self._connection.atom(wanted[0]), self._connection.atom(wanted[1])):
            return  # late, of a question before
        self._steps.pop(0)
        text = self._read(given) if given else ""
        if text.strip():
            self._answer(text)
        else:
            self._next()

    def _read(self, given: int) -> str:
        """More than fits is told piece by piece (INCR), or in a property that is longer than what is read."""
        kind, held, complete = self._connection.take_property(self._window, given, _MOST_BYTES)
        if not complete or kind == self._connection.atom("INCR"):
            return "…" * (LONGEST_TEXT + 1)
        return held.decode("utf-8" if kind == self._connection.atom("UTF8_STRING") else "latin-1", "replace")

    def _answer(self, text: str | LinkError) -> None:
        on_text, self._on_text = self._on_text, None
        self._steps = []
        self._clock.stop()
        if on_text is not None:
            on_text(text)


def _into(selection: str, target: str) -> str:
    """The property in which the answer is wanted: one for each question, so that no late answer is taken for ours."""
    return f"AGENT_TOOLBAR_{selection}_{target}"
