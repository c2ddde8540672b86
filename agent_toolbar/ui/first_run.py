"""The first page that a newcomer sees: sets up the telephone, tries it, and says in plain words what is wrong.

GUI thread. Never modal; closing it leaves a toolbar that works without telephone.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.sentences import registration_tooltip
from agent_toolbar.ui import tokens
from agent_toolbar.ui.account_form import AccountForm
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.tokens import Tone

_SIZE = QSize(480, 500)


class FirstRun(QWidget):
    """Signals:
    practice_requested: the person wants to try the toolbar without a telephone system.
    sound_requested: the telephone works, the headset is next.
    finished: the telephone works and the window was closed.
    """

    practice_requested = Signal()
    sound_requested = Signal()
    finished = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._toolbar = toolbar
        self._trying = False
        self._works = False
        self.form = AccountForm(look, toolbar.state.account, toolbar.settings.account.auth_user, toolbar.forced)
        self._column = QVBoxLayout(self)
        self._content = QWidget()
        self._build()
        self.resize(_SIZE * look.theme.scale)
        toolbar.watch(self._show_state)

    @property
    def works(self) -> bool:
        """The last try registered."""
        return self._works

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        px = self._look.theme.px
        self.setWindowTitle(self.tr("Set up the telephone"))
        self._content.hide()
        self._content.deleteLater()
        self._content = QWidget()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(*([px(2 * tokens.SPACE_M)] * 4))
        column.setSpacing(px(tokens.SPACE_M))
        column.addLayout(self._heading())
        self._intro = Notice(self.tr("Three things make your telephone ring here. You find them in your welcome mail."))
        column.addWidget(self._intro)
        column.addWidget(self.form)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Trying to connect"))
        self.progress.hide()
        column.addWidget(self.progress)
        self.outcome = Notice()
        column.addWidget(self.outcome)
        self.password_place = Notice()
        column.addWidget(self.password_place)
        column.addStretch()
        column.addLayout(self._buttons())
        self.form.submitted.connect(self._go_on, Qt.ConnectionType.UniqueConnection)
        self._show_step()

    def _heading(self) -> QHBoxLayout:
        theme = self._look.theme
        line = QHBoxLayout()
        line.setSpacing(theme.px(tokens.SPACE_M))
        picture = QLabel()
        size = theme.px(28)
        picture.setPixmap(self._look.icons.pixmap(Icon.CALL, size, theme.ink(Tone.ACCENT)))
        title = QLabel(self.tr("Set up the telephone"))
        title.setFont(theme.font(large=True, strong=True))
        line.addWidget(picture)
        line.addWidget(title, 1)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._look.theme.px(tokens.SPACE_S))
        self.practice_button = QPushButton(self.tr("Practise without a telephone system"))
        self.practice_button.setFlat(True)
        self.practice_button.setToolTip(self.tr("Invented customers call you; nothing leaves this computer."))
        self.practice_button.clicked.connect(self.practice_requested)
        self.sound_button = QPushButton(self.tr("Test the headset"))
        self.sound_button.clicked.connect(self.sound_requested)
        self.main_button = QPushButton(self.tr("Connect"))
        self.main_button.setProperty("primary", True)
        self.main_button.clicked.connect(self._go_on)
        line.addWidget(self.practice_button)
        line.addStretch()
        line.addWidget(self.sound_button)
        line.addWidget(self.main_button)
        return line

    # ------------------------------------------------------------------ events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            typed = (self.form.server.text(), self.form.extension.text(), self.form.password.text())
            self.form = AccountForm(
                self._look,
                self._toolbar.state.account,
                self._toolbar.settings.account.auth_user,
                self._toolbar.forced,
            )
            for field, text in zip((self.form.server, self.form.extension, self.form.password), typed, strict=True):
                field.setText(text)
            self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ trying

    def _go_on(self) -> None:
        if self._works:
            self.close()
            self.finished.emit()
        elif not self._trying:
            self._try()

    def _try(self) -> None:
        self.form.clear_problems()
        self.outcome.clear_problem()
        try:
            entry = self.form.entry()
            self._trying = True
            self._show_step()
            self._toolbar.set_account(entry, self._tried)
        except AgentToolbarError as error:
            self._trying = False
            self._show_step()
            self.form.show_error(error)

    def _tried(self, tried: RegistrationSnapshot) -> None:
        self._trying = False
        self._works = tried.state is RegistrationState.REGISTERED
        self._show_step()
        if self._works:
            self.outcome.say(registration_tooltip(tried), Tone.READY)
            self.main_button.setFocus()
        else:
            self.form.show_tried(tried)

    def _show_step(self) -> None:
        self.form.setEnabled(not self._trying)
        self.progress.setVisible(self._trying)
        self.main_button.setEnabled(not self._trying)
        self.main_button.setText(self.tr("Done") if self._works else self.tr("Connect"))
        self.practice_button.setVisible(not self._works)
        self.sound_button.setVisible(self._works)
        if self._trying:
            text = self.tr("Asking {server}…").format(server=self.form.server.text().strip())
            self.outcome.say(text, Tone.MUTED)
        else:
            self.outcome.clear_problem()
        self._show_state(self._toolbar.state)

    def _show_state(self, state: ToolbarState) -> None:
        account = state.account
        self.form.show_account(account)
        session_only = self._works and account.password_known and not account.password_kept
        text = self.tr("This computer has no keyring: the password is kept until you quit, then asked again.")
        self.password_place.hint(text if session_only else "")
