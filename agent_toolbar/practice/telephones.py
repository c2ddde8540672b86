"""What the telephones of the practice colleagues are doing. Runs on the asyncio loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class PhoneState(StrEnum):
    """As the states of a dialog are called in RFC 4235 section 3.7.1."""

    FREE = "terminated"
    RINGING = "early"
    BUSY = "confirmed"


class PhoneUse:
    """One call of a telephone, from before the first ring to its end."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self.state = PhoneState.FREE

    def ring(self) -> None:
        self._become(PhoneState.RINGING)

    def talk(self) -> None:
        self._become(PhoneState.BUSY)

    def _become(self, state: PhoneState) -> None:
        self.state = state
        self._on_change()


class Telephones:
    """Attributes:
    on_change: called with the extension whose state is another one now.
    """

    def __init__(self, extensions: dict[str, bool]) -> None:
        """extensions: those that exist, and whether each is always busy."""
        self._always_busy = extensions
        self._uses: dict[str, list[PhoneUse]] = {}
        self._told = {extension: self.state(extension) for extension in extensions}
        self.on_change: Callable[[str], None] = lambda _extension: None

    def exists(self, extension: str) -> bool:
        return extension in self._always_busy

    def state(self, extension: str) -> PhoneState:
        """FREE for a telephone that is none of ours, as a customer's."""
        states = {use.state for use in self._uses.get(extension, [])}
        if PhoneState.BUSY in states or self._always_busy.get(extension):
            return PhoneState.BUSY
        return PhoneState.RINGING if PhoneState.RINGING in states else PhoneState.FREE

    @contextmanager
    def use(self, extension: str) -> Iterator[PhoneUse]:
        """A call of this telephone; its end frees it."""
        use = PhoneUse(lambda: self._look_at(extension))
        uses = self._uses.setdefault(extension, [])
        uses.append(use)
        try:
            yield use
        finally:
            uses.remove(use)
            self._look_at(extension)

    def _look_at(self, extension: str) -> None:
        state = self.state(extension)
        if state is not self._told.get(extension, PhoneState.FREE):
            self._told[extension] = state
            self.on_change(extension)
