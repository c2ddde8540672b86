"""The agent's choice, a real HTTP server, and what the bar would show of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from agent_toolbar.application.availability_course import LOOK_S, RETRIES_S, AvailabilityCourse
from agent_toolbar.availability.rest import SETTLING_MS
from agent_toolbar.domain.agent import Agreement, Confirmed, Desired, QueueState
from tests.contract.rest_pbx import KINDS, PASSWORD, USER, RestDesk, rest_desk
from tests.fakes.settings import FakeSettingsStore

LUNCH = Desired(False, "lunch")


class Day:
    """A course that speaks to a telephone system of its own."""

    def __init__(self, desk: RestDesk) -> None:
        self.desk = desk
        self.heard: list[Confirmed] = []
        listen = desk.adapter.inner.listen
        desk.adapter.inner.listen = lambda told: listen(lambda one: (self.heard.append(one), told(one))[1])  # type: ignore[method-assign]
        self.course = AvailabilityCourse(
            lambda _settings: desk.adapter.inner, FakeSettingsStore(), desk.timers, lambda: None
        )
        self.course.start()
        self.course.registration_changed(True)

    def until(self, reached: Callable[[], bool]) -> None:
        self.desk.dispatcher.run_until(reached)

    def agrees(self, desired: Desired) -> None:
        self.course.want(desired)
        self.until(lambda: self.course.agreement is Agreement.CONFIRMED)


@pytest.fixture(params=sorted(KINDS))
def day(request: pytest.FixtureRequest) -> Iterator[Day]:
    with rest_desk(request.param) as desk:
        yield Day(desk)


def test_a_choice_is_told_and_confirmed(day: Day) -> None:
    day.agrees(LUNCH)

    assert day.desk.pbx.away
    assert day.course.confirmed.state is QueueState.PAUSED


def test_a_supervisor_is_seen_within_half_a_minute_and_not_overruled(day: Day) -> None:
    day.agrees(Desired(True))
    orders = len(day.desk.pbx.orders)
    day.desk.pbx.paused = True
    day.desk.timers.pass_ms(LOOK_S * 1000)
    day.until(lambda: day.course.agreement is Agreement.CHANGED_THERE)

    assert day.course.fault is not None
    assert day.course.fault.code == "queue_changed_there"
    assert len(day.desk.pbx.orders) == orders


def test_a_telephone_system_that_obeys_late_is_waited_for(day: Day) -> None:
    day.agrees(Desired(True))
    day.desk.pbx.lag = 3  # it says "ready" to the order and to the first look after it
    day.course.want(LUNCH)
    heard = len(day.heard)
    day.until(lambda: len(day.heard) == heard + 2)
    assert (day.course.agreement, day.desk.pbx.paused) == (Agreement.PENDING, False)
    day.desk.timers.pass_ms(SETTLING_MS[0])
    day.until(lambda: day.course.agreement is Agreement.CONFIRMED)

    assert len(day.desk.pbx.orders) == 2


def test_an_outage_is_shown_and_ends_with_what_the_agent_chose(day: Day) -> None:
    with ExitStack() as stack:
        day.agrees(Desired(True))
        day.desk.pbx.ill = True
        stack.callback(setattr, day.desk.pbx, "ill", False)
        day.course.want(LUNCH)
        day.until(lambda: day.course.agreement is Agreement.LOST)
        assert day.course.fault is not None
        assert day.course.fault.code == "queue_unreachable"
    day.desk.timers.pass_ms(RETRIES_S[0] * 1000)
    day.until(lambda: day.course.agreement is Agreement.CONFIRMED)

    assert day.desk.pbx.away
    assert day.course.fault is None


def test_the_last_thing_that_is_told_before_the_end_is_not_ready(day: Day) -> None:
    day.agrees(Desired(True))
    gone: list[bool] = []
    day.course.leave(lambda: gone.append(True))
    day.until(lambda: bool(gone))

    assert day.desk.pbx.away


def test_a_password_that_comes_later_repairs_it() -> None:
    with rest_desk("wazo", password=None) as desk:
        day = Day(desk)
        day.course.want(LUNCH)
        assert day.course.agreement is Agreement.LOST
        assert day.course.fault is not None
        assert day.course.fault.code == "queue_no_password"
        desk.vault.secrets[desk.pbx.url, USER] = PASSWORD
        day.course.tell_again()
        day.until(lambda: day.course.agreement is Agreement.CONFIRMED)
