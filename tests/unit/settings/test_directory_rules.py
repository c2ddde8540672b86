"""Which company directories the settings take, and what they say of the others."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports.settings import DirectoryKind
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.directory_rules import needs_start_tls
from agent_toolbar.settings.settings_file import parse_settings, write_settings

BOOK = '[[directories]]\nname = "Book"\nkind = "carddav"\nurl = "{url}"\n'
STAFF = '[[directories]]\nname = "Staff"\nkind = "ldap"\nurl = "{url}"\nbase = "dc=test"\n'


@pytest.mark.parametrize(
    "text",
    [
        BOOK.format(url="https://dav.test/book/"),
        BOOK.format(url="http://127.0.0.1:5232/book/"),
        STAFF.format(url="ldaps://ldap.test"),
        STAFF.format(url="ldaps://ldap.test:3269/"),
        STAFF.format(url="ldap://ldap.test"),
        BOOK.format(url="https://dav.test/") + STAFF.format(url="ldap://localhost"),
    ],
)
def test_what_is_safe_is_taken_and_written_again(text: str) -> None:
    settings = parse_settings(text)

    assert parse_settings(write_settings(settings)) == settings
    assert settings.directories[0].kind in set(DirectoryKind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BOOK.format(url="http://dav.test/"), "Book: url https://"),
        (BOOK.format(url="ldaps://dav.test/"), "Book: url https://"),
        (STAFF.format(url="https://ldap.test"), "Staff: url ldaps://"),
        (STAFF.format(url="ldap://ldap.test/dc=test??sub"), "Staff: url ldaps://"),
        (STAFF.format(url="ldap://ann@ldap.test"), "Staff: url ldaps://"),
        (STAFF.format(url="ldap://ldap.test:99999"), "Staff: url ldaps://"),
        (STAFF.format(url="ldap://"), "Staff: url ldaps://"),
        (STAFF.format(url="ldap://ldap.test").replace("dc=test", ""), "Staff: base"),
        (STAFF.format(url="ldap://ldap.test") + 'filter = "(cn=a"\n', "Staff: filter"),
        (STAFF.format(url="ldap://ldap.test") + 'filter = "cn=a"\n', "Staff: filter"),
        (BOOK.format(url="https://dav.test/") + "refresh_min = 0\n", "Book: refresh_min"),
        (BOOK.format(url="https://dav.test/") * 2, "name: each once"),
        (BOOK.format(url="https://dav.test/").replace("Book", " "), "name: 1-60"),
    ],
)
def test_what_is_wrong_is_named(text: str, expected: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(text)

    assert (refused.value.code, refused.value.params["key"]) == ("settings_wrong_value", "directories")
    assert expected in str(refused.value.params["expected"])
    assert refused.value.params["line"] == 1


def test_a_password_in_an_address_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(BOOK.format(url="https://ann:secret@dav.test/"))

    assert refused.value.code == "settings_password_in_url"


@pytest.mark.parametrize(
    ("url", "asks"),
    [
        ("ldap://ldap.test", True),
        ("ldaps://ldap.test", False),
        ("ldap://127.0.0.1", False),
        ("ldap://localhost", False),
    ],
)
def test_no_password_crosses_a_network_in_plain_text(url: str, asks: bool) -> None:
    assert needs_start_tls(url) is asks
