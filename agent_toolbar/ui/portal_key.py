"""A key of the whole desktop by its portal: the person agrees, and may choose another one. GUI thread. Linux only.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html; keys are written as
in https://specifications.freedesktop.org/shortcuts-spec. A session may bind its keys once, so each key gets a new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress
from PySide6.QtCore import QObject

from agent_toolbar.domain.key_combination import KeyCombination, Modifier
from agent_toolbar.domain.text import plain_text
from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, KeyState
from agent_toolbar.ui.session_bus import Body, SessionBus

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
REGISTRY = "org.freedesktop.host.portal.Registry"
APP_ID = "agent-toolbar"  # the name of our .desktop file
SHORTCUT = "call-selected-text"

_GRANTED, _CANCELLED = 0, 1
_NOBODY_THERE = frozenset(
    f"org.freedesktop.DBus.Error.{name}"
    for name in ("ServiceUnknown", "NameHasNoOwner", "UnknownMethod", "UnknownInterface", "UnknownObject")
)
_MODIFIERS = {Modifier.CTRL: "CTRL", Modifier.ALT: "ALT", Modifier.SHIFT: "SHIFT", Modifier.META: "LOGO"}
_NAMES = {"Space": "space", "PgUp": "Page_Up", "PgDown": "Page_Down"}

Results = dict[str, tuple[str, Any]]
OnAnswer = Callable[[int, Results], None]


def trigger(keys: KeyCombination) -> str:
    """As the shortcuts specification writes keys: modifiers, then the name of the symbol."""
    held = [name for modifier, name in _MODIFIERS.items() if modifier in keys.modifiers]
    symbol = keys.key.lower() if len(keys.key) == 1 else _NAMES.get(keys.key, keys.key)
    return "+".join([*held, symbol])


class PortalKey(GlobalKey):
    """Asks the desktop, which asks the person; the answer may take as long as the person likes."""

    def __init__(self, bus: SessionBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._keys: KeyCombination | None = None
        self._purpose = ""
        self._session = ""
        self._answers: dict[str, OnAnswer] = {}
        self._introduced = False
        bus.signalled.connect(self._signalled)
        bus.lost.connect(self._lost)

    def close(self) -> None:
        super().close()
        self._bus.close()

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        self._keys, self._purpose = keys, purpose
        self._now(KeyState.ASKING, keys)
        if not self._introduced:
            self._introduce()
        if self._keys is keys:  # the bus may be known to be gone by now
            self._create_session(keys)

    def _let_go(self) -> None:
        self._keys = None
        self._answers.clear()
        session, self._session = self._session, ""
        if session:
            self._bus.call(DBusAddress(session, SERVICE, SESSION), "Close")

    # ------------------------------------------------------------------ asking

    def _introduce(self) -> None:
        """Once for each connection, and before anything else is asked of the portal."""
        self._introduced = True
        self._bus.call(DBusAddress(PATH, SERVICE, REGISTRY), "Register", "sa{sv}", (APP_ID, {}))
        for interface in (REQUEST, SESSION, SHORTCUTS):
            self._bus.listen(f"type='signal',sender='{SERVICE}',interface='{interface}'")
        self._bus.listen(
            "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
            f"member='NameOwnerChanged',arg0='{SERVICE}'"
        )

    def _create_session(self, keys: KeyCombination) -> None:
        def created(code: int, results: Results) -> None:
            if code != _GRANTED or "session_handle" not in results:
                self._now(KeyState.NOT_HERE, keys, KeyObstacle.NOT_GRANTED)
                return
            self._session = str(results["session_handle"][1])
            self._bind(keys)

        options = {"session_handle_token": ("s", f"agent_toolbar_{secrets.token_hex(8)}")}
        self._ask("CreateSession", "a{sv}", (), options, created)

    def _bind(self, keys: KeyCombination) -> None:
        def bound(code: int, results: Results) -> None:
            if code == _GRANTED:
                self._show(results.get("shortcuts", ("", []))[1])
            elif code == _CANCELLED:
                self._now(KeyState.DECLINED, keys)
            else:
                self._now(KeyState.NOT_HERE, keys, KeyObstacle.NOT_GRANTED)

        wanted = [(SHORTCUT, {"description": ("s", self._purpose), "preferred_trigger": ("s", trigger(keys))})]
        self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, wanted, ""), {}, bound)

    def _ask(self, method: str, signature: str, arguments: Body, options: Results, on_answer: OnAnswer) -> None:
        """Calls a method that answers by a Request; its path is known before, so that no answer can be too early."""
        token = f"agent_toolbar_{secrets.token_hex(8)}"
        keys = self._keys
        self._answers[token] = on_answer

        def replied(_body: Body, error: str) -> None:
            if error and self._answers.pop(token, None) is not None:
                nobody = error in _NOBODY_THERE
                self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_PORTAL if nobody else KeyObstacle.NOT_GRANTED)

        body = (*arguments, {**options, "handle_token": ("s", token)})
        self._bus.call(DBusAddress(PATH, SERVICE, SHORTCUTS), method, signature, body, replied)

    # ------------------------------------------------------------------ hearing

    def _signalled(self, path: str, interface: str, member: str, body: Body) -> None:
        match interface, member:
            case (_, "Response") if interface == REQUEST:
                on_answer = self._answers.pop(path.rpartition("/")[2], None)
                if on_answer is not None:
                    on_answer(*body)
            case (_, "Activated") if interface == SHORTCUTS and body[:2] == (self._session, SHORTCUT):
                self.pressed.emit(str(body[3].get("activation_token", ("s", ""))[1]))
            case (_, "ShortcutsChanged") if interface == SHORTCUTS and body[0] == self._session:
                self._show(body[1])
            case (_, "Closed") if interface == SESSION and path == self._session:
                self._session = ""
                self._now(KeyState.DECLINED, self._keys)
            case (_, "NameOwnerChanged"):
                self._portal_changed(present=bool(body[2]))

    def _show(self, shortcuts: list[tuple[str, Results]]) -> None:
        """The person may have taken the key away, which an empty description says."""
        ours = dict(shortcuts).get(SHORTCUT)
        shown = plain_text(str(ours.get("trigger_description", ("s", ""))[1]), 60) if ours is not None else ""
        if ours is None or ("trigger_description" in ours and not shown):
            self._now(KeyState.DECLINED, self._keys)
        else:
            self._now(KeyState.REGISTERED, self._keys, shown=shown)

    def _portal_changed(self, *, present: bool) -> None:
        """A portal that comes again knows nothing of what the one before was asked."""
        keys = self._keys
        if keys is None or not (self._session or self.status.state is KeyState.NOT_HERE):
            return
        self._session = ""
        self._answers.clear()
        if present:
            self._introduced = False
            self._take(keys, self._purpose)
        else:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_PORTAL)

    def _lost(self) -> None:
        keys, self._keys, self._session, self._introduced = self._keys, None, "", False
        self._answers.clear()
        if keys is not None:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_PORTAL)
