"""How this telephone tells the telephone system that its agent is ready or not, and hears what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent_toolbar.domain.agent import Confirmed
from agent_toolbar.domain.errors import AgentToolbarError


class OrderVerb(StrEnum):
    LOGIN = "login"
    LOGOUT = "logout"
    PAUSE = "pause"
    UNPAUSE = "unpause"


@dataclass(frozen=True, slots=True)
class QueueOrder:
    """reason: code of the reason of a pause, "" for none; ASCII letters, digits, "-" and "_"."""

    verb: OrderVerb
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an adapter can do.

    Attributes:
        tells_queue: False for a telephone that only refuses calls itself (shown as "phone only").
        confirms: what the telephone system believes is heard after an order and read back at any time.
        logs_in: LOGIN and LOGOUT do something; else they succeed without effect.
        gives_reason: the reason reaches the telephone system.
    """

    tells_queue: bool = True
    confirms: bool = True
    logs_in: bool = True
    gives_reason: bool = True


OrderOutcome = Callable[[AgentToolbarError | None], None]


class Availability(Protocol):
    """One adapter. GUI thread; nothing waits, nothing raises: a refusal is the outcome of its order.

    Orders are carried out one after the other, in the order in which they were given. An outcome of None means that the
    telephone system accepted the order; whether it then believes it, `listen` says. An AvailabilityError has as code
    "queue_refused" (with `detail`), "queue_unreachable", "queue_timeout" (no answer within CONFIRMATION_S) or
    "queue_no_line" (all lines of the telephone are in use).
    An order given while the telephone is not registered is "queue_unreachable", unless the adapter needs none. An
    adapter with a password of its own adds "queue_no_password" and "queue_wrong_password" (`user`), one with a manifest
    the codes of ManifestError.
    """

    @property
    def abilities(self) -> Abilities: ...

    @property
    def hints(self) -> tuple[str, ...]:
        """Extensions to be watched (WatchExtensions) for this adapter, which hears their PresenceChanged itself."""

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        """Told what the telephone system says, each time it says it, also when somebody else changed it.

        An adapter that does not confirm tells what was accepted.

        Where it cannot be known (any more), the state is QueueState.UNKNOWN.
        """

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        """Tells the telephone system. `on_outcome` is called once, later than this call returns or during it."""

    def look(self) -> None:
        """Asks what the telephone system believes now; the answer comes to the listener."""

    def close(self) -> None:
        """Hears no more; outcomes that are open are not called any more."""
