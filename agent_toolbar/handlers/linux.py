"""Offers the toolbar to Linux desktops: a .desktop file, its icon, and on wish a line in mimeapps.list.

The list is edited here and not by xdg-mime, which a bare system lacks and which forgets who was there before.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent_toolbar import paths
from agent_toolbar.application.ports.scheme_handlers import (
    DesktopSystem,
    HandlersFound,
    Offer,
    SchemeHolder,
    Scope,
)
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.handlers import mime_apps
from agent_toolbar.handlers.desktop_entry import (
    DESKTOP_ID,
    entry_text,
    kept_holders,
    mime_type,
    mime_types,
    program_of,
    read_entry,
)
from agent_toolbar.handlers.program import program
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.system_files import text_to_edit, told_as_scheme_errors, write_whole
from agent_toolbar.handlers.xdg_lookup import Associations, XdgPlaces, find_entry, places_of_user, read_text

_log = logging.getLogger(__name__)

ICON = "agent-toolbar"
_REFRESH = "update-desktop-database"
_REFRESH_S = 30


@dataclass(frozen=True, slots=True)
class MachinePlaces:
    """Where an offer to everybody goes: folders for what no package of the distribution brought."""

    data: Path = Path("/usr/local/share")
    config: Path = Path("/etc/xdg")


class LinuxSchemeHandlers:
    """See ports.scheme_handlers.SchemeHandlers."""

    def __init__(
        self,
        places: XdgPlaces | None = None,
        machine: MachinePlaces | None = None,
        command: tuple[str, ...] | None = None,
        refresh: str | None = None,
    ) -> None:
        """`refresh`: program that renews the cache of a folder, "" for none; the default is looked for in PATH."""
        self._places = places or places_of_user(os.environ, Path.home())
        self._machine = machine or MachinePlaces()
        self._command = command or program()
        self._refresh = (shutil.which(_REFRESH) or "") if refresh is None else refresh

    def found(self) -> HandlersFound:
        known = Associations(self._places)
        return HandlersFound(
            system=DesktopSystem.LINUX,
            user=self._offer(self._places.data[:1]),
            machine=self._offer(tuple(dict.fromkeys((*self._places.data[1:], self._machine.data)))),
            holders=tuple(_holder(known, scheme) for scheme in OFFERED),
        )

    def register(self, scope: Scope, *, default: bool = False) -> None:
        data, config, seen = self._scope(scope)
        file = data / "applications" / DESKTOP_ID
        known = Associations(seen)
        kept = kept_holders(read_entry(read_text(file)))
        mime_list = config / "mimeapps.list"
        with told_as_scheme_errors():
            text = old = text_to_edit(mime_list)
            for scheme in OFFERED:
                mime = mime_type(scheme)
                text = mime_apps.without(text, mime_apps.REMOVED, mime, DESKTOP_ID)
                # Whoever opens these links only because nobody else offered to would lose them to the new offer.
                holder = known.holder(mime)
                if holder not in {"", DESKTOP_ID} and not known.default(mime)[0]:
                    text = mime_apps.with_first(text, mime, holder)
                    kept[scheme] = holder
            try:
                entry = entry_text(self._command, OFFERED, ICON, kept)
            except ValueError as fault:
                raise SchemeError("handlers_bad_path", place=" ".join(self._command)) from fault
            _write_if_other(mime_list, old, text)
            write_whole(_icon_file(data), paths.resource_path("icons", f"{ICON}.svg").read_bytes())
            write_whole(file, entry.encode("utf-8", "surrogateescape"))
            os.utime(data / "icons" / "hicolor")  # how icon themes are told, where nobody renews their cache
            self._renew_cache(data / "applications", present=True)
            if default:
                self._become_default(mime_list, seen)

    def unregister(self, scope: Scope) -> None:
        data, config, seen = self._scope(scope)
        file = data / "applications" / DESKTOP_ID
        kept = kept_holders(read_entry(read_text(file)))
        ours = [one for one in seen.mime_files() if one.parent in {config, data / "applications"}]
        with told_as_scheme_errors():
            for mime_list in ours:
                text = old = text_to_edit(mime_list)
                for scheme in OFFERED:
                    mime = mime_type(scheme)
                    text = mime_apps.without(text, mime_apps.DEFAULTS, mime, DESKTOP_ID)
                    text = mime_apps.without(text, mime_apps.ADDED, mime, DESKTOP_ID)
                    if mime_apps.ids_of(text, mime_apps.DEFAULTS, mime) == [kept.get(scheme, "")]:
                        text = mime_apps.without(text, mime_apps.DEFAULTS, mime, kept[scheme])
                _write_if_other(mime_list, old, text)
            _icon_file(data).unlink(missing_ok=True)
            if file.exists():
                file.unlink()
                self._renew_cache(data / "applications", present=False)

    # ------------------------------------------------------------------ inside

    def _scope(self, scope: Scope) -> tuple[Path, Path, XdgPlaces]:
        """Folders to write data and lists in, and where those look whom that concerns."""
        if scope is Scope.USER:
            return self._places.data[0], self._places.config[0], self._places
        data, config = self._machine.data, self._machine.config
        seen = XdgPlaces(
            config=tuple(dict.fromkeys((*self._places.config[1:], config))),
            data=tuple(dict.fromkeys((*self._places.data[1:], data))),
            desktops=self._places.desktops,
        )
        return data, config, seen

    def _offer(self, data: tuple[Path, ...]) -> Offer:
        file = find_entry(data, DESKTOP_ID)
        entry = read_entry(read_text(file)) if file is not None else {}
        if mime_type("tel") not in mime_types(entry):
            return Offer.NONE
        return Offer.CURRENT if _same(program_of(entry), self._command) else Offer.OTHER_PROGRAM

    def _become_default(self, mime_list: Path, seen: XdgPlaces) -> None:
        text = old = text_to_edit(mime_list)
        for scheme in OFFERED:
            text = mime_apps.with_first(text, mime_type(scheme), DESKTOP_ID)
        _write_if_other(mime_list, old, text)
        known = Associations(seen)
        for scheme in OFFERED:
            name, file = known.default(mime_type(scheme))
            if name != DESKTOP_ID:
                raise SchemeError("handlers_overruled", scheme=scheme, place=str(file or mime_list))

    def _renew_cache(self, folder: Path, *, present: bool) -> None:
        """By the desktop's own program, else by hand: what is not in the cache is not offered to anybody."""
        if self._refresh:
            try:
                subprocess.run([self._refresh, "-q", str(folder)], capture_output=True, check=True, timeout=_REFRESH_S)
            except (OSError, subprocess.SubprocessError) as fault:
                _log.warning("%s did not renew %s: %s", self._refresh, folder, fault)
            else:
                return
        cache = folder / "mimeinfo.cache"
        text = old = text_to_edit(cache)
        for scheme in OFFERED:
            if present:
                text = mime_apps.with_first(text, mime_type(scheme), DESKTOP_ID, mime_apps.CACHE)
            else:
                text = mime_apps.without(text, mime_apps.CACHE, mime_type(scheme), DESKTOP_ID)
        _write_if_other(cache, old, text)


def _holder(known: Associations, scheme: str) -> SchemeHolder:
    desktop_id = known.holder(mime_type(scheme))
    if not desktop_id:
        return SchemeHolder(scheme)
    return SchemeHolder(scheme, known.name(desktop_id), desktop_id, ours=desktop_id == DESKTOP_ID)


def _same(words: Sequence[str], command: Sequence[str]) -> bool:
    """A package may name a link to the program, /usr/bin/agent-toolbar for example."""
    if not words:
        return False
    return Path(words[0]).resolve() == Path(command[0]).resolve() and list(words[1:]) == list(command[1:])


def _icon_file(data: Path) -> Path:
    return data / "icons" / "hicolor" / "scalable" / "apps" / f"{ICON}.svg"


def _write_if_other(file: Path, old: str, new: str) -> None:
    if new == old:
        return
    if new:
        write_whole(file, new.encode("utf-8", "surrogateescape"))
    else:
        file.unlink(missing_ok=True)
