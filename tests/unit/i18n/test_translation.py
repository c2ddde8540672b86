"""French is complete and well set; the language follows the setting, else the system, and switches at run time."""

from __future__ import annotations

import re
import shutil
import string
from datetime import date
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from agent_toolbar.i18n import compile as translations
from agent_toolbar.i18n import formats, translation
from tests.unit.i18n.source_codes import PACKAGE, translated_texts

FRENCH = translations.source_file("fr")
NO_BREAK_SPACE = "\u00a0"


def messages() -> list[tuple[str, str, str]]:
    """Context, English and French of the committed translation."""
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("translation", ""))
        for context in ElementTree.parse(FRENCH).getroot().iter("context")
        for message in context.iter("message")
    ]


def test_every_text_of_the_sources_has_a_finished_french_translation(tmp_path):
    collected = shutil.copy(FRENCH, tmp_path)
    translations.collect(collected, "fr")
    unfinished = [
        (context.findtext("name"), message.findtext("source"))
        for context in ElementTree.parse(collected).getroot().iter("context")
        for message in context.iter("message")
        if message.find("translation").get("type") or not message.findtext("translation")
    ]
    assert unfinished == []


def test_the_french_file_holds_no_text_that_the_sources_do_not_have(tmp_path):
    fresh = tmp_path / "fresh.ts"
    translations.collect(fresh, "fr")
    in_sources = {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in ElementTree.parse(fresh).getroot().iter("context")
        for message in context.iter("message")
    }
    assert {(context, english) for context, english, _ in messages()} - in_sources == set()


def test_lupdate_finds_every_text():
    """It overlooks those inside an f-string, for example, and they would stay English without a complaint."""
    collected = {(context, english) for context, english, _ in messages()}
    overlooked = [
        (path.name, *asked)
        for path in sorted(PACKAGE.rglob("*.py"))
        for asked in translated_texts(path.read_text("utf-8"))
        if asked not in collected
    ]
    assert overlooked == []


def test_french_keeps_every_place_of_the_english_sentence():
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name} | set(re.findall("%[1-9]", text))

    assert [english for _, english, french in messages() if places(english) != places(french)] == []


def test_french_sets_a_no_break_space_before_double_punctuation():
    loose = re.compile(r"\S [:;?!»]|« ")
    tight = re.compile(r"[A-Za-zé0-9}][;?!»]|[A-Za-zé}]:(?!//|\d)|«\S(?<!\u00a0)")
    wrong = [
        french for _, _, french in messages() if loose.search(french) or tight.search(french.replace("[:port]", ""))
    ]
    assert wrong == []


def test_french_uses_typographic_apostrophes():
    assert [french for _, _, french in messages() if "'" in french] == []


def test_switching_changes_the_words_at_run_time(speak):
    speak("fr")
    assert QCoreApplication.translate("AgentState", "Ready") == "Disponible"
    speak("en")
    assert QCoreApplication.translate("AgentState", "Ready") == "Ready"


def test_qt_speaks_french_too(speak):
    speak("fr")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"


def test_without_compiled_texts_the_toolbar_speaks_english(qapp, tmp_path):
    spoken = translation.Translation(qapp, tmp_path)
    spoken.use("fr")
    assert QCoreApplication.translate("AgentState", "Ready") == "Ready"
    spoken.use("en")


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        ("fr", ["en-US"], "fr"),
        ("en", ["fr-FR"], "en"),
        ("", ["fr-CA", "fr", "en"], "fr"),
        ("", ["de-DE", "fr-FR"], "fr"),
        ("", ["de-DE"], "en"),
        ("tlh", ["fr_BE"], "fr"),
    ],
)
def test_the_setting_goes_before_the_system_and_english_is_the_last_resort(monkeypatch, wanted, system, spoken):
    class SystemLocale:
        def uiLanguages(self):
            return system

    monkeypatch.setattr(translation.QLocale, "system", SystemLocale)
    assert translation.resolve_language(wanted) == spoken


def test_dates_follow_the_language(speak):
    today = date(2026, 5, 20)
    speak("fr")
    assert formats.day_text(date(2026, 5, 4), today) == "Lundi 4 mai"
    assert formats.day_text(date(2025, 5, 4), today) == "Dimanche 4 mai 2025"
    assert formats.day_text(date(2026, 5, 19), today) == "Hier"
    speak("en")
    assert formats.day_text(date(2026, 5, 4), today) == "Monday, 4 May"
    assert formats.day_text(today, today) == "Today"


def test_numbers_follow_the_language(speak):
    speak("fr")
    assert formats.count_text(12480).replace("\u202f", " ").replace(NO_BREAK_SPACE, " ") == "12 480"
    assert formats.percent_text(0.5) == f"50{NO_BREAK_SPACE}%"
    speak("en")
    assert formats.count_text(12480) == "12,480"
    assert formats.percent_text(0.5) == "50%"


@pytest.mark.parametrize(
    ("elapsed_s", "shown"), [(0, "00:00"), (-3, "00:00"), (151.9, "02:31"), (3599, "59:59"), (3751, "1:02:31")]
)
def test_a_timer_shows_hours_only_when_there_are_some(elapsed_s, shown):
    assert formats.timer_text(elapsed_s) == shown


def test_the_locale_of_a_language_that_the_system_does_not_speak_has_a_24_hour_clock(speak, monkeypatch):
    german = QLocale(QLocale.Language.German)
    monkeypatch.setattr(translation.QLocale, "system", lambda: german)
    speak("en")
    assert formats.time_text(0)[-1].isdigit()
