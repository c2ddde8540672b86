"""The numbers page: which country this desk stands in, its extensions and its outside line. GUI thread."""

from __future__ import annotations

import re

import msgspec
import phonenumbers
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from agent_toolbar.application.ports.settings import NumberSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_LENGTHS = re.compile(r"\[0-9\]\{(\d),(\d)\}")
_LATIN = re.compile(r"[\u0020-\u024f\u1e00-\u1eff\u2018\u2019]+")
_LONGEST_EXTENSION = 7
_PREFIX = re.compile(r"[0-9*#]{0,4}")


def countries() -> list[tuple[str, str]]:
    """Every region of the numbering plans as (name and country code, ISO 3166-1 code), by name.

    A name is in the country's own language where that is written in Latin letters, else in English: every desktop has
    the glyphs, and someone who works there finds it.
    """
    named = []
    for region in phonenumbers.SUPPORTED_REGIONS:
        territory = QLocale.codeToTerritory(region)
        own_name = QLocale(QLocale.Language.AnyLanguage, territory).nativeTerritoryName()
        name = own_name if _LATIN.fullmatch(own_name) else QLocale.territoryToString(territory)
        named.append((f"{name} (+{phonenumbers.country_code_for_region(region)})", region))
    return sorted(named, key=lambda entry: entry[0].casefold())


class NumbersPage(SettingsPage):
    """How numbers are written here, so that a caller's number leads to the contact."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Numbers"))
        numbers = toolbar.settings.numbers
        self._add_country(numbers)
        self._add_extensions(numbers)
        self._add_outside_line(numbers)
        self.body.addStretch()
        self._show_example()

    def _add_country(self, numbers: NumberSettings) -> None:
        self.country = QComboBox()
        self.country.setEditable(True)
        self.country.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.country.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.country.setMinimumContentsLength(24)
        for name, region in countries():
            self.country.addItem(name, region)
        completer = QCompleter(self.country.model(), self.country)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.country.setCompleter(completer)
        self.country.setCurrentIndex(self.country.findData(numbers.region))
        self._example = self.add_row(self.tr("Country"), self.country, key="numbers.region")
        line = self.country.lineEdit()
        if line is not None:
            line.setAccessibleName(self.tr("Country"))
        self.country.activated.connect(lambda _: self._change_country())

    def _add_extensions(self, numbers: NumberSettings) -> None:
        self.shortest, self.longest = QSpinBox(), QSpinBox()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(tokens.SPACE_S))
        plain = _LENGTHS.fullmatch(numbers.internal_pattern)
        for box, text, name in (
            (self.shortest, self.tr("from"), self.tr("Fewest digits of an extension")),
            (self.longest, self.tr("to"), self.tr("Most digits of an extension")),
        ):
            box.setRange(1, _LONGEST_EXTENSION)
            box.setAccessibleName(name)
            box.setEnabled(plain is not None)
            line.addWidget(QLabel(text))
            line.addWidget(box)
        line.addWidget(QLabel(self.tr("digits")))
        line.addStretch()
        row.setFocusProxy(self.shortest)
        hint = self.tr("Numbers of this length belong to colleagues.")
        if plain is None:
            hint = self.tr("Set in the settings file: {pattern}").format(pattern=numbers.internal_pattern)
        notice = self.add_row(self.tr("Internal extensions"), row, hint, key="numbers.internal_pattern")
        if plain is not None:
            self.shortest.setValue(int(plain[1]))
            self.longest.setValue(int(plain[2]))
        for box in (self.shortest, self.longest):
            box.valueChanged.connect(lambda _: self._change_lengths(notice))

    def _add_outside_line(self, numbers: NumberSettings) -> None:
        self.outside = QLineEdit(numbers.outside_prefix)
        self.outside.setMaxLength(4)
        hint = self.tr("What you dial first to reach the outside, 0 for example. Empty if nothing.")
        notice = self.add_row(self.tr("Outside line"), self.outside, hint, key="numbers.outside_prefix")
        self.outside.editingFinished.connect(lambda: self._change_outside(notice))
        self.bare = QCheckBox(self.tr("International callers come without “+”"))
        self.bare.setChecked(numbers.bare_international)
        hint = self.tr("Only if numbers from abroad are shown as 33612345678 instead of +33612345678.")
        bare_notice = self.add_wide(self.bare, hint, key="numbers.bare_international")
        self.bare.toggled.connect(lambda on: self._change(bare_notice, bare_international=on))

    # ------------------------------------------------------------------ changes

    def _change_country(self) -> None:
        if self._change(self._example, region=str(self.country.currentData())):
            self._show_example()

    def _change_lengths(self, notice: Notice) -> None:
        shortest, longest = self.shortest.value(), self.longest.value()
        if shortest > longest:
            notice.say(self.tr("The first number of digits must not be greater than the second."))
            return
        self._change(notice, internal_pattern=f"[0-9]{{{shortest},{longest}}}")

    def _change_outside(self, notice: Notice) -> None:
        typed = self.outside.text().strip()
        if not _PREFIX.fullmatch(typed):
            notice.say(self.tr("Only digits, * and # can be dialled first."))
            return
        self._change(notice, outside_prefix=typed)

    def _change(self, notice: Notice, **changes: object) -> bool:
        settings = self.toolbar.settings
        numbers = msgspec.structs.replace(settings.numbers, **changes)
        return self.change(msgspec.structs.replace(settings, numbers=numbers), notice)

    def _show_example(self) -> None:
        region = self.toolbar.settings.numbers.region
        example = phonenumbers.example_number(region)
        if example is None:
            return
        written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        meant = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        text = self.tr("{written} is understood as {meant}.").format(written=written, meant=meant)
        self._example.say(text, Tone.MUTED)
