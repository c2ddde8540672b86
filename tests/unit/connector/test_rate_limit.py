from __future__ import annotations

import pytest

from agent_toolbar.connector.rate_limit import RateLimiter
from agent_toolbar.domain.errors import CrmError
from tests.fakes.runtime import ManualClock


def limiter(requests: int, per_s: float = 1.0) -> tuple[RateLimiter, ManualClock]:
    clock = ManualClock()
    return RateLimiter(requests, per_s, monotonic=clock.now_s), clock


def test_so_many_go_at_once_and_the_next_one_waits_its_turn() -> None:
    limit, _ = limiter(2, 1.0)

    assert [limit.take(10) for _ in range(4)] == pytest.approx([0, 0, 0.5, 1.0])


def test_time_gives_room_again_but_no_more_than_at_first() -> None:
    limit, clock = limiter(2, 1.0)
    for _ in range(2):
        limit.take(10)
    clock.seconds += 3600

    assert [limit.take(10) for _ in range(3)] == pytest.approx([0, 0, 0.5])


def test_a_wait_that_is_too_long_says_when_to_come_back_and_costs_nothing() -> None:
    limit, clock = limiter(1, 10.0)
    limit.take(10)
    for _ in range(3):
        with pytest.raises(CrmError) as refused:
            limit.take(1.5)
        assert (refused.value.code, refused.value.params) == ("crm_busy", {"retry_after_s": 10})
    clock.seconds += 10

    assert limit.take(1.5) == 0


def test_nothing_goes_while_the_server_wants_peace() -> None:
    limit, clock = limiter(0)
    limit.pause(60)
    with pytest.raises(CrmError):
        limit.take(5)
    clock.seconds += 60

    assert [limit.take(5) for _ in range(100)] == [0] * 100
