from __future__ import annotations

from agent_toolbar.telephony.engine_times import EngineTimes
from agent_toolbar.telephony.restart_policy import RestartPolicy


def test_the_first_restart_comes_at_once_and_the_fifth_death_in_a_minute_is_the_last() -> None:
    policy = RestartPolicy(EngineTimes().restart_delays_s)
    delays = [policy.note_death(float(second)) for second in range(5)]
    assert delays[0] == 0.0
    assert delays[:4] == sorted(delays[:4])
    assert delays[4] is None


def test_deaths_that_are_a_minute_old_are_forgiven() -> None:
    policy = RestartPolicy((0.0, 1.0))
    assert policy.note_death(100.0) == 0.0
    assert policy.note_death(110.0) == 1.0
    assert policy.note_death(161.0) == 1.0
    assert policy.note_death(162.0) is None
