"""The place of the notes on the settings page, by keyboard, with the toolbar's own settings, store and a PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.domain.story_store_url import StoryStoreKind
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.settings.store import TomlSettingsStore
from agent_toolbar.storage.shared_context import SharedContextStore
from agent_toolbar.ui.qt_runtime import QtDispatcher, SystemClock
from agent_toolbar.ui.settings_colleagues import ColleaguesPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.story_store_section import StoryStoreSection
from tests.fakes.application_desk import Desk
from tests.fakes.settings import FakeSecretVault
from tests.lab.postgres_server import PASSWORD, PostgresServer
from tests.ui.scenes import Stage

ANSWER_MS = 20_000


class Office:
    """One desk with its files in a folder."""

    def __init__(self, folder: Path, application: QApplication) -> None:
        self.file = folder / "settings.toml"
        self.vault = FakeSecretVault()
        self._writer = ThreadPoolExecutor(1)
        dispatcher = QtDispatcher(application)
        self.settings = TomlSettingsStore(self.file, io=self._writer, dispatcher=dispatcher)
        self.store = SharedContextStore(
            folder / "context.sqlite", dispatcher, SystemClock(), self.vault, retry_s=0.2, warm_up_s=600.0
        )
        self.desk = Desk(Settings(), vault=self.vault, settings_store=self.settings, stories=self.store)

    def close(self) -> None:
        self.store.close()
        self._writer.shutdown()


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    office = Office(tmp_path, qapp)
    yield office
    office.close()


@pytest.fixture
def section(qtbot, qapp: QApplication, office: Office) -> StoryStoreSection:
    Translation(qapp).use("en")
    stage = Stage.build(qapp)
    stage.dress(Scheme.LIGHT, 13)
    dialog = SettingsDialog(stage.look, office.desk.toolbar)
    qtbot.addWidget(dialog)
    dialog.open_page(Page.COLLEAGUES)
    page = dialog.page
    assert isinstance(page, ColleaguesPage)
    return page.store


def choose(section: StoryStoreSection, kind: StoryStoreKind) -> None:
    section.kind.setFocus()
    for _ in range(section.kind.findData(kind)):
        QTest.keyClick(section.kind, Qt.Key.Key_Down)
    QApplication.processEvents()  # its fields are shown


def type_in(field: QLineEdit, text: str) -> None:
    """Into a field that the Tab key comes to."""
    window = field.window()
    for _ in range(6):
        if window.focusWidget() is not field:
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is field
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_teams_database_is_chosen_by_keyboard_and_its_troubles_are_told(
    qtbot, office: Office, section: StoryStoreSection, postgres: PostgresServer
) -> None:
    def says(words: str) -> None:
        qtbot.waitUntil(lambda: words in section.outcome.text(), timeout=ANSWER_MS)

    url = postgres.new_database()
    says("Works. Colleagues do not see these notes.")

    choose(section, StoryStoreKind.TEAM)
    type_in(section.address, url.replace("postgresql+psycopg", "postgres"))
    type_in(section.password, "wrong")
    QTest.keyClick(section.password, Qt.Key.Key_Return)
    says("The shared notes do not admit this toolbar (127.0.0.1)")

    type_in(section.password, PASSWORD)
    QTest.keyClick(section.password, Qt.Key.Key_Return)
    says("Works now: notes are written and read here (127.0.0.1).")
    assert (section.address.text(), section.password.text()) == (url, "")
    assert office.vault.secrets[keyring_name(url) or ("", "")] == PASSWORD
    qtbot.waitUntil(lambda: office.file.exists() and url in office.file.read_text(), timeout=ANSWER_MS)
    assert PASSWORD not in office.file.read_text()

    postgres.stop()
    try:
        section.leave()
        section.show_state(office.desk.state)
        says("The shared notes cannot be reached (127.0.0.1)")
    finally:
        postgres.start()
    says("Works now")


def test_a_file_of_a_shared_folder_is_chosen_and_made(
    qtbot, office: Office, section: StoryStoreSection, tmp_path: Path
) -> None:
    choose(section, StoryStoreKind.FILE)
    type_in(section.file, "stories.sqlite")
    QTest.keyClick(section.file, Qt.Key.Key_Return)
    assert section.file.window().focusWidget() is section.file
    assert office.settings.current.handover.store_url == ""

    file = tmp_path / "share" / "stories.sqlite"
    type_in(section.file, str(file))
    QTest.keyClick(section.file, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.outcome.text().startswith("Works now"), timeout=ANSWER_MS)
    assert file.exists()
    assert office.settings.current.handover.store_url == f"sqlite:///{file}"
