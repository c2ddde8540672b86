"""The practice exchange on real UDP sockets, met by a telephone of our own that can do what real ones never do."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import replace

import pytest

from agent_toolbar.practice.changes import Changes
from agent_toolbar.practice.g711 import ALAW_TO_LINEAR
from agent_toolbar.practice.rtp import RtpPacket, parse_rtp
from agent_toolbar.practice.scripts import Language, Scenario
from agent_toolbar.practice.sdp import Direction, answer_sdp, offer_sdp, parse_sdp
from agent_toolbar.practice.traffic import Pace, Traffic
from agent_toolbar.sip_text.sip_message import SipMessage, SipResponse, parse_address
from tests.integration.practice.meeting import SCRIPTS, Meeting, meet
from tests.integration.practice.tiny_phone import SDP


class Listener(asyncio.DatagramProtocol):
    """Hears the exchange's audio on a port of its own."""

    def __init__(self) -> None:
        self.packets: list[RtpPacket] = []
        self.changes = Changes()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        packet = parse_rtp(data)
        assert packet is not None
        self.packets.append(packet)
        self.changes.notify()


async def listen() -> tuple[asyncio.DatagramTransport, Listener, int]:
    loop = asyncio.get_running_loop()
    transport, listener = await loop.create_datagram_endpoint(Listener, local_addr=("127.0.0.1", 0))
    return transport, listener, transport.get_extra_info("sockname")[1]


def test_the_right_password_registers_and_a_wrong_one_does_not() -> None:
    async def test(at: Meeting) -> None:
        assert await at.phone.register("wrong") == 401
        assert at.names() == []
        assert await at.phone.register() == 200
        assert at.names() == ["registered"]
        assert await at.phone.register() == 200  # a refresh
        assert at.names() == ["registered"]
        assert await at.phone.register(expires_s=0) == 200
        assert at.names() == ["registered", "unregistered"]
        assert not at.exchange.call_agent(SCRIPTS.scenarios["hold"])

    meet(test)


def test_a_registration_that_is_not_refreshed_expires() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register(expires_s=1)
        await at.phone.until(lambda: at.names() == ["registered", "unregistered"])

    meet(test)


def test_bytes_that_are_no_sip_leave_the_exchange_as_it_was() -> None:
    async def test(at: Meeting) -> None:
        for raw in (
            b"",
            b"\x00" * 100,
            b"INVITE sip:x SIP/2.0\r\n\r\n",
            b"\xff\xfe\r\n\r\n",
            b"SIP/2.0 999 No\r\n\r\n",
        ):
            at.phone.send_raw(raw)
        assert await at.phone.register() == 200

    meet(test)


def test_a_caller_who_gives_up_takes_the_call_back() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(replace(SCRIPTS.scenarios["gives_up"], gives_up_after_s=0.3))
        invite = await at.phone.next_invite()
        invite.respond(180)
        await at.phone.until(lambda: at.phone.methods() == ["INVITE", "CANCEL", "ACK"])
        assert at.events[-1][0] == "call_ended"
        assert at.events[-1][1]["sip_status"] == 487

    meet(test)


def test_a_declined_call_is_acknowledged_and_ends() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["hold"])
        (await at.phone.next_invite()).respond(603)
        await at.phone.until(lambda: at.phone.methods() == ["INVITE", "ACK"])
        assert at.events[-1][1]["sip_status"] == 603
        await at.phone.until(lambda: not at.exchange.is_busy)

    meet(test)


def test_an_answer_that_crosses_the_callers_cancel_gets_ack_and_bye() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(replace(SCRIPTS.scenarios["gives_up"], gives_up_after_s=0.3))
        invite = await at.phone.next_invite()
        invite.on_cancel = lambda: at.phone.answer(invite)
        await at.phone.until(lambda: "BYE" in at.phone.methods())
        assert at.phone.methods()[-2:] == ["ACK", "BYE"]

    meet(test)


def test_who_calls_and_what_was_dialled_is_in_the_invite() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        for name in ("diverted", "accents", "anonymous"):
            at.exchange.call_agent(SCRIPTS.scenarios[name])
        await at.phone.next_invite(2)
        by_user = {parse_address(one.request.first("from")).uri.split("@")[0]: one.request for one in at.phone.invites}

        diverted = by_user["sip:+441134960127"]
        assert parse_address(diverted.first("diversion")).uri.startswith("sip:+441134960100@")
        assert parse_address(diverted.first("p-asserted-identity")).name == ""
        named = by_user["sip:+33199005561"]
        assert parse_address(named.first("p-asserted-identity")).name == "Zoé Lefèvre-Béranger"
        hidden = by_user["sip:anonymous"]
        assert hidden.first("privacy") == "id"
        assert hidden.first("p-asserted-identity") == ""

    meet(test)


def test_the_second_of_two_callers_comes_while_the_first_is_there() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(replace(SCRIPTS.scenarios["two_at_once"], joined_after_s=0.2))
        at.phone.answer(await at.phone.next_invite())
        second = await at.phone.next_invite(1)
        assert parse_address(second.request.first("from")).uri.startswith("sip:+12025550136@")
        assert "call_ended" not in at.names()

    meet(test)


def test_french_customers_call_from_french_numbers() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["hold"])
        invite = await at.phone.next_invite()
        assert parse_address(invite.request.first("from")).uri.startswith("sip:+33199005512@")

    meet(test, Language.FR)


def test_speech_comes_every_20_ms_and_stops_on_hold() -> None:
    async def test(at: Meeting) -> None:
        audio, listener, port = await listen()
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["hold"])
        dialog = at.phone.answer(await at.phone.next_invite(), port)
        started_s = time.monotonic()
        await listener.changes.until(lambda: len(listener.packets) >= 75, 5.0)
        took_s = time.monotonic() - started_s
        held = await at.phone.reinvite(dialog, Direction.SENDONLY, port)
        answer = parse_sdp(held.body)
        assert answer is not None
        assert answer.direction is Direction.RECVONLY
        packets = list(listener.packets)
        more = len(packets) + 1  # one may have been on its way
        assert not await listener.changes.until(lambda: len(listener.packets) > more, 0.3)

        resumed = parse_sdp((await at.phone.reinvite(dialog, Direction.SENDRECV, port)).body)
        assert resumed is not None
        assert resumed.direction is Direction.SENDRECV
        assert [event for event in at.names() if "_seen" in event] == ["hold_seen", "resume_seen"]
        assert {packet.payload_type for packet in packets} == {8}
        assert took_s == pytest.approx(75 * 0.02, abs=0.4)
        steps = {(b.sequence - a.sequence, b.timestamp - a.timestamp) for a, b in itertools.pairwise(packets)}
        assert steps == {(1, 160)}
        assert max(abs(ALAW_TO_LINEAR[octet]) for packet in packets for octet in packet.payload) > 8_000
        audio.close()

    meet(test)


def test_an_inactive_offer_is_answered_inactive() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["hold"])
        dialog = at.phone.answer(await at.phone.next_invite())
        await at.phone.until(lambda: "ACK" in at.phone.methods())
        answer = parse_sdp((await at.phone.reinvite(dialog, Direction.INACTIVE)).body)
        assert answer is not None
        assert answer.direction is Direction.INACTIVE

    meet(test)


def test_a_customer_who_puts_the_agent_on_hold_plays_music_and_comes_back() -> None:
    async def test(at: Meeting) -> None:
        audio, listener, port = await listen()
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["holds_you"])
        at.phone.answer(await at.phone.next_invite(), port)
        hold = await at.phone.next_invite(1, 10.0)
        offer = parse_sdp(hold.request.body)
        assert offer is not None
        assert offer.direction is Direction.SENDONLY
        assert hold.request.to_tag
        hold.respond(200, SDP, answer_sdp(offer, "127.0.0.1", port, 2))
        await at.phone.until(lambda: "agent_put_on_hold" in at.names())
        listener.packets.clear()
        await listener.changes.until(lambda: len(listener.packets) >= 25, 5.0)
        assert max(abs(ALAW_TO_LINEAR[octet]) for packet in listener.packets for octet in packet.payload) > 2_000

        resume = await at.phone.next_invite(2, 10.0)
        resume.respond(200, SDP, offer_sdp("127.0.0.1", port, 3))
        await at.phone.until(lambda: at.events[-1][1].get("line") == "holds_you-again")
        audio.close()

    meet(test)


def test_a_customers_hold_that_meets_the_agents_gives_way() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["holds_you"])
        dialog = at.phone.answer(await at.phone.next_invite())
        hold = await at.phone.next_invite(1, 10.0)
        assert (await at.phone.reinvite(dialog, Direction.SENDONLY)).status == 491
        hold.respond(491)
        await at.phone.until(lambda: "hold_refused" in at.names())
        assert (await at.phone.reinvite(dialog, Direction.SENDONLY)).status == 200

    meet(test)


def test_a_repeated_invite_makes_no_second_call() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        assert (await at.phone.invite("202")).status == 486
        invite = next(raw for raw in reversed(at.phone.flow.sent) if raw.startswith(b"INVITE"))
        at.phone.send_raw(invite)
        await at.phone.until(lambda: [status_of(one) for one in at.phone.received].count(486) == 2)
        assert at.names().count("call_received") == 1

    meet(test)


def test_an_answer_is_repeated_until_the_agents_ack_comes() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        assert (await at.phone.invite("600")).status == 200
        await at.phone.until(lambda: [status_of(one) for one in at.phone.received].count(200) >= 2)
        at.phone.acknowledge()
        await at.phone.until(lambda: "said" in at.names())
        heard = len(at.phone.received)
        assert not await at.phone.changes.until(lambda: len(at.phone.received) > heard, 1.2)

    meet(test)


def test_a_call_without_password_is_challenged_and_one_without_usable_sound_is_refused() -> None:
    async def test(at: Meeting) -> None:
        uri = f"sip:201@127.0.0.1:{at.exchange.sip_port}"
        assert (await at.phone.one_request(at.phone.new_request("INVITE", uri))).status == 401
        assert (await at.phone.invite("201", b"")).status == 488
        g729 = offer_sdp("127.0.0.1", 4000, 1).replace(b"RTP/AVP 8 0 101", b"RTP/AVP 18")
        assert (await at.phone.invite("201", g729)).status == 488
        assert at.names() == []

    meet(test)


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 200), ("REFER", 405), ("PUBLISH", 405)])
def test_other_requests_are_answered_as_the_exchange_can(method: str, status: int) -> None:
    async def test(at: Meeting) -> None:
        uri = f"sip:127.0.0.1:{at.exchange.sip_port}"
        response = await at.phone.one_request(at.phone.new_request(method, uri))
        assert response.status == status
        assert "INVITE" in response.first("allow")

    meet(test)


def test_a_request_for_a_call_that_is_over_gets_481() -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["hold"])
        dialog = at.phone.answer(await at.phone.next_invite())
        await at.phone.until(lambda: "ACK" in at.phone.methods())
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 200
        await at.phone.until(lambda: not at.exchange.is_busy)
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 481

    meet(test)


def test_customers_call_by_themselves_when_registered_and_only_when_the_line_is_free() -> None:
    async def test(at: Meeting) -> None:
        lessons = [SCRIPTS.scenarios["hold"], SCRIPTS.scenarios["keypad"]]
        called: list[str] = []

        def call(scenario: Scenario) -> None:
            called.append(scenario.name)
            at.exchange.call_agent(scenario)

        traffic = Traffic(
            lessons,
            Pace(0.2, 0.2),
            seed=1,
            is_registered=lambda: at.exchange.is_registered,
            is_busy=lambda: at.exchange.is_busy,
            call=call,
        )
        at.exchange.on_change = traffic.changed
        running = asyncio.create_task(traffic.run())
        assert not await at.phone.changes.until(lambda: bool(called), 0.5)

        await at.phone.register()
        first = await at.phone.next_invite()
        assert not await at.phone.changes.until(lambda: len(called) > 1, 0.5)
        first.respond(486)
        second = await at.phone.next_invite(1)
        assert called == ["hold", "keypad"]

        traffic.set_quiet(quiet=True)
        second.respond(486)
        assert not await at.phone.changes.until(lambda: len(called) > 2, 0.6)
        traffic.set_quiet(quiet=False)
        (await at.phone.next_invite(2)).respond(486)
        running.cancel()

    meet(test)


def status_of(message: SipMessage) -> int:
    return message.status if isinstance(message, SipResponse) and message.cseq[1] == "INVITE" else 0
