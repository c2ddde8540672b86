"""Server, extension and password as a form, with what is wrong next to the field that it concerns. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_port import AccountEntry
from agent_toolbar.application.toolbar_state import AccountView
from agent_toolbar.domain.account_entry import checked_extension, split_host_port
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationSnapshot, Transport
from agent_toolbar.i18n.account_sentences import AccountField, account_error, account_problem
from agent_toolbar.ui import tokens
from agent_toolbar.ui.form_caption import form_caption
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice


class AccountForm(QWidget):
    """Signals:
    submitted: Enter was pressed in a field.
    """

    submitted = Signal()

    def __init__(
        self, look: Look, account: AccountView, auth_user: str = "", forced: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self._theme = look.theme
        self._password_known = account.password_known
        self.server = QLineEdit(_host_port(account))
        self.server.setPlaceholderText("pbx.example.com")
        self.extension = QLineEdit(account.extension)
        self.extension.setPlaceholderText("204")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.transport = QComboBox()
        self.transport.addItem("UDP", Transport.UDP)
        self.transport.addItem("TCP", Transport.TCP)
        self.transport.setCurrentIndex(self.transport.findData(Transport(account.transport)))
        self.auth_user = QLineEdit(auth_user)
        self._notices: dict[AccountField, Notice] = {}
        self._cells: dict[QWidget, QWidget] = {}
        self._hints: dict[QWidget, Notice] = {}
        self._build()
        self._fix(forced)
        self._show_more(bool(auth_user) or account.transport != Transport.UDP)
        self.show_account(account)
        for field in (self.server, self.extension, self.password, self.auth_user):
            field.returnPressed.connect(self.submitted)
            field.textEdited.connect(self.clear_problems)

    # ------------------------------------------------------------------ what the owner asks

    def entry(self) -> AccountEntry:
        """What was typed. Raises AccountError for values that cannot be right."""
        server, port = split_host_port(self.server.text())
        return AccountEntry(
            server=server,
            port=port,
            extension=checked_extension(self.extension.text()),
            transport=Transport(self.transport.currentData()),
            password=self.password.text() or (None if self._password_known else ""),
            auth_user=self.auth_user.text().strip(),
        )

    def show_account(self, account: AccountView) -> None:
        """The password field tells whether one is known; what is typed stays."""
        self._password_known = account.password_known
        self.password.setPlaceholderText(self.tr("Unchanged") if account.password_known else "")

    def show_error(self, error: AgentToolbarError) -> None:
        self._say(*account_error(error))

    def show_tried(self, tried: RegistrationSnapshot) -> None:
        """Why the try failed, next to its field, which takes the focus."""
        self._say(*account_problem(tried))

    def clear_problems(self) -> None:
        for notice in self._notices.values():
            notice.clear_problem()

    def problem(self, field: AccountField) -> str:
        """The sentence that stands next to a field now."""
        return self._notices[field].text()

    # ------------------------------------------------------------------ inside

    def _build(self) -> None:
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(self._theme.px(tokens.SPACE_L))
        self._form.setVerticalSpacing(self._theme.px(tokens.SPACE_M))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        hint = self.tr("Name or address of the telephone system; a port only if you were given one (name:port).")
        self._row(AccountField.SERVER, self.tr("Server"), self.server, hint)
        self._row(AccountField.EXTENSION, self.tr("Extension"), self.extension, "")
        self._row(AccountField.PASSWORD, self.tr("Password"), self.password, "")
        self._more = QPushButton(self.tr("More options"))
        self._more.setFlat(True)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_more)
        more_line = QHBoxLayout()
        more_line.addWidget(self._more)
        more_line.addStretch()
        self._form.addRow(more_line)
        self._plain_row(self.tr("Transport"), self.transport, "")
        hint = self.tr("Only if it is not the same as the extension.")
        self._plain_row(self.tr("Sign-in name"), self.auth_user, hint)
        self._notices[AccountField.FORM] = Notice()
        self._form.addRow(self._notices[AccountField.FORM])

    def _row(self, field: AccountField, label: str, control: QWidget, hint: str) -> None:
        self._notices[field] = self._plain_row(label, control, hint)

    def _plain_row(self, label: str, control: QWidget, hint: str) -> Notice:
        control.setAccessibleName(label)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(tokens.SPACE_XS))
        column.addWidget(control)
        notice = Notice(hint)
        column.addWidget(notice)
        self._form.addRow(form_caption(label, control, self._theme), cell)
        self._cells[control] = cell
        self._hints[control] = notice
        return notice

    def _fix(self, forced: frozenset[str]) -> None:
        """What the administrator has set for good is shown and stays."""
        controls = {
            "server": self.server,
            "port": self.server,
            "extension": self.extension,
            "transport": self.transport,
            "auth_user": self.auth_user,
        }
        for name, control in controls.items():
            if f"account.{name}" in forced:
                control.setEnabled(False)
                words = self.tr("Set by your administrator.")
                control.setToolTip(words)
                self._hints[control].hint(words)

    def _show_more(self, shown: bool) -> None:
        self._more.setChecked(shown)
        for control in (self.transport, self.auth_user):
            self._form.setRowVisible(self._cells[control], shown)

    def _say(self, field: AccountField, text: str) -> None:
        self.clear_problems()
        self._notices[field].say(text)
        controls = {
            AccountField.SERVER: self.server,
            AccountField.EXTENSION: self.extension,
            AccountField.PASSWORD: self.password,
        }
        if field in controls:
            controls[field].setFocus(Qt.FocusReason.OtherFocusReason)
            controls[field].selectAll()


def _host_port(account: AccountView) -> str:
    return f"{account.server}:{account.port}" if account.port else account.server
