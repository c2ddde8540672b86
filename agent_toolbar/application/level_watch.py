"""Who wants to know how loud it is: the engine measures as long as somebody does. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    Attached,
    EngineLink,
    EngineLinkChanged,
    LevelsMeasured,
    TelephonyEngine,
    WatchLevels,
)

Listener = Callable[[LevelsMeasured], None]


class LevelWatch:
    """Any number of listeners share one measuring; a new engine is asked again."""

    def __init__(self, engine: TelephonyEngine) -> None:
        self._engine = engine
        self._attached = False
        self._listeners: list[Listener] = []
        engine.listen(self._heard)

    def add(self, listener: Listener) -> None:
        """Told ten times a second until it is removed; the microphone is open meanwhile."""
        self._listeners.append(listener)
        if len(self._listeners) == 1 and self._attached:
            self._engine.send(WatchLevels(watching=True))

    def remove(self, listener: Listener) -> None:
        self._listeners.remove(listener)
        if not self._listeners and self._attached:
            self._engine.send(WatchLevels(watching=False))

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        match event:
            case EngineLinkChanged(link=link):
                self._attached = link is EngineLink.ATTACHED
            case Attached():
                self._attached = True
                if self._listeners:
                    self._engine.send(WatchLevels(watching=True))
            case LevelsMeasured():
                for listener in tuple(self._listeners):
                    listener(event)
