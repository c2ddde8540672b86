"""One key that works while another program has the keyboard: what all desktops have in common. GUI thread."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_toolbar.domain.key_combination import KeyCombination


class KeyState(StrEnum):
    OFF = "off"
    ASKING = "asking"  # the desktop asks the person whether the toolbar may have a key
    REGISTERED = "registered"
    TAKEN = "taken"  # another program has it
    DECLINED = "declined"  # the person said no to the desktop
    NOT_HERE = "not_here"  # see KeyObstacle


class KeyObstacle(StrEnum):
    """Why there can be no global key."""

    NO_DESKTOP = "no_desktop"  # nobody here that could be asked
    NO_PORTAL = "no_portal"  # a Wayland desktop without org.freedesktop.portal.GlobalShortcuts
    NO_LIBRARY = "no_library"  # what is spoken to the desktop with is not installed
    NO_SUCH_KEY = "no_such_key"  # the keyboard has none
    NOT_GRANTED = "not_granted"  # the system refused, and does not say why


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """keys: what was asked for; shown: what the desktop made of it, "" for the same."""

    state: KeyState = KeyState.OFF
    keys: KeyCombination | None = None
    obstacle: KeyObstacle | None = None
    shown: str = ""


class GlobalKey(QObject):
    """One key at a time.

    Signals:
        pressed: by the person; the desktop's activation token, "" for none.
        changed: `status` is another one.
    """

    pressed = Signal(str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status = KeyStatus()

    @property
    def status(self) -> KeyStatus:
        return self._status

    def register(self, keys: KeyCombination, purpose: str) -> None:
        """From now on `keys`, and no other; what came of it is `status`, at once or later.

        `purpose`: what the key does, in the person's language, for desktops that show it.
        """
        self._let_go()
        self._take(keys, purpose)

    def unregister(self) -> None:
        """The key belongs to the other programs again."""
        self._let_go()
        self._now(KeyState.OFF)

    def close(self) -> None:
        """As unregister, before the toolbar ends."""
        self._let_go()

    # ------------------------------------------------------------------ for subclasses

    @abstractmethod
    def _take(self, keys: KeyCombination, purpose: str) -> None:
        """Says by `_now` what came of it."""

    @abstractmethod
    def _let_go(self) -> None:
        """Also when there is nothing to let go."""

    def _now(
        self,
        state: KeyState,
        keys: KeyCombination | None = None,
        obstacle: KeyObstacle | None = None,
        shown: str = "",
    ) -> None:
        status = KeyStatus(state, keys, obstacle, shown)
        if status != self._status:
            self._status = status
            self.changed.emit()


class NoKey(GlobalKey):
    """Where nobody can be asked for one."""

    def __init__(self, obstacle: KeyObstacle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._obstacle = obstacle

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        del purpose
        self._now(KeyState.NOT_HERE, keys, self._obstacle)

    def _let_go(self) -> None:
        """Nothing was taken."""
