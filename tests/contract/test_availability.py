"""What every adapter of the port Availability keeps, against an engine whose PBX answers as its dialplan does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import Abilities, Availability, OrderVerb, QueueOrder
from agent_toolbar.application.ports.settings import (
    AccountSettings,
    AvailabilityAdapter,
    AvailabilitySettings,
    FeatureCodes,
)
from agent_toolbar.availability.choice import adapter_for
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError
from tests.contract.rest_pbx import KINDS, rest_desk
from tests.fakes.runtime import ImmediateDispatcher, ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault
from tests.fakes.telephony import FakeTelephonyEngine

ACCOUNT = AccountSettings(server="pbx.test", extension="1001")
CODES = FeatureCodes(pause="*46{reason}", unpause="*47", login="*48{queue}", logout="*49{queue}", queue="sales")
TOGGLE = FeatureCodes(preset="freepbx")
ADAPTERS = (  # every adapter stands here once
    AvailabilitySettings(adapter=AvailabilityAdapter.PHONE_ONLY),
    AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE),
    AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=CODES),
    AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=CODES, hint=""),
    AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=TOGGLE),
)
REST_ADAPTERS = tuple(sorted(KINDS))  # each at a server of its own, which rest_desk starts


class Pbx:
    """The queue as the dialplan of the admin guide keeps it. `silent`, `refuses`: how it fails."""

    def __init__(self) -> None:
        self.engine = FakeTelephonyEngine()
        self.paused, self.reason = False, ""
        self.refusing = False
        self.silent = self.refuses = False
        self.hinted = True
        self.watched: tuple[str, ...] = ()
        self.bodies: list[str] = []
        self.codes: list[str] = []
        send = self.engine.send

        def hears(command: wire.AnyCommand) -> None:
            send(command)
            if isinstance(command, wire.RefuseCalls):
                self.refusing = command.refusing
            elif isinstance(command, wire.SendText):
                self._message(command)
            elif isinstance(command, wire.SayFeatureCode):
                self._code(command)
            elif isinstance(command, wire.AskExtensions) and not self.silent:
                presence = tuple(ExtensionPresence(one, self.dialogs) for one in command.extensions)
                self.engine.emit(wire.ExtensionsAnswered(request=command.request, presence=presence))

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

    def _code(self, command: wire.SayFeatureCode) -> None:
        self.codes.append(command.code)
        if self.silent:
            return
        if self.refuses:
            self.engine.emit(wire.FeatureCodeEnded(request=command.request, sip_status=404))
            return
        self.engine.emit(wire.FeatureCodeAnswered(request=command.request))
        match command.code[:3], command.code[3:]:
            case "*46", reason:
                self.paused, self.reason = bool(reason) or not self.paused, reason
            case "*47", "":
                self.paused, self.reason = False, ""
        if self.hinted:
            self.hint()
        self.engine.emit(wire.FeatureCodeEnded(request=command.request, sip_status=200, answered=True))

    def hint(self) -> None:
        """As the engine tells it: by a change, and anew to a telephone that subscribes."""
        presence = tuple(ExtensionPresence(one, self.dialogs) for one in self.watched)
        self.engine.emit(wire.PresenceChanged(presence=presence))

    @property
    def dialogs(self) -> Presence:
        """Of the extension that tells a pause."""
        return Presence.BUSY if self.paused else Presence.FREE


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


def stand_of(settings: AvailabilitySettings) -> Stand:
    """The telephone subscribes to the hints before it is told to do anything."""
    pbx, clock = Pbx(), ManualClock()
    timers = ManualTimers(clock)
    adapter = adapter_for(
        settings,
        lambda: ACCOUNT,
        pbx.engine,
        timers,
        clock,
        vault=FakeSecretVault(),
        dispatcher=ImmediateDispatcher(),
    )
    stand = Stand(pbx, timers, adapter)
    stand.adapter.listen(stand.told.append)
    pbx.watched = stand.adapter.hints
    pbx.hint()
    stand.told.clear()
    pbx.bodies.clear()
    return stand


def named(param: AvailabilitySettings | str) -> str:
    return (
        param if isinstance(param, str) else f"{param.adapter}-{param.codes.preset or param.codes.pause}-{param.hint}"
    )


@pytest.fixture(params=[*ADAPTERS, *REST_ADAPTERS], ids=named)
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
    return stand_of(AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE))


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


def test_an_order_that_was_given_up_and_is_carried_out_late_is_found_out(by_message: Stand) -> None:
    """The library sends it again for half a minute, also past a newer order."""
    by_message.pbx.silent = True
    by_message.order(OrderVerb.PAUSE, "asleep")
    token = by_message.pbx.bodies[-1].split()[1]
    by_message.timers.pass_ms(3_000)
    by_message.pbx.silent = False
    by_message.order(OrderVerb.UNPAUSE)
    outcomes = list(by_message.outcomes)
    by_message.told.clear()
    late = wire.TextReceived(sender="ctl", body=f"OK PAUSE {token} paused asleep")
    by_message.pbx.engine.emit(late)

    (told,) = by_message.told
    assert (told.state, told.reason, told.forgotten) == (QueueState.PAUSED, "asleep", True)
    assert by_message.outcomes == outcomes
    by_message.pbx.engine.emit(late)
    assert by_message.told == [told]


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


# -------------------------------------------------------------------- by dialling codes


def coded(hint: str = "*46{extension}", **codes: str) -> Stand:
    used = {"pause": "*46{reason}", "unpause": "*47", **codes}
    return stand_of(
        AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=FeatureCodes(**used), hint=hint)
    )


def toggling() -> Stand:
    return stand_of(ADAPTERS[-1])


def codes_of(outcomes: list[AgentToolbarError | None]) -> list[str]:
    return [one.code for one in outcomes if one is not None]


def end(stand: Stand, status: int, *, answered: bool = False) -> None:
    """The call of the last code is over."""
    command = next(one for one in reversed(stand.pbx.engine.commands) if isinstance(one, wire.SayFeatureCode))
    stand.pbx.engine.emit(wire.FeatureCodeEnded(request=command.request, sip_status=status, answered=answered))


def answer(stand: Stand) -> None:
    command = next(one for one in reversed(stand.pbx.engine.commands) if isinstance(one, wire.SayFeatureCode))
    stand.pbx.engine.emit(wire.FeatureCodeAnswered(request=command.request))


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (OrderVerb.PAUSE, "*46lunch"),
        (OrderVerb.UNPAUSE, "*471001"),
        (OrderVerb.LOGIN, "*48sales"),
        (OrderVerb.LOGOUT, "*49sales.1001"),
    ],
)
def test_a_code_is_filled_in(verb: OrderVerb, code: str) -> None:
    stand = coded(unpause="*47{extension}", login="*48{queue}", logout="*49{queue}.{extension}", queue="sales")
    stand.order(verb, "lunch")

    assert stand.pbx.codes == [code]
    assert stand.outcomes == [None]


@pytest.mark.parametrize("codes", [{}, {"login": "*48{queue}", "logout": "*49{queue}"}])
def test_what_has_no_code_succeeds_without_effect(codes: dict[str, str]) -> None:
    stand = coded(**codes)
    stand.order(OrderVerb.LOGIN)
    stand.order(OrderVerb.LOGOUT)

    assert (stand.outcomes, stand.pbx.codes) == ([None, None], [])


def test_its_abilities_are_those_of_the_codes() -> None:
    stand = coded(hint="", pause="*46")
    assert stand.adapter.abilities == Abilities(confirms=False, logs_in=False, gives_reason=False)

    stand = coded(login="*48")
    assert stand.adapter.abilities == Abilities()


def test_an_answer_is_not_enough_where_a_hint_is_to_follow() -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    end(stand, 200, answered=True)
    assert stand.outcomes == []
    stand.timers.pass_ms(3_000)

    assert codes_of(stand.outcomes) == ["queue_timeout"]
    assert stand.told == []


def test_a_hint_that_says_nothing_is_asked() -> None:
    stand = coded()
    stand.pbx.hinted = False
    stand.order(OrderVerb.PAUSE, "lunch")
    assert stand.outcomes == []
    stand.timers.pass_ms(500)

    assert stand.outcomes == [None]
    assert (stand.told[-1].state, stand.told[-1].reason) == (QueueState.PAUSED, "lunch")
    assert not any(one.forgotten for one in stand.told)


def test_without_a_hint_the_dialplan_is_given_its_time() -> None:
    stand = coded(hint="")
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE, "lunch")
    answer(stand)
    stand.timers.pass_ms(1_000)
    assert stand.outcomes == []
    stand.timers.pass_ms(600)

    assert stand.outcomes == [None]
    assert (stand.told[-1].state, stand.told[-1].reason) == (QueueState.PAUSED, "lunch")


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "queue_refused"), (603, "queue_refused"), (408, "queue_unreachable"), (503, "queue_unreachable")],
)
def test_a_code_that_is_refused_is_an_outcome(status: int, code: str) -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    end(stand, status)

    (error,) = stand.outcomes
    assert isinstance(error, AvailabilityError)
    assert (error.code, error.params) == (code, {"detail": str(status)})


@pytest.mark.parametrize(
    ("refused", "code"), [("not_registered", "queue_unreachable"), ("no_line_for_code", "queue_no_line")]
)
def test_an_engine_that_cannot_call_is_an_outcome(refused: str, code: str) -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    request = stand.pbx.engine.commands[-1].request
    stand.pbx.engine.emit(wire.CommandRefused(request=request, code=refused))

    assert codes_of(stand.outcomes) == [code]


def test_an_engine_that_dies_meanwhile_is_an_outcome() -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    stand.pbx.engine.die()

    assert codes_of(stand.outcomes) == ["queue_unreachable"]


def test_the_end_of_an_order_that_was_late_is_none_of_the_next() -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    first = stand.pbx.engine.commands[-1].request
    stand.order(OrderVerb.UNPAUSE)
    stand.timers.pass_ms(3_000)
    stand.pbx.engine.emit(wire.FeatureCodeEnded(request=first, sip_status=408))
    assert codes_of(stand.outcomes) == ["queue_timeout"]

    end(stand, 200, answered=True)
    assert stand.outcomes[1:] == [None]


def test_a_supervisor_s_pause_is_told_without_a_reason() -> None:
    stand = coded()
    stand.order(OrderVerb.PAUSE, "lunch")
    stand.order(OrderVerb.UNPAUSE)
    stand.pbx.paused = True
    stand.pbx.hint()

    assert (stand.told[-1].state, stand.told[-1].reason) == (QueueState.PAUSED, "")
    assert not stand.told[-1].forgotten


def test_a_pbx_that_was_started_anew_has_forgotten() -> None:
    stand = coded()
    stand.order(OrderVerb.PAUSE, "lunch")
    stand.pbx.engine.emit(wire.PresenceChanged(presence=(ExtensionPresence("*461001", Presence.UNKNOWN),)))
    assert stand.told[-1].state is QueueState.UNKNOWN
    stand.pbx.paused = False
    stand.pbx.hint()

    assert (stand.told[-1].state, stand.told[-1].forgotten) == (QueueState.READY, True)


def test_a_pbx_that_was_started_anew_is_found_out_by_asking() -> None:
    stand = coded()
    stand.order(OrderVerb.PAUSE, "lunch")
    stand.pbx.paused = False  # no hint tells it
    stand.adapter.look()

    assert (stand.told[-1].state, stand.told[-1].forgotten) == (QueueState.READY, True)


def test_it_asks_one_question_at_a_time() -> None:
    stand = coded()
    stand.pbx.silent = True
    stand.adapter.look()
    stand.adapter.look()
    assert len([one for one in stand.pbx.engine.commands if isinstance(one, wire.AskExtensions)]) == 1

    stand.pbx.engine.die()
    stand.pbx.engine.attach()
    stand.adapter.look()
    assert len([one for one in stand.pbx.engine.commands if isinstance(one, wire.AskExtensions)]) == 2


def test_a_toggle_is_called_only_where_the_state_is_another_one() -> None:
    stand = toggling()
    stand.order(OrderVerb.UNPAUSE)
    assert (stand.outcomes, stand.pbx.codes) == ([None], [])

    stand.order(OrderVerb.PAUSE)
    stand.order(OrderVerb.PAUSE)
    assert stand.outcomes == [None] * 3
    assert (stand.pbx.codes, stand.pbx.paused) == (["*46"], True)


def test_a_toggle_waits_until_the_state_is_known() -> None:
    stand = toggling()
    stand.pbx.engine.emit(wire.PresenceChanged(presence=(ExtensionPresence("*461001", Presence.UNKNOWN),)))
    stand.order(OrderVerb.PAUSE)
    assert (stand.outcomes, stand.pbx.codes) == ([], [])
    stand.pbx.hint()

    assert (stand.outcomes, stand.pbx.codes) == ([None], ["*46"])


def test_a_toggle_is_not_called_twice_before_the_hint_had_time_to_follow() -> None:
    stand = toggling()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    end(stand, 200, answered=True)
    stand.timers.pass_ms(3_000)
    stand.order(OrderVerb.PAUSE)
    stand.timers.pass_ms(3_000)
    assert codes_of(stand.outcomes) == ["queue_timeout"] * 2
    assert stand.pbx.codes == ["*46"]

    stand.pbx.paused = True
    stand.pbx.hint()  # late, but it did what it should
    stand.order(OrderVerb.PAUSE)
    assert stand.outcomes[2:] == [None]
    assert stand.pbx.codes == ["*46"]


def test_a_toggle_that_did_nothing_is_called_again_later() -> None:
    stand = toggling()
    stand.pbx.silent = True
    stand.order(OrderVerb.PAUSE)
    end(stand, 200, answered=True)
    stand.timers.pass_ms(10_000)
    stand.pbx.silent = False
    stand.order(OrderVerb.PAUSE)

    assert stand.outcomes[1:] == [None]
    assert (stand.pbx.codes, stand.pbx.paused) == (["*46", "*46"], True)


def test_only_a_code_that_is_the_same_as_its_opposite_toggles() -> None:
    stand = coded(pause="*46{reason}", unpause="*46")
    stand.order(OrderVerb.PAUSE, "lunch")
    stand.order(OrderVerb.PAUSE, "meeting")
    assert (stand.pbx.codes, stand.pbx.reason) == (["*46lunch", "*46meeting"], "meeting")

    stand.order(OrderVerb.UNPAUSE)
    stand.order(OrderVerb.UNPAUSE)
    assert stand.pbx.codes[2:] == ["*46"]
    assert stand.outcomes == [None] * 4


def test_a_state_that_cannot_be_asked_for_is_not_known() -> None:
    stand = coded()
    stand.order(OrderVerb.PAUSE)
    stand.pbx.silent = True
    stand.adapter.look()
    stand.pbx.engine.emit(wire.CommandRefused(request=stand.pbx.engine.commands[-1].request, code="not_registered"))

    assert stand.told[-1].state is QueueState.UNKNOWN


def test_a_toggle_without_a_hint_is_not_called() -> None:
    stand = coded(hint="", pause="*46", unpause="*46")
    stand.order(OrderVerb.PAUSE)

    assert (codes_of(stand.outcomes), stand.pbx.codes) == (["queue_refused"], [])
