"""What every TelephonyEngine does, run against the double of the tests and the client of the engine process."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports.telephony import (
    AccountConfig,
    Answer,
    Attached,
    CallChanged,
    CommandRefused,
    Dial,
    EngineLink,
    EngineLinkChanged,
    HangUp,
    PresenceChanged,
    Refer,
    Register,
    RegistrationChanged,
    SetAccount,
    TelephonyEngine,
    WatchExtensions,
)
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.errors import EngineError
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.telephony.engine_client import EngineClient
from tests.fakes import fake_engine
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.telephony import FakeTelephonyEngine


class Bench:
    """An engine with everything it said."""

    def __init__(self, engine: TelephonyEngine, dispatcher: QueueDispatcher) -> None:
        self.engine = engine
        self.dispatcher = dispatcher
        self.heard: list[object] = []
        engine.listen(self.heard.append)

    @property
    def links(self) -> list[EngineLink]:
        return [said.link for said in self.heard if isinstance(said, EngineLinkChanged)]

    def of(self, kind: type) -> list:
        return [said for said in self.heard if isinstance(said, kind)]

    def await_link(self, link: EngineLink) -> None:
        self.dispatcher.run_until(lambda: bool(self.links) and self.links[-1] is link, what=link)

    def await_said(self, kind: type, count: int = 1) -> list:
        self.dispatcher.run_until(lambda: len(self.of(kind)) >= count, what=f"{count} {kind.__name__}")
        return self.of(kind)

    def attach(self) -> None:
        self.engine.start()
        self.await_said(Attached)


@pytest.fixture(params=["double", "process"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    dispatcher = QueueDispatcher()
    if request.param == "double":
        yield Bench(FakeTelephonyEngine(dispatcher=dispatcher, reacts=True), dispatcher)
        return
    endpoint = Endpoint.of_profile("engine")
    client = EngineClient(
        dispatcher=dispatcher,
        endpoint=endpoint,
        command=[sys.executable, fake_engine.__file__, str(endpoint.folder)],
    )
    yield Bench(client, dispatcher)
    client.stop(keep_engine=False)
    assert client.join(10)


def test_a_command_without_an_engine_is_refused(bench: Bench) -> None:
    with pytest.raises(EngineError, match="engine_not_attached"):
        bench.engine.send(Register())


def test_start_tells_starting_then_attached_then_the_whole_engine(bench: Bench) -> None:
    bench.attach()
    assert bench.links == [EngineLink.STARTING, EngineLink.ATTACHED]
    attached = bench.heard[-1]
    assert isinstance(attached, Attached)
    assert attached.engine.pid == bench.of(EngineLinkChanged)[-1].pid > 0


def test_starting_twice_attaches_once(bench: Bench) -> None:
    bench.engine.start()
    bench.attach()
    bench.engine.start()
    bench.engine.send(Register())
    bench.await_said(RegistrationChanged)
    assert bench.links == [EngineLink.STARTING, EngineLink.ATTACHED]


def test_a_call_is_told_move_by_move_in_order(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(SetAccount(account=AccountConfig(server="pbx.example", extension="200", password="s")))
    bench.engine.send(Dial(call="c1", target="201"))
    bench.engine.send(Answer(call="c1"))
    bench.engine.send(HangUp(call="c1"))
    moves = [said.call.state for said in bench.await_said(CallChanged, 4)]
    assert moves == [CallState.DIALING, CallState.ALERTING, CallState.CONNECTED, CallState.ENDED]


def test_a_transfer_is_told_step_by_step_and_our_leg_then_ends_as_handed_over(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(Dial(call="c1", target="201", context="0" * 32))
    bench.engine.send(Answer(call="c1"))
    bench.engine.send(Refer(call="c1", target="202"))
    bench.engine.send(HangUp(call="c1"))
    said = bench.await_said(CallChanged, 7)
    steps = [(one.call.refer.accepted, one.call.refer.sip_status, one.call.refer.final) for one in said[3:6]]
    assert steps == [(False, 0, False), (True, 0, False), (True, 200, True)]
    assert said[6].call.end_cause is CallEndCause.HANDED_OVER
    assert said[6].call.context_key == "0" * 32


def test_the_watched_extensions_are_in_the_snapshot_of_a_late_toolbar(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(WatchExtensions(extensions=("201", "202")))
    (told,) = bench.await_said(PresenceChanged)
    bench.engine.stop(keep_engine=True)
    bench.await_link(EngineLink.STOPPED)
    bench.engine.start()
    assert bench.await_said(Attached, 2)[1].engine.presence == told.presence
    assert [one.extension for one in told.presence] == ["201", "202"]


def test_a_refusal_names_the_request(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(Answer(request=7, call="nobody"))
    (refused,) = bench.await_said(CommandRefused)
    assert (refused.request, refused.code) == (7, "call_not_found")


def test_after_stop_no_command_is_taken(bench: Bench) -> None:
    bench.attach()
    bench.engine.stop(keep_engine=False)
    with pytest.raises(EngineError, match="engine_not_attached"):
        bench.engine.send(Register())
    bench.await_link(EngineLink.STOPPED)


def test_an_engine_that_was_kept_still_has_its_calls(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(Dial(call="c1", target="201"))
    bench.await_said(CallChanged, 2)
    bench.engine.stop(keep_engine=True)
    bench.await_link(EngineLink.STOPPED)
    bench.engine.start()
    first, second = bench.await_said(Attached, 2)
    assert second.engine.pid == first.engine.pid
    assert [call.id for call in second.engine.calls] == ["c1"]


def test_an_engine_that_was_not_kept_is_replaced_by_a_fresh_one(bench: Bench) -> None:
    bench.attach()
    bench.engine.send(Dial(call="c1", target="201"))
    bench.await_said(CallChanged, 2)
    bench.engine.stop(keep_engine=False)
    bench.engine.start()
    _, second = bench.await_said(Attached, 2)
    assert second.engine.calls == ()
