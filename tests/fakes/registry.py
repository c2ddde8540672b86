"""A registry of Windows in memory, which remembers what was written and can refuse like a real one."""

from __future__ import annotations

from agent_toolbar.application.ports.scheme_handlers import Scope
from agent_toolbar.handlers.windows_records import RegistryValue


class FakeRegistry:
    """Keys and names differ by more than case only, as with the real one. `closed`: roots that may only be read."""

    def __init__(self) -> None:
        self.values: dict[tuple[Scope, str, str], str] = {}
        self.closed: set[Scope] = set()

    def read(self, scope: Scope, key: str, name: str) -> str | None:
        return self.values.get(self._place(scope, key, name))

    def write(self, scope: Scope, value: RegistryValue) -> None:
        self._require(scope)
        self.values[self._place(scope, value.key, value.name)] = value.data

    def delete_value(self, scope: Scope, key: str, name: str) -> None:
        self._require(scope)
        self.values.pop(self._place(scope, key, name), None)

    def delete_tree(self, scope: Scope, key: str) -> None:
        self._require(scope)
        below = key.lower() + "\\"
        self.values = {
            place: data
            for place, data in self.values.items()
            if place[0] is not scope or not (place[1] + "\\").startswith(below)
        }

    def keys(self, scope: Scope) -> set[str]:
        return {place[1] for place in self.values if place[0] is scope}

    def _require(self, scope: Scope) -> None:
        if scope in self.closed:
            raise PermissionError(5, "Access is denied", "HKEY_LOCAL_MACHINE")

    def _place(self, scope: Scope, key: str, name: str) -> tuple[Scope, str, str]:
        return scope, key.lower(), name.lower()
