from __future__ import annotations

import pytest

from agent_toolbar.practice.sdp import Codec, Direction, answer_sdp, offer_sdp, parse_sdp

OFFER = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\na=sendonly\r\n"
    b"m=audio 4000 RTP/AVP 9 0 8 96\r\na=rtpmap:9 G722/8000\r\na=rtpmap:96 telephone-event/8000\r\n"
    b"m=video 4002 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n"
)


def test_codecs_come_in_the_order_of_the_offer_and_unknown_ones_are_left_out() -> None:
    stream = parse_sdp(OFFER)

    assert stream is not None
    assert (stream.address, stream.port) == ("127.0.0.1", 4000)
    assert stream.codecs == (Codec.PCMU, Codec.PCMA)
    assert stream.event_type == 96


def test_an_answer_takes_one_codec_and_refuses_every_other_stream() -> None:
    offer = parse_sdp(OFFER)
    assert offer is not None
    text = answer_sdp(offer, "127.0.0.1", 5000, 2).decode()

    assert "m=audio 5000 RTP/AVP 0 96\r\n" in text
    assert "a=recvonly\r\n" in text
    assert "m=video 0 RTP/AVP 97\r\n" in text
    assert text.index("m=audio") < text.index("m=video")


@pytest.mark.parametrize(
    ("offered", "answered"),
    [("sendrecv", "sendrecv"), ("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")],
)
def test_the_direction_is_answered_from_the_other_side(offered: str, answered: str) -> None:
    stream = parse_sdp(offer_sdp("127.0.0.1", 4000, 1, Direction(offered)))

    assert stream is not None
    assert stream.direction.answered is Direction(answered)


def test_a_direction_in_the_stream_counts_more_than_one_in_the_session() -> None:
    stream = parse_sdp(OFFER.replace(b"a=rtpmap:9", b"a=inactive\r\na=rtpmap:9"))

    assert stream is not None
    assert stream.direction is Direction.INACTIVE


def test_the_address_zero_is_a_hold_of_the_old_kind() -> None:
    stream = parse_sdp(OFFER.replace(b"c=IN IP4 127.0.0.1", b"c=IN IP4 0.0.0.0").replace(b"a=sendonly\r\n", b""))

    assert stream is not None
    assert not stream.direction.hears


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        OFFER.replace(b"audio 4000", b"audio 0"),
        OFFER.replace(b"RTP/AVP 9", b"RTP/SAVP 9"),
        b"\xff\xfe",
    ],
)
def test_a_description_without_usable_audio_is_none(body: bytes) -> None:
    assert parse_sdp(body) is None
