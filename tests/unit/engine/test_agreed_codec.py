"""A later offer keeps the codec of the call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.engine.agreed_codec import codec_first, only_codec

HEAD = ["v=0", "o=- 1 2 IN IP4 192.0.2.5", "s=pjmedia", "b=AS:84", "t=0 0", "a=X-nat:0"]
AUDIO = [
    "m=audio 4000 RTP/AVP 96 9 8 0 13 97 101",
    "c=IN IP4 192.0.2.5",
    "b=TIAS:64000",
    "a=rtcp:4001 IN IP4 192.0.2.5",
    "a=sendonly",
    "a=rtpmap:96 opus/48000/2",
    "a=fmtp:96 useinbandfec=1",
    "a=rtpmap:9 G722/8000",
    "a=rtpmap:8 PCMA/8000",
    "a=rtpmap:0 PCMU/8000",
    "a=rtpmap:13 CN/8000",
    "a=rtpmap:97 telephone-event/48000",
    "a=fmtp:97 0-16",
    "a=rtpmap:101 telephone-event/8000",
    "a=fmtp:101 0-16",
    "a=ssrc:1 cname:x",
]
VIDEO = ["m=video 0 RTP/AVP 31", "a=rtpmap:31 H261/90000"]


def session(*lines: str) -> str:
    return "\r\n".join([*lines, ""])


OFFER = session(*HEAD, *AUDIO, *VIDEO)


def payloads(sdp: str) -> str:
    return next(line for line in sdp.splitlines() if line.startswith("m=audio")).partition("RTP/AVP ")[2]


@pytest.mark.parametrize(
    ("codec", "kept"),
    [("PCMA", "8 13 101"), ("pcmu", "0 13 101"), ("G722", "9 13 101"), ("opus", "96 97")],
)
def test_only_the_codec_and_the_digits_of_its_clock_are_offered(codec: str, kept: str) -> None:
    assert payloads(only_codec(OFFER, codec)) == kept


def test_digits_stay_possible_where_they_have_another_clock_than_the_codec() -> None:
    offer = session(*HEAD, *(line for line in AUDIO if "97" not in line or line.startswith("m=")))
    assert payloads(only_codec(offer, "opus")) == "96 13 101"


def test_nothing_else_of_the_offer_is_touched() -> None:
    gone = ("a=rtpmap:96", "a=fmtp:96", "a=rtpmap:9 ", "a=rtpmap:0 ", "a=rtpmap:97", "a=fmtp:97")
    audio = [line for line in AUDIO[1:] if not line.startswith(gone)]
    assert only_codec(OFFER, "PCMA") == session(*HEAD, "m=audio 4000 RTP/AVP 8 13 101", *audio, *VIDEO)


def test_the_codec_comes_first_and_the_others_stay() -> None:
    changed = codec_first(OFFER, "PCMA")
    assert payloads(changed) == "8 96 9 0 13 97 101"
    assert changed == OFFER.replace(AUDIO[0], "m=audio 4000 RTP/AVP 8 96 9 0 13 97 101")


@pytest.mark.parametrize("change", [only_codec, codec_first])
@pytest.mark.parametrize("offer", ["", session(*HEAD), session(*HEAD, *VIDEO), OFFER.replace("PCMA", "GSM")])
def test_an_offer_without_the_codec_stays_as_it_is(change: Callable[[str, str], str], offer: str) -> None:
    assert change(offer, "PCMA") == offer


def test_lines_about_every_format_stay() -> None:
    offer = session(*HEAD, *AUDIO, "a=rtcp-fb:* nack", "a=rtcp-fb:96 nack")
    assert only_codec(offer, "PCMA").splitlines()[-1] == "a=rtcp-fb:* nack"
