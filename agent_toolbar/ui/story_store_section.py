"""Where the notes that go along with calls are kept, and whether that works now. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.application.toolbar_state import Fault, ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.story_store_url import StoryStoreKind, file_url, kind_of, place_of, team_url
from agent_toolbar.i18n.sentences import code_text, error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_KEY = "handover.store_url"
_FILE_NAME = "stories.sqlite"
_FAULTS = "context_store_"  # what codes of the store begin with


class StoryStoreSection(QObject):
    """What is typed is kept when somebody says so, and tried at once. A password is never shown.

    Attributes:
        kind, file, folder_button, address, password, save: the controls. outcome: whether it works now.
    """

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(page)
        self._page = page
        self._round = 0  # an answer to an earlier question is not heard any more
        self._looked_at = False
        self._shown_url = ""
        self._fault: Fault | None = None
        self._forced = _KEY in page.toolbar.forced
        page.add_section(self.tr("Notes that go along with a call"))
        self._build()
        self._show_url(page.toolbar.settings.handover.store_url)
        for field in (self.file, self.address, self.password):
            field.returnPressed.connect(self._save)
            field.textEdited.connect(self._clear_problems)
        self.kind.activated.connect(self._kind_chosen)
        self.save.clicked.connect(self._save)
        self.folder_button.clicked.connect(self._choose_folder)

    def show_state(self, state: ToolbarState) -> None:
        """Somebody may have chosen another store elsewhere, and it may stop working or work again at any time."""
        url = self._page.toolbar.settings.handover.store_url
        if url != self._shown_url:
            self._show_url(url)
            self._looked_at = False
        fault = next((one for one in state.faults if one.code.startswith(_FAULTS)), None)
        if fault != self._fault:
            self._fault = fault
            self._looked_at = False
        if not self._looked_at:
            self._looked_at = True
            self.check()

    def leave(self) -> None:
        """The page is no longer looked at."""
        self._round += 1
        self._looked_at = False

    def check(self) -> None:
        """Finds out whether the store that is in use works now."""
        self._round += 1
        this_round = self._round
        if self._fault is None:
            self.outcome.say(self.tr("Being tried…"), Tone.MUTED)

        def told(error: AgentToolbarError | None) -> None:
            if this_round == self._round:
                self._show_outcome(error)

        self._page.toolbar.check_story_store(told)

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        page = self._page
        self.kind = QComboBox()
        self.kind.addItem(self.tr("On this computer only"), StoryStoreKind.OWN)
        self.kind.addItem(self.tr("In a file of a shared folder"), StoryStoreKind.FILE)
        self.kind.addItem(self.tr("In a PostgreSQL database"), StoryStoreKind.TEAM)
        hint = self.tr("What you note travels to a colleague only where both use the same place.")
        page.add_row(self.tr("Place"), self.kind, hint, name=self.tr("Place of the notes"), key=_KEY)
        self.file = QLineEdit()
        self.file.setPlaceholderText(f"/srv/share/{_FILE_NAME}")
        self.folder_button = QPushButton(self.tr("Choose folder…"))
        hint = self.tr("All who use it need the right to write there.")
        self._file_notice = page.add_row(self.tr("File"), self._beside(self.file, self.folder_button), hint, key=_KEY)
        self.file.setAccessibleName(self.tr("File of the notes"))
        if self._forced:
            self.folder_button.setToolTip(page.fixed_text())
        self.address = QLineEdit()
        self.address.setPlaceholderText("postgresql+psycopg://user@db.example.com/toolbar")
        hint = self.tr("User, server and database; the password has a field of its own.")
        self._address_notice = page.add_row(self.tr("Address"), self.address, hint, key=_KEY)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("It is kept in this computer's keyring where there is one, else until you quit.")
        # no setting, so it can be typed where the administrator has named the database
        self._password_notice = page.add_row(self.tr("Password"), self.password, hint)
        self.save = QPushButton(self.tr("Try now") if self._forced else self.tr("Save and try"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.save)
        line.addStretch()
        self.outcome = page.add_wide(row)

    def _beside(self, field: QWidget, button: QWidget) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._page.theme.px(tokens.SPACE_S))
        line.addWidget(field, 1)
        line.addWidget(button)
        row.setFocusProxy(field)
        return row

    # ------------------------------------------------------------------ what is shown

    @property
    def chosen(self) -> StoryStoreKind:
        """The kind that the form shows."""
        return StoryStoreKind(self.kind.currentData())

    def _show_url(self, url: str) -> None:
        self._shown_url = url
        kind = kind_of(url)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.file.setText(place_of(url) if kind is StoryStoreKind.FILE else "")
        self.address.setText(url if kind is StoryStoreKind.TEAM else "")
        self.password.clear()
        self.password.setPlaceholderText(self.tr("Unchanged") if keyring_name(url) is not None else "")
        self._show_kind()

    def _show_kind(self) -> None:
        self._clear_problems()
        self._page.show_row(self._file_notice, self.chosen is StoryStoreKind.FILE)
        for notice in (self._address_notice, self._password_notice):
            self._page.show_row(notice, self.chosen is StoryStoreKind.TEAM)

    def _kind_chosen(self) -> None:
        self._show_kind()
        self.check()

    def _clear_problems(self) -> None:
        for notice in (self._file_notice, self._address_notice, self._password_notice):
            notice.clear_problem()

    def _show_outcome(self, error: AgentToolbarError | None) -> None:
        in_use = kind_of(self._shown_url)
        if self.chosen is not in_use:
            words = self.tr("Not saved yet. Until then, it stays “{place}”.")
            self.outcome.say(words.format(place=self.kind.itemText(self.kind.findData(in_use))), Tone.NOT_READY)
        elif error is not None:
            self.outcome.say(code_text(error.code, error.params), Tone.NOT_READY)
        elif in_use is StoryStoreKind.OWN:
            self.outcome.say(self.tr("Works. Colleagues do not see these notes."), Tone.READY)
        else:
            words = self.tr("Works now: notes are written and read here ({place}).")
            self.outcome.say(words.format(place=place_of(self._shown_url)), Tone.READY)

    # ------------------------------------------------------------------ orders

    def _save(self) -> None:
        self._clear_problems()
        url, password = self._typed()
        field, notice = self._asked_for()
        if field is not None and not field.text().strip():
            self._say_at(field, notice, self.tr("This is needed."))
            return
        if password and keyring_name(url) is None:
            words = self.tr("Name the user in the address first; the password is kept for that user.")
            self._say_at(self.address, self._address_notice, words)
            return
        self._round += 1
        this_round = self._round

        def kept(lasting: bool) -> None:
            if this_round == self._round:
                self._kept(password, lasting)

        try:
            self._page.toolbar.choose_story_store(url, password or None, kept)
        except AgentToolbarError as error:
            self._refused(error, field, notice)

    def _typed(self) -> tuple[str, str]:
        """The address and the password. One that was pasted with the address is moved to its own field."""
        if self._forced:
            return self._shown_url, self.password.text()
        if self.chosen is StoryStoreKind.TEAM:
            url, pasted = team_url(self.address.text())
            self.address.setText(url)
            if pasted and not self.password.text():
                self.password.setText(pasted)
            return url, self.password.text()
        return (file_url(self.file.text()) if self.chosen is StoryStoreKind.FILE else ""), ""

    def _asked_for(self) -> tuple[QLineEdit | None, Notice]:
        """The field that the chosen kind needs, and where it is said what is wrong with it."""
        if self.chosen is StoryStoreKind.FILE:
            return self.file, self._file_notice
        if self.chosen is StoryStoreKind.TEAM:
            return self.address, self._address_notice
        return None, self.outcome

    def _kept(self, password: str, lasting: bool) -> None:
        self._show_url(self._page.toolbar.settings.handover.store_url)
        if password and not lasting:
            words = self.tr("This computer has no keyring: the password is kept until you quit.")
            self._password_notice.say(words, Tone.NOT_READY)
        self._fault = None
        self.check()

    def _refused(self, error: AgentToolbarError, field: QLineEdit | None, notice: Notice) -> None:
        words = {
            "settings_wrong_value": self.tr("An address looks like postgresql+psycopg://user@db.example.com/toolbar.")
            if field is self.address
            else self.tr("The whole path is needed, as in {example}.").format(example=f"/srv/share/{_FILE_NAME}"),
            "settings_password_in_url": self.tr("No password in the address; it has a field of its own."),
        }
        if field is None or error.code not in words:
            self.outcome.say(error_text(error))
        else:
            self._say_at(field, notice, words[error.code])

    def _say_at(self, field: QLineEdit, notice: Notice, words: str) -> None:
        notice.say(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._page, self.tr("Choose the shared folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    def use_folder(self, folder: str) -> None:
        """The file of the notes is to lie in there."""
        self._clear_problems()
        self.file.setText(f"{folder.rstrip('/')}/{_FILE_NAME}")
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)
