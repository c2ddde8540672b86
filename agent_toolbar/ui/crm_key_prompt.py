"""Asks for the key of the CRM when it is missing or was refused. Never modal. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import code_text, error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.tokens import Tone

_SIZE = QSize(440, 190)


class CrmKeyPrompt(QWidget):
    """Closes by itself when the CRM is signed in; stays with the reason when the key is refused again."""

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._toolbar = toolbar
        self._asked = False
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self._caption.setBuddy(self.key)
        self.notice = Notice()
        self.main_button = QPushButton()
        self.main_button.setProperty("primary", True)
        self.cancel_button = QPushButton()
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(*([px(tokens.SPACE_L)] * 4))
        column.setSpacing(px(tokens.SPACE_S))
        for part in (self._caption, self.key, self.notice):
            column.addWidget(part)
        column.addStretch()
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.cancel_button)
        line.addWidget(self.main_button)
        column.addLayout(line)
        self.key.textChanged.connect(self._enable)
        self.key.returnPressed.connect(self._enter)
        self.main_button.clicked.connect(self._enter)
        self.cancel_button.clicked.connect(self.close)
        self.resize(_SIZE * look.theme.scale)
        self._retranslate()
        self._enable()
        toolbar.watch(self._show_state)

    def open_window(self) -> None:
        """Empty and in front."""
        self.key.clear()
        self._asked = False
        self._retranslate()
        self.show()
        self.raise_()
        self.activateWindow()
        self.key.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        view = self._toolbar.state.crm
        self.setWindowTitle(self.tr("Key of the CRM"))
        asked = self.tr("API key or password of {user} at {url}") if view.user else self.tr("API key for {url}")
        self._caption.setText(asked.format(user=view.user, url=view.url))
        self.key.setAccessibleName(self._caption.text())
        self.notice.hint(self.tr("It is kept in this computer's keyring where there is one, else until you quit."))
        self.main_button.setText(self.tr("Sign in"))
        self.cancel_button.setText(self.tr("Not now"))

    def _enter(self) -> None:
        if not self.key.text().strip():
            return
        self._asked = True
        try:
            self._toolbar.enter_crm_key(self.key.text())
        except AgentToolbarError as error:
            self._asked = False
            self.notice.say(error_text(error))
            return
        self.key.clear()
        view = self._toolbar.state.crm
        if not view.on:
            self.close()
        elif view.state in {CrmState.SIGNING_IN, CrmState.BROWSER}:
            self.notice.say(self.tr("Signing in…"), Tone.MUTED)

    def _show_state(self, state: ToolbarState) -> None:
        view = state.crm
        if not self._asked or view.state in {CrmState.SIGNING_IN, CrmState.BROWSER, CrmState.SIGNED_OUT}:
            return
        self._asked = False
        if view.state is CrmState.SIGNED_IN:
            self.close()
        else:
            self.notice.say(code_text(view.fault, view.fault_params))
            self.key.setFocus()

    def _enable(self) -> None:
        typed = bool(self.key.text().strip())
        self.main_button.setEnabled(typed)
        self.main_button.setToolTip("" if typed else self.tr("Type the key first."))
