"""The page "Ready and wrap-up", by mouse and by keyboard: what is right applies, what is not is said in place."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from agent_toolbar.application.feature_code_presets import preset_codes, preset_hint
from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    FeatureCodes,
    PauseFrom,
    Reason,
    RestSettings,
    Settings,
    WrapUpAfter,
    WrapUpEnd,
    WrapUpSettings,
)
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_availability import AvailabilityPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.settings_telephone import TelephonePage
from agent_toolbar.ui.settings_window import WindowPage
from agent_toolbar.ui.swatch import COLOURS, swatch_ink
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy

WAYS = AvailabilityAdapter
ALT = Qt.KeyboardModifier.AltModifier


class Opened:
    """The page as a person has it in front of them."""

    def __init__(self, dialog: SettingsDialog, toolbar: ToolbarSpy) -> None:
        self.dialog = dialog
        self.toolbar = toolbar

    @property
    def page(self) -> AvailabilityPage:
        page = self.dialog.page
        assert isinstance(page, AvailabilityPage)
        return page

    @property
    def day(self) -> AvailabilitySettings:
        return self.toolbar.settings.availability

    @property
    def wrap_up(self) -> WrapUpSettings:
        return self.toolbar.settings.wrap_up

    def click(self, button: QWidget) -> None:
        self.page.ensureWidgetVisible(button)
        place = QPoint(12, button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def type_into(self, field: QLineEdit | QComboBox, text: str) -> None:
        """In place of what stands there, ended by Return."""
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        assert line is not None
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def choose(self, box: QComboBox, value: object) -> None:
        """By keys, as far down the list as it stands."""
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.findData(value)):
            QTest.keyClick(box, Qt.Key.Key_Down)

    def use(self, way: AvailabilityAdapter) -> None:
        self.click(self.page.queue.ways[way])

    def codes(self) -> list[str]:
        return [reason.code for reason in self.day.reasons]


@pytest.fixture
def open_page(qtbot, qapp: QApplication, look: Look):
    Translation(qapp).use("en")

    def opened(settings: Settings | None = None, forced: frozenset[str] = frozenset()) -> Opened:
        toolbar = ToolbarSpy(READY, settings)
        toolbar.forced = forced
        dialog = SettingsDialog(look, toolbar)
        qtbot.addWidget(dialog)
        dialog.open_page(Page.AVAILABILITY)
        qtbot.waitUntil(dialog.isActiveWindow)
        return Opened(dialog, toolbar)

    return opened


def with_day(**changes: object) -> Settings:
    return msgspec.structs.replace(Settings(), availability=AvailabilitySettings(**changes))  # type: ignore[arg-type]


# ------------------------------------------------------------------ how the queue is told


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        (WAYS.PHONE_ONLY, set()),
        (WAYS.SIP_MESSAGE, {"control", "hint"}),
        (
            WAYS.FEATURE_CODE,
            {"codes.preset", "codes.pause", "codes.unpause", "codes.login", "codes.logout", "codes.queue", "hint"},
        ),
        (WAYS.REST, {"rest.manifest", "rest.url", "rest.user", "rest.values"}),
    ],
)
def test_only_the_fields_of_the_chosen_way_are_shown(open_page, way: AvailabilityAdapter, shown: set[str]):
    opened = open_page()
    opened.use(way)
    queue = opened.page.queue
    assert {key for key, field in queue.fields.items() if field.isVisible()} == shown
    assert queue.password.isVisible() is (way is WAYS.REST)
    assert queue.logs_in.isVisible() is (way is not WAYS.PHONE_ONLY)


def test_each_way_says_in_a_sentence_what_it_is(open_page):
    buttons = open_page().page.queue.ways.values()
    sentences = {button.accessibleDescription() for button in buttons}
    assert len(sentences) == len(WAYS)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_sip_messages_are_chosen_by_the_keyboard(open_page):
    opened = open_page()
    opened.page.queue.ways[WAYS.PHONE_ONLY].setFocus()
    QTest.keyClick(opened.page.queue.ways[WAYS.PHONE_ONLY], Qt.Key.Key_Down)
    QTest.keyClick(opened.page.queue.ways[WAYS.SIP_MESSAGE], Qt.Key.Key_Space)
    assert opened.day.adapter is WAYS.SIP_MESSAGE
    opened.type_into(opened.page.queue.fields["control"], "agents")
    opened.type_into(opened.page.queue.fields["hint"], "*47{extension}")
    assert (opened.day.control, opened.day.hint) == ("agents", "*47{extension}")


def test_a_name_that_cannot_be_is_said_in_place_and_nothing_is_saved(open_page):
    opened = open_page(with_day(adapter=WAYS.SIP_MESSAGE))
    opened.type_into(opened.page.queue.fields["control"], "no spaces!")
    assert opened.day.control == "ctl"
    assert "letters" in opened.page.queue.problem("control")
    assert opened.page.queue.fields["control"].text() == "no spaces!"
    assert opened.page.busy
    opened.type_into(opened.page.queue.fields["control"], "agents")
    assert opened.day.control == "agents"
    assert opened.page.queue.problem("control") == "The name before the @, “ctl” for example."
    assert not opened.page.busy


def test_dialled_codes_take_effect_once_pause_and_ready_are_there(open_page):
    opened = open_page()
    queue = opened.page.queue
    opened.use(WAYS.FEATURE_CODE)
    assert opened.day.adapter is WAYS.PHONE_ONLY
    assert "Phone only" in queue.outcome.text()
    assert queue.problem("codes.pause") == "This is needed."
    opened.type_into(queue.fields["codes.pause"], "*46")
    assert opened.day.codes.pause == "*46"
    assert opened.day.adapter is WAYS.PHONE_ONLY
    opened.type_into(queue.fields["codes.unpause"], "*47")
    assert opened.day.adapter is WAYS.FEATURE_CODE
    assert queue.outcome.text() == ""
    assert opened.day.codes == FeatureCodes(pause="*46", unpause="*47")


def test_a_telephone_system_that_we_know_brings_its_codes_and_its_lamp(open_page):
    opened = open_page()
    queue = opened.page.queue
    opened.use(WAYS.FEATURE_CODE)
    opened.choose(queue.fields["codes.preset"], "freepbx")
    assert (opened.day.adapter, opened.day.codes) == (WAYS.FEATURE_CODE, FeatureCodes(preset="freepbx"))
    assert opened.day.hint == preset_hint("freepbx")
    assert queue.fields["codes.pause"].placeholderText() == preset_codes("freepbx").pause


def test_a_code_for_a_queue_waits_for_the_queues_name(open_page):
    opened = open_page()
    queue = opened.page.queue
    opened.use(WAYS.FEATURE_CODE)
    box = queue.fields["codes.preset"]
    box.setCurrentIndex(box.findData("yeastar"))
    box.activated.emit(box.currentIndex())
    assert opened.day.adapter is WAYS.PHONE_ONLY
    assert queue.problem("codes.queue") == "This is needed."
    opened.type_into(queue.fields["codes.queue"], "600")
    assert opened.day.adapter is WAYS.FEATURE_CODE


def test_the_lamp_of_one_telephone_system_does_not_stay_for_another(open_page):
    opened = open_page()
    queue = opened.page.queue
    opened.use(WAYS.FEATURE_CODE)
    opened.choose(queue.fields["codes.preset"], "mikopbx")
    assert queue.fields["hint"].text() == ""
    assert "lamp" in queue.problem("hint")


def test_one_code_for_both_ways_needs_the_lamp(open_page):
    codes = FeatureCodes(pause="*46", unpause="*47")
    opened = open_page(with_day(adapter=WAYS.FEATURE_CODE, codes=codes, hint=""))
    queue = opened.page.queue
    opened.type_into(queue.fields["codes.unpause"], "*46")
    assert "lamp" in queue.problem("hint")
    assert queue.outcome.text().startswith("Not saved yet")
    assert opened.day.codes == codes
    assert opened.page.busy
    opened.type_into(queue.fields["hint"], "*46{extension}")
    assert opened.day.codes.unpause == "*46"
    assert queue.outcome.text() == ""


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("codes.unpause", "*47{reason}", "{queue}"),
        ("codes.login", "*48 ", ""),
        ("codes.login", "*4 8", "dialled"),
        ("codes.queue", "a b", "letters"),
        ("hint", "{queue}", "{extension}"),
        ("codes.logout", "*48", "log in"),
    ],
)
def test_a_code_that_cannot_be_dialled_is_said_in_its_place(open_page, key: str, text: str, words: str):
    codes = FeatureCodes(pause="*46", unpause="*47", login="*48", queue="sales")
    opened = open_page(with_day(adapter=WAYS.FEATURE_CODE, codes=codes))
    opened.type_into(opened.page.queue.fields[key], text)
    if words:
        assert words in opened.page.queue.problem(key)
    assert opened.day.codes == codes


def test_a_web_service_is_in_force_with_service_address_and_user(open_page):
    opened = open_page()
    queue = opened.page.queue
    opened.use(WAYS.REST)
    opened.type_into(queue.fields["rest.manifest"], "wazo")
    opened.type_into(queue.fields["rest.url"], "https://pbx.example")
    assert opened.day.adapter is WAYS.PHONE_ONLY
    opened.type_into(queue.fields["rest.user"], "marie")
    opened.type_into(queue.fields["rest.values"], "account = 7f, realm=sales")
    assert opened.day.adapter is WAYS.REST
    assert opened.day.rest == RestSettings("wazo", "https://pbx.example", "marie", {"account": "7f", "realm": "sales"})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://pbx.example", "https"),
        ("https://marie:hush@pbx.example", "password"),
        ("pbx.example", "looks like"),
        ("https://[::1", "looks like"),
    ],
)
def test_an_address_that_is_not_safe_is_said_in_place(open_page, url: str, words: str):
    opened = open_page()
    opened.use(WAYS.REST)
    opened.type_into(opened.page.queue.fields["rest.url"], url)
    assert words in opened.page.queue.problem("rest.url")
    assert opened.day.rest.url == ""
    assert opened.page.queue.fields["rest.url"].text() == url


def test_the_password_goes_to_the_keyring_and_is_shown_nowhere(open_page):
    rest = RestSettings("wazo", "https://pbx.example", "marie")
    opened = open_page(with_day(adapter=WAYS.REST, rest=rest))
    queue = opened.page.queue
    assert queue.password.echoMode() is QLineEdit.EchoMode.Password
    opened.type_into(queue.password, "hush")
    assert [order for order in opened.toolbar.asked if order[0] == "keep_queue_password"] == [
        ("keep_queue_password", "hush")
    ]
    assert queue.password.text() == ""
    assert "keyring" in queue.problem("password")
    assert "hush" not in str(opened.toolbar.settings)


def test_a_password_without_its_user_stays_in_its_field(open_page):
    opened = open_page()
    opened.use(WAYS.REST)
    opened.type_into(opened.page.queue.password, "hush")
    assert "keep_queue_password" not in opened.toolbar.names_asked()
    assert "user" in opened.page.queue.problem("password")
    assert opened.page.queue.password.text() == "hush"


def test_what_the_store_refuses_is_said_and_stays_typed(open_page):
    opened = open_page(with_day(adapter=WAYS.SIP_MESSAGE))
    opened.toolbar.refuses = SettingsError("settings_wrong_value", key="availability.control", expected="A-Z")
    opened.type_into(opened.page.queue.fields["control"], "agents")
    assert "availability.control" in opened.page.queue.problem("control")
    assert opened.day.control == "ctl"
    assert opened.page.queue.fields["control"].text() == "agents"


# ------------------------------------------------------------------ ready


def test_hours_and_days_are_switched_on_with_the_mouse(open_page):
    opened = open_page()
    ready = opened.page.ready
    assert not ready.begin.isEnabled()
    opened.click(ready.by_hours)
    assert (opened.day.hours, opened.day.days) == ("09:00-17:00", (0, 1, 2, 3, 4))
    ready.begin.setTime(QTime(8, 30))
    opened.click(ready.days[5])
    assert (opened.day.hours, opened.day.days) == ("08:30-17:00", (0, 1, 2, 3, 4, 5))
    opened.click(ready.by_hours)
    assert opened.day.hours == ""
    assert ready.begin.time() == QTime(8, 30)


def test_hours_without_any_time_and_weeks_without_any_day_are_refused_in_place(open_page):
    opened = open_page(with_day(hours="09:00-17:00", days=(0,)))
    ready = opened.page.ready
    ready.end.setTime(QTime(9, 0))
    assert "same" in ready.hours_problem()
    assert opened.day.hours == "09:00-17:00"
    assert opened.page.busy
    opened.click(ready.days[0])
    assert opened.day.days == (0,)


def test_the_idle_question_needs_a_reason_without_a_note(open_page):
    opened = open_page()
    ready = opened.page.ready
    assert [ready.idle_reason.itemData(row) for row in range(ready.idle_reason.count())] == [
        "break",
        "lunch",
        "meeting",
        "training",
    ]
    opened.choose(ready.idle_reason, "meeting")
    ready.idle.setFocus()
    QTest.keyClick(ready.idle, Qt.Key.Key_Up)
    ready.answer.setValue(30)
    assert (opened.day.idle_min, opened.day.idle_reason, opened.day.idle_answer_s) == (1, "meeting", 30)


def test_start_and_login_are_ticked_with_the_keyboard(open_page):
    opened = open_page(with_day(adapter=WAYS.SIP_MESSAGE))
    QTest.keyClick(opened.page.ready.at_start, Qt.Key.Key_Space)
    QTest.keyClick(opened.page.queue.logs_in, Qt.Key.Key_Space)
    assert (opened.day.ready_at_start, opened.day.logs_in) == (False, True)


# ------------------------------------------------------------------ reasons


def test_a_reason_is_added_by_the_keyboard_and_its_code_follows_the_words(open_page):
    opened = open_page()
    table = opened.page.reasons
    QTest.keyClick(table.add, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is table.english
    QTest.keyClicks(table.english, "Team talk")
    assert table.code.text() == "team_talk"
    assert opened.codes() == ["break", "lunch", "meeting", "training", "other"]
    QTest.keyClick(table.english, Qt.Key.Key_Return)
    assert opened.codes() == ["break", "team_talk", "lunch", "meeting", "training", "other"]
    opened.type_into(table.french, "Debriefing")
    assert opened.day.reasons[1] == Reason("team_talk", "Team talk", "Debriefing")


def test_an_empty_new_row_is_no_reason_and_stands_in_nobodys_way(open_page):
    opened = open_page()
    table = opened.page.reasons
    opened.click(table.add)
    opened.click(table.add)
    assert table.list.count() == 6
    table.list.setCurrentRow(0)
    opened.type_into(table.english, "Pause for breath")
    assert opened.codes() == ["break", "lunch", "meeting", "training", "other"]
    assert opened.day.reasons[0].en == "Pause for breath"


def test_colour_time_and_note_of_a_reason_are_chosen(open_page):
    opened = open_page()
    table = opened.page.reasons
    table.list.setCurrentRow(2)
    opened.choose(table.colour, "#2f7de1")
    table.longest.setValue(45)
    opened.click(table.note)
    assert opened.day.reasons[2] == Reason("meeting", "Meeting", "Réunion", True, "#2f7de1", 2700)
    assert "Blue" in table.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)


def test_seconds_and_colours_of_the_file_are_kept_by_who_does_not_touch_them(open_page):
    odd = Reason("odd", "Odd", colour="#123456", max_s=95)
    opened = open_page(with_day(reasons=(odd,)))
    table = opened.page.reasons
    assert table.colour.currentText() == "#123456"
    opened.type_into(table.english, "Even")
    assert opened.day.reasons == (msgspec.structs.replace(odd, en="Even"),)


def test_reasons_are_moved_by_button_and_by_alt_and_arrows(open_page):
    opened = open_page()
    table = opened.page.reasons
    table.list.setCurrentRow(1)
    opened.click(table.up)
    assert opened.codes()[:2] == ["lunch", "break"]
    table.list.setFocus()
    QTest.keyClick(table.list, Qt.Key.Key_Down, ALT)
    assert opened.codes()[:2] == ["break", "lunch"]
    assert table.list.currentRow() == 1
    table.list.setCurrentRow(0)
    assert not table.up.isEnabled()


def test_a_reason_is_removed(open_page):
    opened = open_page()
    opened.page.reasons.list.setCurrentRow(3)
    opened.click(opened.page.reasons.remove)
    assert opened.codes() == ["break", "lunch", "meeting", "other"]


@pytest.mark.parametrize("code", ["lunch", "two words", "a.b", ""])
def test_a_code_that_cannot_be_is_said_in_place_and_nothing_of_the_table_is_saved(open_page, code: str):
    opened = open_page()
    table = opened.page.reasons
    table.list.setCurrentRow(2)
    opened.type_into(table.code, code)
    assert table.problem_of_code()
    assert opened.page.problem_of_reasons().startswith("Not saved yet")
    table.list.setCurrentRow(0)
    opened.type_into(table.english, "Breather")
    assert opened.day == AvailabilitySettings()
    assert opened.page.busy
    table.list.setCurrentRow(2)
    assert table.code.text() == code
    opened.type_into(table.code, "sitting")
    assert opened.codes() == ["break", "lunch", "sitting", "training", "other"]
    assert opened.day.reasons[0].en == "Breather"
    assert opened.page.problem_of_reasons() == ""
    assert not opened.page.busy


def test_the_reason_for_nobody_there_cannot_be_taken_away(open_page):
    opened = open_page(with_day(idle_min=10))
    opened.page.reasons.list.setCurrentRow(0)
    opened.click(opened.page.reasons.remove)
    assert "break" in opened.page.problem_of_reasons()
    assert "break" in opened.codes()
    opened.choose(opened.page.ready.idle_reason, "lunch")
    opened.page.reasons.changed.emit()
    assert opened.codes() == ["lunch", "meeting", "training", "other"]


def test_another_language_leaves_what_is_not_saved_where_it_is(open_page):
    opened = open_page()
    page = opened.page
    page.reasons.list.setCurrentRow(2)
    opened.type_into(page.reasons.code, "two words")
    QApplication.sendEvent(opened.dialog, QEvent(QEvent.Type.LanguageChange))
    assert opened.page is page
    assert page.reasons.code.text() == "two words"


# ------------------------------------------------------------------ wrap-up


def test_the_rules_of_the_record_are_chosen(open_page):
    opened = open_page()
    section = opened.page.wrap_up
    assert not section.queues.isVisible()
    opened.choose(section.after, WrapUpAfter.QUEUE)
    assert section.queues.isVisible()
    opened.type_into(section.queues, "sales, support, sales,")
    opened.choose(section.pause_from, PauseFrom.HANG_UP)
    opened.choose(section.at_end, WrapUpEnd.NOT_READY)
    section.seconds.setValue(0)
    section.extend.setValue(30)
    opened.click(section.subject)
    opened.click(section.outcome)
    assert opened.wrap_up == msgspec.structs.replace(
        WrapUpSettings(),
        after=WrapUpAfter.QUEUE,
        queues=("sales", "support"),
        pause_from=PauseFrom.HANG_UP,
        at_end=WrapUpEnd.NOT_READY,
        seconds=0,
        extend_s=30,
        needs_subject=True,
        needs_disposition=True,
    )


def test_outcomes_are_a_table_of_their_own(open_page):
    opened = open_page()
    table = opened.page.outcomes
    assert not table.longest.isVisible()
    table.list.setCurrentRow(0)
    opened.choose(table.colour, "#2e9e4f")
    opened.click(table.note)
    settled = opened.wrap_up.dispositions[0]
    assert (settled.code, settled.colour, settled.needs_note) == ("done", "#2e9e4f", True)
    opened.type_into(table.code, "call_back")
    assert opened.wrap_up.dispositions[0].code == "done"
    assert opened.page.busy


# ------------------------------------------------------------------ what the administrator has set


def test_what_is_forced_is_shown_and_cannot_be_changed(open_page):
    forced = frozenset(
        {"availability.adapter", "availability.control", "availability.reasons", "wrap_up.seconds", "wrap_up.queues"}
    )
    opened = open_page(with_day(adapter=WAYS.SIP_MESSAGE), forced)
    page = opened.page
    frozen: list[QWidget] = [
        *page.queue.ways.values(),
        page.queue.fields["control"],
        page.reasons.add,
        page.reasons.english,
        page.wrap_up.seconds,
    ]
    assert [widget for widget in frozen if widget.isEnabled()] == []
    assert page.queue.problem("control") == "Set by your administrator."
    assert page.problem_of_reasons() == "Set by your administrator."
    assert page.queue.fields["hint"].isEnabled()
    assert page.outcomes.add.isEnabled()


def test_forced_hours_stay_still_when_others_are_switched(open_page):
    opened = open_page(with_day(hours="09:00-17:00"), frozenset({"availability.hours"}))
    ready = opened.page.ready
    assert not ready.by_hours.isEnabled()
    assert not ready.begin.isEnabled()
    assert ready.days[0].isEnabled()


def test_the_other_pages_keep_to_the_policy_too(open_page):
    opened = open_page(forced=frozenset({"window.theme", "account.server", "account.transport", "shortcuts.mute"}))
    opened.dialog.open_page(Page.WINDOW)
    window = opened.dialog.page
    assert isinstance(window, WindowPage)
    assert not window.scheme.isEnabled()
    assert window.language.isEnabled()
    opened.dialog.open_page(Page.TELEPHONE)
    telephone = opened.dialog.page
    assert isinstance(telephone, TelephonePage)
    assert not telephone.form.server.isEnabled()
    assert not telephone.form.transport.isEnabled()
    assert telephone.form.extension.isEnabled()


def test_a_policy_that_is_read_again_shows_on_the_open_page(open_page):
    opened = open_page()
    assert opened.page.wrap_up.after.isEnabled()
    opened.toolbar.forced = frozenset({"wrap_up.after"})
    opened.toolbar.show(replace(READY, missed=3))
    assert not opened.page.wrap_up.after.isEnabled()


# ------------------------------------------------------------------ colours


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("colour", [*filter(None, COLOURS), "#ffffff", "#000000"])
def test_every_colour_is_seen_on_every_ground_of_both_themes(colour: str, dark: bool):
    base = tokens.palette(dark)
    shown = tokens.readable_sign(colour, base)
    for ground in (base.window, base.field, base.hover, base.soft(Tone.ACCENT)):
        assert tokens.contrast(shown, ground) >= tokens.SIGN_CONTRAST


def test_the_colours_stay_apart_from_each_other(look: Look):
    inks = {swatch_ink(look.theme, colour).name() for colour in COLOURS if colour}
    assert len(inks) == len(COLOURS) - 1
    assert swatch_ink(look.theme, "") is None


def test_every_button_of_the_page_is_reached_and_named(open_page):
    opened = open_page()
    nameless = [
        button
        for button in opened.page.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert nameless == []
