"""What the CRM says of a caller, on the incoming card: its place is kept from the start, so that nothing moves.

GUI thread. Plain text, whatever it holds.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp
from agent_toolbar.i18n.sentences import caller_text, choice_text, deals_text, past_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_SIGN = 16
_BUTTON = 28
_CHOICES = 3
_LINES = 4  # the deals and three contacts


class CallerPanel(QWidget):
    """Signals: chosen(contact id): which of several it is; page_asked; row_asked: choose or create in the bar."""

    chosen = Signal(str)
    page_asked = Signal()
    row_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hidden = False  # more choices than there is place for
        self._icon = IconLabel(look, _SIGN)
        self._heading = PlainLabel(look, elastic=True)
        self.page = BarButton(look, Icon.WINDOW, width=_BUTTON, height=_BUTTON)
        past = [PlainLabel(look, Tone.MUTED, elastic=True) for _ in range(_LINES - 1)]
        self._lines = [PlainLabel(look, elastic=True), *past]
        self.choices = [BarButton(look, Icon.CONTACT, height=_BUTTON) for _ in range(_CHOICES)]
        self.more = BarButton(look, Icon.WRITE, height=_BUTTON)
        self._lay_out()
        for button in (self.page, self.more, *self.choices):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys typed for another window must not press it
        for button in self.choices:
            button.align_left()
            button.clicked.connect(lambda _checked=False, button=button: self.chosen.emit(button.property("contact")))
        self.more.align_left()
        self.more.clicked.connect(self.row_asked)
        self.page.clicked.connect(self.page_asked)
        look.theme.changed.connect(self._keep_place)
        self._keep_place()

    def show_caller(self, caller: CrmCaller | None, *, has_page: bool, refusal: str = "") -> None:
        """None keeps the place empty. `refusal`: why its buttons do nothing any more."""
        contact = caller.contact if caller is not None else None
        certain = contact is not None and contact.level.certain
        tone = Tone.MUTED
        icon: Icon | None = Icon.CERTAIN if certain else Icon.CONTACT
        if caller is not None and (caller.state is CrmLookUp.FAILED or caller.create_fault):
            icon, tone = Icon.WARNING, Tone.NOT_READY
        elif caller is not None and caller.contacts and not certain:
            icon, tone = Icon.UNCERTAIN, Tone.NOT_READY
        self._icon.show_icon(icon if caller is not None else None, tone)
        self._heading.show_text(caller_text(caller) if caller is not None else "", tone)
        self.page.setVisible(has_page)
        opens = self.tr("Open in the CRM")
        self.page.explain(opens, refusal=refusal, name=f"{opens}: {contact.name}" if contact is not None else "")
        self._show_lines(caller if contact is not None else None)
        self._show_choices(caller.contacts if caller is not None and contact is None else (), refusal)
        self._show_more(caller, refusal)

    # ------------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        px = self._look.theme.px
        heading = QHBoxLayout()
        heading.setContentsMargins(0, 0, 0, 0)
        heading.setSpacing(px(tokens.SPACE_S))
        heading.addWidget(self._icon)
        heading.addWidget(self._heading, 1)
        heading.addWidget(self.page)
        self._head = QWidget()
        self._head.setLayout(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        inset = QVBoxLayout()
        inset.setContentsMargins(px(_SIGN + tokens.SPACE_S), 0, 0, 0)
        inset.setSpacing(px(tokens.SPACE_XS))
        for line in self._lines:
            inset.addWidget(line)
        column.addLayout(inset)
        for button in (*self.choices, self.more):
            column.addWidget(button)
        column.addStretch(1)

    def _keep_place(self) -> None:
        """The height of the fullest answer, whatever is shown."""
        px = self._look.theme.px
        self._head.setFixedHeight(px(_BUTTON))
        line = self._lines[0].sizeHint().height()
        lines = _LINES * line + (_LINES - 1) * px(tokens.SPACE_XS)
        self.setFixedHeight(px(_BUTTON) + max(lines, _CHOICES * px(_BUTTON)) + px(tokens.SPACE_S))

    def _show_lines(self, caller: CrmCaller | None) -> None:
        texts: list[str] = []
        if caller is not None:
            texts = [deals_text(caller.deals), *(past_text(past) for past in caller.history or ())]
        texts = [text for text in texts if text][:_LINES]
        for number, line in enumerate(self._lines):
            line.show_text(texts[number] if number < len(texts) else "")
            line.setVisible(number < len(texts))

    def _show_choices(self, contacts: tuple[CrmContact, ...], refusal: str) -> None:
        """All of them, or the first two and the way to the others."""
        self._hidden = len(contacts) > _CHOICES
        shown = contacts[: _CHOICES - 1] if self._hidden else contacts
        for number, button in enumerate(self.choices):
            button.setVisible(number < len(shown))
            if number < len(shown):
                words = choice_text(shown[number])
                button.setProperty("contact", shown[number].id)
                button.show_word(words)
                button.explain(self.tr("It is this contact"), name=words, refusal=refusal)

    def _show_more(self, caller: CrmCaller | None, refusal: str) -> None:
        """In the bar there is a keyboard: to choose among many, and to type the name of somebody new."""
        creates = caller is not None and caller.state is CrmLookUp.NONE
        self.more.setVisible(creates or self._hidden)
        words = self.tr("Create contact…") if creates else self.tr("Show all…")
        busy = self.tr("It is being created.") if caller is not None and caller.creating else ""
        self.more.show_word(words)
        self.more.explain(words, refusal=refusal or busy)
