"""One company directory as a form, with what is wrong below the field that it concerns. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage

_KEY = "directories"
_LONGEST_NAME = 60
_MOST_MIN = 10_080
_EMPTY = DirectorySettings("", DirectoryKind.LDAP, "")


class DirectoryForm(QObject):
    """Stands on `page`, where it is built.

    Attributes:
        kind, name, url, user, password, base, filter, refresh: the controls.
    Signals:
        submitted: Enter was pressed in a field.
    """

    submitted = Signal()

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(page)
        self._page = page
        self.kind = QComboBox()
        self.kind.addItem(self.tr("LDAP or Active Directory"), DirectoryKind.LDAP)
        self.kind.addItem(self.tr("CardDAV (address book)"), DirectoryKind.CARDDAV)
        self.name, self.url, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.base, self.filter, self.refresh = QLineEdit(), QLineEdit(), QSpinBox()
        self.name.setMaxLength(_LONGEST_NAME)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.base.setPlaceholderText("ou=people,dc=example,dc=com")
        self.filter.setPlaceholderText(_EMPTY.filter)
        self.refresh.setRange(1, _MOST_MIN)
        self.refresh.setSuffix(self.tr(" min"))
        self._notices = self._rows()
        for field in (self.name, self.url, self.user, self.password, self.base, self.filter):
            field.returnPressed.connect(self.submitted)
            field.textEdited.connect(self.clear_problems)
        self.kind.activated.connect(self._show_kind)
        self.show_directory(None)

    # ------------------------------------------------------------------ what the owner asks

    def show_directory(self, directory: DirectorySettings | None) -> None:
        """None: a new one. A password is never shown."""
        shown = directory or _EMPTY
        self.kind.setCurrentIndex(self.kind.findData(shown.kind))
        self.name.setText(shown.name)
        self.url.setText(shown.url)
        self.user.setText(shown.user)
        self.base.setText(shown.base)
        self.filter.setText("" if shown.filter == _EMPTY.filter else shown.filter)
        self.refresh.setValue(shown.refresh_min)
        self.password.clear()
        self.password.setPlaceholderText(self.tr("Unchanged") if directory is not None and directory.user else "")
        self.clear_problems()
        self._show_kind()

    def directory(self) -> DirectorySettings:
        """What was typed; the settings say whether it can be."""
        ldap = self._ldap
        return DirectorySettings(
            name=self.name.text().strip(),
            kind=DirectoryKind(self.kind.currentData()),
            url=self.url.text().strip(),
            user=self.user.text().strip(),
            base=self.base.text().strip() if ldap else "",
            filter=(self.filter.text().strip() if ldap else "") or _EMPTY.filter,
            refresh_min=self.refresh.value(),
        )

    def show_error(self, error: AgentToolbarError) -> bool:
        """Below the field that it concerns, which takes the focus; False where it concerns none."""
        self.clear_problems()
        control, text = self._blamed(error)
        if control is None:
            return False
        self._notices[control].say(text)
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def problem(self, control: QWidget) -> str:
        """The sentence below a control now."""
        return self._notices[control].text()

    def clear_problems(self) -> None:
        for notice in self._notices.values():
            notice.clear_problem()

    # ------------------------------------------------------------------ inside

    @property
    def _ldap(self) -> bool:
        return bool(self.kind.currentData() == DirectoryKind.LDAP)

    def _rows(self) -> dict[QWidget, Notice]:
        page = self._page
        kept = self.tr("It is kept in this computer's keyring where there is one, else until you quit.")
        base = self.tr("The branch in which people are.")
        # the password is no setting, so it can be typed where the administrator has named the directories
        return {
            self.kind: page.add_row(self.tr("Kind"), self.kind, key=_KEY),
            self.name: page.add_row(self.tr("Name"), self.name, key=_KEY),
            self.url: page.add_row(self.tr("Address"), self.url, key=_KEY),
            self.user: page.add_row(self.tr("User"), self.user, self.tr("Empty: nobody signs in."), key=_KEY),
            self.password: page.add_row(self.tr("Password"), self.password, kept),
            self.base: page.add_row(self.tr("Search in"), self.base, base, key=_KEY),
            self.filter: page.add_row(self.tr("Search for"), self.filter, key=_KEY),
            self.refresh: page.add_row(self.tr("Read again after"), self.refresh, key=_KEY),
        }

    def _show_kind(self) -> None:
        for control in (self.base, self.filter):
            self._page.show_row(self._notices[control], self._ldap)
        self.url.setPlaceholderText("ldaps://ldap.example.com" if self._ldap else "https://dav.example.com/book/")

    def _blamed(self, error: AgentToolbarError) -> tuple[QWidget | None, str]:
        """The settings say which of a directory's values cannot be by its name, after the directory's own."""
        if error.code == "settings_password_in_url":
            return self.url, error_text(error)
        if error.code != "settings_wrong_value" or error.params.get("key") != _KEY:
            return None, ""
        expected = str(error.params.get("expected", "")).removeprefix(f"{self.name.text().strip()}: ")
        address = self.tr("An address such as ldaps://ldap.example.com, without a path.")
        if not self._ldap:
            address = self.tr("The address of an address book, beginning with https://.")
        blamed: dict[str, tuple[QWidget, str]] = {
            "name": (self.name, self.tr("Each directory needs a name of its own.")),
            "url": (self.url, address),
            "base": (self.base, self.tr("It must be said in which branch to search.")),
            "filter": (self.filter, self.tr("A filter in brackets, such as (objectClass=person).")),
        }
        return blamed.get(expected.partition(" ")[0].rstrip(":"), (None, ""))
