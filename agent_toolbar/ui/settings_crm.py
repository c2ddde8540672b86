"""The page "CRM": which one, signed in or out, what is written there, and which of its pages opens when. GUI thread."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import CrmView, Remedy, ToolbarState
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import code_text, crm_state_text, error_text
from agent_toolbar.ui.connector_form import ConnectorForm
from agent_toolbar.ui.crm_trial_section import CrmTrialSection
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.page_moments import PageMomentsSection
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_ON_THE_WAY = frozenset({CrmState.SIGNING_IN, CrmState.BROWSER})
_FORGETS = {"manifest": "", "url": "", "user": "", "values": {}}


class CrmPage(SettingsPage):
    """The way to the CRM is kept when somebody says so, and tried at once; the rest applies as it is changed.

    Attributes:
        switch: signs in or out. state_notice: what became of that. form: the way there. save: keeps it and signs in.
        trial: tries it.
    """

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("CRM"))
        self._tried = False
        self.switch = QPushButton()
        self.switch.clicked.connect(self._switch)
        self.state_notice = self.add_wide(_alone(self.switch))
        self.add_section(self.tr("Where your CRM is"))
        self.form = ConnectorForm(look, toolbar)
        self.form.submitted.connect(self._save)
        self.form.product_changed.connect(self._name_buttons)
        self.body.addWidget(self.form)
        self.new_form()
        self.save = QPushButton()
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        self.outcome = self.add_wide(_alone(self.save))
        self.trial = CrmTrialSection(self, self.form)
        self._add_day()
        self.pages = PageMomentsSection(self)
        self.body.addStretch()
        self.show_state(toolbar.state)

    def show_state(self, state: ToolbarState) -> None:
        view = state.crm
        self.form.show_key_known(view.key_kept or view.state is CrmState.SIGNED_IN)
        self.show_row(self.state_notice, view.configured)
        self.state_notice.say(*self._state_words(view))
        self._name_buttons()
        if self._tried and view.state not in _ON_THE_WAY:
            self._tried = False
            self.outcome.clear_problem()
            if view.state is CrmState.FAULT:
                self._show_error(AgentToolbarError(view.fault, **view.fault_params))
            elif view.state is CrmState.SIGNED_IN:
                self.outcome.say(*self._state_words(view))
        self.pages.show_settings()

    def leave(self) -> None:
        self.trial.stop()

    @property
    def busy(self) -> bool:
        """Somebody is being signed in, and hears here how it went."""
        return self._tried

    # ------------------------------------------------------------------ the rest of the page

    def _add_day(self) -> None:
        crm = self.toolbar.settings.crm
        self.add_section(self.tr("While you work"))
        self.at_start = QCheckBox(self.tr("Sign in when the toolbar starts"))
        self.at_start.setChecked(crm.sign_in_at_start)
        start_notice = self.add_wide(self.at_start, key="crm.sign_in_at_start")
        self.at_start.toggled.connect(lambda on: self._change(start_notice, sign_in_at_start=on))
        self.logs_calls = QCheckBox(self.tr("Write every call to the CRM"))
        self.logs_calls.setChecked(crm.logs_calls)
        hint = self.tr("One entry when a call ends: who, when, how long, how it ended, and what you noted.")
        logs_notice = self.add_wide(self.logs_calls, hint, key="crm.logs_calls")
        self.logs_calls.toggled.connect(lambda on: self._change(logs_notice, logs_calls=on))

    def _name_buttons(self) -> None:
        view = self.toolbar.state.crm
        self.switch.setText(self.tr("Sign out") if view.on else self.tr("Sign in"))
        self.save.setText(self.tr("Save and sign in") if self.form.has_product else self.tr("Save"))
        self.trial.show_product(self.form.has_product)

    def _state_words(self, view: CrmView) -> tuple[str, Tone]:
        """The state in a sentence."""
        if view.state is CrmState.BROWSER:
            words = self.tr("Sign in in your browser. If none opened, open this address: {url}")
            return words.format(url=view.sign_in_url), Tone.MUTED
        if view.fault:
            return code_text(view.fault, view.fault_params), Tone.NOT_READY
        if view.state is CrmState.SIGNED_IN:
            named = self.tr("Signed in as {user} ({product})") if view.user else self.tr("Signed in ({product})")
            return named.format(user=view.user, product=view.name or view.url), Tone.READY
        return crm_state_text(view), Tone.MUTED

    # ------------------------------------------------------------------ orders

    def _switch(self) -> None:
        self.outcome.clear_problem()
        try:
            self.toolbar.switch_crm(not self.toolbar.state.crm.on)
        except AgentToolbarError as error:
            self.state_notice.say(error_text(error))

    def _save(self) -> None:
        self.form.clear_problems()
        self.outcome.clear_problem()
        if not self.form.has_product:
            self._forget()
            return
        try:
            self.toolbar.set_crm(self.form.entry())
            self.form.key.clear()
            self._sign_in()
        except AgentToolbarError as error:
            self._tried = False
            self._show_error(error)

    def _sign_in(self) -> None:
        self._tried = True
        self.outcome.say(self.tr("Signing in…"), Tone.MUTED)
        view = self.toolbar.state.crm
        if not view.on:
            self.toolbar.switch_crm(True)
        elif view.state is CrmState.FAULT:
            self.toolbar.remedy(Remedy.SIGN_IN)
        self.show_state(self.toolbar.state)

    def _show_error(self, error: AgentToolbarError) -> None:
        if not self.form.show_error(error):
            self.outcome.say(error_text(error))

    def _forget(self) -> None:
        """No CRM any more; what waits for it waits on."""
        if self.toolbar.state.crm.on:
            self.toolbar.switch_crm(False)
        if self._change(self.outcome, **_FORGETS):
            self.outcome.say(self.tr("Saved: no CRM."), Tone.READY)

    def _change(self, notice: Notice, **changes: object) -> bool:
        settings = self.toolbar.settings
        crm = msgspec.structs.replace(settings.crm, **changes)
        return self.change(msgspec.structs.replace(settings, crm=crm), notice)


def _alone(button: QPushButton) -> QWidget:
    """As wide as its words."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(button)
    line.addStretch()
    return row
