"""Secrets longer than a keyring takes, in parts. On the vault's worker thread.

Windows keeps 2560 bytes of UTF-16 in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE); a refresh token of Entra may be
longer. The parts are written before the entry that names them, so that a crash in between leaves the former secret.
"""

from __future__ import annotations

import logging
import re
import secrets

from agent_toolbar.settings.keyring_backends import Keyring

PART = 600  # characters; four bytes each at most
_HEAD = re.compile(r"agent-toolbar:parts:(?P<name>[0-9a-f]{8}):(?P<count>\d{1,3})")
_log = logging.getLogger(__name__)


class LongSecrets:
    """A Keyring over another one."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def get_password(self, service: str, username: str) -> str | None:
        head = self._keyring.get_password(service, username)
        names = _parts(username, head)
        if not names:
            return head
        parts = [self._keyring.get_password(service, name) for name in names]
        return None if any(part is None for part in parts) else "".join(part or "" for part in parts)

    def set_password(self, service: str, username: str, password: str) -> None:
        former = _parts(username, self._keyring.get_password(service, username))
        head = password
        if len(password) > PART or _HEAD.fullmatch(password):
            parts = [password[at : at + PART] for at in range(0, len(password), PART)]
            head = f"agent-toolbar:parts:{secrets.token_hex(4)}:{len(parts)}"
            for name, part in zip(_parts(username, head), parts, strict=True):
                self._keyring.set_password(service, name, part)
        self._keyring.set_password(service, username, head)
        self._sweep(service, former)

    def delete_password(self, service: str, username: str) -> None:
        former = _parts(username, self._keyring.get_password(service, username))
        self._keyring.delete_password(service, username)
        self._sweep(service, former)

    def _sweep(self, service: str, names: list[str]) -> None:
        """What is left over harms nobody, so a refusal is no failure."""
        for name in names:
            try:
                self._keyring.delete_password(service, name)
            except Exception as fault:  # noqa: BLE001  # back ends raise whatever D-Bus, Win32 or macOS raised
                _log.warning("the keyring kept a part of a former secret: %s", type(fault).__name__)


def _parts(username: str, head: str | None) -> list[str]:
    """Names of the entries that `head` stands for; none where it is the secret itself."""
    found = _HEAD.fullmatch(head or "")
    return [f"{username} {found['name']}.{number}" for number in range(int(found["count"]))] if found else []
