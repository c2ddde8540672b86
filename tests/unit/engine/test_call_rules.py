"""Causes, retries, quality, targets and hold: the engine's rules without a network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState, QualityGrade
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.registration import RegistrationFault
from agent_toolbar.engine.call_cause import end_cause
from agent_toolbar.engine.dial_target import quoted_display_name, sip_uri
from agent_toolbar.engine.dtmf_sender import DtmfSender
from agent_toolbar.engine.hold import HoldNegotiation, HoldOutcome
from agent_toolbar.engine.quality import StreamCounters, measure, mos
from agent_toolbar.engine.registration_fault import fault_of, is_final
from agent_toolbar.engine.registration_retry import MAX_DELAY_S, MAX_RETRY_AFTER_S, RetrySchedule
from agent_toolbar.engine.timer_queue import TimerQueue

IN, OUT = CallDirection.INCOMING, CallDirection.OUTGOING


def longest(_: float, high: float) -> float:
    return high


@pytest.mark.parametrize(
    ("direction", "before", "status", "reason", "cause"),
    [
        (OUT, CallState.CONNECTED, 200, 0, CallEndCause.HUNG_UP),
        (IN, CallState.RINGING, 487, 0, CallEndCause.CANCELLED),
        (IN, CallState.RINGING, 487, 200, CallEndCause.ANSWERED_ELSEWHERE),
        (IN, CallState.RINGING, 487, 603, CallEndCause.DECLINED),
        (OUT, CallState.ALERTING, 486, 0, CallEndCause.BUSY),
        (OUT, CallState.ALERTING, 480, 0, CallEndCause.NO_ANSWER),
        (OUT, CallState.DIALING, 480, 0, CallEndCause.UNREACHABLE),
        (OUT, CallState.DIALING, 408, 0, CallEndCause.UNREACHABLE),
        (OUT, CallState.ALERTING, 408, 0, CallEndCause.NO_ANSWER),
        (OUT, CallState.DIALING, 484, 0, CallEndCause.NOT_FOUND),
        (OUT, CallState.DIALING, 407, 0, CallEndCause.NOT_ALLOWED),
        (OUT, CallState.DIALING, 606, 0, CallEndCause.NO_COMMON_CODEC),
        (OUT, CallState.DIALING, 420, 0, CallEndCause.FAILED),
    ],
)
def test_a_final_status_has_a_cause(
    direction: CallDirection, before: CallState, status: int, reason: int, cause: CallEndCause
) -> None:
    assert end_cause(direction, before, status, reason) is cause


@pytest.mark.parametrize(
    ("before", "status", "q850", "cause"),
    [
        (CallState.ALERTING, 403, 21, CallEndCause.DECLINED),
        (CallState.DIALING, 480, 17, CallEndCause.BUSY),
        (CallState.DIALING, 503, 1, CallEndCause.NOT_FOUND),
        (CallState.ALERTING, 500, 18, CallEndCause.NO_ANSWER),
        (CallState.ALERTING, 480, 19, CallEndCause.NO_ANSWER),
        (CallState.ALERTING, 403, 31, CallEndCause.NOT_ALLOWED),
        (CallState.ALERTING, 486, 21, CallEndCause.BUSY),
        (CallState.CONNECTED, 403, 21, CallEndCause.HUNG_UP),
    ],
)
def test_a_q850_cause_speaks_where_the_status_says_little(
    before: CallState, status: int, q850: int, cause: CallEndCause
) -> None:
    assert end_cause(OUT, before, status, 0, q850) is cause


@pytest.mark.parametrize(
    ("status", "answered", "password", "fault"),
    [
        (408, False, True, RegistrationFault.TIMEOUT),
        (503, False, True, RegistrationFault.UNREACHABLE),
        (503, True, True, RegistrationFault.SERVER_ERROR),
        (401, True, True, RegistrationFault.WRONG_PASSWORD),
        (407, True, False, RegistrationFault.NO_PASSWORD),
        (403, True, True, RegistrationFault.NOT_ALLOWED),
        (404, True, True, RegistrationFault.UNKNOWN_EXTENSION),
        (600, True, True, RegistrationFault.OTHER),
    ],
)
def test_a_failed_register_has_a_fault(status: int, answered: bool, password: bool, fault: RegistrationFault) -> None:
    assert fault_of(status, answered=answered, has_password=password) is fault


def test_a_403_is_final_only_for_an_account_that_never_worked() -> None:
    assert is_final(RegistrationFault.NOT_ALLOWED, worked_before=False)
    assert not is_final(RegistrationFault.NOT_ALLOWED, worked_before=True)
    assert is_final(RegistrationFault.WRONG_PASSWORD, worked_before=True)
    assert not is_final(RegistrationFault.TIMEOUT, worked_before=False)


def test_delays_double_up_to_a_maximum_and_start_anew_after_a_success() -> None:
    schedule = RetrySchedule(longest)
    delays = [schedule.next_delay_s() for _ in range(8)]
    schedule.reset()

    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    assert schedule.next_delay_s() == 1


@given(st.integers(0, 50), st.floats(0, 1e9), st.floats(0, 1))
def test_a_delay_is_never_shorter_than_retry_after_and_always_bounded(
    failures: int, retry_after: float, chance: float
) -> None:
    schedule = RetrySchedule(lambda low, high: low + (high - low) * chance)
    for _ in range(failures):
        schedule.next_delay_s()
    delay = schedule.next_delay_s(retry_after)

    assert delay >= min(retry_after, MAX_RETRY_AFTER_S)
    assert 0 < delay <= max(MAX_DELAY_S, MAX_RETRY_AFTER_S + 5)


@pytest.mark.parametrize(("loss", "score"), [(0, 4.33), (1, 4.23), (2, 4.12), (5, 3.77), (10, 3.23)])
def test_mos_follows_the_e_model(loss: float, score: float) -> None:
    assert mos("PCMA", loss, 150) == pytest.approx(score, abs=0.02)


def test_late_packets_count_as_lost() -> None:
    quality = measure("PCMA", StreamCounters(), StreamCounters(packets=90, lost=10, discarded=10, jitter_ms=4.04))

    assert (quality.loss_percent, quality.jitter_ms, quality.grade) == (20.0, 4.0, QualityGrade.POOR)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1e5))
def test_mos_stays_in_its_range(packets: int, lost: int, discarded: int, rtt: float) -> None:
    quality = measure("G722", StreamCounters(5, 5, 5), StreamCounters(packets, lost, discarded, 1.0, rtt))

    assert 1.0 <= quality.mos <= 4.5
    assert 0.0 <= quality.loss_percent <= 100.0


@pytest.mark.parametrize(
    ("target", "uri"),
    [
        ("+33 1 23-45.67(89)", "sip:+33123456789@pbx"),
        ("1002", "sip:1002@pbx"),
        ("*21#", "sip:*21%23@pbx"),
        ("sip:ann@example.org", "sip:ann@example.org"),
        ("SIP:ann@example.org:5070", "sip:ann@example.org:5070"),
        ("ann%40x@example.org", "sip:ann%40x@example.org"),
        ("é", "sip:%C3%A9@pbx"),
    ],
)
def test_a_target_becomes_a_uri(target: str, uri: str) -> None:
    assert sip_uri(target, "pbx") == uri


@given(st.text())
def test_no_target_can_leave_its_uri(target: str) -> None:
    try:
        uri = sip_uri(target, "pbx")
    except CallError:
        return
    assert uri.isascii()
    assert uri.isprintable()
    assert not set(uri) & set(' <>"')


@given(st.text())
def test_no_display_name_can_leave_its_quotes(name: str) -> None:
    quoted = quoted_display_name(name)

    if quoted:
        inside = quoted[1:-1].replace("\\\\", "").replace('\\"', "")
        assert '"' not in inside
        assert "\r" not in inside
        assert "\n" not in inside


def test_the_last_wish_wins() -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.wanted = True
    hold.sent()
    hold.wanted = False
    assert not hold.due  # one at a time
    assert hold.answered(200) is HoldOutcome.DONE
    assert hold.due
    hold.sent()

    assert hold.answered(200) is HoldOutcome.DONE
    assert (hold.held, hold.changing) == (False, False)


def test_glare_waits_and_then_tries_again() -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.wanted = True
    hold.sent()

    assert hold.answered(491) is HoldOutcome.GLARE
    assert not hold.due
    hold.retry()
    assert hold.due


def test_the_wait_after_glare_depends_on_who_owns_the_call_id() -> None:
    assert HoldNegotiation(owns_call_id=True).glare_delay_s(lambda low, high: low) == 2.1
    assert HoldNegotiation(owns_call_id=True).glare_delay_s(longest) == 4.0
    assert HoldNegotiation(owns_call_id=False).glare_delay_s(longest) == 2.0


def test_a_refused_hold_is_no_longer_wanted() -> None:
    hold = HoldNegotiation(owns_call_id=False)
    hold.wanted = True
    hold.sent()

    assert hold.answered(488) is HoldOutcome.REFUSED
    assert (hold.due, hold.changing, hold.held) == (False, False, False)
    assert hold.answered(200) is HoldOutcome.NOT_OURS


@pytest.mark.parametrize("held", [False, True])
def test_an_answer_that_comes_too_late_is_believed_and_undone(held: bool) -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.held = held
    hold.wanted = not held
    hold.sent()
    hold.given_up()
    assert (hold.wanted, hold.changing, hold.due) == (held, False, False)

    assert hold.answered(200) is HoldOutcome.LATE
    assert hold.held is not held
    assert hold.due  # back to what the agent was told


def test_what_is_wished_after_an_answer_was_given_up_waits_for_it() -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.held, hold.wanted = True, False
    hold.sent()
    hold.given_up()
    hold.wanted = False
    assert (hold.changing, hold.due) == (True, False)  # one at a time

    assert hold.answered(200) is HoldOutcome.LATE
    assert (hold.held, hold.changing, hold.due) == (False, False, False)


def test_a_wish_that_waits_in_vain_for_an_earlier_answer_is_given_up_too() -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.wanted = True
    hold.sent()
    hold.given_up()
    hold.wanted = True
    hold.given_up()
    assert (hold.wanted, hold.changing) == (False, False)

    assert hold.answered(200) is HoldOutcome.LATE  # of the first one
    assert (hold.held, hold.due) == (True, True)


def test_a_refusal_that_comes_too_late_changes_nothing() -> None:
    hold = HoldNegotiation(owns_call_id=True)
    hold.wanted = True
    hold.sent()
    hold.given_up()

    assert hold.answered(500) is HoldOutcome.LATE
    assert (hold.held, hold.changing, hold.due) == (False, False, False)
    assert hold.answered(200) is HoldOutcome.NOT_OURS


class ManualTime:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_digits_follow_each_other_and_a_comma_waits_a_second() -> None:
    time, sent = ManualTime(), list[tuple[float, str]]()
    timers = TimerQueue(time)
    sender = DtmfSender(timers, lambda digit: not sent.append((round(time.now_s, 2), digit)))
    sender.queue("1,a")
    for _ in range(200):
        time.now_s += 0.01
        timers.run_due()

    assert [digit for _, digit in sent] == ["1", "A"]
    assert sent[1][0] >= 1.2


@pytest.mark.parametrize("digits", ["", "1e", "12\r\n", "1" * 65])
def test_what_is_no_digit_is_refused(digits: str) -> None:
    with pytest.raises(CallError, match="bad_digits"):
        DtmfSender(TimerQueue(ManualTime()), lambda _: True).queue(digits)


def test_a_cancelled_timer_does_not_fire() -> None:
    time, fired = ManualTime(), list[int]()
    timers = TimerQueue(time)
    timers.after(1.0, lambda: fired.append(1)).cancel()
    timers.after(2.0, lambda: fired.append(2))
    time.now_s = 1.5
    assert timers.next_due_s(10.0) == pytest.approx(0.5)
    time.now_s = 2.0
    timers.run_due()

    assert fired == [2]
