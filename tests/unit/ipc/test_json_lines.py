from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.ipc.json_lines import LineSplitter, LineTooLongError


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line and line.strip())), st.integers(1, 7))
def test_lines_come_out_as_they_went_in_however_they_are_cut(lines: list[bytes], size: int) -> None:
    stream = b"".join(line + b"\n" for line in lines)
    splitter = LineSplitter()
    received = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert [line for chunk in received for line in splitter.feed(chunk)] == lines


def test_empty_lines_are_no_lines() -> None:
    assert LineSplitter().feed(b"\n \r\n\na\n") == [b"a"]


def test_an_unfinished_line_waits_for_its_end() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b'{"a"') == []
    assert splitter.feed(b":1}\n{") == [b'{"a":1}']


@pytest.mark.parametrize("received", [b"12345", b"12345\n", b"1\n12345", b"1\n12345\n2\n"])
def test_a_line_beyond_the_limit_is_refused_whether_it_ended_or_not(received: bytes) -> None:
    with pytest.raises(LineTooLongError):
        LineSplitter(4).feed(received)


def test_the_limit_holds_for_a_line_in_many_pieces() -> None:
    splitter = LineSplitter(4)
    splitter.feed(b"123")
    splitter.feed(b"4")
    with pytest.raises(LineTooLongError):
        splitter.feed(b"5")
