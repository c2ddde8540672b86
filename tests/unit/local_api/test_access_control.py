from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.local_api.access_control import TokenBucket, is_known, is_our_host, new_token, token_digest
from tests.fakes.runtime import ManualClock


@pytest.mark.parametrize("header", ["127.0.0.1:47824", "localhost:47824", "LocalHost:47824", "[::1]:47824"])
def test_our_own_names_are_ours(header: str) -> None:
    assert is_our_host(header, 47824)


@pytest.mark.parametrize(
    "header",
    [
        "",
        ":47824",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "::1:47824",
        "[127.0.0.1]:47824",
        "[localhost]:47824",
        "127.0.0.1:47825",
        "127.0.0.1:047824",
        "127.0.0.1: 47824",
        "127.0.0.2:47824",
        "127.1:47824",
        "2130706433:47824",
        "0x7f.0.0.1:47824",
        "0.0.0.0:47824",
        "localhost.:47824",
        "localhost.evil.example:47824",
        "evil.example:47824",
        "user@127.0.0.1:47824",
        "127.0.0.1:47824, evil.example",
        "127.0.0.1:47824\t",
    ],
)
def test_other_names_are_not(header: str) -> None:
    assert not is_our_host(header, 47824)


@given(st.text())
@settings(deadline=None)  # a busy machine
def test_any_text_is_judged(header: str) -> None:
    assert is_our_host(header, 1) in {True, False}


def test_tokens_differ_and_their_digests_do_not_hold_them() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert all(len(token_digest(token)) == 64 and token not in token_digest(token) for token in tokens)


def test_a_token_is_known_among_others() -> None:
    token, other = new_token(), new_token()
    assert is_known(token, [token_digest(other), token_digest(token)])
    assert not is_known(token, [token_digest(other)])
    assert not is_known("", [])
    assert not is_known(token_digest(token), [token_digest(token)])


def test_a_bucket_holds_a_burst_and_fills_again() -> None:
    clock = ManualClock()
    bucket = TokenBucket(clock.now_s, burst=3, per_s=2.0)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.seconds += 1.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    clock.seconds += 1_000.0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() -> None:
    clock = ManualClock()
    bucket = TokenBucket(clock.now_s, burst=2, per_s=1.0)
    bucket.take()
    clock.seconds -= 3_600.0
    assert [bucket.take(), bucket.take()] == [True, False]
