"""What the adapter for HTTP keeps beyond the contract of all: signing in, late obedience, and faults of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports.availability import OrderVerb, QueueOrder
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AgentToolbarError
from tests.contract.rest_pbx import KINDS, PASSWORD, USER, RestDesk, rest_desk
from tests.lab.deadline import wait_until


@pytest.fixture(params=sorted(KINDS))
def desk(request: pytest.FixtureRequest) -> Iterator[RestDesk]:
    with rest_desk(request.param) as made:
        yield made


class Log:
    """What an adapter told."""

    def __init__(self, desk: RestDesk) -> None:
        self.desk = desk
        self.told: list[Confirmed] = []
        self.outcomes: list[AgentToolbarError | None] = []
        desk.adapter.listen(self.told.append)

    def order(self, verb: OrderVerb, reason: str = "") -> AgentToolbarError | None:
        self.desk.adapter.order(QueueOrder(verb, reason), self.outcomes.append)
        return self.outcomes[-1]

    @property
    def state(self) -> QueueState:
        return self.told[-1].state


def test_the_agent_logs_in_and_out(desk: RestDesk) -> None:
    log = Log(desk)

    assert log.order(OrderVerb.LOGOUT) is None
    assert log.state is QueueState.LOGGED_OUT
    assert log.order(OrderVerb.LOGIN) is None
    assert log.state is QueueState.READY


def test_an_agent_who_is_logged_in_already_may_say_so_again(desk: RestDesk) -> None:
    log = Log(desk)

    assert log.order(OrderVerb.LOGIN) is None
    assert log.state is QueueState.READY


def test_a_refusal_is_told_in_the_words_of_the_telephone_system(desk: RestDesk) -> None:
    log = Log(desk)
    desk.pbx.refuses = True
    error = log.order(OrderVerb.PAUSE)

    assert error is not None
    assert (error.code, error.params) == ("queue_refused", {"detail": "not logged"})


def test_silence_is_an_outcome_within_three_seconds(desk: RestDesk) -> None:
    log = Log(desk)
    desk.pbx.silent = True
    desk.adapter.order(QueueOrder(OrderVerb.PAUSE), log.outcomes.append)
    desk.timers.pass_ms(3_000)

    assert [error.code for error in log.outcomes if error] == ["queue_timeout"]


def test_an_answer_that_comes_too_late_is_no_outcome_of_the_next_order(desk: RestDesk) -> None:
    log = Log(desk)
    desk.pbx.silent = True
    desk.adapter.order(QueueOrder(OrderVerb.PAUSE), log.outcomes.append)
    wait_until(lambda: len(desk.pbx.server.seen) > 0, timeout_s=10, what="the request")
    desk.timers.pass_ms(3_000)
    desk.pbx.silent = False
    assert log.order(OrderVerb.UNPAUSE) is None

    assert [error and error.code for error in log.outcomes] == ["queue_timeout", None]
    assert log.state is QueueState.READY


def test_what_a_supervisor_changed_is_found_by_looking(desk: RestDesk) -> None:
    log = Log(desk)
    log.order(OrderVerb.UNPAUSE)
    desk.pbx.paused = True
    desk.adapter.look()

    assert log.state is QueueState.PAUSED
    assert not log.told[-1].forgotten


def test_a_telephone_system_that_cannot_be_asked_leaves_the_state_unknown(desk: RestDesk) -> None:
    log = Log(desk)
    log.order(OrderVerb.PAUSE)
    desk.pbx.die()
    desk.adapter.look()

    assert log.state is QueueState.UNKNOWN


def test_an_order_that_is_obeyed_later_is_confirmed_without_another_order(desk: RestDesk) -> None:
    log = Log(desk)
    desk.pbx.lag = 3
    assert log.order(OrderVerb.PAUSE) is None
    assert log.state is QueueState.READY
    for _ in range(2):
        heard = len(log.told)
        desk.timers.pass_ms(2_000)
        desk.dispatcher.run_until(lambda heard=heard: len(log.told) > heard)  # type: ignore[misc]

    assert log.state is QueueState.PAUSED
    assert len(desk.pbx.orders) == 1


def test_a_session_that_is_over_is_begun_anew_without_a_word(desk: RestDesk) -> None:
    log = Log(desk)
    log.order(OrderVerb.PAUSE)
    desk.pbx.tokens.append("revoked")

    assert log.order(OrderVerb.UNPAUSE) is None
    assert len(desk.pbx.tokens) == 3


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_wrong_password_is_said_and_sent_once_only(kind: str) -> None:
    with rest_desk(kind, password="wrong") as desk:
        log = Log(desk)
        first, second = log.order(OrderVerb.PAUSE), log.order(OrderVerb.PAUSE)
        asked = len(desk.pbx.server.seen)
        desk.vault.secrets[desk.pbx.url, USER] = PASSWORD

        assert [error and error.code for error in (first, second)] == ["queue_wrong_password"] * 2
        assert asked == 1
        assert log.order(OrderVerb.PAUSE) is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_without_a_password_nobody_is_asked(kind: str) -> None:
    with rest_desk(kind, password=None) as desk:
        error = Log(desk).order(OrderVerb.PAUSE)

        assert error is not None
        assert (error.code, error.params) == ("queue_no_password", {"user": USER})
        assert desk.pbx.server.seen == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"manifest": "nobody"}, "manifest_broken"),
        ({"manifest": "kazoo", "values": {}}, "manifest_needs_value"),
        ({"url": "http://pbx.example"}, "queue_no_password"),
    ],
)
def test_settings_that_cannot_be_are_an_outcome(changed: dict[str, object], code: str) -> None:
    with rest_desk("kazoo", **changed) as desk:
        error = Log(desk).order(OrderVerb.PAUSE)

        assert error is not None
        assert error.code == code


def test_abilities_are_those_of_the_manifest() -> None:
    for kind, reasons in (("wazo", True), ("kazoo", False)):
        with rest_desk(kind) as desk:
            desk.dispatcher.run_until(lambda desk=desk, reasons=reasons: desk.adapter.abilities.gives_reason is reasons)  # type: ignore[misc]

            assert desk.adapter.abilities.confirms
            assert desk.adapter.abilities.logs_in


def test_kazoo_says_nothing_new_during_a_call() -> None:
    with rest_desk("kazoo") as desk:
        log = Log(desk)
        log.order(OrderVerb.UNPAUSE)
        desk.pbx.in_call = True
        log.told.clear()
        log.order(OrderVerb.PAUSE)

        assert log.told == []


def test_it_ends_while_the_telephone_system_is_silent(desk: RestDesk) -> None:
    log = Log(desk)
    desk.pbx.silent = True
    desk.adapter.order(QueueOrder(OrderVerb.PAUSE), log.outcomes.append)
    wait_until(lambda: len(desk.pbx.server.seen) > 0, timeout_s=10, what="the request")
    desk.adapter.close()
    desk.pbx.server.ended.set()
    desk.timers.pass_ms(10_000)

    assert (log.told, log.outcomes) == ([], [])
