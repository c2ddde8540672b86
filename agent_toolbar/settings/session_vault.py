"""Passwords in the memory of this process only: for the practice line, whose password nobody needs again."""

from __future__ import annotations

from collections.abc import Callable


class SessionVault:
    """Implements application.ports.settings.SecretVault without a keyring."""

    def __init__(self) -> None:
        self._secrets: dict[tuple[str, str], str] = {}

    def load(self, server: str, extension: str, on_result: Callable[[str | None], None]) -> None:
        on_result(self._secrets.get((server, extension)))

    def save(self, server: str, extension: str, password: str, on_result: Callable[[bool], None]) -> None:
        self._secrets[(server, extension)] = password
        on_result(False)

    def forget(self, server: str, extension: str) -> None:
        self._secrets.pop((server, extension), None)
