"""The REFER of one call: whose answer is whose, in whatever order they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.call import CallParty, ReferProgress
from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.referral import Referral


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def begun(clock: Clock | None = None) -> Referral:
    referral = Referral(clock or Clock())
    referral.begin("1002")
    referral.sent()
    return referral


def progress(referral: Referral) -> ReferProgress:
    assert referral.progress is not None
    return referral.progress


def test_nothing_counts_before_it_is_sent() -> None:
    referral = Referral(Clock())
    referral.begin("1002", "c2")
    referral.answered(202, "OK", cseq=1)
    referral.notified(200, "OK", ends=True)

    assert referral.progress == ReferProgress("1002", "c2")


def test_an_acceptance_is_no_news_of_the_target() -> None:
    referral = begun()
    referral.answered(202, "Accepted", cseq=7)
    referral.reported(100, "Accepted", final=False)

    assert progress(referral) == ReferProgress("1002", sent_s=1000.0, accepted=True)


def test_a_notify_that_overtakes_the_202_counts() -> None:
    referral = begun()
    referral.notified(180, "Ringing", cseq=7, ends=False)
    assert (progress(referral).accepted, progress(referral).sip_status) == (True, 180)
    referral.notified(486, "Busy", cseq=7, ends=True)
    referral.answered(202, "Accepted", cseq=7)

    assert (progress(referral).sip_status, progress(referral).failed) == (486, True)


@pytest.mark.parametrize("status", [401, 407])
def test_a_challenge_is_refused_only_when_the_library_has_no_answer(status: int) -> None:
    referral = begun()
    referral.answered(status, "Unauthorized", cseq=7)
    assert referral.pending
    referral.reported(status, "Unauthorized", final=True)

    assert (progress(referral).final, progress(referral).accepted, progress(referral).sip_status) == (
        True,
        False,
        status,
    )


def test_a_late_notify_of_the_refer_before_is_passed_over() -> None:
    referral = begun()
    referral.answered(202, "", cseq=7)
    referral.notified(486, "Busy", cseq=7, ends=True)
    referral.begin("1003")
    referral.sent()
    referral.notified(486, "Busy", cseq=7, ends=True)  # before the answer to the new one
    assert referral.pending
    referral.answered(202, "", cseq=9)
    referral.notified(486, "Busy", cseq=7, ends=True)
    assert referral.pending
    referral.notified(200, "OK", cseq=9, ends=True)

    assert progress(referral).succeeded


def test_another_one_may_follow_when_the_accepted_one_went_silent() -> None:
    clock = Clock()
    referral = begun(clock)
    clock.now_s += 31
    with pytest.raises(CallError, match="transfer_in_progress"):
        referral.begin("1003")  # no answer at all yet: the transaction will end
    referral.answered(202, "", cseq=7)
    clock.now_s += 20
    referral.notified(180, "", ends=False)
    clock.now_s += 20
    with pytest.raises(CallError, match="transfer_in_progress"):
        referral.begin("1003")
    clock.now_s += 10
    referral.begin("1003")

    assert progress(referral) == ReferProgress("1003")


@pytest.mark.parametrize(
    ("notified", "local", "remote"),
    [((), False, True), ((180,), False, True), ((200,), True, True), ((486,), False, False)],
)
def test_which_end_of_our_leg_is_the_transfers(notified: tuple[int, ...], local: bool, remote: bool) -> None:
    referral = begun()
    assert not referral.explains_end(CallParty.REMOTE)
    referral.answered(202, "", cseq=7)
    for status in notified:
        referral.notified(status, "", ends=status >= 200)

    assert referral.explains_end(CallParty.LOCAL) is local
    assert referral.explains_end(CallParty.REMOTE) is remote
    assert not referral.explains_end(CallParty.REMOTE, replaced="c2")


EVENTS = st.one_of(
    st.tuples(st.just("answered"), st.integers(100, 699), st.integers(0, 9)),
    st.tuples(st.just("notified"), st.integers(0, 699), st.integers(0, 9)),
    st.tuples(st.just("ended"), st.integers(0, 699), st.integers(0, 9)),
    st.tuples(st.just("reported"), st.integers(100, 699), st.integers(0, 9)),
)


@given(st.lists(EVENTS, max_size=12))
def test_what_is_final_stays_as_it_is(events: list[tuple[str, int, int]]) -> None:
    referral = begun()
    final: ReferProgress | None = None
    for kind, status, cseq in events:
        match kind:
            case "answered":
                referral.answered(status, "", cseq=cseq)
            case "reported":
                referral.reported(status, "", final=True)
            case _:
                referral.notified(status, "", cseq=cseq, ends=kind == "ended")
        assert final is None or referral.progress == final
        final = progress(referral) if progress(referral).final else None
