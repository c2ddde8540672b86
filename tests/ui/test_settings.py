"""The settings window: every page applies what it shows, and says in place what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.directory import ImportOutcome, ImportPreview, ImportProgress
from agent_toolbar.application.ports.settings import BarPlace, NumberSettings, Settings
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.application.ports.telephony import DtmfMethod, LevelsMeasured
from agent_toolbar.application.toolbar_port import AccountEntry
from agent_toolbar.domain.audio import AudioFault, AudioRole, AudioRoleSnapshot, AudioTestState
from agent_toolbar.domain.errors import CallError, ContactImportError, SettingsError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState, Transport
from agent_toolbar.i18n.account_sentences import AccountField
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.import_page import ImportPage
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.settings_numbers import NumbersPage, countries
from agent_toolbar.ui.settings_shortcuts import ACTIONS, ShortcutsPage
from agent_toolbar.ui.settings_telephone import TelephonePage
from agent_toolbar.ui.settings_window import WindowPage
from agent_toolbar.ui.sound_page import SoundPage
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_history import OUTCOME, PREVIEW
from tests.fakes.sample_states import AUDIO, NEW, READY, REGISTERED, TALKING, with_calls
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY)


@pytest.fixture
def dialog(qtbot, look: Look, toolbar: ToolbarSpy) -> SettingsDialog:
    window = SettingsDialog(look, toolbar)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def open_page(dialog: SettingsDialog):
    def opened(page: Page):
        dialog.open_page(page)
        return dialog.page

    return opened


# ------------------------------------------------------------------ telephone


def test_the_account_is_tried_with_what_was_typed(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.form.server.setText("pbx.example.org:5070")
    page.form.extension.setText("311")
    page.form.password.setText("s3cret")
    page.form.transport.setCurrentIndex(page.form.transport.findData(Transport.TCP))
    page.try_button.click()
    assert ("set_account", AccountEntry("pbx.example.org", "311", 5070, Transport.TCP, "s3cret")) in toolbar.asked
    assert not page.try_button.isEnabled()


def test_an_empty_password_keeps_the_one_that_is_known(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.try_button.click()
    (entry,) = [order[1] for order in toolbar.asked if order[0] == "set_account"]
    assert entry.password is None


def test_a_wrong_password_stands_next_to_the_password(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.try_button.click()
    toolbar.on_tried(RegistrationSnapshot(RegistrationState.REFUSED, RegistrationFault.WRONG_PASSWORD))
    assert "wrong" in page.form.problem(AccountField.PASSWORD)
    assert page.try_button.isEnabled()


def test_a_server_that_cannot_be_is_refused_without_trying(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.form.server.setText("not a server")
    page.try_button.click()
    assert "not a server" in page.form.problem(AccountField.SERVER)
    assert "set_account" not in toolbar.names_asked()


def test_a_good_try_empties_the_password_and_says_who_is_connected(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.form.password.setText("s3cret")
    page.try_button.click()
    toolbar.on_tried(REGISTERED)
    assert page.form.password.text() == ""
    assert any("204" in label.text() for label in page.findChildren(Notice) if label.tone is Tone.READY)


def test_connecting_at_start_applies_at_once(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.connect_at_start.click()
    assert toolbar.settings.account.connect_at_start


def test_sound_formats_are_moved_by_keyboard(qtbot, dialog: SettingsDialog, open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    qtbot.waitUntil(dialog.isActiveWindow)
    rows = page.codecs.focusProxy()
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert toolbar.settings.account.codecs == ("PCMA", "G722", "PCMU")
    page.codecs.up.click()
    assert toolbar.settings.account.codecs == ("G722", "PCMA", "PCMU")


def test_the_keypad_method_is_chosen(open_page, toolbar: ToolbarSpy):
    page: TelephonePage = open_page(Page.TELEPHONE)
    page.dtmf.setCurrentIndex(1)
    page.dtmf.activated.emit(1)
    assert toolbar.settings.account.dtmf is DtmfMethod.SIP_INFO


# ------------------------------------------------------------------ sound


def test_the_microphone_is_open_only_while_the_sound_page_is_seen(dialog: SettingsDialog, toolbar: ToolbarSpy):
    dialog.open_page(Page.NUMBERS)
    assert toolbar.levels is None
    dialog.open_page(Page.SOUND)
    assert toolbar.levels is not None
    dialog.open_page(Page.WINDOW)
    assert toolbar.levels is None
    dialog.open_page(Page.SOUND)
    dialog.close()
    assert toolbar.levels is None


def test_levels_move_the_meters(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    toolbar.levels(LevelsMeasured(microphone=0.5, speaker=2.0))
    assert page.microphone_level.level == 0.5
    assert page.speaker_level.level == 1.0
    toolbar.levels(LevelsMeasured(microphone=0.0, speaker=0.0))
    assert 0.0 < page.microphone_level.level < 0.5


def test_a_device_is_chosen_by_id_and_name(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    box = page.devices_of(AudioRole.SPEAKER)
    box.setCurrentIndex(box.findData("built-in-out"))
    box.activated.emit(box.currentIndex())
    (audio,) = [order[1] for order in toolbar.asked if order[0] == "choose_audio"]
    assert (audio.speaker_id, audio.speaker_name) == ("built-in-out", "Built-in speakers")


def test_following_the_system_names_the_device_that_it_means(open_page):
    page: SoundPage = open_page(Page.SOUND)
    assert page.devices_of(AudioRole.MICROPHONE).currentText() == "Follow the system (Jabra Evolve2 40)"


def test_a_chosen_device_that_is_gone_stays_chosen_and_is_said(open_page, toolbar: ToolbarSpy):
    settings = toolbar.settings
    audio = msgspec.structs.replace(settings.audio, speaker_id="old", speaker_name="Old headset")
    toolbar.change_settings(msgspec.structs.replace(settings, audio=audio))
    gone = AudioRoleSnapshot("old", "Old headset", AUDIO.outputs[1], AudioFault.CHOSEN_DEVICE_GONE)
    page: SoundPage = open_page(Page.SOUND)
    toolbar.show(replace(READY, audio=replace(AUDIO, speaker=gone)))
    assert page.devices_of(AudioRole.SPEAKER).currentText() == "Old headset (not plugged in)"
    assert "In its place: Built-in speakers." in page.notice_of(AudioRole.SPEAKER).text()


def test_the_volume_goes_up_to_one_and_a_half(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    page.volume_of(AudioRole.RINGER).setValue(150)
    (audio,) = [order[1] for order in toolbar.asked if order[0] == "choose_audio"]
    assert audio.ringer_volume == 1.5


def test_the_sound_test_says_what_to_do_in_each_step(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    page.test_button.click()
    assert "start_audio_test" in toolbar.names_asked()
    said = []
    for step in AudioTestState:
        toolbar.show(replace(READY, audio=replace(AUDIO, test=step)))
        said.append(page.test_notice.text())
    assert len(set(said)) == len(AudioTestState)


def test_the_sound_test_waits_for_the_end_of_a_call(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    toolbar.show(with_calls(TALKING))
    assert not page.test_button.isEnabled()
    assert "call is over" in page.test_notice.text()


def test_a_refused_sound_test_says_why(open_page, toolbar: ToolbarSpy):
    page: SoundPage = open_page(Page.SOUND)
    toolbar.refuses = CallError("audio_test_in_call")
    page.test_button.click()
    assert "call is over" in page.test_notice.text()


# ------------------------------------------------------------------ contacts


@pytest.fixture
def import_page(open_page, toolbar: ToolbarSpy) -> ImportPage:
    toolbar.preview = PREVIEW
    page: ImportPage = open_page(Page.CONTACTS)
    page.preview(Path("customers.csv"))
    return page


def test_the_columns_are_shown_as_detected_and_can_be_changed(import_page: ImportPage, toolbar: ToolbarSpy):
    mapping = import_page.mapping
    assert mapping is not None
    box = mapping.choice("other_phone")
    box.setCurrentIndex(box.findData("Remarque"))
    import_page.import_button.click()
    (request,) = [order[1] for order in toolbar.asked if order[0] == "import_contacts"]
    assert request.mapping == {**PREVIEW.mapping, "other_phone": "Remarque"}
    assert request.plan.region == "FR"


def test_columns_without_any_number_cannot_be_imported(import_page: ImportPage):
    mapping = import_page.mapping
    assert mapping is not None
    for field in ("phone", "mobile"):
        mapping.choice(field).setCurrentIndex(0)
    mapping.changed.emit()
    assert not import_page.import_button.isEnabled()
    assert "one number" in import_page.notice.text()


def test_a_running_import_shows_its_progress_and_can_be_cancelled(import_page: ImportPage, toolbar: ToolbarSpy):
    import_page.import_button.click()
    progress, done, task = toolbar.import_callbacks
    progress(ImportProgress(done=50, total=100, rows=1234))
    assert import_page.progress.value() == import_page.progress.maximum() / 2
    assert "1,234" in import_page.notice.text()
    import_page.cancel_button.click()
    assert task.cancelled
    done(ImportOutcome(cancelled=True))
    assert "as they were" in import_page.notice.text()
    assert import_page.choose_button.isVisible()


def test_rows_that_were_left_out_are_listed_with_line_and_reason(import_page: ImportPage, toolbar: ToolbarSpy):
    import_page.import_button.click()
    toolbar.import_callbacks[1](OUTCOME)
    table = import_page.skipped
    assert table is not None
    assert [table.item(1, column).text() for column in range(3)] == [
        "203",
        "Not a telephone number",
        "Petit;Luc;call me!",
    ]
    assert "12,312 new" in import_page.notice.text()


def test_a_file_that_cannot_be_read_is_said_before_anything_is_imported(open_page, toolbar: ToolbarSpy):
    toolbar.preview = ImportPreview(error=ContactImportError("contacts_file_empty", file="empty.csv"))
    page: ImportPage = open_page(Page.CONTACTS)
    page.preview(Path("empty.csv"))
    assert page.notice.text() == "empty.csv is empty. Nothing was imported."
    assert page.choose_button.isVisible()


def test_vcards_need_no_choice_of_columns(open_page, toolbar: ToolbarSpy):
    page: ImportPage = open_page(Page.CONTACTS)
    page.preview(Path("cards.vcf"))
    assert page.mapping is None
    assert page.import_button.isEnabled()


def test_a_late_preview_of_another_file_is_dropped(open_page, toolbar: ToolbarSpy):
    page: ImportPage = open_page(Page.CONTACTS)
    toolbar.answers_late = True
    toolbar.preview = PREVIEW
    page.preview(Path("first.csv"))
    page.preview(Path("second.csv"))
    toolbar.held_back[0]()
    assert page.mapping is None
    toolbar.held_back[1]()
    assert page.mapping is not None


def test_without_contacts_the_page_says_what_they_are_good_for(open_page, toolbar: ToolbarSpy):
    toolbar.show(NEW)
    page: ImportPage = open_page(Page.CONTACTS)
    assert "no contacts yet" in page.count_label.text()


# ------------------------------------------------------------------ numbers


def test_every_country_of_the_numbering_plans_is_there_once():
    regions = [region for _, region in countries()]
    assert {"FR", "DE", "US", "JP"} <= set(regions)
    assert len(regions) == len(set(regions))


def test_a_country_is_chosen_and_explained_by_an_example(open_page, toolbar: ToolbarSpy):
    page: NumbersPage = open_page(Page.NUMBERS)
    page.country.setCurrentIndex(page.country.findData("DE"))
    page.country.activated.emit(page.country.currentIndex())
    assert toolbar.settings.numbers.region == "DE"
    assert "+49" in page._example.text()


def test_the_length_of_extensions_becomes_the_pattern(open_page, toolbar: ToolbarSpy):
    page: NumbersPage = open_page(Page.NUMBERS)
    page.shortest.setValue(3)
    page.longest.setValue(4)
    assert toolbar.settings.numbers.internal_pattern == "[0-9]{3,4}"


def test_a_length_that_cannot_be_is_refused_in_place(open_page, toolbar: ToolbarSpy):
    page: NumbersPage = open_page(Page.NUMBERS)
    before = toolbar.settings.numbers
    page.shortest.setValue(7)
    assert toolbar.settings.numbers == before


def test_a_pattern_of_an_expert_is_shown_and_left_alone(look: Look, qtbot):
    toolbar = ToolbarSpy(READY, Settings(numbers=NumberSettings(internal_pattern="7[0-9]{2}")))
    page = NumbersPage(look, toolbar)
    qtbot.addWidget(page)
    assert not page.shortest.isEnabled()
    assert "change_settings" not in toolbar.names_asked()


def test_letters_cannot_be_dialled_first(open_page, toolbar: ToolbarSpy):
    page: NumbersPage = open_page(Page.NUMBERS)
    page.outside.setText("zero")
    page.outside.editingFinished.emit()
    assert toolbar.settings.numbers.outside_prefix == ""
    page.outside.setText("0")
    page.outside.editingFinished.emit()
    assert toolbar.settings.numbers.outside_prefix == "0"


# ------------------------------------------------------------------ window


def test_language_colours_and_place_apply_at_once(open_page, toolbar: ToolbarSpy):
    page: WindowPage = open_page(Page.WINDOW)
    for box, value in ((page.language, "fr"), (page.scheme, Scheme.DARK), (page.place, BarPlace.BOTTOM)):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    page.reduced_motion.click()
    window = toolbar.settings.window
    assert (window.language, window.theme, window.place) == ("fr", Scheme.DARK, BarPlace.BOTTOM)
    assert window.reduced_motion


def test_an_accent_that_is_no_colour_is_refused_in_place(open_page, toolbar: ToolbarSpy):
    page: WindowPage = open_page(Page.WINDOW)
    page.accent.setText("purple")
    page.accent.editingFinished.emit()
    assert toolbar.settings.window.accent == ""
    assert page._accent_notice.tone is Tone.FAULT
    page.accent.setText("#1A5FBF")
    page.accent.editingFinished.emit()
    assert toolbar.settings.window.accent == "#1a5fbf"


def test_a_refused_setting_is_said_below_its_control(open_page, toolbar: ToolbarSpy):
    page: WindowPage = open_page(Page.WINDOW)
    toolbar.refuses = SettingsError("settings_wrong_value", key="window.accent", expected="#rrggbb")
    page.accent.setText("#123456")
    page.accent.editingFinished.emit()
    assert "window.accent" in page._accent_notice.text()


# ------------------------------------------------------------------ shortcuts


def press(page: ShortcutsPage, action: str, keys: str) -> None:
    page.edit(action).setKeySequence(QKeySequence(keys))
    page.edit(action).editingFinished.emit()


def test_a_shortcut_is_set(open_page, toolbar: ToolbarSpy):
    page: ShortcutsPage = open_page(Page.SHORTCUTS)
    press(page, "answer", "F9")
    assert toolbar.settings.shortcuts.answer == "F9"


def test_keys_of_another_action_are_refused_by_its_name(open_page, toolbar: ToolbarSpy):
    page: ShortcutsPage = open_page(Page.SHORTCUTS)
    press(page, "mute", "Ctrl+H")
    assert "Put on hold or resume" in page.problem("mute")
    assert toolbar.settings.shortcuts.mute == "Ctrl+M"


@pytest.mark.parametrize("keys", ["A", "Shift+A", "7", "Space"])
def test_a_key_that_is_needed_for_typing_is_refused(open_page, toolbar: ToolbarSpy, keys: str):
    page: ShortcutsPage = open_page(Page.SHORTCUTS)
    press(page, "hold", keys)
    assert "typing" in page.problem("hold")
    assert toolbar.settings.shortcuts.hold == "Ctrl+H"


def test_a_shortcut_can_be_taken_away(open_page, toolbar: ToolbarSpy):
    page: ShortcutsPage = open_page(Page.SHORTCUTS)
    press(page, "history", "")
    assert toolbar.settings.shortcuts.history == ""


def test_the_usual_keys_come_back(open_page, toolbar: ToolbarSpy):
    page: ShortcutsPage = open_page(Page.SHORTCUTS)
    press(page, "answer", "F9")
    press(page, "mute", "Ctrl+H")
    page.reset_button.click()
    assert toolbar.settings.shortcuts == Settings().shortcuts
    assert page.problem("mute") == ""
    assert page.edit("answer").keySequence().toString() == "Ctrl+Return"


def test_each_setting_of_the_keys_has_its_row():
    assert set(ACTIONS) == set(Settings().shortcuts.__struct_fields__)


# ------------------------------------------------------------------ window as a whole


def test_escape_closes_the_window(qtbot, dialog: SettingsDialog):
    dialog.open_page(Page.NUMBERS)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_window_is_never_modal(dialog: SettingsDialog):
    dialog.open_page(Page.TELEPHONE)
    assert not dialog.isModal()


def test_another_language_keeps_the_page(qapp, dialog: SettingsDialog):
    dialog.open_page(Page.SOUND)
    before = dialog.page
    qapp.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    assert isinstance(dialog.page, SoundPage)
    assert dialog.page is not before


def test_another_language_during_an_import_leaves_its_page_alone(
    qapp: QApplication, dialog: SettingsDialog, import_page: ImportPage, toolbar: ToolbarSpy
):
    import_page.import_button.click()
    qapp.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    assert dialog.page is import_page
    toolbar.import_callbacks[1](OUTCOME)
    assert import_page.skipped is not None
