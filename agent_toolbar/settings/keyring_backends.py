"""Which keyrings are safe places for a password. Asks the desktop, so it is called on the vault's worker thread."""

from __future__ import annotations

import importlib
import logging
from typing import Protocol

_log = logging.getLogger(__name__)

# By name, one by one: a package that happens to be installed must not bring a file in plain text into play, and the
# chainer of `keyring`, its configuration file and its environment variable could all choose such a one.
REAL_BACK_ENDS = (
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
)


class Keyring(Protocol):
    """What the vault uses of a back end of the `keyring` package."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def find_real_keyring() -> Keyring | None:
    """The back end that fits this desktop best, None if it has no real one."""
    found: list[tuple[float, Keyring]] = []
    for module_name, class_name in REAL_BACK_ENDS:
        back_end = getattr(importlib.import_module(module_name), class_name)
        try:
            found.append((float(back_end.priority), back_end()))
        except RuntimeError as reason:  # how a back end says that it does not work here
            _log.debug("keyring %s: %s", module_name, reason)
    return max(found, key=lambda ranked: ranked[0])[1] if found else None
