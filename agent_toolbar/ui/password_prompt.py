"""Asks for the telephone's password when it is missing or was refused. Never modal. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationState
from agent_toolbar.i18n.account_sentences import account_problem
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.tokens import Tone

_SIZE = QSize(420, 180)


class PasswordPrompt(QWidget):
    """Closes by itself when the telephone is connected; stays with the reason when it is refused again."""

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._toolbar = toolbar
        self._asked = False
        self._tried = False
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._caption.setBuddy(self.password)
        self.notice = Notice()
        self.connect_button = QPushButton()
        self.connect_button.setProperty("primary", True)
        self.cancel_button = QPushButton()
        self._lay_out(look.theme)
        self._retranslate()
        self.password.textChanged.connect(self._enable)
        self.password.returnPressed.connect(self._connect)
        self.connect_button.clicked.connect(self._connect)
        self.cancel_button.clicked.connect(self.close)
        self.resize(_SIZE * look.theme.scale)
        self._enable()
        toolbar.watch(self._show_state)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*([theme.px(tokens.SPACE_L)] * 4))
        column.setSpacing(theme.px(tokens.SPACE_S))
        column.addWidget(self._caption)
        column.addWidget(self.password)
        column.addWidget(self.notice)
        column.addStretch()
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.cancel_button)
        line.addWidget(self.connect_button)
        column.addLayout(line)

    def _retranslate(self) -> None:
        account = self._toolbar.state.account
        self.setWindowTitle(self.tr("Password of the telephone"))
        asked = self.tr("Password of extension {extension} at {server}")
        self._caption.setText(asked.format(extension=account.extension, server=account.server))
        self.password.setAccessibleName(self._caption.text())
        self.notice.hint(self.tr("It is kept in this computer's keyring where there is one, else until you quit."))
        self.connect_button.setText(self.tr("Connect"))
        self.cancel_button.setText(self.tr("Not now"))

    def open_window(self) -> None:
        """Empty and in front."""
        self.password.clear()
        self._retranslate()
        self.show()
        self.raise_()
        self.activateWindow()
        self.password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        if not self.password.text():
            return
        self._asked, self._tried = True, False
        try:
            self._toolbar.enter_password(self.password.text())
        except AgentToolbarError as error:
            self._asked = False
            self.notice.say(error_text(error))
            return
        self.password.clear()
        if self._toolbar.state.cti_on:
            self.notice.say(self.tr("Connecting…"), Tone.MUTED)
        else:
            self.close()

    def _show_state(self, state: ToolbarState) -> None:
        if not self._asked:
            return
        registration = state.registration
        match registration.state:
            case RegistrationState.REGISTERING:
                self._tried = True
            case RegistrationState.REGISTERED:
                self._asked = False
                self.close()
            case RegistrationState.REFUSED | RegistrationState.RETRYING if self._tried:
                self._asked = False
                self.notice.say(account_problem(registration)[1])
                self.password.setFocus()

    def _enable(self) -> None:
        self.connect_button.setEnabled(bool(self.password.text()))
