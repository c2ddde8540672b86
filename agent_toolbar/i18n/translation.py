"""Loads the language of the toolbar and switches it at run time. GUI thread only.

Qt sends LanguageChange to every widget when the translators change; a window draws its texts again on that event.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from agent_toolbar import paths

LANGUAGES = ("en", "fr")
FOLLOW_SYSTEM = ""
_SOURCE_LANGUAGE = "en"
_NAMES = {"en": "English", "fr": "Français"}
# A territory whose habits (24-hour clock, day before month) suit the language when the system does not speak it.
_LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
}


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks `text` for lupdate, which knows this name, and gives it back; typed, unlike Qt's own."""
    del context
    return text


def language_name(code: str) -> str:
    """A language in its own words, as a list of languages shows it."""
    return _NAMES[code]


def resolve_language(wanted: str) -> str:
    """The language that is spoken for a setting: itself when we have it, else the system's, else English."""
    if wanted in LANGUAGES:
        return wanted
    for tag in QLocale.system().uiLanguages():
        code = tag.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return _SOURCE_LANGUAGE


class Translation:
    """The language in force.

    Attributes:
        language: code of the language that is spoken now ("en" or "fr"), whatever the setting says.
    """

    def __init__(self, application: QCoreApplication, folder: Path | None = None) -> None:
        """`folder` holds the compiled .qm files; None means those that are shipped."""
        self._application = application
        self._folder = folder or paths.resource_path("translations")
        self._translators: list[QTranslator] = []
        self.language = _SOURCE_LANGUAGE

    def use(self, wanted: str = FOLLOW_SYSTEM) -> None:
        """Speaks `wanted`: "en", "fr" or "" for the system's. A missing .qm file leaves the texts in English."""
        language = resolve_language(wanted)
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = self._load(language)
        self.language = language
        QLocale.setDefault(_locale_of(language))
        for translator in self._translators:
            self._application.installTranslator(translator)

    def _load(self, language: str) -> list[QTranslator]:
        if language == _SOURCE_LANGUAGE:
            return []
        qt_own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        sources = (
            (f"qtbase_{language}", qt_own),
            (f"agent_toolbar_{language}", str(self._folder)),
        )
        loaded: list[QTranslator] = []
        for name, folder in sources:
            translator = QTranslator(self._application)
            if translator.load(name, folder):
                loaded.append(translator)
        return loaded


def _locale_of(language: str) -> QLocale:
    system = QLocale.system()
    ours = _LOCALES[language]
    return system if system.language() == ours.language() else ours
