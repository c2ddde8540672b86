"""Settings as text: strict, blamed by name and place, written sparingly."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.application.ports.settings import (
    SETTINGS_VERSION,
    AccountSettings,
    CrmPages,
    CrmSettings,
    OpensPage,
    PageMoments,
    Settings,
    Theme,
)
from agent_toolbar.application.ports.telephony import AudioConfig
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.domain.registration import Transport
from agent_toolbar.settings import migrations
from agent_toolbar.settings.migrations import upgrade
from agent_toolbar.settings.settings_file import checked, line_of, parse_settings, write_settings

CHOSEN = msgspec.structs.replace(
    Settings(),
    account=AccountSettings(server="pbx.example", extension="200", transport=Transport.TCP, codecs=("PCMA",)),
    crm=CrmSettings(pages=CrmPages(incoming=PageMoments(one=OpensPage.RING))),
    audio=AudioConfig(speaker_name='Zoé’s "headset"\n', speaker_volume=1.25),
)

_AT_ERP = "[crm]\nurl = 'https://crm.test'\npage_hosts = ['erp.test']\n[crm.pages]\n"

REFUSED = [
    ("volume = 3\n", "settings_unknown_key", "volume", 1),
    ("version = 1\n\n[acount]\nserver = 'x'\n", "settings_unknown_key", "acount", 3),
    ("[account]\nserver = 'x'\npasword = 'x'\n", "settings_unknown_key", "account.pasword", 3),
    ("account.sever = 'x'\n", "settings_unknown_key", "account.sever", 1),
    ("[window]\n# theme\ntheme = 'pink'\n", "settings_wrong_value", "window.theme", 3),
    ("[account]\nport = '5060'\n", "settings_wrong_value", "account.port", 2),
    ("[account]\nport = 70000\n", "settings_wrong_value", "account.port", 2),
    ('[account]\n"port" = -1\n', "settings_wrong_value", "account.port", 2),
    ("[account]\ncodecs = ['PCMA', 7]\n", "settings_wrong_value", "account.codecs", 2),
    ("account = 'none'\n", "settings_wrong_value", "account", 1),
    ("[numbers]\ninternal_pattern = '['\n", "settings_wrong_value", "numbers.internal_pattern", 2),
    ("[numbers]\nregion = 'France'\n", "settings_wrong_value", "numbers.region", 2),
    ("[audio]\nspeaker_volume = 9.0\n", "settings_wrong_value", "audio.speaker_volume", 2),
    ("[audio]\nspeaker_volume = nan\n", "settings_wrong_value", "audio.speaker_volume", 2),
    ("[window]\nlanguage = 'de'\n", "settings_wrong_value", "window.language", 2),
    ("[crm.pages.incoming]\none = 'always'\n", "settings_wrong_value", "crm.pages.incoming.one", 2),
    ("[crm]\npage_incoming = 'ring'\n", "settings_unknown_key", "crm.page_incoming", 2),
    ("[crm]\npage_hosts = ['https://crm.test']\n", "settings_wrong_value", "crm.page_hosts", 2),
    ("[crm.pages]\nnone_url = 'https://erp.test/?q={e164}'\n", "settings_page_host", "crm.pages.none_url", 2),
    (f"{_AT_ERP}none_url = 'http://crm.test/?q=1'\n", "settings_page_host", "crm.pages.none_url", 5),
    (f"{_AT_ERP}none_url = 'https://erp.test/?q={{phone}}'\n", "settings_unknown_place", "crm.pages.none_url", 5),
    (f"{_AT_ERP}one_url = 'https://{{name}}/'\n", "settings_wrong_value", "crm.pages.one_url", 5),
    (f"{_AT_ERP}several_url = 'ftp://erp.test/'\n", "settings_wrong_value", "crm.pages.several_url", 5),
    ("[handover]\nstore_url = 'mysql://host/db'\n", "settings_wrong_value", "handover.store_url", 2),
    ("[handover]\nstore_url = 'sqlite://'\n", "settings_wrong_value", "handover.store_url", 2),
    ("[handover]\nstore_url = 'sqlite:///here.sqlite'\n", "settings_wrong_value", "handover.store_url", 2),
    ("[handover]\nstore_url = 'postgresql+psycopg://host'\n", "settings_wrong_value", "handover.store_url", 2),
    ("[handover]\nstore_url = 'postgresql+psycopg://[::1/db'\n", "settings_wrong_value", "handover.store_url", 2),
    ("[handover]\nstore_url = 'postgresql+psycopg://db:five/db'\n", "settings_wrong_value", "handover.store_url", 2),
    ("version = 'one'\n", "settings_wrong_value", "version", 1),
    ("version = 0\n", "settings_wrong_value", "version", 1),
    ("version = true\n", "settings_wrong_value", "version", 1),
    (f"version = {SETTINGS_VERSION + 1}\n[brave]\nnew = 1\n", "settings_too_new", "version", 1),
]


def test_an_empty_file_means_the_built_in_settings() -> None:
    assert parse_settings("") == Settings()


def test_what_was_written_is_read_again() -> None:
    assert parse_settings(write_settings(CHOSEN)) == CHOSEN


@given(st.text(), st.floats(0, 1.5), st.integers(0, 65535), st.sampled_from(Theme))
def test_any_text_and_number_survives_the_file(name: str, volume: float, port: int, theme: Theme) -> None:
    if any("\ud800" <= char <= "\udfff" for char in name):
        return
    settings = msgspec.structs.replace(
        Settings(),
        account=AccountSettings(server="pbx", extension="1", display_name=name, port=port),
        audio=AudioConfig(microphone_volume=volume),
        window=msgspec.structs.replace(Settings().window, theme=theme),
    )
    assert parse_settings(write_settings(settings)) == settings


def test_only_what_differs_from_the_built_in_values_is_written() -> None:
    assert write_settings(Settings()) == f"version = {SETTINGS_VERSION}\n"
    assert "microphone" not in write_settings(CHOSEN)


def test_a_whole_number_is_a_volume_too() -> None:
    assert parse_settings("[audio]\nspeaker_volume = 1\n").audio.speaker_volume == 1.0


@pytest.mark.parametrize(("text", "code", "key", "line"), REFUSED)
def test_what_cannot_be_is_refused_by_name_and_place(text: str, code: str, key: str, line: int) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(text)
    assert (refused.value.code, refused.value.params["key"], refused.value.params["line"]) == (code, key, line)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://ann:s3cret@host/stories",
        "postgresql+psycopg://ann:@host/stories",
        "postgresql+psycopg://:s3cret@host/stories",
        "postgresql+psycopg://ann:s3#cr?e/t@host/stories",
        "postgresql+psycopg://ann@host/stories?password=s3cret",
        "postgresql+psycopg://ann@host/stories?sslmode=require&sslp%61ssword=s3cret",
        "mysql://ann:s3cret@host/stories",
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="settings_password_in_url") as refused:
        parse_settings(f"[handover]\nstore_url = '{url}'\n")
    assert refused.value.params == {"key": "handover.store_url", "line": 2}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite:////srv/desks/stories.sqlite",
        "sqlite:////srv/a:b@c/stories.sqlite",
        "postgresql+psycopg://ann@db.example.com/stories",
        "postgresql+psycopg://ann@db.example.com:5433/stories?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql+psycopg://ann%40here@[2001:db8::1]:5432/stories",
        "postgresql+psycopg://db/stories",
    ],
)
def test_where_stories_can_be_kept(url: str) -> None:
    assert parse_settings(f"[handover]\nstore_url = '{url}'\n").handover.store_url == url


@pytest.mark.parametrize(
    ("text", "line"), [("version = 1\n[account\n", 2), ("a = 1\na = 2\n", 2), ("\x00", 1), ("a = " + "[" * 5000, 0)]
)
def test_what_is_no_toml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SettingsError, match="settings_broken") as refused:
        parse_settings(text)
    assert refused.value.params["line"] == line


def test_a_value_that_types_cannot_forbid_at_run_time_is_refused() -> None:
    wrong = msgspec.structs.replace(Settings(), account=AccountSettings(port="5060"))  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="settings_wrong_value"):
        checked(msgspec.to_builtins(wrong))


def test_a_key_that_is_nowhere_in_the_text_has_no_line() -> None:
    assert line_of("[account]\nserver = 'x'\n", "window.theme") == 0


def test_every_version_before_this_one_has_its_step() -> None:
    assert set(migrations.STEPS) == set(range(1, SETTINGS_VERSION))


def test_steps_are_taken_in_order_from_the_version_of_the_file() -> None:
    steps = {
        1: lambda raw: {"trail": "1"},
        2: lambda raw: {"trail": raw.get("trail", "") + "2"},
        3: lambda raw: {"trail": raw["trail"] + "3"},
    }
    assert upgrade({"version": 1}, 4, steps) == {"trail": "123", "version": 4}
    assert upgrade({"version": 2}, 4, steps) == {"trail": "23", "version": 4}
    assert upgrade({"version": 4, "kept": 1}, 4, steps) == {"version": 4, "kept": 1}
    assert upgrade({"kept": 1}, 4, steps) == {"version": 4, "kept": 1}


def test_pages_of_version_1_go_on_as_they_were() -> None:
    pages = parse_settings(
        "version = 1\n[crm]\nurl = 'https://crm.test'\npage_incoming = 'ring'\npage_outgoing = 'never'\n"
    ).crm.pages
    never, button = OpensPage.NEVER, OpensPage.BUTTON
    assert pages == CrmPages(incoming=PageMoments(one=OpensPage.RING), outgoing=PageMoments(button, never, never))


def test_a_file_of_version_1_without_pages_is_read_as_before() -> None:
    assert parse_settings("version = 1\n[crm]\nuser = 'marie'\n").crm == CrmSettings(user="marie")
    with pytest.raises(SettingsError, match="settings_wrong_value"):
        parse_settings("version = 1\ncrm = 7\n")


def test_a_page_may_lead_to_a_computer_that_the_settings_name() -> None:
    written = f"{_AT_ERP}none_url = 'http://erp.test/?q={{e164}}'\none_url = 'https://crm.test/c/{{contact_id}}'\n"
    assert parse_settings(written).crm.pages.none_url == "http://erp.test/?q={e164}"
