"""Pages of the CRM at the local API, as the windows show them and act on them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PairingView:
    """A page asks to be connected; the person types `code` (six digits) into it until `until_s`, if they want that."""

    origin: str
    code: str
    until_s: float


@dataclass(frozen=True, slots=True)
class PairedPage:
    """An origin whose pages may connect. paired_s: of the last pairing (seconds since the epoch).

    Attributes:
        browsers: how many browsers hold a token. connected: how many of its pages are connected now.
        allowed: still on the list of the settings.
    """

    origin: str
    paired_s: float
    browsers: int = 1
    connected: int = 0
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class PagesView:
    """What the local API is doing.

    Attributes:
        port: where it listens, 0 if it does not. pairing: the one that is under way, else None.
        fault: code of why it does not listen although it should, "" for nothing; fault_params as of Fault.
    """

    port: int = 0
    pairing: PairingView | None = None
    paired: tuple[PairedPage, ...] = ()
    fault: str = ""
    fault_params: tuple[tuple[str, str | int | float], ...] = ()


class PageDoor(Protocol):
    """The local API."""

    @property
    def view(self) -> PagesView: ...

    def watch(self, listener: Callable[[], None]) -> None:
        """Called after every change of the view."""

    def forget(self, origin: str) -> None:
        """Its pages are cut off and must be paired again."""

    def refuse_pairing(self) -> None:
        """The person does not want the page that asks to be connected."""
