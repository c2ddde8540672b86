"""Every country that a telephone number can belong to has a name in both languages."""

from __future__ import annotations

import phonenumbers
import pytest
from PySide6.QtCore import QLocale

from agent_toolbar.i18n import country_names
from agent_toolbar.i18n.country_names import country_name


@pytest.fixture
def locale():
    before = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(before)


def test_every_country_of_a_number_has_a_name() -> None:
    assert phonenumbers.SUPPORTED_REGIONS - country_names._names().keys() == set()


def test_the_name_follows_the_language(locale) -> None:
    locale(QLocale("fr_FR"))
    assert country_name("DE") == "Allemagne"
    locale(QLocale("en_GB"))
    assert country_name("DE") == "Germany"


def test_no_country_is_no_word_and_an_unknown_code_stays() -> None:
    assert (country_name(""), country_name("QQ")) == ("", "QQ")
