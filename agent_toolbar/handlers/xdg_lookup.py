"""Who opens a link on a Linux desktop, by the rules that the desktops themselves follow. Reads files only.

Sources: Association between MIME types and applications 1.0.1; XDG Base Directory Specification 0.8.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agent_toolbar.domain.text import plain_text
from agent_toolbar.handlers import desktop_entry, mime_apps

_LIST = "mimeapps.list"
_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class XdgPlaces:
    """Where a desktop looks, the most important first. desktops: names of XDG_CURRENT_DESKTOP in lower case."""

    config: tuple[Path, ...]
    data: tuple[Path, ...]
    desktops: tuple[str, ...] = ()

    def mime_files(self) -> Iterator[Path]:
        """Every file that may name a default, whether it is there or not."""
        for folder in (*self.config, *(data / "applications" for data in self.data)):
            for desktop in self.desktops:
                yield folder / f"{desktop}-{_LIST}"
            yield folder / _LIST


def places_of_user(environment: Mapping[str, str], home: Path) -> XdgPlaces:
    """The first of `config` and `data` are the user's own."""
    return XdgPlaces(
        config=(
            _folder(environment.get("XDG_CONFIG_HOME", "")) or home / ".config",
            *(_folders(environment.get("XDG_CONFIG_DIRS", "")) or (Path("/etc/xdg"),)),
        ),
        data=(
            _folder(environment.get("XDG_DATA_HOME", "")) or home / ".local/share",
            *(_folders(environment.get("XDG_DATA_DIRS", "")) or (Path("/usr/local/share"), Path("/usr/share"))),
        ),
        desktops=tuple(
            name.lower() for name in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if name and "/" not in name
        ),
    )


def _folder(value: str) -> Path | None:
    """Relative paths count as not set."""
    return Path(value) if value.startswith("/") else None


def _folders(value: str) -> tuple[Path, ...]:
    return tuple(folder for part in value.split(":") if (folder := _folder(part)) is not None)


class Associations:
    """What the files said when this was made; a file that cannot be read says nothing."""

    def __init__(self, places: XdgPlaces) -> None:
        self._data = places.data
        self._lists = [(file, read_text(file)) for file in places.mime_files()]
        self._caches = [read_text(folder / "applications" / "mimeinfo.cache") for folder in places.data]

    def default(self, mime: str) -> tuple[str, Path | None]:
        """Whom a list names as the default, and that list; ("", None) when none names anybody who is installed."""
        for file, text in self._lists:
            for name in mime_apps.ids_of(text, mime_apps.DEFAULTS, mime):
                if self.installed(name):
                    return name, file
        return "", None

    def holder(self, mime: str) -> str:
        """Id of who opens such links: the default, else whoever is the first to offer it. "" for nobody."""
        name, _ = self.default(mime)
        return name or next((name for name in self._offering(mime) if self.installed(name)), "")

    def name(self, desktop_id: str) -> str:
        """As people read it."""
        written = desktop_entry.unescaped(self._entry(desktop_id).get("Name", ""))
        return plain_text(written, _MAX_NAME) or desktop_id.removesuffix(".desktop")

    def installed(self, desktop_id: str) -> bool:
        """There is such a file, and the program that it starts."""
        entry = self._entry(desktop_id)
        if not entry or entry.get("Hidden", "") == "true":
            return False
        command = desktop_entry.command_words(entry.get("Exec", ""))
        wanted = [desktop_entry.unescaped(entry["TryExec"])] if "TryExec" in entry else []
        return bool(command) and all(shutil.which(word) for word in (command[0], *wanted))

    def _entry(self, desktop_id: str) -> dict[str, str]:
        file = find_entry(self._data, desktop_id)
        return desktop_entry.read_entry(read_text(file)) if file is not None else {}

    def _offering(self, mime: str) -> Iterator[str]:
        removed = set[str]()
        for _, text in self._lists:
            yield from (one for one in mime_apps.ids_of(text, mime_apps.ADDED, mime) if one not in removed)
            removed.update(mime_apps.ids_of(text, mime_apps.REMOVED, mime))
        for text in self._caches:
            yield from (one for one in mime_apps.ids_of(text, mime_apps.CACHE, mime) if one not in removed)


def find_entry(data: tuple[Path, ...], desktop_id: str) -> Path | None:
    """The first .desktop file of that id. "a-b.desktop" may also lie at a/b.desktop."""
    if "/" in desktop_id or not desktop_id.endswith(".desktop"):
        return None
    for folder in data:
        for name in (desktop_id, desktop_id.replace("-", "/", 1)):
            file = folder / "applications" / name
            if file.is_file():
                return file
    return None


def read_text(file: Path) -> str:
    """ "" for what is not there or may not be read; bytes that are no UTF-8 come through as they are."""
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
