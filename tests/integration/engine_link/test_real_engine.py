"""The link to the engine of this installation, with its SIP library and its sound."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports.telephony import Attached, CommandRefused, EngineLink, EngineLinkChanged, Hold
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.telephony.engine_client import EngineClient
from tests.fakes.queue_dispatcher import QueueDispatcher


class Desk:
    def __init__(self) -> None:
        self.dispatcher = QueueDispatcher()
        self.heard: list[object] = []
        self.client = EngineClient(dispatcher=self.dispatcher, endpoint=Endpoint.of_profile("engine"))
        self.client.listen(self.heard.append)

    def of(self, kind: type) -> list:
        return [said for said in self.heard if isinstance(said, kind)]

    def attach(self, times: int = 1) -> tuple[Attached, float]:
        self.client.start()
        seconds = self.dispatcher.run_until(lambda: len(self.of(Attached)) >= times, 30.0, what="Attached")
        return self.of(Attached)[-1], seconds


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.client.stop(keep_engine=False)
    assert desk.client.join(15)


def test_it_starts_obeys_dies_and_comes_back(desk: Desk) -> None:
    first, _ = desk.attach()
    desk.client.send(Hold(request=3, call="nobody"))
    desk.dispatcher.run_until(lambda: desk.of(CommandRefused) != [], what="a refusal")
    assert desk.of(CommandRefused)[0].request == 3
    os.kill(first.engine.pid, signal.SIGKILL)
    second, seconds = desk.attach(times=2)
    assert second.engine.pid != first.engine.pid
    assert seconds < 10.0
    assert [said.link for said in desk.of(EngineLinkChanged)] == [
        EngineLink.STARTING,
        EngineLink.ATTACHED,
        EngineLink.LOST,
        EngineLink.ATTACHED,
    ]


def test_a_kept_engine_is_found_again_at_once_and_ends_when_it_is_no_longer_kept(desk: Desk) -> None:
    first, _ = desk.attach()
    desk.client.stop(keep_engine=True)
    assert desk.client.join(5)
    second, seconds = desk.attach(times=2)
    assert second.engine.pid == first.engine.pid
    assert seconds < 2.0
    desk.client.stop(keep_engine=False)
    assert desk.client.join(15)
    assert InstanceLock("engine").holder_pid() == 0
