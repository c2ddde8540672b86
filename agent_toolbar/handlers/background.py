"""SchemeHandlers for the windows: asked and answered on the GUI thread, done on one that may wait for disks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.scheme_handlers import HandlersAnswer, HandlersFound, SchemeHandlers, Scope
from agent_toolbar.domain.errors import AgentToolbarError, SchemeError

_log = logging.getLogger(__name__)


class BackgroundLinkHandlers:
    """See ports.scheme_handlers.LinkHandlers."""

    def __init__(self, handlers: Callable[[], SchemeHandlers], io: Executor, dispatcher: Dispatcher) -> None:
        """`handlers` is called on the thread of `io`, which runs one job after the other."""
        self._handlers = handlers
        self._io = io
        self._dispatcher = dispatcher

    def read(self, on_result: HandlersAnswer) -> None:
        self._io.submit(self._answer, on_result, lambda _handlers: None)

    def register(self, on_result: HandlersAnswer, *, default: bool = False) -> None:
        self._io.submit(self._answer, on_result, lambda handlers: handlers.register(Scope.USER, default=default))

    def unregister(self, on_result: HandlersAnswer) -> None:
        self._io.submit(self._answer, on_result, lambda handlers: handlers.unregister(Scope.USER))

    def _answer(self, on_result: HandlersAnswer, deed: Callable[[SchemeHandlers], None]) -> None:
        answer = self._result(deed)
        self._dispatcher.post(lambda: on_result(answer))

    def _result(self, deed: Callable[[SchemeHandlers], None]) -> HandlersFound | AgentToolbarError:
        try:
            handlers = self._handlers()
            deed(handlers)
            return handlers.found()
        except AgentToolbarError as error:
            return error
        except Exception as fault:  # noqa: BLE001  the page waits, whatever happened
            _log.exception("The system could not be asked who opens links")
            return SchemeError("handlers_failed", detail=str(fault))
