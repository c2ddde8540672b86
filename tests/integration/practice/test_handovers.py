"""What the practice exchange does with REFER, Replaces and 302, met by a telephone of our own."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from agent_toolbar.practice import switchboard
from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.sdp import Direction
from agent_toolbar.sip_text.sip_message import SipRequest, SipResponse
from tests.integration.practice.meeting import SCRIPTS, Meeting, meet


async def customer(at: Meeting, scenario: str = "put_through") -> Dialog:
    """A customer who talks with the agent."""
    await at.phone.register()
    at.exchange.call_agent(SCRIPTS.scenarios[scenario])
    dialog = at.phone.answer(await at.phone.next_invite())
    await at.phone.until(lambda: "said" in at.names())
    return dialog


def replaces(dialog: Dialog) -> str:
    """Names a dialog of the telephone as the exchange knows it."""
    return f"{dialog.call_id};to-tag={dialog.name.remote_tag};from-tag={dialog.name.local_tag}"


def attended(at: Meeting, user: str, dialog: Dialog) -> str:
    return f"<{at.phone.uri_of(user)}?Replaces={quote(replaces(dialog), safe='')}>"


def reported(request: SipRequest) -> tuple[str, str]:
    """The status line in a NOTIFY and the state of its subscription."""
    return request.body.decode().strip(), request.first("subscription-state")


async def last_report(at: Meeting, timeout_s: float = 8.0) -> str:
    """What the NOTIFY says that ends the subscription."""

    def ended() -> list[SipRequest]:
        return [one for one in at.phone.notifies("refer") if one.first("subscription-state").startswith("term")]

    await at.phone.until(lambda: bool(ended()), timeout_s)
    return ended()[-1].body.decode().strip()


def said(at: Meeting) -> list[tuple[str, str]]:
    """Every line of the customers so far, and who heard it ("" for the agent)."""
    return [(str(facts["line"]), str(facts.get("heard_by", ""))) for event, facts in at.events if event == "said"]


def test_a_colleague_takes_the_customer_and_the_leg_is_left_to_the_transferer() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        await at.phone.reinvite(dialog, Direction.SENDONLY)
        refer = await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")
        assert (refer.status, refer.first("contact")) == (202, dialog_contact(at))
        assert await last_report(at) == "SIP/2.0 200 OK"
        notifies = at.phone.notifies("refer")
        assert [reported(one) for one in notifies] == [
            ("SIP/2.0 100 Trying", "active;expires=180"),
            ("SIP/2.0 180 Ringing", "active;expires=180"),
            ("SIP/2.0 200 OK", "terminated;reason=noresource"),
        ]
        assert {one.first("event") for one in notifies} == {f"refer;id={refer.cseq[0]}"}
        assert {one.first("content-type") for one in notifies} == {"message/sipfrag;version=2.0"}
        numbers = [one.cseq[0] for one in notifies]
        assert numbers == list(range(numbers[0], numbers[0] + 3))

        await at.phone.until(lambda: ("goodbye-m2", "Nadia Brooks") in said(at))
        assert said(at)[1:] == [("thanks-m2", "Nadia Brooks"), ("goodbye-m2", "Nadia Brooks")]
        assert at.events[-1] == ("customer_left", {"call": dialog.call_id, "sip_status": 200})
        assert "BYE" not in at.phone.methods()
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 200
        await at.phone.until(lambda: not at.exchange.is_busy)

    meet(test)


@pytest.mark.parametrize(
    ("number", "status_line", "rings"),
    [
        ("202", "SIP/2.0 486 Busy Here", False),
        ("203", "SIP/2.0 480 Temporarily Unavailable", True),
        ("204", "SIP/2.0 603 Decline", True),
        ("206", "SIP/2.0 404 Not Found", False),
        ("299", "SIP/2.0 404 Not Found", False),
    ],
)
def test_a_customer_whom_nobody_takes_stays_and_goes_on_when_taken_off_hold(
    number: str, status_line: str, *, rings: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "LONGEST_RING_OF_TRANSFER_S", 0.5)

    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        await at.phone.reinvite(dialog, Direction.SENDONLY)
        assert (await at.phone.refer(dialog, f"<{at.phone.uri_of(number)}>")).status == 202
        assert await last_report(at) == status_line
        progress = ["SIP/2.0 100 Trying", *(["SIP/2.0 180 Ringing"] if rings else []), status_line]
        assert [reported(one)[0] for one in at.phone.notifies("refer")] == progress
        assert len(said(at)) == 1

        await at.phone.reinvite(dialog, Direction.SENDRECV)
        await at.phone.until(lambda: ("put_through-nobody", "") in said(at), 10.0)
        assert ("thanks-m2", "") in said(at)
        assert "call_ended" not in at.names()

    meet(test)


def test_a_second_try_in_the_same_call_succeeds_and_is_told_apart() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        refused = await at.phone.refer(dialog, f"<{at.phone.uri_of('202')}>")
        await last_report(at)
        taken = await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")
        await at.phone.until(lambda: "handed_over" in at.names())
        events = {one.first("event") for one in at.phone.notifies("refer")}
        assert events == {f"refer;id={refused.cseq[0]}", f"refer;id={taken.cseq[0]}"}

    meet(test)


def test_a_customer_taken_off_hold_while_the_colleague_rings_is_the_agents_again() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        await at.phone.reinvite(dialog, Direction.SENDONLY)
        await at.phone.refer(dialog, f"<{at.phone.uri_of('203')}>")
        await at.phone.next_notify("refer", 1)
        assert (await at.phone.reinvite(dialog, Direction.SENDRECV)).status == 200
        assert await last_report(at) == "SIP/2.0 487 Request Terminated"
        await at.phone.until(lambda: ("put_through-nobody", "") in said(at), 10.0)

    meet(test)


def test_an_agent_who_hangs_up_while_the_colleague_rings_does_not_lose_the_customer() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")
        await at.phone.next_notify("refer", 1)
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 200
        await at.phone.until(lambda: "handed_over" in at.names())
        assert await last_report(at) == "SIP/2.0 200 OK"

    meet(test)


def test_keys_that_travel_with_a_transfer_do_no_harm() -> None:
    async def test(at: Meeting) -> None:
        key = "0123456789abcdef0123456789abcdef"
        carried = (("X-CTI-Key", key), ("User-to-User", f"00{key};encoding=hex"))
        dialog = await customer(at)
        target = f"<{at.phone.uri_of('201')}?X-CTI-Key={key}&User-to-User=00{key}%3Bencoding%3Dhex>"
        assert (await at.phone.refer(dialog, target, *carried)).status == 202
        assert await last_report(at) == "SIP/2.0 200 OK"
        await at.phone.call("205", *carried)

    meet(test)


def test_a_refer_without_one_target_is_refused_and_so_is_one_while_another_is_under_way() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        assert (await at.phone.one_request(dialog.request("REFER"))).status == 400
        assert (await at.phone.refer(dialog, "<mailto:nadia@example.com>")).status == 400
        twice = ("Refer-To", f"<{at.phone.uri_of('202')}>")
        assert (await at.phone.refer(dialog, twice[1], twice)).status == 400
        assert (await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")).status == 202
        assert (await at.phone.refer(dialog, f"<{at.phone.uri_of('205')}>")).status == 491
        await at.phone.until(lambda: "handed_over" in at.names())
        assert (await at.phone.refer(dialog, f"<{at.phone.uri_of('205')}>")).status == 491

    meet(test)


def test_a_repeated_refer_moves_nobody_twice_and_a_report_is_repeated_until_answered() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        at.phone.ignores.add("NOTIFY")
        await at.phone.refer(dialog, f"<{at.phone.uri_of('202')}>")
        at.phone.send_raw(next(raw for raw in reversed(at.phone.flow.sent) if raw.startswith(b"REFER")))

        def seen(method: str) -> list[int]:
            return [one.cseq[0] for one in at.phone.received if isinstance(one, SipRequest) and one.method == method]

        await at.phone.until(lambda: len(seen("NOTIFY")) == 4)
        assert len(set(seen("NOTIFY"))) == 2
        accepted = [one for one in at.phone.received if isinstance(one, SipResponse) and one.status == 202]
        assert len(accepted) == 2
        assert at.names().count("refer_received") == 1

    meet(test)


def test_reports_end_when_the_transferer_refuses_one() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        at.phone.refuses["NOTIFY"] = 481
        await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")
        await at.phone.until(lambda: "handed_over" in at.names())
        progress = [reported(one)[0] for one in at.phone.notifies("refer")]
        assert progress == ["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing"]  # both were on their way

    meet(test)


def test_customer_and_consulted_colleague_are_connected() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at, "ask_first")
        await at.phone.reinvite(dialog, Direction.SENDONLY)
        consultation = await at.phone.call("205")
        await at.phone.until(lambda: ("extension-205-hello", "") in said(at))
        assert (await at.phone.refer(dialog, attended(at, "205", consultation))).status == 202
        assert await last_report(at) == "SIP/2.0 200 OK"
        byes = [one.call_id for one in at.phone.requests if one.method == "BYE"]
        assert byes == [consultation.call_id]
        await at.phone.until(lambda: ("goodbye-f2", "Arthur Doyle") in said(at))
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 200
        await at.phone.until(lambda: not at.exchange.is_busy)

    meet(test)


def test_a_consultation_that_does_not_exist_replaces_nothing() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        consultation = await at.phone.call("205")
        consultation.local = consultation.local.replace(at.phone.tag, "another")
        await at.phone.refer(dialog, attended(at, "205", consultation))
        assert await last_report(at) == "SIP/2.0 481 Call/Transaction Does Not Exist"
        assert "call_ended" not in at.names()

    meet(test)


@pytest.mark.parametrize(("number", "status"), [("201", 200), ("202", 486), ("299", 404)])
def test_a_ringing_call_is_sent_elsewhere(number: str, status: int) -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        at.exchange.call_agent(SCRIPTS.scenarios["put_through"])
        invite = await at.phone.next_invite()
        invite.respond(180)
        invite.respond(302, (("Contact", f"<{at.phone.uri_of(number)}>"),))
        await at.phone.until(lambda: "customer_left" in at.names(), 10.0)
        assert at.events[-1][1]["sip_status"] == status
        assert at.phone.methods() == ["INVITE", "ACK"]
        assert said(at) == ([("thanks-m2", "Nadia Brooks"), ("goodbye-m2", "Nadia Brooks")] if status == 200 else [])
        await at.phone.until(lambda: not at.exchange.is_busy)

    meet(test)


def test_a_call_is_given_back_to_whoever_names_its_dialog() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at, "hold")
        again = await at.phone.call("200", ("Require", "replaces"), ("Replaces", replaces(dialog)))
        await at.phone.until(lambda: "BYE" in at.phone.methods())
        assert [one.call_id for one in at.phone.requests if one.method == "BYE"] == [dialog.call_id]
        assert "call_ended" not in at.names()
        assert (await at.phone.one_request(dialog.request("BYE"))).status == 481

        assert (await at.phone.reinvite(again, Direction.SENDONLY)).status == 200
        assert (await at.phone.reinvite(again, Direction.SENDRECV)).status == 200
        await at.phone.until(lambda: ("thanks-f1", "") in said(at))
        assert (await at.phone.one_request(again.request("BYE"))).status == 200
        await at.phone.until(lambda: not at.exchange.is_busy)

    meet(test)


def test_a_consultation_is_given_back_too_and_can_then_be_completed() -> None:
    async def test(at: Meeting) -> None:
        first = await customer(at, "ask_first")
        second = await at.phone.call("205")
        again = [await at.phone.call("200", ("Replaces", replaces(one))) for one in (first, second)]
        assert (await at.phone.refer(again[0], attended(at, "205", again[1]))).status == 202
        assert await last_report(at) == "SIP/2.0 200 OK"

    meet(test)


def test_a_call_given_back_while_a_colleague_rings_is_the_agents_again() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        await at.phone.refer(dialog, f"<{at.phone.uri_of('203')}>")
        await at.phone.next_notify("refer", 1)
        await at.phone.call("200", ("Replaces", replaces(dialog)))
        await at.phone.until(lambda: "handover_failed" in at.names())
        await at.phone.until(lambda: ("put_through-nobody", "") in said(at), 10.0)

    meet(test)


def test_a_call_that_does_not_exist_or_was_handed_over_is_not_given_back() -> None:
    async def test(at: Meeting) -> None:
        dialog = await customer(at)
        wrong = ("Replaces", f"{dialog.call_id};to-tag=a;from-tag=b")
        assert (await at.phone.invite("200", None, wrong)).status == 481
        await at.phone.refer(dialog, f"<{at.phone.uri_of('201')}>")
        await at.phone.until(lambda: "handed_over" in at.names())
        assert (await at.phone.invite("200", None, ("Replaces", replaces(dialog)))).status == 603

    meet(test)


def dialog_contact(at: Meeting) -> str:
    return f"<sip:practice@127.0.0.1:{at.exchange.sip_port}>"
