"""What the registry of Windows holds about the toolbar and links, as plain values. Pure, so it is tested anywhere.

Shared schemes are only claimed through Capabilities, and the person chooses; the keys of tel, callto and sip themselves
and UserChoice are never written. Source: learn.microsoft.com, "Default Programs".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from agent_toolbar.application.ports.scheme_handlers import Scope
from agent_toolbar.domain.dial_uri import OWN_SCHEME
from agent_toolbar.handlers.scheme_names import scheme_name
from agent_toolbar.ipc.process_roles import URI_SWITCH

APP = "Agent Toolbar"
CLASSES = r"Software\Classes"
CAPABILITIES = r"Software\AgentToolbar\Capabilities"
REGISTERED = r"Software\RegisteredApplications"
_DESCRIPTION = "Take and make calls, with the customer's record beside them"


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """One text value (REG_SZ) below HKEY_CURRENT_USER or HKEY_LOCAL_MACHINE; name "" is the key's default value."""

    key: str
    name: str
    data: str


def prog_id(scheme: str) -> str:
    return f"AgentToolbar.{scheme_name(scheme)}"


def command_line(program: Sequence[str]) -> str:
    """What Windows runs, with the link in place of %1; program and link are quoted.

    A quote in the link still ends its word: whoever reads the arguments must take everything after the switch for the
    link. Raises ValueError for a program that cannot be named in such a line.
    """
    executable, *words = program
    if not executable or any(char in executable for char in '"%\r\n\0'):
        raise ValueError(f"{executable!r} cannot stand in a command of the registry")
    return " ".join([f'"{executable}"', *words, URI_SWITCH, '"%1"'])


def records(program: Sequence[str], schemes: Sequence[str]) -> tuple[RegistryValue, ...]:
    """Everything that offers the toolbar, in an order in which each part may be seen alone."""
    written = list[RegistryValue]()
    for scheme in schemes:
        written += _opened_by(rf"{CLASSES}\{prog_id(scheme)}", f"URL:{scheme}: ({APP})", program)
    written += _opened_by(rf"{CLASSES}\{scheme_name(OWN_SCHEME)}", f"URL:{APP}", program)
    written += [
        RegistryValue(CAPABILITIES, "ApplicationName", APP),
        RegistryValue(CAPABILITIES, "ApplicationDescription", _DESCRIPTION),
        RegistryValue(CAPABILITIES, "ApplicationIcon", f"{program[0]},0"),
        *(RegistryValue(rf"{CAPABILITIES}\URLAssociations", scheme_name(one), prog_id(one)) for one in schemes),
        RegistryValue(REGISTERED, APP, CAPABILITIES),
    ]
    return tuple(written)


def own_keys(schemes: Sequence[str]) -> tuple[str, ...]:
    """Keys that nobody else writes, which go with all below them when the offer is taken back."""
    classes = (*(prog_id(scheme) for scheme in schemes), scheme_name(OWN_SCHEME))
    return (*(rf"{CLASSES}\{name}" for name in classes), CAPABILITIES)


def settings_page(scope: Scope | None) -> str:
    """The page "Default apps", of this toolbar where it is offered (Windows 11 since April 2023), else of all."""
    if scope is None:
        return "ms-settings:defaultapps"
    kind = "registeredAppMachine" if scope is Scope.MACHINE else "registeredAppUser"
    return f"ms-settings:defaultapps?{kind}={quote(APP)}"


def _opened_by(key: str, title: str, program: Sequence[str]) -> list[RegistryValue]:
    return [
        RegistryValue(key, "", title),
        RegistryValue(key, "URL Protocol", ""),
        RegistryValue(rf"{key}\DefaultIcon", "", f"{program[0]},0"),
        RegistryValue(rf"{key}\shell\open\command", "", command_line(program)),
    ]
