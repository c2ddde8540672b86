from __future__ import annotations

import pytest

from agent_toolbar.practice.rtp import DigitReader, RtpPacket, TelephoneEvent, parse_event, parse_rtp

EVENT_TYPE = 101


def key_packets(digit: str, timestamp: int, sequence: int, ssrc: int = 7) -> list[RtpPacket]:
    """As a telephone sends one key: growing durations, the end three times, all with one timestamp."""
    events = [TelephoneEvent(digit, ended=False, duration=160 * n) for n in (1, 2, 3)]
    events += [TelephoneEvent(digit, ended=True, duration=640)] * 3
    return [
        RtpPacket(EVENT_TYPE, sequence + n, timestamp, ssrc, event.to_bytes(), marker=n == 0)
        for n, event in enumerate(events)
    ]


def test_a_packet_is_read_as_it_was_written() -> None:
    packet = RtpPacket(8, 65535, 4_000_000_000, 123, b"\xd5" * 160, marker=True)

    assert parse_rtp(packet.to_bytes()) == packet


def test_sources_extension_and_padding_are_skipped() -> None:
    plain = RtpPacket(8, 1, 2, 3, b"").to_bytes()
    extension = b"\xbe\xde\x00\x01" + bytes(4)
    raw = bytes([plain[0] | 0x30 | 0x01]) + plain[1:] + bytes(4) + extension + b"voice" + b"\x00\x00\x03"

    packet = parse_rtp(raw)

    assert packet is not None
    assert packet.payload == b"voice"


@pytest.mark.parametrize(
    "raw", [b"", b"\x80" * 11, b"\x00" * 20, bytes([0x90]) + bytes(11), bytes([0xA0]) + b"\xff" * 11]
)
def test_what_is_no_packet_is_none(raw: bytes) -> None:
    assert parse_rtp(raw) is None


@pytest.mark.parametrize(("code", "digit"), [(0, "0"), (9, "9"), (10, "*"), (11, "#"), (12, "A"), (15, "D")])
def test_events_are_the_keys_of_rfc_4733(code: int, digit: str) -> None:
    event = parse_event(bytes([code, 0x8A, 0x03, 0x20]))

    assert event == TelephoneEvent(digit, ended=True, duration=800)


def test_an_event_that_is_no_key_is_none() -> None:
    assert parse_event(bytes([16, 0x8A, 0, 1])) is None
    assert parse_event(b"\x01\x8a") is None


def test_a_key_pressed_twice_is_two_digits_though_each_comes_in_many_packets() -> None:
    reader = DigitReader()
    packets = key_packets("5", 1000, 1) + key_packets("5", 3000, 7) + key_packets("#", 5000, 13)

    assert "".join(map(reader.read, packets)) == "55#"


def test_a_key_whose_first_packets_are_lost_is_still_heard() -> None:
    assert "".join(map(DigitReader().read, key_packets("9", 1000, 1)[4:])) == "9"
