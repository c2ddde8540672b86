"""The control socket over a real socket: one toolbar per profile, nothing malformed gets through, nothing hangs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.ipc.control_client import NoAnswerError, NoToolbarError, ask, raise_running
from agent_toolbar.ipc.control_protocol import ControlAnswer, ControlRequest, Verb, encode_request
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.links import control_caller
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_socket import ControlServer
from tests.fakes.queue_dispatcher import QueueDispatcher

MALFORMED = [
    line.split("\t", 1) for line in (Path(__file__).parent / "malformed_requests.tsv").read_text().splitlines()
]
SERVER_THAT_DIES = (
    "from agent_toolbar.links.control_socket import ControlServer\n"
    "from tests.fakes.queue_dispatcher import QueueDispatcher\n"
    "server = ControlServer(dispatcher=QueueDispatcher(), handler=lambda request, reply: reply.done())\n"
    "print(server.claim(), flush=True)\n"
    "input()\n"
)


class Toolbar:
    """A control server whose handler keeps what it was asked; the test answers."""

    def __init__(self) -> None:
        self.dispatcher = QueueDispatcher()
        self.asked: list[tuple[ControlRequest, Reply]] = []
        self.server = ControlServer(dispatcher=self.dispatcher, handler=lambda *asked: self.asked.append(asked))

    def await_request(self, number: int = 1) -> tuple[ControlRequest, Reply]:
        self.dispatcher.run_until(lambda: len(self.asked) >= number, what=f"request {number}")
        return self.asked[number - 1]


class Asking:
    """A client on a thread of its own, as another process would be."""

    def __init__(self, verb: Verb, **args: object) -> None:
        self.progress: list[dict[str, int]] = []
        self.outcome: ControlAnswer | Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(verb, args))
        self._thread.start()

    def _run(self, verb: Verb, args: dict) -> None:
        try:
            self.outcome = ask(verb, args, on_progress=self.progress.append, silence_s=10)
        except (NoAnswerError, NoToolbarError) as fault:
            self.outcome = fault

    def result(self) -> ControlAnswer | Exception | None:
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self.outcome


@pytest.fixture
def toolbar() -> Iterator[Toolbar]:
    toolbar = Toolbar()
    assert toolbar.server.claim()
    toolbar.server.serve()
    yield toolbar
    toolbar.server.close()


@pytest.fixture
def call() -> Iterator[Callable[[], socket.socket]]:
    """Makes raw connections to the control socket."""
    opened: list[socket.socket] = []

    def connect() -> socket.socket:
        opened.append(Endpoint.of_profile("control").connect(5)[0])
        return opened[-1]

    yield connect
    for connected in opened:
        connected.close()


def read_all(connected: socket.socket) -> list[dict]:
    received = b""
    with contextlib.suppress(ConnectionResetError):  # the server closed before it had read everything
        while chunk := connected.recv(65536):
            received += chunk
    return [json.loads(line) for line in received.splitlines()]


def test_a_request_reaches_the_handler_and_its_answer_the_caller(toolbar: Toolbar) -> None:
    asking = Asking(Verb.DIAL, number="+33 1 23")
    request, reply = toolbar.await_request()
    assert (request.verb, request.text("number")) == (Verb.DIAL, "+33 1 23")
    reply.done({"call": "c1"})
    answer = asking.result()
    assert isinstance(answer, ControlAnswer)
    assert (answer.ok, answer.result) == (True, {"call": "c1"})


def test_a_refusal_carries_code_and_sentence(toolbar: Toolbar) -> None:
    asking = Asking(Verb.HANG_UP)
    request, reply = toolbar.await_request()
    assert request.text("call") == ""
    reply.refuse("call_not_found", "Il n’y a pas d’appel.")
    answer = asking.result()
    assert isinstance(answer, ControlAnswer)
    assert (answer.ok, answer.code, answer.text) == (False, "call_not_found", "Il n’y a pas d’appel.")


def test_progress_comes_before_the_answer_and_nothing_after_it(toolbar: Toolbar) -> None:
    asking = Asking(Verb.CONTACTS_IMPORT, file="/contacts.csv")
    _, reply = toolbar.await_request()
    reply.progress(done=1, total=2, rows=10)
    reply.progress(done=2, total=2, rows=20)
    reply.done({"added": 20})
    reply.refuse("too_late", "")
    answer = asking.result()
    assert isinstance(answer, ControlAnswer)
    assert answer.result == {"added": 20}
    assert asking.progress == [{"done": 1, "total": 2, "rows": 10}, {"done": 2, "total": 2, "rows": 20}]


def test_an_answer_larger_than_the_buffers_of_the_system_arrives_whole(toolbar: Toolbar) -> None:
    asking = Asking(Verb.HISTORY)
    _, reply = toolbar.await_request()
    records = ["x" * 1000] * 3000
    reply.done({"records": records})
    answer = asking.result()
    assert isinstance(answer, ControlAnswer)
    assert answer.result == {"records": records}


def test_a_slow_answer_holds_up_no_other_caller(toolbar: Toolbar) -> None:
    slow = Asking(Verb.CONTACTS_IMPORT, file="/contacts.csv")
    _, slow_reply = toolbar.await_request()
    quick = Asking(Verb.STATUS)
    toolbar.await_request(2)[1].done()
    assert isinstance(quick.result(), ControlAnswer)
    slow_reply.done()
    assert isinstance(slow.result(), ControlAnswer)


@pytest.mark.parametrize(("code", "line"), MALFORMED)
def test_a_malformed_request_is_answered_and_reaches_no_handler(
    toolbar: Toolbar, call: Callable[[], socket.socket], code: str, line: str
) -> None:
    connected = call()
    raw = line.encode("latin-1")
    for written, byte in ((b"\\x00", b"\x00"), (b"\\x10", b"\x10"), (b"\\xff", b"\xff"), (b"\\xfe", b"\xfe")):
        raw = raw.replace(written, byte)
    connected.sendall(raw + b"\n")
    assert read_all(connected) == [{"v": 1, "ok": False, "error": {"code": code, "text": ""}}]
    assert toolbar.asked == []


@pytest.mark.parametrize("flood", [b"x" * 200_000, b"[" * 60_000 + b"\n", b'{"v":1' + b" " * 100_000 + b"}\n"])
def test_a_flood_is_refused(toolbar: Toolbar, call: Callable[[], socket.socket], flood: bytes) -> None:
    connected = call()
    with contextlib.suppress(ConnectionError):  # shown out while still sending
        connected.sendall(flood)
    (answer,) = read_all(connected)
    assert answer["error"]["code"] == "malformed_request"
    assert toolbar.asked == []


def test_who_sends_nothing_is_shown_out(
    monkeypatch: pytest.MonkeyPatch, toolbar: Toolbar, call: Callable[[], socket.socket]
) -> None:
    monkeypatch.setattr(control_caller, "REQUEST_S", 0.1)
    connected = call()
    connected.sendall(b'{"v":1,')
    assert read_all(connected)[0]["error"]["code"] == "request_too_slow"


def test_the_seventeenth_caller_at_once_is_refused_and_the_others_are_served(
    toolbar: Toolbar, call: Callable[[], socket.socket]
) -> None:
    callers = [call() for _ in range(16)]
    for caller in callers:
        caller.sendall(encode_request(Verb.STATUS, {}))
    toolbar.await_request(16)
    assert read_all(call())[0]["error"]["code"] == "too_many_requests"
    for _, reply in toolbar.asked:
        reply.done({"fine": True})
    assert [read_all(caller)[0]["ok"] for caller in callers] == [True] * 16


def test_a_caller_that_leaves_is_told_to_the_handler_once(toolbar: Toolbar, call: Callable[[], socket.socket]) -> None:
    left: list[str] = []
    connected = call()
    connected.sendall(encode_request(Verb.CONTACTS_IMPORT, {"file": "/contacts.csv"}))
    _, reply = toolbar.await_request()
    reply.on_gone(lambda: left.append("gone"))
    connected.close()
    toolbar.dispatcher.run_until(lambda: left != [])
    reply.refuse("cancelled", "")
    asking = Asking(Verb.STATUS)
    toolbar.await_request(2)[1].done()
    asking.result()
    assert left == ["gone"]


def test_a_caller_that_only_ends_its_sending_side_still_gets_its_answer(
    toolbar: Toolbar, call: Callable[[], socket.socket]
) -> None:
    connected = call()
    connected.sendall(encode_request(Verb.STATUS, {}))
    connected.shutdown(socket.SHUT_WR)
    toolbar.await_request()[1].done({"fine": True})
    assert read_all(connected)[0]["result"] == {"fine": True}


def test_a_handler_that_breaks_does_not_leave_its_caller_waiting() -> None:
    dispatcher = QueueDispatcher()

    def break_down(request: ControlRequest, reply: Reply) -> None:
        raise ZeroDivisionError

    server = ControlServer(dispatcher=dispatcher, handler=break_down)
    assert server.claim()
    server.serve()
    asking = Asking(Verb.STATUS)
    with pytest.raises(ZeroDivisionError):
        dispatcher.run_until(lambda: False)
    answer = asking.result()
    server.close()
    assert isinstance(answer, ControlAnswer)
    assert answer.code == "internal_error"


def test_the_socket_is_for_its_owner_only(toolbar: Toolbar) -> None:
    path = Endpoint.of_profile("control").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_toolbar_is_turned_away_and_harms_the_first_in_nothing(toolbar: Toolbar) -> None:
    second = Toolbar()
    assert not second.server.claim()
    second.server.close()
    asking = Asking(Verb.STATUS)
    toolbar.await_request()[1].done({"pid": 1})
    assert isinstance(asking.result(), ControlAnswer)


def test_two_profiles_have_a_toolbar_each(toolbar: Toolbar, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", str(tmp_path / "other"))
    other = Toolbar()
    assert other.server.claim()
    other.server.close()


def test_after_close_no_toolbar_runs_and_the_next_one_may(toolbar: Toolbar) -> None:
    asking = Asking(Verb.QUIT)
    toolbar.await_request()[1].done()
    toolbar.server.close()
    assert isinstance(asking.result(), ControlAnswer)
    with pytest.raises(NoToolbarError):
        ask(Verb.STATUS, {})
    next_one = Toolbar()
    assert next_one.server.claim()
    next_one.server.close()


def test_a_killed_toolbar_leaves_nothing_in_the_way() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER_THAT_DIES], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"True\n"
        rival = Toolbar()
        assert not rival.server.claim()
        os.kill(killed.pid, signal.SIGKILL)
    assert Endpoint.of_profile("control").path.exists()
    with pytest.raises(NoToolbarError):
        ask(Verb.STATUS, {})
    assert rival.server.claim()
    rival.server.serve()
    asking = Asking(Verb.STATUS)
    rival.await_request()[1].done()
    assert isinstance(asking.result(), ControlAnswer)
    rival.server.close()


def test_a_toolbar_that_dies_while_it_is_asked_gives_no_answer() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER_THAT_DIES], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"True\n"
        with pytest.raises(NoAnswerError):
            ask(Verb.STATUS, {}, silence_s=0.1)
        asking = Asking(Verb.STATUS)
        killed.kill()
        killed.wait()
    assert isinstance(asking.result(), NoAnswerError | NoToolbarError)


def test_raising_a_toolbar_waits_for_one_that_is_starting(toolbar: Toolbar) -> None:
    outcome: list[bool] = []
    raising = threading.Thread(target=lambda: outcome.append(raise_running("token", wait_s=5)))
    raising.start()
    request, reply = toolbar.await_request()
    assert (request.verb, request.text("activation_token")) == (Verb.SHOW, "token")
    reply.done()
    raising.join(5)
    assert outcome == [True]


def test_nothing_can_be_raised_where_nothing_runs() -> None:
    assert not raise_running("")
