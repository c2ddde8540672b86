"""macOS reads from the application's Info.plist what it opens; here is that part, and whom the person chose.

Source: developer.apple.com, CFBundleURLTypes. Who is the default lies in the preferences of LaunchServices.
"""

from __future__ import annotations

import logging
import plistlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from agent_toolbar.application.ports.scheme_handlers import (
    DesktopSystem,
    HandlersFound,
    Offer,
    SchemeHolder,
    Scope,
)
from agent_toolbar.domain.dial_uri import OWN_SCHEME
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.handlers.scheme_names import OFFERED, scheme_name

_log = logging.getLogger(__name__)

BUNDLE_ID = "org.agent-toolbar.AgentToolbar"
APP = "Agent Toolbar"
_PREFERENCES = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist"
_OF_APPLE = {"com.apple.facetime": "FaceTime"}
_MAX_NAME = 60


def url_types(schemes: Sequence[str] = OFFERED) -> list[dict[str, Any]]:
    """The value of CFBundleURLTypes. Alternate: one that may be chosen, not one that owns these links."""
    shared = [scheme_name(scheme) for scheme in schemes if scheme != OWN_SCHEME]
    return [
        _url_type(f"{BUNDLE_ID}.telephone", shared, "Alternate"),
        _url_type(f"{BUNDLE_ID}.link", [scheme_name(OWN_SCHEME)], "Owner"),
    ]


def info_plist(version: str) -> dict[str, Any]:
    """Info.plist of the application, as the installer's recipe puts it into the bundle."""
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDisplayName": APP,
        "CFBundleExecutable": "agent-toolbar",
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleLocalizations": ["en", "fr"],
        "CFBundleName": APP,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version,
        "CFBundleURLTypes": url_types(),
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSMicrophoneUsageDescription": "The other side of a call hears your microphone.",
    }


def _url_type(name: str, schemes: list[str], rank: str) -> dict[str, Any]:
    return {
        "CFBundleTypeRole": "Viewer",
        "CFBundleURLName": name,
        "CFBundleURLSchemes": schemes,
        "LSHandlerRank": rank,
    }


class MacSchemeHandlers:
    """See ports.scheme_handlers.SchemeHandlers; the system offers an application as soon as it lies in its folder."""

    def __init__(self, home: Path, executable: Path) -> None:
        self._home = home
        self._executable = executable

    def found(self) -> HandlersFound:
        chosen, problem = dict[str, str](), None
        try:
            chosen = self._chosen()
        except SchemeError as error:
            _log.warning("who opens links is not known: %s", error)
            problem = error
        return HandlersFound(
            system=DesktopSystem.MACOS,
            user=self._offer(self._home / "Applications"),
            machine=self._offer(Path("/Applications")),
            holders=tuple(_holder(scheme, chosen.get(scheme, "")) for scheme in OFFERED),
            problem=problem,
        )

    def register(self, scope: Scope, *, default: bool = False) -> None:
        raise SchemeError("handlers_in_application")

    def unregister(self, scope: Scope) -> None:
        raise SchemeError("handlers_in_application")

    def _offer(self, folder: Path) -> Offer:
        bundled = any(parent.suffix == ".app" for parent in self._executable.parents)
        return Offer.CURRENT if bundled and self._executable.is_relative_to(folder) else Offer.NONE

    def _chosen(self) -> dict[str, str]:
        """Ids of applications by scheme; none where nothing was ever chosen. Raises SchemeError."""
        file = self._home / _PREFERENCES
        try:
            preferences = plistlib.loads(file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, plistlib.InvalidFileException, ExpatError, ValueError) as error:
            raise _unreadable(file, str(error) or type(error).__name__) from error
        entries = preferences.get("LSHandlers", []) if isinstance(preferences, dict) else None
        if not isinstance(entries, list):
            raise _unreadable(file, "LSHandlers")
        found = dict[str, str]()
        for entry in entries:
            scheme = entry.get("LSHandlerURLScheme") if isinstance(entry, dict) else None
            holder = (entry.get("LSHandlerRoleAll") or entry.get("LSHandlerRoleViewer")) if scheme else None
            if isinstance(scheme, str) and isinstance(holder, str):
                found[scheme.lower()] = holder
        return found


def _unreadable(file: Path, detail: str) -> SchemeError:
    return SchemeError("handlers_unreadable", place=str(file), detail=detail)


def _holder(scheme: str, chosen: str) -> SchemeHolder:
    if not chosen:
        return SchemeHolder(scheme, known=False)
    if chosen.lower() == BUNDLE_ID.lower():  # LaunchServices writes it in lower case
        return SchemeHolder(scheme, APP, chosen, ours=True)
    return SchemeHolder(scheme, _OF_APPLE.get(chosen.lower(), plain_text(chosen, _MAX_NAME)), chosen)
