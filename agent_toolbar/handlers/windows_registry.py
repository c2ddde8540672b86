"""The registry of a real Windows, and the word to its desktop. Empty on other systems."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import contextlib
    import ctypes
    import winreg

    from agent_toolbar.application.ports.scheme_handlers import Scope
    from agent_toolbar.handlers.windows_records import RegistryValue

    _ROOTS = {Scope.USER: winreg.HKEY_CURRENT_USER, Scope.MACHINE: winreg.HKEY_LOCAL_MACHINE}
    _VIEW = winreg.KEY_WOW64_64KEY  # also a 32-bit Python shall write where Windows looks
    _ASSOCIATIONS_CHANGED = 0x08000000  # SHCNE_ASSOCCHANGED

    class WindowsRegistry:
        """See windows.Registry."""

        def read(self, scope: Scope, key: str, name: str) -> str | None:
            try:
                with winreg.OpenKey(_ROOTS[scope], key, 0, winreg.KEY_READ | _VIEW) as handle:
                    found, kind = winreg.QueryValueEx(handle, name)
            except OSError:
                return None
            return str(found) if kind in {winreg.REG_SZ, winreg.REG_EXPAND_SZ} else None

        def write(self, scope: Scope, value: RegistryValue) -> None:
            with winreg.CreateKeyEx(_ROOTS[scope], value.key, 0, winreg.KEY_WRITE | _VIEW) as handle:
                winreg.SetValueEx(handle, value.name, 0, winreg.REG_SZ, value.data)

        def delete_value(self, scope: Scope, key: str, name: str) -> None:
            with (
                contextlib.suppress(FileNotFoundError),
                winreg.OpenKey(_ROOTS[scope], key, 0, winreg.KEY_WRITE | _VIEW) as handle,
            ):
                winreg.DeleteValue(handle, name)

        def delete_tree(self, scope: Scope, key: str) -> None:
            with contextlib.suppress(FileNotFoundError):
                with winreg.OpenKey(_ROOTS[scope], key, 0, winreg.KEY_READ | _VIEW) as handle:
                    below = [winreg.EnumKey(handle, place) for place in range(winreg.QueryInfoKey(handle)[0])]
                for name in below:
                    self.delete_tree(scope, rf"{key}\{name}")
                winreg.DeleteKeyEx(_ROOTS[scope], key, _VIEW)

    def announce_associations() -> None:
        ctypes.windll.shell32.SHChangeNotify(_ASSOCIATIONS_CHANGED, 0, None, None)
