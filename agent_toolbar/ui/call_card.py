"""The face of the incoming card: who calls, how surely we know, two large buttons. Plain text, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.contact import ContactMatch, Importance
from agent_toolbar.i18n.formats import time_text
from agent_toolbar.i18n.sentences import importance_text, mark_text, match_text, note_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.call_zone import CallTimer, ImportanceSign
from agent_toolbar.ui.caller_panel import CallerPanel
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.tokens import Tone

_SIGN = 16
_BUTTON_HEIGHT = 44
_SEND_HEIGHT = 28
_MOST_CHOICES = 4
_NOTE_SHOWN = 160  # characters
_NOTE_WIDTH = 312


class FactLine(QWidget):
    """A small sign and one line of text."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._icon = IconLabel(look, _SIGN)
        self._text = PlainLabel(look, elastic=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_S))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)

    def show_fact(self, icon: Icon, text: str, tone: Tone = Tone.MUTED) -> None:
        """Goes when there is nothing to say."""
        self.setVisible(bool(text))
        self._icon.show_icon(icon, tone)
        self._text.show_text(text, tone)


class NoteQuote(QWidget):
    """What a colleague noted, over as many lines as it needs up to a few."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = WrappingLabel(look)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.theme.px(_SIGN + tokens.SPACE_S), 0, 0, look.theme.px(tokens.SPACE_S))
        self._row.addWidget(self._text, 1)
        look.theme.changed.connect(self._fit)

    def show_note(self, note: str) -> None:
        """Goes when there is none; a long one is cut, and whole in the tool tip."""
        self.setVisible(bool(note))
        shown = note if len(note) <= _NOTE_SHOWN else note[: _NOTE_SHOWN - 1].rstrip() + "…"
        self._text.setText(shown)
        self.setToolTip(tool_tip(note) if shown != note else "")
        self._fit()

    def _fit(self) -> None:
        """The card, whose width never changes, asks for the height before this has its width."""
        self._text.ensurePolished()
        self._text.setFixedHeight(self._text.lines_height(self._look.theme.px(_NOTE_WIDTH)))


class CardFace(QWidget):
    """Once it shows a call that the CRM is asked about, nothing on it moves, however late the CRM answers.

    Attributes:
        caller: what the CRM says.
    Signals:
        answer_asked, decline_asked, send_on_asked.
        contact_chosen: which of several it is (contact_id).
    """

    answer_asked = Signal()
    decline_asked = Signal()
    send_on_asked = Signal()
    contact_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = IconLabel(look, _SIGN)
        self._heading = PlainLabel(look, Tone.READY, strong=True, elastic=True)
        self._timer = CallTimer(look, Tone.MUTED)
        self.name = PlainLabel(look, strong=True, large=True, elastic=True)
        self._company = PlainLabel(look, elastic=True)
        self._importance = ImportanceSign(look)
        self._sender = FactLine(look)
        self._note = NoteQuote(look)
        self._number = FactLine(look)
        self._called_on = FactLine(look)
        self._match = FactLine(look)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(0)
        self._choice_buttons: list[BarButton] = []
        self.caller = CallerPanel(look)
        self._place_kept: tuple[str, bool] = ("", False)  # for which call, and whether
        self.answer = BarButton(look, Icon.ANSWER, filled=Tone.READY, height=_BUTTON_HEIGHT)
        self.decline = BarButton(look, Icon.HANG_UP, filled=Tone.FAULT, height=_BUTTON_HEIGHT)
        self.send_on = BarButton(look, Icon.TRANSFER, height=_SEND_HEIGHT)

        self._lay_out()
        for button in (self.answer, self.decline, self.send_on):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys typed for another window must not press it
        self.answer.clicked.connect(self.answer_asked)
        self.decline.clicked.connect(self.decline_asked)
        self.send_on.clicked.connect(self.send_on_asked)

    def show_ringing(self, view: CallView, answer_key: str, decline_key: str, *, has_page: bool = False) -> None:
        self._keep_place(view)
        view = self._as_first_painted(view)
        self._heading.show_text(self.tr("Incoming call"), Tone.READY)
        self._icon.show_icon(Icon.INCOMING, Tone.READY)
        self._timer.count_from(call_words.counts_from_s(view.call))
        self._show_caller(view)
        self.caller.show_caller(view.crm, has_page=has_page)
        name = call_words.title(view)
        self._show_button(self.answer, self.tr("Answer"), answer_key, name)
        self._show_button(self.decline, self.tr("Decline"), decline_key, name)
        self._show_button(self.send_on, self.tr("Send to…"), "", name)

    def show_missed(self, view: CallView) -> None:
        """The caller gave up. Buttons stay where they were, so that a late click does nothing."""
        at = time_text(view.call.ended_s) if view.call.ended_s else ""
        missed = self.tr("Missed call")  # lupdate does not look into an f-string
        self._heading.show_text(f"{missed} {at}".strip(), Tone.FAULT)
        self._icon.show_icon(Icon.MISSED, Tone.FAULT)
        self._timer.count_from(0.0)
        view = self._as_first_painted(view)
        self._show_caller(view)
        why = self.tr("The caller has hung up.")
        self.answer.explain(self.tr("Answer"), refusal=why)
        self.decline.explain(self.tr("Decline"), refusal=why)
        self.send_on.explain(self.tr("Send to…"), refusal=why)
        self.caller.show_caller(view.crm, has_page=False, refusal=why)

    # ------------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        px = self._look.theme.px
        heading = QHBoxLayout()
        heading.setSpacing(px(tokens.SPACE_S))
        heading.addWidget(self._icon)
        heading.addWidget(self._heading, 1)
        heading.addWidget(self._timer)
        beneath = QHBoxLayout()
        beneath.setSpacing(px(tokens.SPACE_S))
        beneath.addWidget(self._importance)
        beneath.addWidget(self._company, 1)
        facts = QVBoxLayout()
        facts.setSpacing(px(tokens.SPACE_XS))
        for line in (self._number, self._called_on, self._match):
            facts.addWidget(line)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(tokens.SPACE_S))
        buttons.addWidget(self.answer, 1)
        buttons.addWidget(self.decline, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addSpacing(px(tokens.SPACE_M))
        column.addWidget(self.name)
        column.addSpacing(px(2))
        column.addLayout(beneath)
        column.addSpacing(px(tokens.SPACE_S))
        column.addWidget(self._sender)
        column.addWidget(self._note)
        column.addLayout(facts)
        column.addLayout(self._choices)
        column.addWidget(self.caller)
        column.addSpacing(px(tokens.SPACE_L))
        column.addLayout(buttons)
        column.addSpacing(px(tokens.SPACE_S))
        column.addWidget(self.send_on, 0, Qt.AlignmentFlag.AlignHCenter)

    def _keep_place(self, view: CallView) -> None:
        """From its first picture on, a call that the CRM is asked about has the place of the fullest answer."""
        call_id, kept = self._place_kept
        if call_id == view.call.id:
            return
        kept = view.crm is not None
        self._place_kept = (view.call.id, kept)
        self.caller.setVisible(kept)
        for widget in (self._company, self._number):
            _keeps_place(widget, kept)
        for button in self._choice_buttons:
            _keeps_place(button, False)
        self._company.setMinimumHeight(self._importance.sizeHint().height() if kept else 0)

    def _as_first_painted(self, view: CallView) -> CallView:
        """What the CRM says has no place on a card that was painted without it; the row below the bar has it."""
        return view if self._place_kept[1] else replace(view, crm=None)

    def _show_caller(self, view: CallView) -> None:
        self.name.show_text(call_words.title(view))
        importance = call_words.importance(view)
        self._importance.show_importance(importance)
        company = call_words.company(view)
        self._company.show_text(company)
        self._company.setVisible(bool(company) or importance is not Importance.NORMAL)
        self._show_story(view)
        self._number.show_fact(Icon.CALL, call_words.number_beside(view))
        called_on = self.tr("Called on %1").replace("%1", view.called_on) if view.called_on else ""
        self._called_on.show_fact(Icon.DIVERTED, called_on)
        self._show_match(view)

    def _show_story(self, view: CallView) -> None:
        """Who sends the call, and what they noted."""
        received = view.context
        returned = received is not None and received.returned
        tone = Tone.NOT_READY if returned else Tone.ACCENT
        icon = Icon.TAKE_BACK if returned else Icon.TRANSFER
        self._sender.show_fact(icon, call_words.story(view), tone)
        self._note.show_note(note_text(received) if received is not None else "")

    def _show_match(self, view: CallView) -> None:
        choices: tuple[ContactMatch, ...] = ()
        match = next((m for m in view.matches if view.contact and m.contact_id == view.contact.contact_id), None)
        known = view.crm.contact if view.crm is not None else None
        level = known.level if known is not None else match.level if match is not None else None
        if level is not None:
            icon = Icon.CERTAIN if level.certain else Icon.UNCERTAIN
            tone = Tone.MUTED if level.certain else Tone.NOT_READY
            self._match.show_fact(icon, match_text(level), tone)
        elif view.matches:
            choices = view.matches[:_MOST_CHOICES]
            question = self.tr("Perhaps one of these? Choose if you know.")
            if len(view.matches) == 1:
                question = match_text(view.matches[0].level)
            self._match.show_fact(Icon.UNCERTAIN, question, Tone.NOT_READY)
        else:
            self._match.show_fact(Icon.CONTACT, "" if view.call.remote.anonymous else self.tr("Not in the contacts"))
        if view.mark is not None:  # in the same place: the buttons beneath must not move when this comes late
            self._match.show_fact(Icon.WARNING, mark_text(view.mark), Tone.NOT_READY)
        self._show_choices(choices)

    def _show_choices(self, matches: tuple[ContactMatch, ...]) -> None:
        for button in self._choice_buttons[len(matches) :]:
            _keeps_place(button, self._place_kept[1] and not button.isHidden())
            button.hide()
        while len(self._choice_buttons) < len(matches):
            button = BarButton(self._look, Icon.CONTACT)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.align_left()
            button.clicked.connect(lambda _checked=False, button=button: self._chosen(button))
            self._choice_buttons.append(button)
            self._choices.addWidget(button)
        for button, match in zip(self._choice_buttons, matches, strict=False):
            words = [text for text in (match.name, match.company) if text]
            if match.importance is not Importance.NORMAL:
                words.append(importance_text(match.importance))
            shown = call_words.SEPARATOR.join(words)
            button.setProperty("contact", match.contact_id)
            button.show_word(shown)
            button.explain(self.tr("It is this contact"), name=shown)
            button.show()

    def _chosen(self, button: BarButton) -> None:
        self.contact_chosen.emit(int(button.property("contact")))

    def _show_button(self, button: BarButton, verb: str, key: str, name: str) -> None:
        button.show_word(verb)
        button.explain(verb, key=key, name=f"{verb}: {name}")


def _keeps_place(widget: QWidget, kept: bool) -> None:
    policy = widget.sizePolicy()
    if policy.retainSizeWhenHidden() != kept:
        policy.setRetainSizeWhenHidden(kept)
        widget.setSizePolicy(policy)
