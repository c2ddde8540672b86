"""How long an engine may take for what. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineTimes:
    """All in seconds.

    Attributes:
        listen_s: from the start of the process until it listens.
        attach_s: until it answers Attach.
        end_s: from Shutdown until it has ended its calls, its registration and itself; then it is killed.
        restart_delays_s: after the first, second, ... death within a minute; one death more is the last.
    """

    listen_s: float = 15.0
    attach_s: float = 5.0
    end_s: float = 3.0
    restart_delays_s: tuple[float, ...] = (0.0, 0.25, 1.0, 2.0)
