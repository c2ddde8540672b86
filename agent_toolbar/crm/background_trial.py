"""A trial of a connector on a thread of its own; what came of each look-up is told on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from agent_toolbar.application.ports.crm_trial import LOOK_UPS, Trial
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.storage.serial_worker import SerialWorker

if TYPE_CHECKING:
    from agent_toolbar.crm.connector_trial import ConnectorTrial

_SHUT_OUT = frozenset({"crm_unreachable", "crm_slow", "crm_unauthorized", "crm_busy"})


class BackgroundTrial:
    """Implements application.ports.crm_trial.TrialTask; begins at once."""

    def __init__(
        self,
        make: Callable[[], ConnectorTrial],
        dispatcher: Dispatcher,
        on_tried: Callable[[Trial], None],
        on_done: Callable[[AgentToolbarError | None], None],
    ) -> None:
        """`make` is called on the thread; it may raise AgentToolbarError."""
        self._make = make
        self._dispatcher = dispatcher
        self._on_tried = on_tried
        self._on_done = on_done
        self._cancelled = threading.Event()
        worker = SerialWorker("crm-trial")
        worker.submit(self._run)
        worker.close(timeout_s=0.0)  # ends by itself after its one job

    def cancel(self) -> None:
        self._cancelled.set()

    # ------------------------------------------------------------------ on the thread

    def _run(self) -> None:
        refusal: AgentToolbarError | None = None
        try:
            self._try_all()
        except AgentToolbarError as error:
            refusal = error
        finally:  # also after a fault of ours, which the worker logs: nobody may wait for ever
            self._tell(lambda: self._on_done(refusal))

    def _try_all(self) -> None:
        course = self._make().run()
        answered = False
        try:
            for trial in course:
                if self._cancelled.is_set():
                    return
                if trial.operation not in LOOK_UPS:
                    continue
                self._tell(partial(self._on_tried, trial))
                answered = answered or (trial.error is None and trial.skip is None)
                if trial.error is not None and trial.error.code in _SHUT_OUT and not answered:
                    return
        finally:
            course.close()  # and with it the connection

    def _tell(self, tell: Callable[[], None]) -> None:
        def on_gui_thread() -> None:
            if not self._cancelled.is_set():
                tell()

        self._dispatcher.post(on_gui_thread)
