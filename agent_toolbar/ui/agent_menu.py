"""The menu of the agent's state: what can be chosen, what the telephone system makes of it, and the day so far."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from agent_toolbar.application.ports.settings import Reason
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.i18n.formats import timer_text
from agent_toolbar.i18n.sentences import after_call_text, agreement_text, label_text, reason_text
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import menu_text
from agent_toolbar.ui.swatch import swatch_icon
from agent_toolbar.ui.tokens import Tone

_TAKES_CALLS = frozenset({AgentState.READY, AgentState.RINGING})


class AgentMenu(QMenu):
    """Made anew each time it opens.

    Attributes:
        ready, not_ready, wrap_up: those entries; reasons: by code; totals: the lines of today.
    """

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._toolbar = toolbar
        self._orders = orders
        self._followed: tuple[AgentStatus, tuple[Reason, ...], str] | None = None
        self.setProperty("informs", True)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Entries as of now."""
        status = self._toolbar.state.agent
        reasons = self._orders.agent.reasons
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()  # it may be just the one that was chosen
        self.reasons: dict[str, QAction] = {}
        chosen = _chosen(status, is_ready=self._orders.agent.is_ready)
        choose = self._orders.agent.choose
        self.ready = self._choice(self.tr("Ready"), Icon.READY, Tone.READY, chosen == (True, ""), lambda: choose(True))
        self.not_ready = self._choice(
            self.tr("Not ready"), Icon.NOT_READY, Tone.NOT_READY, chosen == (False, ""), lambda: choose(False)
        )
        for reason in reasons:
            code = reason.code
            words = label_text(reason) + ("…" if reason.needs_note else "")
            self.reasons[code] = self._choice(
                words,
                Icon.NOT_READY,
                Tone.NOT_READY,
                chosen == (False, code),
                self._away_for(code),
                colour=reason.colour,
            )
        self.addSeparator()
        this, last = self.tr("Wrap up this call"), self.tr("Record of the last call")
        words = this if self._toolbar.state.calls else last
        self.wrap_up = self._choice(words, Icon.WRAP_UP, Tone.ACCENT, False, self._orders.agent.begin_wrap_up)
        told = [after_call_text(status, reasons), agreement_text(status.agreement)]
        if any(told):
            self.addSeparator()
            for words in filter(None, told):
                self._line(words[:1].upper() + words[1:])
        self.addSeparator()
        self.totals = [self._line(f"{words}\t{timer_text(seconds)}") for words, seconds in self._today(status)]

    def follow(self) -> None:
        """For a desktop that shows the menu of the tray itself and never says that it opens."""
        moment = (self._toolbar.state.agent, self._orders.agent.reasons, QLocale().name())
        if moment != self._followed and not self.isVisible():
            self._followed = moment
            self.refresh()

    # ------------------------------------------------------------------ inside

    def _choice(
        self, words: str, icon: Icon, tone: Tone, chosen: bool, action: Callable[[], object], *, colour: str = ""
    ) -> QAction:
        """The one in force has a tick in place of its icon, and is strong. A reason of its own colour has a dot."""
        shown, ink = (Icon.DONE, Tone.ACCENT) if chosen else (icon, tone)
        sign = self._look.icons.icon(shown, ink)
        if colour:
            sign = swatch_icon(self._look.theme, colour, ticked=self._look.icons if chosen else None)
        added = self.addAction(sign, menu_text(words))
        if chosen:
            added.setFont(self._look.theme.font(strong=True))
            added.setCheckable(True)
            added.setChecked(True)
        added.triggered.connect(action)
        return added

    def _away_for(self, reason: str) -> Callable[[], object]:
        return lambda: self._orders.agent.choose(False, reason)

    def _line(self, words: str) -> QAction:
        """Something to read."""
        added = self.addAction(menu_text(words))
        added.setEnabled(False)
        return added

    def _today(self, status: AgentStatus) -> list[tuple[str, float]]:
        """What was done today, the running spell included."""
        totals = status.totals
        running = 0.0
        begun_s = totals.until_s or status.since_s
        if begun_s:
            running = max(0.0, self._look.now_s() - begun_s)
        away = dict(totals.not_ready_s)
        if status.state is AgentState.NOT_READY:
            away[status.reason] = away.get(status.reason, 0.0) + running
        lines = [
            (self.tr("Today: ready"), totals.ready_s + (running if status.state in _TAKES_CALLS else 0.0)),
            (self.tr("In talk"), totals.talk_s + (running if status.state is AgentState.ON_CALL else 0.0)),
            (self.tr("Records"), totals.wrap_up_s + (running if status.state is AgentState.WRAP_UP else 0.0)),
        ]
        for code, seconds in away.items():
            words = reason_text(code, self._orders.agent.reasons)
            lines.append((self.tr("Not ready: %1").replace("%1", words) if words else self.tr("Not ready"), seconds))
        return lines


def _chosen(status: AgentStatus, *, is_ready: bool) -> tuple[bool, str] | None:
    """The choice that has the tick: ready or not, and the reason. None in a wrap-up, where none is in force."""
    if status.state is AgentState.WRAP_UP:
        return None
    if is_ready:
        return True, ""
    if status.after_call is not None:
        return False, status.after_call.reason
    return False, status.reason or ("" if status.state is AgentState.NOT_READY else status.desired.reason)
