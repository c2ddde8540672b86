"""The one standing fault of a store, told to its listeners on the GUI thread whenever it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.domain.errors import AgentToolbarError

FaultListener = Callable[[AgentToolbarError | None], None]


class FaultBoard:
    """May be set from any thread. A listener that comes late is told a fault that stands already."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._lock = threading.Lock()
        self._listeners: list[FaultListener] = []
        self._standing: AgentToolbarError | None = None

    def watch(self, listener: FaultListener) -> None:
        with self._lock:
            self._listeners.append(listener)
            standing = self._standing
        if standing is not None:
            self._dispatcher.post(lambda: listener(standing))

    def show(self, fault: AgentToolbarError | None) -> None:
        """Tells `fault` (None: all is well) unless it stands already."""
        with self._lock:
            if _same(fault, self._standing):
                return
            self._standing = fault
            listeners = tuple(self._listeners)

        def tell() -> None:
            for listener in listeners:
                listener(fault)

        self._dispatcher.post(tell)


def _same(one: AgentToolbarError | None, other: AgentToolbarError | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.code, one.params) == (other.code, other.params)
