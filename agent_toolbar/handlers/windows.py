"""Offers the toolbar to Windows through its registry, and reads whom the person chose there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

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
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.system_files import told_as_scheme_errors
from agent_toolbar.handlers.windows_records import (
    APP,
    CAPABILITIES,
    CLASSES,
    REGISTERED,
    RegistryValue,
    command_line,
    own_keys,
    prog_id,
    records,
    settings_page,
)

_CHOICES = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
_MAX_NAME = 60


class Registry(Protocol):
    """HKEY_CURRENT_USER (Scope.USER) and HKEY_LOCAL_MACHINE. Raises OSError where it may not be written."""

    def read(self, scope: Scope, key: str, name: str) -> str | None:
        """A text value, None for none."""

    def write(self, scope: Scope, value: RegistryValue) -> None:
        """Makes the key, too."""

    def delete_value(self, scope: Scope, key: str, name: str) -> None:
        """No effect when there is none."""

    def delete_tree(self, scope: Scope, key: str) -> None:
        """The key with all below it; no effect when there is none."""


class WindowsSchemeHandlers:
    """See ports.scheme_handlers.SchemeHandlers."""

    def __init__(self, registry: Registry, command: tuple[str, ...], announce: Callable[[], None]) -> None:
        """`announce`: tells the desktop that associations changed."""
        self._registry = registry
        self._command = command
        self._announce = announce

    def found(self) -> HandlersFound:
        user, machine = self._offer(Scope.USER), self._offer(Scope.MACHINE)
        offered = Scope.USER if user is not Offer.NONE else Scope.MACHINE if machine is not Offer.NONE else None
        return HandlersFound(
            system=DesktopSystem.WINDOWS,
            user=user,
            machine=machine,
            holders=tuple(self._holder(scheme) for scheme in OFFERED),
            page=settings_page(offered),
        )

    def register(self, scope: Scope, *, default: bool = False) -> None:
        if default:
            raise SchemeError("handlers_person_chooses")
        with told_as_scheme_errors():
            try:
                values = records(self._command, OFFERED)
            except ValueError as fault:
                raise SchemeError("handlers_bad_path", place=self._command[0]) from fault
            for value in values:
                self._registry.write(scope, value)
        self._announce()

    def unregister(self, scope: Scope) -> None:
        with told_as_scheme_errors():
            if self._registry.read(scope, REGISTERED, APP) == CAPABILITIES:
                self._registry.delete_value(scope, REGISTERED, APP)
            for key in own_keys(OFFERED):
                self._registry.delete_tree(scope, key)
        self._announce()

    # ------------------------------------------------------------------ inside

    def _offer(self, scope: Scope) -> Offer:
        if self._registry.read(scope, REGISTERED, APP) != CAPABILITIES:
            return Offer.NONE
        ours = self._is_ours(self._registry.read(scope, rf"{CLASSES}\{prog_id('tel')}\shell\open\command", ""))
        return Offer.CURRENT if ours else Offer.OTHER_PROGRAM

    def _is_ours(self, command: str | None) -> bool:
        try:
            return command == command_line(self._command)
        except ValueError:
            return False

    def _holder(self, scheme: str) -> SchemeHolder:
        chosen = self._registry.read(Scope.USER, rf"{_CHOICES}\{scheme}\UserChoice", "ProgId")
        if not chosen and scheme == OWN_SCHEME and self._class_value(rf"{scheme}\shell\open\command", ""):
            chosen = prog_id(scheme)  # nobody else offers it, so nobody is asked
        if not chosen:
            return SchemeHolder(scheme, known=False)
        if chosen == prog_id(scheme):
            return SchemeHolder(scheme, APP, chosen, ours=True)
        return SchemeHolder(scheme, self._name(chosen), chosen)

    def _name(self, chosen: str) -> str:
        """Of a program's class; a text that lies in a library ("@file,-1") would have to be loaded from there."""
        for key, name in ((rf"{chosen}\Application", "ApplicationName"), (chosen, "FriendlyTypeName"), (chosen, "")):
            found = plain_text(self._class_value(key, name) or "", _MAX_NAME)
            if found and not found.startswith("@"):
                return found.removeprefix("URL:")
        return plain_text(chosen, _MAX_NAME)

    def _class_value(self, key: str, name: str) -> str | None:
        for scope in Scope:
            found = self._registry.read(scope, rf"{CLASSES}\{key}", name)
            if found is not None:
                return found
        return None
