"""Where a call is to go: one field, and buttons that say where it will go. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.call_actions import CallAction, refusal
from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ColleagueView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.transfer import TransferTarget
from agent_toolbar.i18n.sentences import refusal_text, target_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.suggestion_list import FAVOURITE, NO_FAVOURITE
from agent_toolbar.ui.target_field import TargetField
from agent_toolbar.ui.tokens import Tone

BUTTON = 32
WIDEST_BUTTON = 320


class TargetChooser(FlowRow):
    """Bound to the call that it was opened for, whichever is the current one meanwhile.

    Signals:
        close_asked: the cross.
    """

    close_asked = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._orders = orders
        self._keys = ShortcutSettings()
        self._call_id = ""
        self._asks_first = False
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.field = TargetField(look, toolbar, orders)
        self.hand_over = BarButton(look, Icon.TRANSFER, height=BUTTON, raised=True)
        self.ask = BarButton(look, Icon.CONSULT, height=BUTTON, raised=True)
        self.star = BarButton(look, NO_FAVOURITE, width=BUTTON, height=BUTTON)
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.add(self._icon, leads=True)
        self.add(self.caption)
        self.add(self.field, least=190, most=300)
        self.add(self.star)
        self.add(self.hand_over, most=WIDEST_BUTTON)
        self.add(self.ask, most=WIDEST_BUTTON)
        self.set_corner(self.close_button)
        self.field.aim_changed.connect(self._show_aim)
        self.field.submitted.connect(self._submit)
        self.hand_over.clicked.connect(self.transfer_now)
        self.ask.clicked.connect(self.consult_now)
        self.star.clicked.connect(self._toggle_favourite)
        self.close_button.clicked.connect(self.close_asked)
        orders.handover.begun.connect(self.field.use_up)

    # ------------------------------------------------------------------ what the owner says

    @property
    def call_id(self) -> str:
        """The call that would go, "" while nobody chooses."""
        return self._call_id

    @property
    def redirects(self) -> bool:
        """The call still rings, so it is sent on instead of handed over."""
        view = self._orders.state.find(self._call_id)
        return view is not None and view.call.state is CallState.RINGING

    def choose_for(self, call_id: str, *, asks_first: bool = False) -> None:
        """`asks_first`: Enter calls the colleague before anything is handed over."""
        self._call_id = call_id
        self._asks_first = asks_first

    def show_state(self, state: ToolbarState, keys: ShortcutSettings) -> None:
        view = state.find(self._call_id)
        if view is None:
            self._call_id = ""
            return
        self._keys = keys
        name = call_words.title(view)
        caption = self.tr("Send %1 to") if self.redirects else self.tr("Hand %1 over to")
        self._icon.show_icon(Icon.TRANSFER, Tone.ACCENT)
        self.caption.setText(caption.replace("%1", name))
        self.field.show_state(state)
        self.close_button.explain(self.tr("Close, nothing is handed over"), key=key_text("Escape"))
        self._show_aim()

    def transfer_now(self) -> None:
        text, _target = self.field.aim
        if self.redirects:
            self._orders.handover.redirect(text, self._call_id)
        else:
            self._orders.handover.transfer(text, self._call_id)

    def consult_now(self) -> None:
        text, _target = self.field.aim
        self._orders.handover.consult(text, self._call_id)

    # ------------------------------------------------------------------ inside

    def _submit(self) -> None:
        """Enter: the coloured button, which says why when it cannot."""
        first = self.ask if self._asks_first and not self.redirects else self.hand_over
        if first.isEnabled():
            first.click()
        else:
            self._orders.refused.emit(first.accessibleDescription())

    def _show_aim(self) -> None:
        """Writes on the buttons where the call would go."""
        state = self._orders.state
        _text, target = self.field.aim
        redirects = self.redirects
        missing = "" if target is not None else self._what_is_missing()
        action = CallAction.REDIRECT if redirects else CallAction.TRANSFER
        asks_first = self._asks_first and not redirects
        enter, consult_key = self.tr("Enter"), key_text(self._keys.consult)
        word = self._word(target, redirects)
        self.hand_over.show_word(word)
        self.hand_over.explain(word, key="" if asks_first else enter, refusal=self._why(action, state) or missing)
        self.hand_over.fill(None if asks_first else Tone.ACCENT)
        self.ask.setVisible(not redirects)
        word = self.tr("Ask %1 first").replace("%1", target.title) if target is not None else self.tr("Ask first")
        self.ask.show_word(word)
        self.ask.explain(
            word, key=enter if asks_first else consult_key, refusal=self._why(CallAction.CONSULT, state) or missing
        )
        self.ask.fill(Tone.ACCENT if asks_first else None)
        self._show_colleague(self._colleague(target))
        self.arrange()

    def _word(self, target: TransferTarget | None, redirects: bool) -> str:
        if target is None:
            return self.tr("Send on") if redirects else self.tr("Hand over")
        to = self.tr("Send to %1") if redirects else self.tr("Hand over to %1")
        return to.replace("%1", target_text(target))

    def _what_is_missing(self) -> str:
        if not self.field.typed:
            return self.tr("Choose a colleague, or type a name or a number first.")
        return self.tr("Neither a colleague nor a number fits what is typed.")

    def _why(self, action: CallAction, state: ToolbarState) -> str:
        refused = refusal(action, state, state.find(self._call_id))
        return refusal_text(refused) if refused is not None else ""

    def _colleague(self, target: TransferTarget | None) -> ColleagueView | None:
        colleagues = self._orders.state.colleagues
        return next((one for one in colleagues if target is not None and one.extension == target.dial), None)

    def _show_colleague(self, colleague: ColleagueView | None) -> None:
        self.field.show_presence(colleague.presence if colleague is not None else None)
        self.star.setVisible(colleague is not None)
        if colleague is not None:
            verb = self.tr("Put %1 first no longer") if colleague.favourite else self.tr("Always put %1 first")
            self.star.show_icon(
                FAVOURITE if colleague.favourite else NO_FAVOURITE, Tone.ACCENT if colleague.favourite else Tone.MUTED
            )
            self.star.explain(verb.replace("%1", colleague.title))

    def _toggle_favourite(self) -> None:
        _text, target = self.field.aim
        colleague = self._colleague(target)
        if colleague is not None:
            self._orders.handover.set_favourite(colleague.extension, not colleague.favourite, colleague.name)
