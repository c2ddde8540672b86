"""Who the current call is with, as the CRM says, below the bar: to read, choose, create or open. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from agent_toolbar.application.caller_pages import page_of
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp
from agent_toolbar.domain.text import MAX_CALLER_TEXT
from agent_toolbar.i18n.sentences import caller_text, choice_text, deals_text, past_text
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

_LONGEST_PAST = 140  # characters
_MOST_CHOICES = 8
_WIDEST_NAME = 260


class CallerRow(FlowRow):
    """Opens with a call that the CRM says something of, once it no longer rings on the card, and whenever it is asked.

    Attributes:
        name: of the contact to be created. create_button, page; choices: one for each contact it may be.
    Signals:
        close_asked: the cross.
    """

    close_asked = Signal()

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._look = look
        self._orders = orders
        self._bound = ""
        self._asked_for = ""  # opened by the card for this call, though it rings
        self._closed_for = ""
        self._icon = IconLabel(look, tokens.ICON)
        self.text = WrappingLabel(look)
        self.page = BarButton(look, Icon.WINDOW, height=BUTTON, raised=True)
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_CALLER_TEXT)
        self.create_button = BarButton(look, Icon.CONTACT, height=BUTTON, raised=True)
        self.choices: list[BarButton] = []
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.add(self._icon, leads=True)
        self.add(self.text)
        self.add(self.page)
        self.add(self.name, least=160, most=_WIDEST_NAME)
        self.add(self.create_button)
        self.set_corner(self.close_button)
        self.page.clicked.connect(lambda: self._orders.open_caller_page(self._bound))
        self.create_button.clicked.connect(self._create)
        self.name.returnPressed.connect(self._create)
        self.close_button.clicked.connect(self.close_row)

    # ------------------------------------------------------------------ what the owner says

    @property
    def is_open(self) -> bool:
        return bool(self._bound)

    @property
    def in_use(self) -> bool:
        """Somebody types here."""
        return self.name.hasFocus()

    def ask_for(self, call_id: str) -> None:
        """The card has no keyboard: this call's contact is to be chosen or typed here."""
        self._asked_for = call_id
        self._closed_for = ""

    def begin(self) -> None:
        """Gives the keyboard to what is asked: the name, else the first choice."""
        if not self.name.isHidden():
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.choices and not self.choices[0].isHidden():
            self.choices[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_row(self) -> None:
        self._closed_for, self._asked_for = self._bound, ""
        self.close_asked.emit()

    def show_state(self, state: ToolbarState, settings: Settings) -> None:
        view = self._subject(state, settings)
        if view is None:
            self._bound = ""
            return
        caller = view.crm
        has_page = page_of(view, settings).has_button
        if self._bound != view.call.id:
            self._bound = view.call.id
            self.name.clear()
        self._show_text(view, caller)
        contact = caller.contact if caller is not None else None
        self.page.setVisible(has_page)
        self.page.show_word(self.tr("Open in the CRM"))
        opens = self.tr("Open in the CRM")
        self.page.explain(opens, name=f"{opens}: {contact.name}" if contact is not None else "")
        self._show_create(view, caller)
        self._show_choices(caller.contacts[:_MOST_CHOICES] if caller is not None and contact is None else ())
        self.close_button.explain(self.tr("Close"), key=key_text("Escape"))
        self.arrange()

    # ------------------------------------------------------------------ inside

    def _subject(self, state: ToolbarState, settings: Settings) -> CallView | None:
        """Whoever types a name stays with the call of before."""
        if self.in_use and self._bound and (typed := state.find(self._bound)) is not None:
            return typed
        asked = state.find(self._asked_for)
        if asked is None:
            self._asked_for = ""
        elif asked.call.id != self._closed_for and asked.crm is not None:
            return asked
        view = state.current_call
        if view is None or view.call.id == self._closed_for or view.call.state is CallState.RINGING:
            return None
        if view.crm is None:
            return view if page_of(view, settings).has_button else None
        return None if view.crm.state is CrmLookUp.LOOKING else view

    def _show_text(self, view: CallView, caller: CrmCaller | None) -> None:
        if caller is None:
            self.text.setText(call_words.title(view))
            self._icon.show_icon(Icon.CONTACT, Tone.ACCENT)
            return
        contact = caller.contact
        head = [call_words.title(view), caller_text(caller), deals_text(caller.deals) if contact is not None else ""]
        lines = [call_words.SEPARATOR.join(word for word in head if word)]
        if contact is not None:
            lines += [_short(past_text(past)) for past in caller.history or ()]
        self.text.setText("\n".join(lines))
        uncertain = caller.state is not CrmLookUp.FOUND or contact is None
        failed = caller.state is CrmLookUp.FAILED or bool(caller.create_fault)
        icon = Icon.WARNING if failed else Icon.UNCERTAIN if uncertain else Icon.CONTACT
        self._icon.show_icon(icon, Tone.NOT_READY if uncertain else Tone.ACCENT)

    def _show_create(self, view: CallView, caller: CrmCaller | None) -> None:
        wanted = caller is not None and (caller.state is CrmLookUp.NONE or caller.creating)
        self.name.setVisible(wanted)
        self.create_button.setVisible(wanted)
        if caller is None or not wanted:
            return
        number = view.shown_number
        self.name.setPlaceholderText(self.tr("Name of the new contact"))
        self.name.setAccessibleName(self.tr("Name of the new contact with the number %1").replace("%1", number))
        busy = self.tr("It is being created.") if caller.creating else ""
        does = self.tr("Create contact with %1").replace("%1", number)
        self.create_button.show_word(self.tr("Create contact"))
        self.create_button.explain(does, refusal=busy)

    def _show_choices(self, contacts: tuple[CrmContact, ...]) -> None:
        while len(self.choices) < len(contacts):
            button = BarButton(self._look, Icon.CONTACT, height=BUTTON, raised=True)
            button.clicked.connect(lambda _checked=False, button=button: self._chosen(button))
            self.choices.append(button)
            self.add(button)
        for number, button in enumerate(self.choices):
            button.setVisible(number < len(contacts))
            if number < len(contacts):
                words = choice_text(contacts[number])
                button.setProperty("contact", contacts[number].id)
                button.show_word(_short(words))
                button.explain(self.tr("It is this contact"), name=words)

    def _chosen(self, button: BarButton) -> None:
        self._orders.choose_caller(self._bound, str(button.property("contact")))

    def _create(self) -> None:
        if self.create_button.isEnabled():
            self._orders.create_caller(self.name.text(), self._bound)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PAST else text[: _LONGEST_PAST - 1].rstrip() + "…"
