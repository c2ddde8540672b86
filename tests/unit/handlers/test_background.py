"""The windows ask on the GUI thread and are answered there; the work is done elsewhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from agent_toolbar.application.ports.scheme_handlers import HandlersFound, Scope
from agent_toolbar.domain.errors import AgentToolbarError, SchemeError
from agent_toolbar.handlers.background import BackgroundLinkHandlers
from tests.fakes.link_handlers import LINPHONE
from tests.fakes.queue_dispatcher import QueueDispatcher


class Handlers:
    """Implements SchemeHandlers, and remembers on which threads."""

    def __init__(self) -> None:
        self.done = list[tuple[object, ...]]()
        self.threads = set[int]()
        self.fails: Exception | None = None

    def found(self) -> HandlersFound:
        self.threads.add(threading.get_ident())
        return LINPHONE

    def register(self, scope: Scope, *, default: bool = False) -> None:
        self._do("register", scope, default)

    def unregister(self, scope: Scope) -> None:
        self._do("unregister", scope)

    def _do(self, *deed: object) -> None:
        self.threads.add(threading.get_ident())
        if self.fails is not None:
            raise self.fails
        self.done.append(deed)


class Desk:
    def __init__(self, io: ThreadPoolExecutor) -> None:
        self.dispatcher = QueueDispatcher()
        self.system = Handlers()
        self.links = BackgroundLinkHandlers(lambda: self.system, io, self.dispatcher)
        self.answers = list[HandlersFound | AgentToolbarError]()

    def answer(self) -> HandlersFound | AgentToolbarError:
        self.dispatcher.run_until(lambda: bool(self.answers), what="the answer")
        return self.answers.pop()


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ThreadPoolExecutor(1) as io:
        yield Desk(io)


def test_everything_is_answered_with_what_is_so_afterwards(desk: Desk) -> None:
    desk.links.read(desk.answers.append)
    assert desk.answer() == LINPHONE
    desk.links.register(desk.answers.append)
    assert desk.answer() == LINPHONE
    desk.links.register(desk.answers.append, default=True)
    assert desk.answer() == LINPHONE
    desk.links.unregister(desk.answers.append)
    assert desk.answer() == LINPHONE
    assert desk.system.done == [
        ("register", Scope.USER, False),
        ("register", Scope.USER, True),
        ("unregister", Scope.USER),
    ]
    assert threading.get_ident() not in desk.system.threads


def test_a_refusal_is_the_answer(desk: Desk) -> None:
    desk.system.fails = SchemeError("handlers_not_allowed", place="/etc/xdg")
    desk.links.register(desk.answers.append)
    assert desk.answer() is desk.system.fails


def test_a_fault_of_ours_is_logged_and_the_page_does_not_wait_for_ever(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.system.fails = RuntimeError("odd")
    with caplog.at_level(logging.ERROR):
        desk.links.unregister(desk.answers.append)
        answer = desk.answer()
    assert isinstance(answer, SchemeError)
    assert (answer.code, answer.params) == ("handlers_failed", {"detail": "odd"})
    assert "RuntimeError: odd" in caplog.text
