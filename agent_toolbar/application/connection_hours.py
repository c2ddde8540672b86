"""CTI goes on by itself when the hours of the settings begin. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from agent_toolbar.application.ports.runtime import Clock, Timers
from agent_toolbar.application.ports.settings import SettingsStore

LOOK_S = 20


class ConnectionHours:
    """Once each time that the hours begin; an agent who then switches off stays off."""

    def __init__(self, settings: SettingsStore, clock: Clock, timers: Timers, switch_on: Callable[[], None]) -> None:
        self._settings = settings
        self._clock = clock
        self._timers = timers
        self._switch_on = switch_on
        self._within = False

    def start(self) -> None:
        self._look()

    def _look(self) -> None:
        self._timers.after_ms(LOOK_S * 1000, self._look)
        wanted = self._settings.current.availability
        within = is_within(wanted.hours, wanted.days, self._clock.now_s())
        before, self._within = self._within, within
        if within and not before:
            self._switch_on()


def is_within(hours: str, days: tuple[int, ...], now_s: float) -> bool:
    """Whether local time is within "HH:MM-HH:MM" of one of these days (0 Monday); "" never is. A night is one shift."""
    if not hours:
        return False
    now = datetime.fromtimestamp(now_s)
    begins, ends = (time.fromisoformat(part.strip()) for part in hours.split("-"))
    if begins <= ends:
        return now.weekday() in days and begins <= now.time() < ends
    if now.time() >= begins:
        return now.weekday() in days
    return now.time() < ends and (now.weekday() - 1) % 7 in days
