"""The link to a real engine process: re-attaching, deaths, hanging, nonsense, other versions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.telephony import (
    AccountConfig,
    Attached,
    CallChanged,
    Dial,
    EngineLink,
    EngineLinkChanged,
    Register,
    SetAccount,
)
from agent_toolbar.domain.errors import EngineError
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.telephony.engine_client import EngineClient
from agent_toolbar.telephony.engine_times import EngineTimes
from tests.fakes import fake_engine
from tests.fakes.queue_dispatcher import QueueDispatcher

IMPATIENT = EngineTimes(listen_s=2.0, attach_s=0.4, end_s=0.5, restart_delays_s=(0.0, 0.01, 0.02, 0.03))


class Desk:
    """One toolbar's end of the link."""

    def __init__(self, behaviour: str, error_log: Path | None = None) -> None:
        self.dispatcher = QueueDispatcher()
        self.heard: list[object] = []
        self.endpoint = Endpoint.of_profile("engine")
        self.client = EngineClient(
            dispatcher=self.dispatcher,
            endpoint=self.endpoint,
            command=engine_command(self.endpoint.folder, behaviour),
            times=IMPATIENT,
            error_log=error_log,
        )
        self.client.listen(self.heard.append)

    @property
    def links(self) -> list[EngineLink]:
        return [said.link for said in self.heard if isinstance(said, EngineLinkChanged)]

    @property
    def attachments(self) -> list[Attached]:
        return [said for said in self.heard if isinstance(said, Attached)]

    @property
    def starts(self) -> list[int]:
        """Process ids of all engines that were started, oldest first."""
        return [int(line) for line in (self.endpoint.folder / "starts").read_text().split()]

    def attach(self, times: int = 1) -> Attached:
        self.client.start()
        self.dispatcher.run_until(lambda: len(self.attachments) >= times, what="Attached")
        return self.attachments[-1]

    def await_link(self, link: EngineLink) -> EngineLinkChanged:
        self.dispatcher.run_until(lambda: bool(self.links) and self.links[-1] is link, 20.0, what=link)
        return [said for said in self.heard if isinstance(said, EngineLinkChanged)][-1]


def engine_command(folder: Path, behaviour: str) -> list[str]:
    return [sys.executable, fake_engine.__file__, str(folder), "--behaviour", behaviour]


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(behaviour: str = "normal", error_log: Path | None = None) -> Desk:
        desks.append(Desk(behaviour, error_log))
        return desks[-1]

    yield make
    for desk in desks:
        desk.client.stop(keep_engine=False)
    assert all(desk.client.join(10) for desk in desks)


@pytest.fixture
def running_engine(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen]:
    """An engine that nobody of this test started through a client."""
    endpoint = Endpoint.of_profile("engine")
    process = subprocess.Popen(engine_command(endpoint.folder, getattr(request, "param", "normal")))
    lock = InstanceLock("engine", endpoint.folder).path
    while not lock.exists() or lock.read_text() != str(process.pid):
        assert process.poll() is None
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def test_a_killed_engine_is_told_at_once_and_replaced_within_three_seconds(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    first = desk.attach().engine.pid
    begun = time.monotonic()
    os.kill(first, signal.SIGKILL)
    desk.await_link(EngineLink.LOST)
    assert time.monotonic() - begun < 1.0
    assert desk.attach(times=2).engine.pid != first
    assert time.monotonic() - begun < 3.0
    assert desk.links == [EngineLink.STARTING, EngineLink.ATTACHED, EngineLink.LOST, EngineLink.ATTACHED]


def test_between_two_engines_commands_are_refused(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    os.kill(desk.attach().engine.pid, signal.SIGKILL)
    desk.await_link(EngineLink.LOST)
    with pytest.raises(EngineError, match="engine_not_attached"):
        desk.client.send(Register())


def test_a_new_toolbar_finds_the_call_that_the_old_one_left(make_desk: Callable[..., Desk]) -> None:
    endpoint = Endpoint.of_profile("engine")
    toolbar_that_dies = (
        "import sys\n"
        "from agent_toolbar.application.ports.telephony import Attached, CallChanged, Dial\n"
        "from agent_toolbar.ipc.endpoint import Endpoint\n"
        "from agent_toolbar.telephony.engine_client import EngineClient\n"
        "from tests.fakes.queue_dispatcher import QueueDispatcher\n"
        "dispatcher = QueueDispatcher()\n"
        "heard = []\n"
        "client = EngineClient(dispatcher=dispatcher, endpoint=Endpoint.of_profile('engine'), command=sys.argv[1:])\n"
        "client.listen(lambda said: heard.append(type(said)))\n"
        "client.start()\n"
        "dispatcher.run_until(lambda: Attached in heard)\n"
        "client.send(Dial(call='c1', target='201'))\n"
        "dispatcher.run_until(lambda: CallChanged in heard)\n"
        "print('in a call', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", toolbar_that_dies, *engine_command(endpoint.folder, "normal")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as old_toolbar:
        assert old_toolbar.stdout is not None
        assert old_toolbar.stdout.readline() == b"in a call\n"
        old_toolbar.kill()
    desk = make_desk()
    begun = time.monotonic()
    attached = desk.attach()
    assert time.monotonic() - begun < 2.0
    assert [call.id for call in attached.engine.calls] == ["c1"]
    assert desk.starts == [attached.engine.pid]


def test_an_engine_that_keeps_dying_ends_in_failed_and_start_tries_again(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    errors = tmp_path / "state" / "engine-errors.log"
    desk = make_desk("dies_at_start", error_log=errors)
    desk.client.start()
    failed = desk.await_link(EngineLink.FAILED)
    assert "exit status 3" in failed.detail
    assert desk.links == [EngineLink.STARTING, EngineLink.FAILED]
    assert len(desk.starts) == 5
    assert errors.read_text() == "assertion failed: pretended\n"
    assert errors.stat().st_mode & 0o777 == 0o600
    desk.client.start()
    desk.await_link(EngineLink.STARTING)
    desk.await_link(EngineLink.FAILED)


def test_a_command_that_cannot_be_run_ends_in_failed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.client = EngineClient(
        dispatcher=desk.dispatcher, endpoint=desk.endpoint, command=["/nonexistent/engine"], times=IMPATIENT
    )
    desk.client.listen(desk.heard.append)
    desk.client.start()
    assert "nonexistent" in desk.await_link(EngineLink.FAILED).detail


@pytest.mark.parametrize("running_engine", ["silent", "babbles", "refuses", "never_listens"], indirect=True)
def test_an_engine_that_cannot_be_attached_is_killed_and_replaced(
    running_engine: subprocess.Popen, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    attached = desk.attach()
    assert running_engine.wait(5) == -signal.SIGKILL
    assert attached.engine.pid == desk.starts[-1]


def test_an_engine_that_reads_nothing_is_killed_and_replaced(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("deaf")
    first = desk.attach().engine.pid
    for number in range(20):
        desk.client.send(Dial(call=f"c{number}", target="2" * 200_000))
    desk.await_link(EngineLink.LOST)
    assert desk.attach(times=2).engine.pid != first


@pytest.mark.parametrize("nonsense", ["garbage", "flood"])
def test_after_nonsense_the_link_starts_over_with_a_whole_snapshot(
    make_desk: Callable[..., Desk], nonsense: str
) -> None:
    desk = make_desk()
    desk.attach()
    desk.client.send(Dial(call="c1", target=nonsense))
    desk.dispatcher.run_until(lambda: EngineLink.LOST in desk.links, what="LOST")
    desk.attach(times=2)
    assert desk.links[-1] is EngineLink.ATTACHED


@pytest.mark.parametrize("running_engine", ["other_version"], indirect=True)
def test_an_engine_of_another_version_is_replaced_after_its_last_call(
    running_engine: subprocess.Popen, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    attached = desk.attach()
    assert running_engine.wait(5) == 0
    assert attached.engine.pid != running_engine.pid
    assert desk.links == [EngineLink.STARTING, EngineLink.ATTACHED]


def test_stop_ends_the_engine(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    pid = desk.attach().engine.pid
    desk.client.stop(keep_engine=False)
    assert desk.client.join(5)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_stop_kills_an_engine_that_does_not_end_by_itself(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    pid = desk.attach().engine.pid
    os.kill(pid, signal.SIGSTOP)
    desk.client.stop(keep_engine=False)
    assert desk.client.join(10)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_was_sent_just_before_stop_still_reaches_a_kept_engine(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.attach()
    desk.client.send(SetAccount(account=AccountConfig(server="pbx.example", extension="200")))
    desk.client.send(Dial(call="c1", target="201"))
    desk.client.stop(keep_engine=True)
    assert desk.client.join(5)
    attached = desk.attach(times=2)
    assert attached.engine.has_account
    assert [call.id for call in attached.engine.calls] == ["c1"]


def test_the_engine_inherits_neither_terminal_nor_session_nor_one_time_tokens(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "one-time")
    desk = make_desk()
    pid = desk.attach().engine.pid
    assert os.getsid(pid) == pid
    assert {Path(f"/proc/{pid}/fd/{number}").readlink() for number in (0, 1, 2)} == {Path("/dev/null")}
    assert b"one-time" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_events_come_on_the_thread_of_the_dispatcher(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.attach()
    desk.client.send(Dial(call="c1", target="201"))
    said_before = len(desk.heard)
    assert not any(isinstance(said, CallChanged) for said in desk.heard)
    desk.dispatcher.run_until(lambda: len(desk.heard) > said_before)
    assert isinstance(desk.heard[said_before], CallChanged)
