"""The row in which the record of a call is finished, open while the wrap-up is. GUI thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState, WrapUpView
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.wrap_up import SUBJECT_LENGTH, MissingField, WrapUp
from agent_toolbar.i18n.formats import timer_text
from agent_toolbar.i18n.sentences import missing_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.disposition_choice import DispositionChoice
from agent_toolbar.ui.finding_choice import FindingChoice
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.follow_up_choice import FollowUpChoice
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel, WrappingLabel
from agent_toolbar.ui.line_button import LineButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.tokens import Tone

PAUSE_MS = 300
SOON_S = 10.0  # from here on the countdown is amber, and each letter is kept at once
FINISH_KEY = "Ctrl+Return"
_WIDEST = 10_000


class WrapUpPanel(FlowRow):
    """Bound to one record; what was typed for it never becomes another one's.

    A field takes what the state says only where that is new: what stands in it is else newer than the state.
    """

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders) -> None:
        super().__init__(look)
        self._toolbar = toolbar
        self._orders = orders
        self._view: WrapUpView | None = None
        self._known = WrapUp("")  # the fields as the application has them, as far as we know
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.subject = QLineEdit()
        self.subject.setMaxLength(SUBJECT_LENGTH)
        self.countdown = PlainLabel(look, Tone.MUTED)
        self.more = LineButton(look)
        self.add(self._icon, leads=True)
        self.add(self.caption, most=320)
        self.add(self.subject, least=260, most=_WIDEST)
        self.add(self.countdown)
        self.add(self.more)
        self.disposition = DispositionChoice(look, self)
        self.follow_up = FollowUpChoice(self, look.now_s)
        self.finding = FindingChoice(self)
        self.missing = WrappingLabel(look, Tone.NOT_READY)
        self.finish = LineButton(look)
        self.stay_away = LineButton(look)
        ends = QWidget()  # these two stay together
        both = QHBoxLayout(ends)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(look.theme.px(tokens.SPACE_S))
        both.addWidget(self.finish)
        both.addWidget(self.stay_away)
        for part in (self.finding, self.missing, ends):
            self.add(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._wire()

    def _wire(self) -> None:
        agent = self._orders.agent
        self.subject.textEdited.connect(self._typed)
        self.subject.editingFinished.connect(self.keep)
        self.disposition.chosen.connect(self._choose_disposition)
        self.follow_up.chosen.connect(lambda day: agent.edit_wrap_up(follow_up=day))
        self.finding.chosen.connect(self._choose_finding)
        self.more.clicked.connect(agent.extend_wrap_up)
        self.finish.clicked.connect(lambda _checked: agent.finish_wrap_up())
        self.stay_away.clicked.connect(lambda: agent.finish_wrap_up(not_ready=True))
        agent.finishing.connect(self.keep)
        agent.finish_refused.connect(self._to_what_is_missing)
        self._look.ticker.ticked.connect(self._count)

    # ------------------------------------------------------------------ what the owner says

    @property
    def is_open(self) -> bool:
        return self._view is not None

    def show_state(self, state: ToolbarState) -> None:
        view = state.wrap_up
        if view is None or view.wrap_up.call != self._known.call:
            self._let_go()
        self._view = view
        self._look.ticker.want(self, view is not None and bool(view.wrap_up.deadline_s) and not view.waits_for_call)
        if view is None:
            return
        self._retranslate(view)
        self._take(view.wrap_up)
        self._show_missing()
        self._count()
        self.arrange()

    def begin(self) -> None:
        """Gives the subject the keyboard, at its end."""
        self.subject.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.subject.deselect()
        self.subject.end(False)

    def keep(self) -> None:
        """Passes on what was typed, if that is new. What is refused stays in the field."""
        self._pause.stop()
        text = plain_text(self.subject.text(), SUBJECT_LENGTH)
        if self._view is None or text == self._known.subject:
            return
        if self._orders.agent.edit_wrap_up(subject=text):
            self._known = replace(self._known, subject=text)

    # ------------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        """Here the key finishes; a ringing call comes first, and is answered by the same key."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._finishes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._finishes(event):
            self._orders.agent.finish_wrap_up()
        elif event.key() == Qt.Key.Key_F2:
            self.finding.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.finding.showPopup()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    # ------------------------------------------------------------------ inside

    def _finishes(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not pressed or held != Qt.KeyboardModifier.ControlModifier:
            return False
        state = self._toolbar.state
        return refusal(CallAction.ANSWER, state, target(CallAction.ANSWER, state)) is not None

    def _let_go(self) -> None:
        """The record was closed: letters that were typed in its last moment become the call's note."""
        unsaved = plain_text(self.subject.text(), SUBJECT_LENGTH)
        if self._pause.isActive() and self._known.call and unsaved != self._known.subject:
            self._orders.note(unsaved, self._known.call)
        self._pause.stop()
        self._known = WrapUp("")
        self.subject.clear()

    def _take(self, wrap_up: WrapUp) -> None:
        known, self._known = self._known, wrap_up
        new = known.call != wrap_up.call
        if new or wrap_up.subject != known.subject:
            typing = self.subject.hasFocus() or self._pause.isActive()
            if new or not typing:
                self.subject.setText(wrap_up.subject)
        if new or wrap_up.disposition != known.disposition:
            self.disposition.show_code(wrap_up.disposition)
        if new or wrap_up.follow_up != known.follow_up:
            self.follow_up.show_day(wrap_up.follow_up)
        if new or wrap_up.number_finding != known.number_finding:
            self.finding.show_finding(wrap_up.number_finding)

    def _typed(self) -> None:
        """Near its end nobody knows whether another pause comes."""
        remaining = self._remaining_s()
        if remaining is not None and remaining < SOON_S:
            self.keep()
        else:
            self._pause.start()
        self._show_missing()
        self.arrange()

    def _choose_disposition(self, code: str) -> None:
        self._orders.agent.edit_wrap_up(disposition=code)
        self._show_missing()
        self.arrange()

    def _choose_finding(self, finding: NumberFinding) -> None:
        """The row that puts the number right opens below; nothing is written by that."""
        if self._orders.agent.edit_wrap_up(finding=finding):
            call = self._known.call
            self._orders.carry_out(lambda: self._toolbar.doubt_number(call, finding) if finding else None)

    def _to_what_is_missing(self) -> None:
        missing = self._missing()
        if MissingField.SUBJECT in missing:
            self.begin()
        elif MissingField.DISPOSITION in missing:
            self.disposition.focus()

    def _missing(self) -> tuple[MissingField, ...]:
        """As the fields stand now, which may be newer than the state."""
        wanted = self._toolbar.settings.wrap_up
        told = self._view.missing if self._view is not None else ()
        shown = WrapUp("", subject=self.subject.text(), disposition=self.disposition.code)
        return shown.missing(
            needs_subject=wanted.needs_subject or MissingField.SUBJECT in told,
            needs_disposition=wanted.needs_disposition or MissingField.DISPOSITION in told,
        )

    def _show_missing(self) -> None:
        words = missing_text(self._missing())
        self.missing.setText(words)
        self.missing.setVisible(bool(words))

    def _remaining_s(self) -> float | None:
        """None: no limit, or it stands still."""
        if self._view is None or not self._view.wrap_up.deadline_s or self._view.waits_for_call:
            return None
        return self._view.wrap_up.deadline_s - self._look.now_s()

    def _count(self) -> None:
        view = self._view
        if view is None:
            return
        remaining = self._remaining_s()
        if view.waits_for_call:
            self.countdown.show_text(self.tr("Waits for your call"), Tone.MUTED)
        elif remaining is None:
            self.countdown.show_text(self.tr("No time limit"), Tone.MUTED)
        elif remaining <= 0:
            self.countdown.show_text(self.tr("Time is up"), Tone.NOT_READY)
        else:
            words = self.tr("%1 left").replace("%1", timer_text(remaining))
            self.countdown.show_text(words, Tone.NOT_READY if remaining <= SOON_S else Tone.MUTED)
        self.arrange()

    def _retranslate(self, view: WrapUpView) -> None:
        wrap_up = view.wrap_up
        beside = wrap_up.number if wrap_up.title != wrap_up.number else ""
        self._icon.show_icon(Icon.WRAP_UP, Tone.ACCENT)
        self.caption.setText(call_words.SEPARATOR.join(filter(None, (wrap_up.title, beside))) or self.tr("Your call"))
        self.subject.setPlaceholderText(self.tr("What it was about"))
        self.subject.setAccessibleName(self.tr("What the call was about"))
        self.finding.retranslate()
        self.more.show_words(self.tr("More time"), Tone.TEXT)
        self.more.setVisible(bool(wrap_up.deadline_s))
        self.finish.show_words(self.tr("Finish"), Tone.READY)
        does = self.tr("Keep the record and be ready")
        self.finish.setToolTip(tool_tip(f"{does} ({key_text(FINISH_KEY)})"))
        self.stay_away.show_words(self.tr("Finish and stay not ready"), Tone.NOT_READY)
        self.disposition.offer(self._toolbar.settings.wrap_up.dispositions)
        self.follow_up.retranslate()
