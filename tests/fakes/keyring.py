"""Back ends as the `keyring` package has them: one that works, one that refuses, one that hangs."""

from __future__ import annotations

import threading


class MemoryKeyring:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class RefusingKeyring:
    """Its error messages betray what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ValueError(f"locked: {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ValueError(f"locked: {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise ValueError("locked")


class HangingKeyring(MemoryKeyring):
    """Gives nothing before `released` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return super().get_password(service, username)
