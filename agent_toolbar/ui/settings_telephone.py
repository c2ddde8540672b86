"""The telephone's page: account, when it connects, and how it speaks to the telephone system. GUI thread."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

from agent_toolbar.application.ports.settings import AccountSettings
from agent_toolbar.application.ports.telephony import DtmfMethod
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import AccountView, ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.sentences import registration_tooltip
from agent_toolbar.ui.account_form import AccountForm
from agent_toolbar.ui.codec_order import CodecOrder
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone


class TelephonePage(SettingsPage):
    """The account is tried before it counts as good; the rest applies at once."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Telephone"))
        account = toolbar.settings.account
        self._trying = False
        self.form = AccountForm(look, toolbar.state.account, account.auth_user, toolbar.forced)
        self.form.submitted.connect(self._try)
        self.body.addWidget(self.form)
        self.new_form()
        self._add_try_button()
        self._add_connection(account)
        self._add_details(account)
        self.body.addStretch()
        self.show_state(toolbar.state)

    def show_state(self, state: ToolbarState) -> None:
        self.form.show_account(state.account)
        self._keyring_hint(state.account)
        if self._trying:
            return
        if state.registration.state is RegistrationState.REGISTERED:
            self._outcome.say(registration_tooltip(state.registration), Tone.READY)
        elif self._outcome.tone is Tone.READY:
            self._outcome.clear_problem()

    @property
    def busy(self) -> bool:
        return self._trying

    # ------------------------------------------------------------------ account

    def _add_try_button(self) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self.try_button = QPushButton(self.tr("Save and connect"))
        self.try_button.setProperty("primary", True)
        self.try_button.clicked.connect(self._try)
        line.addWidget(self.try_button)
        line.addStretch()
        self._outcome = self.add_wide(row)
        self._password_place = Notice()
        self.body.addWidget(self._password_place)

    def _try(self) -> None:
        if self._trying:
            return
        self.form.clear_problems()
        try:
            self.toolbar.set_account(self.form.entry(), self._tried)
        except AgentToolbarError as error:
            self.form.show_error(error)
            return
        self._trying = True
        self.try_button.setEnabled(False)
        self._outcome.say(self.tr("Connecting…"), Tone.MUTED)

    def _tried(self, tried: RegistrationSnapshot) -> None:
        self._trying = False
        self.try_button.setEnabled(True)
        self._outcome.clear_problem()
        if tried.state is RegistrationState.REGISTERED:
            self.form.password.clear()
            self._outcome.say(registration_tooltip(tried), Tone.READY)
        else:
            self.form.show_tried(tried)

    def _keyring_hint(self, account: AccountView) -> None:
        if account.password_known and not account.password_kept:
            text = self.tr("This computer has no keyring: the password is kept until you quit, then asked again.")
            self._password_place.hint(text)
        else:
            self._password_place.hint("")

    # ------------------------------------------------------------------ the rest

    def _add_connection(self, account: AccountSettings) -> None:
        self.add_section(self.tr("Connection"))
        self.connect_at_start = QCheckBox(self.tr("Switch CTI on when the toolbar starts"))
        self.connect_at_start.setChecked(account.connect_at_start)
        notice = self.add_wide(self.connect_at_start, key="account.connect_at_start")
        self.connect_at_start.toggled.connect(lambda on: self._change(notice, connect_at_start=on))
        self.trusts_identity = QCheckBox(self.tr("Believe the caller's number that the telephone system asserts"))
        self.trusts_identity.setChecked(account.trusts_identity)
        hint = self.tr("Right for your company's own telephone system; wrong for a line that strangers can reach.")
        trust_notice = self.add_wide(self.trusts_identity, hint, key="account.trusts_identity")
        self.trusts_identity.toggled.connect(lambda on: self._change(trust_notice, trusts_identity=on))

        self.asks_refer = QCheckBox(self.tr("Ask me when the other side wants to be called elsewhere"))
        self.asks_refer.setChecked(account.asks_refer)
        hint = self.tr("Otherwise such a request (REFER) is refused. Your call is never moved without you.")
        refer_notice = self.add_wide(self.asks_refer, hint, key="account.asks_refer")
        self.asks_refer.toggled.connect(lambda on: self._change(refer_notice, asks_refer=on))
        self.redirects = QCheckBox(self.tr("The telephone system follows “Send to…” on a ringing call"))
        self.redirects.setChecked(account.redirects)
        hint = self.tr("If it does not, “Send to…” declines the call, and the telephone system goes on by itself.")
        redirect_notice = self.add_wide(self.redirects, hint, key="account.redirects")
        self.redirects.toggled.connect(lambda on: self._change(redirect_notice, redirects=on))

    def _add_details(self, account: AccountSettings) -> None:
        self.add_section(self.tr("Details"))
        self.dtmf = QComboBox()
        self.dtmf.addItem(self.tr("In the sound stream (RFC 4733)"), DtmfMethod.RFC4733)
        self.dtmf.addItem(self.tr("As messages (SIP INFO)"), DtmfMethod.SIP_INFO)
        self.dtmf.setCurrentIndex(self.dtmf.findData(account.dtmf))
        hint = self.tr("Change this only if menus of other companies do not hear your keys.")
        dtmf_notice = self.add_row(self.tr("Keypad tones"), self.dtmf, hint, key="account.dtmf")
        self.dtmf.activated.connect(lambda _: self._change(dtmf_notice, dtmf=DtmfMethod(self.dtmf.currentData())))
        self.codecs = CodecOrder(self.look, account.codecs)
        hint = self.tr("The first one that both sides know is used.")
        codec_notice = self.add_row(self.tr("Sound formats"), self.codecs, hint, key="account.codecs")
        self.codecs.changed.connect(lambda: self._change(codec_notice, codecs=self.codecs.order()))

    def _change(self, notice: Notice, **changes: object) -> None:
        settings = self.toolbar.settings
        account = msgspec.structs.replace(settings.account, **changes)
        self.change(msgspec.structs.replace(settings, account=account), notice)
