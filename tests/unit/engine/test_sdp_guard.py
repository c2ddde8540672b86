"""SDP that would end the engine is told apart from SDP that is merely odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.engine.sdp_guard import is_dangerous

SESSION = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
CONNECTION = "c=IN IP4 127.0.0.1\r\n"


@pytest.mark.parametrize(
    "sdp",
    [
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:20\r\na=maxptime:150\r\n",
        SESSION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n" + CONNECTION + "m=audio 0 RTP/AVP 8\r\n" + CONNECTION,
        SESSION + CONNECTION + "t=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
        SESSION + CONNECTION + "t=0 0\r\na=ptime:20.0\r\n",
        SESSION,
        "",
    ],
)
def test_usable_sdp_passes(sdp: str) -> None:
    assert not is_dangerous(sdp.encode())


@pytest.mark.parametrize(
    "sdp",
    [
        SESSION + "t=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
        SESSION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n" + CONNECTION + "m=audio 0 RTP/AVP 8\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:-1\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:0\r\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\nA=ptime: 65535\n",
        SESSION + CONNECTION + "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=maxptime:x\r\n",
    ],
)
def test_sdp_that_the_library_asserts_on_is_dangerous(sdp: str) -> None:
    assert is_dangerous(sdp.encode())


@given(st.binary())
def test_any_bytes_are_judged(sdp: bytes) -> None:
    assert is_dangerous(sdp) in {True, False}
