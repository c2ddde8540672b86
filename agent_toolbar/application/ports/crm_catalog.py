"""Which CRMs a toolbar can be set up with, and what each asks for. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class TriedOn(StrEnum):
    """What a connector was run against before it was given to people."""

    PRODUCT = "product"  # the real one
    SHAPES = "shapes"  # answers recorded from its public documentation
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class WantedInput:
    """A value that a connector asks for beside address, user and key. english, french: what people read."""

    name: str
    english: str
    french: str = ""
    needed: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True)
class Connector:
    """One product.

    Attributes:
        manifest: for CrmSettings.manifest. name: of the product. address: what its address looks like, "" if unknown.
        in_browser: people sign in in the browser. has_key: something is typed that goes into the keyring.
    """

    manifest: str
    name: str
    tried_on: TriedOn = TriedOn.UNKNOWN
    address: str = ""
    wanted: tuple[WantedInput, ...] = ()
    in_browser: bool = False
    has_key: bool = True


class ConnectorCatalog(Protocol):
    """The connectors of this installation."""

    def shipped(self) -> tuple[Connector, ...]:
        """Those that come with the toolbar, by name."""

    def read(self, manifest: str) -> Connector:
        """By name or path. Raises CrmError("no_connector") or ManifestError."""
