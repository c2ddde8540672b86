"""Two windows on a real screen: `work` is what somebody types into, `card` shows an incoming call on a given line.

Run as `python -m tests.lab.card_beside_work work|card FILE`; FILE tells what happened, one fact per line.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.ui.call_popup import CallPopup
from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy


class Facts:
    def __init__(self, file: Path) -> None:
        self._file = file

    def tell(self, fact: str) -> None:
        with self._file.open("a", encoding="utf-8") as facts:
            facts.write(fact + "\n")


class WorkField(QLineEdit):
    """Tells every text and every loss of the keyboard."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts
        self.setWindowTitle("Work")
        self.textChanged.connect(lambda text: facts.tell(f"text {text}"))

    def focusOutEvent(self, event) -> None:
        self._facts.tell("focus lost")
        super().focusOutEvent(event)


class RingingSpy(ToolbarSpy):
    """Tells every order at once."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(sample.READY, Settings())
        self._facts = facts

    def _order(self, *order: object) -> None:
        self._facts.tell(f"order {order[0]}")


def show_work(facts: Facts) -> WorkField:
    field = WorkField(facts)
    field.resize(500, 60)
    field.show()
    return field


def show_card(application: QApplication, facts: Facts) -> tuple[object, ...]:
    """The card appears at the first line on standard input, and rings until the process ends."""
    theme = Theme(application)
    look = Look(theme, Icons(theme), Ticker(time.time), time.time)
    spy = RingingSpy(facts)
    bar = QWidget()
    card = CallPopup(look, Orders(spy, RingGuard(look.steady_s)), lambda: spy.settings, bar)
    card.painted.connect(lambda _call: facts.tell(f"painted {card.x()} {card.y()} {card.width()} {card.height()}"))
    spy.watch(card.show_state)
    began = replace(sample.RINGING_MARIE.call, started_s=time.time(), ringing_s=time.time())
    ringing = sample.with_calls(replace(sample.RINGING_MARIE, call=began))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def line_came() -> None:
        notifier.setEnabled(False)
        spy.show(ringing)

    notifier.activated.connect(line_came)
    facts.tell("waiting")
    return card, bar, notifier, look


def main() -> int:
    application = QApplication(sys.argv[:1])
    facts = Facts(Path(sys.argv[2]))
    kept = show_work(facts) if sys.argv[1] == "work" else show_card(application, facts)
    status = application.exec()
    del kept
    return status


if __name__ == "__main__":
    sys.exit(main())
