"""How the tests find threads that a test left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.leftover_threads import running_threads, threads_left


def test_a_thread_that_goes_on_is_named() -> None:
    before, over = running_threads(), threading.Event()
    thread = threading.Thread(target=over.wait, name="goes-on")
    thread.start()
    try:
        assert threads_left(before, 0.05) == ["goes-on"]
    finally:
        over.set()
        thread.join()
    assert threads_left(before, 0.05) == []


def test_a_thread_that_is_only_about_to_begin_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its enumeration and its beginning, where a busy machine may stop for long, it cannot be joined."""
    before, announced, may_begin = running_threads(), threading.Event(), threading.Event()
    begin: Callable[..., Any] = threading._start_new_thread  # type: ignore[attr-defined]
    late = threading.Thread(target=lambda: None, name="late")

    def begin_late(*arguments: object) -> Any:
        announced.set()
        may_begin.wait()
        return begin(*arguments)

    def start_late() -> None:
        monkeypatch.setattr(threading, "_start_new_thread", begin_late)
        late.start()

    threading.Thread(target=start_late, name="starter").start()
    announced.wait()
    monkeypatch.setattr(threading, "_start_new_thread", begin)
    try:
        assert late in running_threads()
        assert not late.is_alive()
        assert "late" in threads_left(before, 0.05)
    finally:
        may_begin.set()
    assert threads_left(before, 3.0) == []


def test_a_thread_that_another_one_begins_before_it_ends_is_waited_for() -> None:
    before, over = running_threads(), threading.Event()
    second = threading.Thread(target=over.wait, args=(0.2,), name="second")
    threading.Thread(target=second.start, name="first").start()
    assert threads_left(before, 3.0) == []
    assert not second.is_alive()
