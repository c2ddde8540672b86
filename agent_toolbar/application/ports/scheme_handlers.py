"""Who opens links to telephone numbers on this computer, and whether the toolbar is offered for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent_toolbar.domain.errors import AgentToolbarError, SchemeError


class Scope(StrEnum):
    USER = "user"
    MACHINE = "machine"


class Offer(StrEnum):
    """Whether the toolbar is among those that a system offers for links."""

    NONE = "none"
    CURRENT = "current"
    OTHER_PROGRAM = "other_program"  # it is, but under the path of another copy, or of one that was moved


class DesktopSystem(StrEnum):
    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"


@dataclass(frozen=True, slots=True)
class SchemeHolder:
    """Who opens the links of one scheme.

    Attributes:
        name: as people read it, "" for nobody. id: as the system calls it. ours: it is the toolbar.
        known: False where the system does not tell, or the user has not chosen and it will ask.
    """

    scheme: str
    name: str = ""
    id: str = ""
    ours: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class HandlersFound:
    """What a system says about links.

    Attributes:
        user, machine: whether the toolbar is offered to this user, and to everybody here.
        holders: of each scheme, in the order of domain.dial_uri.SCHEMES, then of the toolbar's own.
        page: address of the system's page where a person chooses who opens links; "" where there is none to open.
        problem: why the holders could not be read; those that are not `known` may then well be chosen.
    """

    system: DesktopSystem
    user: Offer
    machine: Offer
    holders: tuple[SchemeHolder, ...]
    page: str = ""
    problem: SchemeError | None = None

    @property
    def offered(self) -> bool:
        return Offer.CURRENT in {self.user, self.machine}

    @property
    def can_become_default(self) -> bool:
        """Whether the toolbar itself can be made the one that opens links; elsewhere only a person can, in `page`."""
        return self.system is DesktopSystem.LINUX

    @property
    def registers_itself(self) -> bool:
        """Whether `register` and `unregister` do anything; on macOS the system reads the application itself."""
        return self.system is not DesktopSystem.MACOS


class SchemeHandlers(Protocol):
    """The system's own records. Reads and writes files or the registry: not on the GUI thread."""

    def found(self) -> HandlersFound:
        """Never raises for records that cannot be read; what they would say is then unknown, and `problem` says why."""

    def register(self, scope: Scope, *, default: bool = False) -> None:
        """Offers the toolbar for links, or renews the offer. Nobody who opens links now loses them by that.

        `default` makes the toolbar the one that opens them. Raises SchemeError.
        """

    def unregister(self, scope: Scope) -> None:
        """Takes the offer back, and gives the links to whom they went before. Raises SchemeError."""


HandlersAnswer = Callable[[HandlersFound | AgentToolbarError], None]


class LinkHandlers(Protocol):
    """SchemeHandlers of this user as the windows ask for them: on the GUI thread, which also hears the answer later."""

    def read(self, on_result: HandlersAnswer) -> None: ...

    def register(self, on_result: HandlersAnswer, *, default: bool = False) -> None:
        """Answers what is so afterwards, or why it could not be done."""

    def unregister(self, on_result: HandlersAnswer) -> None:
        """Answers as register does."""
