from __future__ import annotations

import struct

from agent_toolbar.practice.rtcp import Reception, Sent, report_time, sender_report
from agent_toolbar.practice.rtp import RtpPacket


def packet(sequence: int, ssrc: int = 5) -> RtpPacket:
    return RtpPacket(8, sequence & 0xFFFF, 160 * sequence, ssrc, b"")


def receive(numbers: list[int], late_s: float = 0.0) -> Reception:
    reception = Reception(packet(numbers[0]))
    for number in numbers:
        reception.take(packet(number), 0.02 * number + (late_s if number % 2 else 0.0))
    return reception


def fields(block: bytes) -> tuple[int, ...]:
    return struct.unpack("!IIIIII", block)


def test_a_whole_stream_has_neither_loss_nor_jitter() -> None:
    ssrc, loss, highest, jitter, _, _ = fields(receive([*range(100, 150)]).block(0, 0.0))

    assert (ssrc, loss, highest, jitter) == (5, 0, 149, 0)


def test_every_fourth_packet_lost_is_a_quarter() -> None:
    reception = receive([number for number in range(100) if number % 4 != 3] + [100])
    _, loss, _, _, _, _ = fields(reception.block(0, 0.0))

    assert loss & 0xFFFFFF == 25
    assert loss >> 24 == 256 * 25 // 101


def test_loss_is_of_the_time_since_the_last_report() -> None:
    reception = receive([0, 1, 2, 9])
    reception.block(0, 0.0)
    for number in range(10, 20):
        reception.take(packet(number), 0.02 * number)

    assert fields(reception.block(0, 0.0))[1] == 6  # six in all, none lately


def test_the_sequence_number_may_wrap() -> None:
    _, loss, highest, _, _, _ = fields(receive([*range(65_530, 65_550)]).block(0, 0.0))

    assert (loss, highest) == (0, 65_549)


def test_packets_that_come_late_by_turns_are_jitter() -> None:
    jitter = fields(receive([*range(200)], late_s=0.005).block(0, 0.0))[3]

    assert 38 <= jitter <= 40  # 5 ms of 8000 Hz


def test_a_report_says_when_it_was_sent_and_how_long_the_peers_has_been_here() -> None:
    block = receive([1, 2]).block(report_time(sender_report(1, Sent(3, 480, 9), 1_000_000.25, b"")), 0.5)
    raw = sender_report(1, Sent(3, 480, 9), 2_000_000.5, block)

    assert raw[1] == 200
    assert raw[0] & 0x1F == 1
    assert len(raw) % 4 == 0
    assert report_time(raw) & 0xFFFF == 0x8000  # half a second
    assert fields(raw[28:52])[4] & 0xFFFF == 0x4000
    assert fields(raw[28:52])[5] == 0x8000


def test_what_is_no_sender_report_has_no_time() -> None:
    assert report_time(b"") == 0
    assert report_time(b"\x80\xc9\x00\x01" + bytes(40)) == 0
