"""Addresses of the store of stories, as SQLAlchemy writes them, taken apart for people and put together again. Pure."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

_FILE = "sqlite:///"
_TEAM = "postgresql+psycopg://"
_TEAM_TOO = re.compile(r"(?:postgres|postgresql)(?:\+\w+)?://", re.IGNORECASE)
_WITH_PASSWORD = re.compile(r"(?P<before>[^:/]*://[^:/@]*):(?P<password>[^@]*)@(?P<after>.*)")


class StoryStoreKind(StrEnum):
    """Where stories are kept."""

    OWN = "own"  # a file of this profile
    FILE = "file"  # one that desks share
    TEAM = "team"  # PostgreSQL


def kind_of(url: str) -> StoryStoreKind:
    if not url:
        return StoryStoreKind.OWN
    return StoryStoreKind.FILE if url.startswith(_FILE) else StoryStoreKind.TEAM


def place_of(url: str) -> str:
    """What people call it: the name of the server, or the path of the file; "" for the profile's own."""
    return url.removeprefix(_FILE) if kind_of(url) is not StoryStoreKind.TEAM else urlsplit(url).hostname or ""


def file_url(path: str) -> str:
    """Of a file; `path` must be absolute, which the settings see to."""
    return f"{_FILE}{path.strip()}"


def team_url(typed: str) -> tuple[str, str]:
    """The address of a database as the settings want it, and the password that was typed in it, "" for none."""
    url = _TEAM_TOO.sub(_TEAM, typed.strip(), count=1)
    found = _WITH_PASSWORD.fullmatch(url)
    return (f"{found['before']}@{found['after']}", unquote(found["password"])) if found is not None else (url, "")
