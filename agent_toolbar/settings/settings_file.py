"""Settings as TOML text: strict when read, and only what differs from the built-in values when written. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import tomli_w

from agent_toolbar.application.ports.settings import SETTINGS_VERSION, Settings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.domain.key_combination import KeyCombination, read_keys
from agent_toolbar.settings.crm_rules import require_pages
from agent_toolbar.settings.day_rules import day_rules
from agent_toolbar.settings.directory_rules import directory_rules
from agent_toolbar.settings.flat_values import BUILT_IN, FlatValues, flat, nested, values_of
from agent_toolbar.settings.local_api_rules import local_api_rules
from agent_toolbar.settings.migrations import upgrade
from agent_toolbar.settings.rest_rules import rest_rules

_UNKNOWN = re.compile(r"unknown field `(?P<name>.*?)`(?: - at `\$\.?(?P<path>.*?)`)?$")
_WRONG = re.compile(r"(?P<reason>.*?)(?: - at `\$\.?(?P<path>.*?)`)?$", re.DOTALL)
_AT_LINE = re.compile(r"at line (\d+)")
_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_ENTRY = re.compile(r"\s*([^\s=#\[][^=]*?)\s*=")
_MAX_VOLUME = 1.5
_STORE_URLS = "sqlite:////folder/file, postgresql+psycopg://user@host/database"
_STORE_URL = re.compile(r"sqlite:///(?P<file>[^?]+)|postgresql\+psycopg://(?:[^@/]*@)?[^@/?]+/[^@/?]+(?:\?.*)?")
# as SQLAlchemy reads a URL (sqlalchemy.engine.url), which finds passwords where urllib finds none
_PASSWORD_IN_URL = re.compile(r"[^:/]*://[^:/]*:[^@]*@")


def parse_settings(text: str) -> Settings:
    """Raises SettingsError with the parameter `line` (0 where it cannot be told) and, where one is to blame, `key`.

    Codes: settings_broken (not TOML), settings_unknown_key, settings_wrong_value, settings_password_in_url,
    settings_too_new, settings_unknown_place and settings_page_host (of an address in crm.pages).
    """
    raw = parse_toml(text)
    with lines_of(text):
        return checked(upgrade(raw))


def parse_values(text: str) -> FlatValues:
    """What `text` itself sets, each value of the right type. Raises as parse_settings does."""
    raw = parse_toml(text)
    with lines_of(text):
        return typed_values(upgrade(raw))


def parse_toml(text: str) -> dict[str, Any]:
    """Raises SettingsError("settings_broken", line, reason)."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        found = _AT_LINE.search(str(fault))
        raise SettingsError("settings_broken", line=int(found[1]) if found else 0, reason=str(fault)) from fault


@contextmanager
def lines_of(text: str) -> Iterator[None]:
    """A SettingsError about a `key` also gets the `line` of `text` on which it stands."""
    try:
        yield
    except SettingsError as fault:
        line = line_of(text, str(fault.params["key"]))
        raise SettingsError(fault.code, **{**fault.params, "line": line}) from fault


def typed_values(raw: Mapping[str, Any]) -> FlatValues:
    """The values of `raw` by dotted key. Raises SettingsError for unknown keys and values of a wrong type."""
    everything = values_of(_converted(raw))
    return {key: everything[key] for key in flat(raw)}


def checked_values(values: FlatValues) -> Settings:
    """The built-in settings with `values` laid over them. Raises as `checked` does."""
    return checked(nested({**BUILT_IN, **values}))


def checked(raw: object) -> Settings:
    """Settings of plain values. Raises SettingsError with the dotted `key` that is wrong and what was `expected`."""
    settings = _converted(raw)
    _require_sensible(settings)
    return settings


def write_settings(settings: Settings) -> str:
    """TOML of the version and of everything that is not built-in, so that better built-in values can come later."""
    return write_values({key: value for key, value in values_of(settings).items() if value != BUILT_IN[key]})


def write_values(values: FlatValues) -> str:
    """TOML of the version and of `values`."""
    return tomli_w.dumps({"version": SETTINGS_VERSION, **nested(values)})


def line_of(text: str, key: str) -> int:
    """The line, from 1, on which the dotted `key` is set or its table begins; 0 if it is not found."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _dotted(header[1])
            if table == key or table.startswith(f"{key}."):
                return number
        elif entry := _ENTRY.match(line):
            name = _dotted(entry[1])
            if key in {name, f"{table}.{name}"}:
                return number
    return 0


def _converted(raw: object) -> Settings:
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as fault:
        raise _blame(str(fault)) from fault


def _blame(message: str) -> SettingsError:
    """msgspec says what is wrong in words only."""
    if unknown := _UNKNOWN.search(message):
        path = unknown["path"]
        return SettingsError("settings_unknown_key", key=f"{path}.{unknown['name']}" if path else unknown["name"])
    wrong = _WRONG.match(message)
    assert wrong is not None, "the pattern matches any text"
    return SettingsError("settings_wrong_value", key=(wrong["path"] or "").partition("[")[0], expected=wrong["reason"])


def _require_sensible(settings: Settings) -> None:
    """What a type cannot say."""
    urls = {
        "handover.store_url": settings.handover.store_url,
        "availability.rest.url": settings.availability.rest.url,
        "crm.url": settings.crm.url,
    }
    named = [*urls.items(), *(("directories", one.url) for one in settings.directories)]
    for key, url in named:
        if _holds_password(url):
            raise SettingsError("settings_password_in_url", key=key)
    rules: list[tuple[str, bool, str]] = [
        ("account.port", 0 <= settings.account.port <= 65535, "0-65535"),
        ("numbers.region", bool(re.fullmatch("[A-Z]{2}", settings.numbers.region)), "ISO 3166-1 alpha-2"),
        ("numbers.internal_pattern", _is_pattern(settings.numbers.internal_pattern), "regular expression"),
        ("handover.store_url", _is_store_url(settings.handover.store_url), _STORE_URLS),
        ("handover.undo_s", 0 <= settings.handover.undo_s <= 10, "0-10"),
        ("window.language", settings.window.language in {"", "en", "fr"}, "en, fr"),
        ("links.selection_key", _is_global_key(settings.links.selection_key), "Ctrl+Alt+D, F9, ..."),
    ]
    rules += day_rules(settings)
    rules += rest_rules(settings)
    rules += directory_rules(settings)
    rules += local_api_rules(settings)
    for name in ("microphone_volume", "speaker_volume", "ringer_volume"):
        rules.append((f"audio.{name}", 0.0 <= getattr(settings.audio, name) <= _MAX_VOLUME, f"0.0-{_MAX_VOLUME}"))
    for key, kept, expected in rules:
        if not kept:
            raise SettingsError("settings_wrong_value", key=key, expected=expected)
    require_pages(settings)


def _is_global_key(spelled: str) -> bool:
    return not spelled or isinstance(read_keys(spelled), KeyCombination)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _is_store_url(url: str) -> bool:
    """ "", or a database that is the same wherever the toolbar was started from."""
    known = _STORE_URL.fullmatch(url)
    try:
        _ = urlsplit(url).port
    except ValueError:  # half an IPv6 address, or a port that is no number
        return False
    return not url or (known is not None and (known["file"] is None or Path(known["file"]).is_absolute()))


def _holds_password(url: str) -> bool:
    """Before the host, or as a parameter of libpq (`password`, `sslpassword`)."""
    named = {name.lower() for name, _ in parse_qsl(url.partition("?")[2], keep_blank_values=True)}
    return _PASSWORD_IN_URL.match(url) is not None or any(name.endswith("password") for name in named)


def _dotted(written: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in written.split("."))
