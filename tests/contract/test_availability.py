"""What every adapter of the port Availability keeps, against an engine whose PBX answers as its dialplan does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import Availability, OrderVerb, QueueOrder
from agent_toolbar.application.ports.settings import AccountSettings, AvailabilityAdapter, AvailabilitySettings
from agent_toolbar.availability.choice import adapter_for
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError
from tests.contract.rest_pbx import KINDS, rest_desk
from tests.fakes.runtime import ImmediateDispatcher, ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault
from tests.fakes.telephony import FakeTelephonyEngine

ACCOUNT = AccountSettings(server="pbx.test", extension="1001")
ADAPTERS = (AvailabilityAdapter.PHONE_ONLY, AvailabilityAdapter.SIP_MESSAGE)
REST_ADAPTERS = tuple(sorted(KINDS))  # each at a server of its own, which rest_desk starts


class Pbx:
    """The queue as the dialplan of the admin guide keeps it. `silent`, `refuses`: how it fails."""

    def __init__(self) -> None:
        self.engine = FakeTelephonyEngine()
        self.paused, self.reason = False, ""
        self.refusing = False
        self.silent = self.refuses = False
        self.bodies: list[str] = []
        send = self.engine.send

        def hears(command: wire.AnyCommand) -> None:
            send(command)
            if isinstance(command, wire.RefuseCalls):
                self.refusing = command.refusing
            elif isinstance(command, wire.SendText):
                self._message(command)

        self.engine.send = hears  # type: ignore[method-assign]
        self.engine.start()

    @property
    def away(self) -> bool:
        return self.paused or self.refusing

    def _message(self, command: wire.SendText) -> None:
        self.bodies.append(command.body)
        if self.silent:
            return
        if self.refuses:
            self.engine.emit(wire.TextAnswered(request=command.request, sip_status=404))
            return
        self.engine.emit(wire.TextAnswered(request=command.request, sip_status=202))
        verb, token, *reason = command.body.split()
        if verb in {"PAUSE", "UNPAUSE"}:
            self.paused, self.reason = verb == "PAUSE", "".join(reason)
        state = f"paused {self.reason}" if self.paused else "ready"
        self.engine.emit(wire.TextReceived(sender="ctl", body=f"OK {verb} {token} {state}"))
        if verb in {"PAUSE", "UNPAUSE"}:
            self.hint()

    def hint(self) -> None:
        presence = Presence.BUSY if self.paused else Presence.FREE
        self.engine.emit(wire.PresenceChanged(presence=(ExtensionPresence("*461001", presence),)))


@dataclass
class Stand:
    """An adapter, its PBX, and what it told."""

    pbx: Pbx
    timers: ManualTimers
    adapter: Availability
    told: list[Confirmed] = field(default_factory=list)
    outcomes: list[AgentToolbarError | None] = field(default_factory=list)

    def order(self, verb: OrderVerb, reason: str = "") -> None:
        self.adapter.order(QueueOrder(verb, reason), self.outcomes.append)


def stand_of(kind: AvailabilityAdapter) -> Stand:
    pbx, clock = Pbx(), ManualClock()
    timers = ManualTimers(clock)
    adapter = adapter_for(
        AvailabilitySettings(adapter=kind),
        lambda: ACCOUNT,
        pbx.engine,
        timers,
        clock,
        vault=FakeSecretVault(),
        dispatcher=ImmediateDispatcher(),
    )
    stand = Stand(pbx, timers, adapter)
    stand.adapter.listen(stand.told.append)
    return stand


@pytest.fixture(params=[*ADAPTERS, *REST_ADAPTERS])
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    if request.param not in REST_ADAPTERS:
        yield stand_of(request.param)
        return
    with rest_desk(request.param) as desk:
        made = Stand(desk.pbx, desk.timers, desk.adapter)
        made.adapter.listen(made.told.append)
        yield made


@pytest.fixture
def by_message() -> Stand:
    return stand_of(AvailabilityAdapter.SIP_MESSAGE)


def test_a_pause_keeps_calls_away_and_is_confirmed(stand: Stand) -> None:
    stand.order(OrderVerb.PAUSE, "lunch")

    assert stand.outcomes == [None]
    assert stand.pbx.away
    assert stand.told[-1].state is QueueState.PAUSED
    if stand.adapter.abilities.gives_reason:
        assert stand.told[-1].reason == stand.pbx.reason == "lunch"


def test_an_unpause_lets_calls_in_and_is_confirmed(stand: Stand) -> None:
    stand.order(OrderVerb.PAUSE)
    stand.order(OrderVerb.UNPAUSE)

    assert stand.outcomes == [None, None]
    assert not stand.pbx.away
    assert stand.told[-1].state is QueueState.READY


@pytest.mark.parametrize("verb", list(OrderVerb))
def test_every_order_has_just_one_outcome(stand: Stand, verb: OrderVerb) -> None:
    stand.order(verb)
    stand.timers.pass_ms(10_000)

    assert len(stand.outcomes) == 1


def test_the_state_is_told_when_it_is_asked_for(stand: Stand) -> None:
    stand.order(OrderVerb.PAUSE, "lunch")
    stand.told.clear()
    stand.adapter.look()

    assert [one.state for one in stand.told] == [QueueState.PAUSED]


def test_without_an_engine_the_outcome_says_so(stand: Stand) -> None:
    stand.pbx.engine.die()
    stand.order(OrderVerb.PAUSE)

    assert [one.code for one in stand.outcomes if one is not None] == ["queue_unreachable"]


def test_after_its_end_it_says_nothing(stand: Stand) -> None:
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    stand.adapter.close()
    told, outcomes = len(stand.told), len(stand.outcomes)
    stand.pbx.hint()
    stand.timers.pass_ms(10_000)

    assert (len(stand.told), len(stand.outcomes)) == (told, outcomes)
    assert not stand.pbx.away


# -------------------------------------------------------------------- by SIP MESSAGE


def test_silence_is_an_outcome_within_three_seconds(by_message: Stand) -> None:
    by_message.pbx.silent = True
    by_message.order(OrderVerb.PAUSE)
    by_message.timers.pass_ms(3_000)

    assert [one.code for one in by_message.outcomes if one is not None] == ["queue_timeout"]


def test_a_refusal_is_an_outcome(by_message: Stand) -> None:
    by_message.pbx.refuses = True
    by_message.order(OrderVerb.PAUSE)

    (error,) = by_message.outcomes
    assert isinstance(error, AvailabilityError)
    assert (error.code, error.params) == ("queue_refused", {"detail": "404"})


def test_orders_go_out_one_after_the_other(by_message: Stand) -> None:
    by_message.pbx.silent = True
    by_message.order(OrderVerb.PAUSE, "lunch")
    by_message.order(OrderVerb.UNPAUSE)
    assert [body.split()[0] for body in by_message.pbx.bodies] == ["PAUSE"]
    by_message.pbx.silent = False
    by_message.timers.pass_ms(3_000)

    assert [body.split()[0] for body in by_message.pbx.bodies][:2] == ["PAUSE", "UNPAUSE"]
    assert by_message.outcomes[1:] == [None]


@pytest.mark.parametrize(
    "body",
    [
        "OK PAUSE 00000000 paused",
        "OK UNPAUSE {token} ready",
        "OK PAUSE",
        "paused",
        "",
        "ERR PAUSE 00000000 no-member",
    ],
)
def test_what_is_no_answer_to_the_open_order_counts_for_nothing(by_message: Stand, body: str) -> None:
    by_message.pbx.silent = True
    by_message.order(OrderVerb.PAUSE)
    token = by_message.pbx.bodies[-1].split()[1]
    by_message.pbx.engine.emit(wire.TextReceived(sender="ctl", body=body.format(token=token)))

    assert by_message.outcomes == []
    assert by_message.told == []


def test_an_answer_counts_once(by_message: Stand) -> None:
    by_message.order(OrderVerb.PAUSE)
    token = by_message.pbx.bodies[-1].split()[1]
    by_message.told.clear()
    by_message.pbx.engine.emit(wire.TextReceived(sender="ctl", body=f"OK PAUSE {token} ready"))

    assert by_message.told == []


def test_what_somebody_else_changes_there_is_told_with_its_reason(by_message: Stand) -> None:
    by_message.pbx.paused, by_message.pbx.reason = True, "training"
    by_message.pbx.hint()

    assert (by_message.told[-1].state, by_message.told[-1].reason) == (QueueState.PAUSED, "training")
    assert not by_message.told[-1].forgotten


def test_a_queue_that_lost_its_memory_is_recognised(by_message: Stand) -> None:
    by_message.order(OrderVerb.PAUSE)
    by_message.pbx.paused = False  # started anew: no hint tells it
    by_message.adapter.look()

    assert (by_message.told[-1].state, by_message.told[-1].forgotten) == (QueueState.READY, True)
