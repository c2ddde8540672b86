"""The question whether a call that nobody typed is to be made, below the bar. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.call_actions import refusal_of_dial
from agent_toolbar.application.toolbar_state import DialRequestView, ToolbarState
from agent_toolbar.domain.dial_request import AskReason
from agent_toolbar.i18n.dial_request_sentences import ask_reason_text, dial_source_text, request_country_text
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.dial_field import DialField
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON
from agent_toolbar.ui.tokens import Tone

_MOST_NAMES = 2
_TONES = {
    AskReason.EMERGENCY: Tone.FAULT,
    AskReason.SETTINGS: Tone.ACCENT,
}


class DialRequestRow(FlowRow):
    """Opens with a request and goes with it. What it asks stands in the dial field too, unless somebody types there.

    Attributes:
        call, leave: the two answers. Both do nothing while the question has only just appeared.
    Signals:
        appeared: a request stands there that did not before.
        painted: a request is on the screen for the first time (its id).
    """

    appeared = Signal()
    painted = Signal(str)

    def __init__(self, look: Look, orders: Orders, field: DialField) -> None:
        super().__init__(look)
        self._orders = orders
        self._field = field
        self._request: DialRequestView | None = None
        self._tone = Tone.ACCENT
        self._painted = ""
        self._icon = IconLabel(look, tokens.ICON)
        self.text = WrappingLabel(look)
        self.call = BarButton(look, Icon.CALL, height=BUTTON, raised=True)
        self.leave = BarButton(look, Icon.CLOSE, height=BUTTON, raised=True)
        self.add(self._icon, leads=True)
        self.add(self.text)
        self._answers = QWidget()  # both in one line, however narrow the bar is
        side_by_side = QHBoxLayout(self._answers)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(look.theme.px(tokens.SPACE_S))
        side_by_side.addWidget(self.call)
        side_by_side.addWidget(self.leave)
        self.add(self._answers)
        self.call.clicked.connect(orders.confirm_dial_request)
        self.leave.clicked.connect(orders.dismiss_dial_request)

    @property
    def is_open(self) -> bool:
        return self._request is not None

    def show_state(self, state: ToolbarState) -> None:
        """Fills the dial field and gives back what stood there, too."""
        before, request = self._request, state.dial_request
        self._request = request
        is_new = request is not None and (before is None or before.id != request.id)
        if request is None:
            self._field.give_back()
            if self.window().focusWidget() in {self.call, self.leave}:  # not to whatever stands next
                self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if is_new:
            self._field.offer_request(request.shown)
        was_possible = self.call.isEnabled()
        self._draw(request, state)
        # Such as when a toolbar that the link started is connected; who is about to say no shall not say yes.
        if self.call.isEnabled() and not was_possible and not self.leave.hasFocus():
            self.take_keyboard()
        if is_new:
            self.appeared.emit()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def take_keyboard(self) -> None:
        """Only from nobody: whoever types or is at a button of the active window keeps it."""
        window = self.window()
        owner = window.focusWidget()
        free = owner is None or owner in {window, self.call, self.leave} or owner is self._field
        if self.call.isEnabled() and (free or not window.isActiveWindow()) and not self._typing(owner):
            self.call.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.soft(self._tone))
        painter.drawRect(QRectF(self.rect()))
        if self._request is not None and self._request.id != self._painted:
            request_id = self._painted = self._request.id
            QTimer.singleShot(0, self, lambda: self.painted.emit(request_id))  # after the picture went to the screen

    # ------------------------------------------------------------------ inside

    def _typing(self, owner: QWidget | None) -> bool:
        return owner is self._field and self._field.is_typed_in

    def _draw(self, request: DialRequestView, state: ToolbarState) -> None:
        refused = refusal_of_dial(state)
        why = refusal_text(refused) if refused is not None else ""
        whom = call_words.SEPARATOR.join(filter(None, (*_names(request), request.shown, request_country_text(request))))
        question = self.tr("Call %1?").replace("%1", whom, 1)
        reasons = " ".join(filter(None, (dial_source_text(request), ask_reason_text(request.reason), why)))
        self.text.setText(f"{question}\n{reasons}")
        self.setAccessibleName(f"{question} {reasons}")
        self._tone = _TONES.get(request.reason, Tone.NOT_READY)
        self._icon.show_icon(Icon.CALL if request.reason is AskReason.SETTINGS else Icon.WARNING, self._tone)
        self.call.show_word(self.tr("Call"))
        self.call.explain(self.tr("Call"), key=self.tr("Enter"), refusal=why, name=question)
        self.leave.show_word(self.tr("Do not call"))
        self.leave.explain(self.tr("Do not call"), key=key_text("Escape"))
        self.arrange()
        self.update()


def _names(request: DialRequestView) -> tuple[str, ...]:
    """Of whom it may be, with their companies; a few are named."""
    named = [match for match in request.matches if match.name]
    if len(named) == 1:
        return (named[0].name, named[0].company)
    names = ", ".join(match.name for match in named[:_MOST_NAMES])
    return (f"{names}…" if len(named) > _MOST_NAMES else names,)
