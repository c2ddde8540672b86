"""The further calls, one row each, below the bar: who, how it stands, and what can be done with it at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_toolbar.application.call_actions import CallAction, refusal
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.call_buttons import WIDE
from agent_toolbar.ui.call_drag import CallDrag
from agent_toolbar.ui.call_zone import CallTimer, ImportanceSign
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.tokens import Tone

_ROW_HEIGHT = 40
_BUTTON = 32


class OtherCallRow(QWidget):
    """One further call. Its first button answers or takes back, its second declines or hangs up.

    A `short` one, for the card, has just sign, name and buttons, and takes no keys.
    """

    def __init__(self, look: Look, orders: Orders, call_id: str, *, short: bool = False) -> None:
        super().__init__()
        self._look = look
        self.call_id = call_id
        self._orders = orders
        self._guard = RingGuard(look.steady_s)
        self._guard.now_shows(call_id)
        px = look.theme.px
        self._ringing = False
        self._icon = IconLabel(look, tokens.ICON)
        self._name = PlainLabel(look, strong=True, elastic=True)
        self._importance = ImportanceSign(look)
        self._standing = PlainLabel(look)
        self._details = PlainLabel(look, Tone.MUTED, elastic=True)
        self._timer = CallTimer(look, Tone.MUTED)
        self._timer.fit_to("0:00:00")
        self.take = BarButton(look, Icon.RESUME, width=WIDE, height=_BUTTON)
        self.end = BarButton(look, Icon.HANG_UP, width=WIDE, height=_BUTTON)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(px(tokens.SPACE_S))
        row.addWidget(self._icon)
        row.addWidget(self._name, 2)
        more = QWidget()
        about = QHBoxLayout(more)
        about.setContentsMargins(0, 0, 0, 0)
        about.setSpacing(px(tokens.SPACE_S))
        about.addWidget(self._importance)
        about.addWidget(self._standing)
        about.addWidget(self._details, 1)
        row.addWidget(more, 3)
        row.addWidget(self._timer)
        row.addSpacing(px(tokens.SPACE_S))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(tokens.SPACE_XS))
        buttons.addWidget(self.take)
        buttons.addWidget(self.end)
        row.addLayout(buttons)
        more.setVisible(not short)
        if short:
            row.setContentsMargins(0, 0, 0, 0)
            for button in (self.take, self.end):
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(px(_ROW_HEIGHT))
        if not short:
            CallDrag(look, orders, self, lambda: self.call_id)
        self.take.clicked.connect(self._take)
        self.end.clicked.connect(self._end)

    def end_at(self, distance: int) -> None:
        """Pixels between the last button and the right edge, so that it stands below the bar's own hang up."""
        self._row.setContentsMargins(self._look.theme.px(tokens.SPACE_XL), 0, distance, 0)

    def show_call(self, view: CallView, state: ToolbarState) -> None:
        call = view.call
        self._ringing = call.state is CallState.RINGING
        icon, word = call_words.direction(call)
        standing, tone = call_words.standing(call, self._look.now_s())
        name = call_words.title(view)
        self._icon.show_icon(icon, tone, word)
        self._name.show_text(name)
        self._importance.show_importance(call_words.importance(view))
        self._standing.show_text(standing, tone)
        told = (call_words.story(view), call_words.company(view), call_words.number_beside(view))
        details = [text for text in told if text]
        self._details.show_text(call_words.SEPARATOR.join(details))
        self._timer.count_from(call_words.counts_from_s(call))
        action = CallAction.ANSWER if self._ringing else CallAction.RESUME
        refused = refusal(action, state, view)
        why = refusal_text(refused) if refused is not None else ""
        if self._ringing:
            self.take.show_icon(Icon.ANSWER, Tone.READY)
            self.take.explain(self.tr("Answer"), refusal=why, name=self.tr("Answer %1").replace("%1", name))
        else:
            self.take.show_icon(Icon.RESUME, Tone.TEXT)
            self.take.explain(
                self.tr("Talk to this one, hold the other"),
                refusal=why,
                name=self.tr("Talk to %1").replace("%1", name),
            )
        self.end.show_icon(Icon.HANG_UP, Tone.FAULT)
        verb = self.tr("Decline") if self._ringing else self.tr("Hang up")
        self.end.explain(verb, name=f"{verb}: {name}")

    def _take(self) -> None:
        if not self._ringing:
            self._orders.resume(self.call_id)
        elif self._guard.may_act(self.call_id):
            self._orders.answer(self.call_id)

    def _end(self) -> None:
        if not self._ringing or self._guard.may_act(self.call_id):
            self._orders.hang_up(self.call_id)


class OtherCalls(QWidget):
    """All calls but the current one, oldest first; rows keep their order while calls come and go.

    Signals:
        height_changed: there are more or fewer rows now.
    """

    height_changed = Signal()

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._orders = orders
        self._rows: dict[str, OtherCallRow] = {}
        self._distance = look.theme.px(tokens.SPACE_S)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, look.theme.px(tokens.SPACE_XS))
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    @property
    def rows(self) -> list[OtherCallRow]:
        return list(self._rows.values())

    def end_at(self, distance: int) -> None:
        """See OtherCallRow.end_at."""
        self._distance = distance
        for row in self._rows.values():
            row.end_at(distance)

    def show_state(self, state: ToolbarState) -> list[str]:
        """Answers which calls are among them that were not before."""
        views = {view.call.id: view for view in state.calls if view.call.id != state.current}
        gone = [call_id for call_id in self._rows if call_id not in views]
        new = [call_id for call_id in views if call_id not in self._rows]
        for call_id in gone:
            row = self._rows.pop(call_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for call_id in new:
            row = OtherCallRow(self._look, self._orders, call_id)
            row.end_at(self._distance)
            self._rows[call_id] = row
            self._column.addWidget(row)
            row.show()
        for call_id, view in views.items():
            self._rows[call_id].show_call(view, state)
        if gone or new:
            self.height_changed.emit()
        return new
