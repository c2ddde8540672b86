"""Subscriptions to colleagues against a PBX that says whatever a test wants, and never the end of the engine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.registration import RegistrationState
from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.engine.sip_peer import PeerCall, Reply, SipPeer, always
from tests.integration.engine.sip_wire import SipText, parse, tag_in, uri_in

KIND = "application/dialog-info+xml"


def document(*states: str, full: bool = True, first: int = 0) -> str:
    dialogs = "".join(f'<dialog id="d{n}"><state>{state}</state></dialog>' for n, state in enumerate(states, first))
    return (
        f'<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" '
        f'state="{"full" if full else "partial"}" entity="sip:1002@pbx">{dialogs}</dialog-info>'
    )


class HintingPeer(SipPeer):
    """Accepts SUBSCRIBE, or answers as `subscribe_rule` says; notifies when a test says so."""

    def __init__(self, transport: str = "udp") -> None:
        super().__init__(transport)
        self.subscribe_rule = always(200, [("Expires", "600")])
        self.subscriptions: list[PeerCall] = []

    def _take(self, received: bytes, source: tuple[str, int], by: socket.socket) -> None:
        if not received.startswith(b"SUBSCRIBE "):
            super()._take(received, source, by)
            return
        message = parse(received, source)
        self.messages.append(message)
        reply = self.subscribe_rule(message) or Reply(200)
        if not tag_in(message.get("To")) and reply.status == 200:
            dialog = PeerCall(
                self,
                message.get("Call-ID"),
                f"{message.get('To')};tag=peer",
                message.get("From"),
                uri_in(message.get("Contact")),
            )
            self.calls[dialog.call_id] = dialog
            self.subscriptions.append(dialog)
        self._reply(message, reply, by)

    @contextmanager
    def in_one_piece(self) -> Iterator[None]:
        """What is sent meanwhile leaves in one go, by TCP."""
        pieces: list[bytes] = []
        self.send = lambda message, *_: pieces.append(message.encode())  # type: ignore[method-assign]
        yield
        del self.send
        next(reversed(self._streams)).sendall(b"".join(pieces))

    def subscription(self, extension: str, count: int = 1) -> PeerCall:
        """The count-th subscription to that extension."""
        found: list[PeerCall] = []

        def arrived() -> bool:
            found[:] = [one for one in self.subscriptions if f"sip:{extension}@" in one.local]
            return len(found) >= count

        assert self.wait(arrived), f"no SUBSCRIBE for {extension}, but {[one.local for one in self.subscriptions]}"
        return found[count - 1]


def notify(
    subscription: PeerCall, body: str, *, state: str = "active;expires=600", kind: str = KIND, event: str = "dialog"
) -> SipText:
    """The engine's answer to a NOTIFY with that body."""
    before = len(subscription.responses)
    headers = [("Event", event), ("Subscription-State", state)]
    subscription.request("NOTIFY", [*headers, ("Content-Type", kind)] if body else headers, body)
    assert subscription.peer.wait(lambda: len(subscription.responses) > before), "the NOTIFY was not answered"
    return subscription.responses[before]


@pytest.fixture
def pbx() -> Iterator[HintingPeer]:
    with HintingPeer() as peer:
        yield peer


def sees(toolbar: Toolbar, **presence: Presence) -> None:
    wanted = tuple(ExtensionPresence(name.removeprefix("x"), one) for name, one in presence.items())
    toolbar.wait(port.PresenceChanged, lambda event: event.presence == wanted)


def heard(toolbar: Toolbar) -> list[Presence]:
    toolbar.drain()
    return [
        one.presence for event in toolbar.events if isinstance(event, port.PresenceChanged) for one in event.presence
    ]


@pytest.fixture
def watching(registered: Toolbar, pbx: HintingPeer) -> Toolbar:
    registered.send(port.WatchExtensions(extensions=("1002",)))
    sees(registered, x1002=Presence.UNKNOWN)
    pbx.subscription("1002")
    return registered


def test_every_dialog_of_a_notice_counts(watching: Toolbar, pbx: HintingPeer) -> None:
    subscription = pbx.subscription("1002")

    notify(subscription, document("terminated", "early", "confirmed"))
    sees(watching, x1002=Presence.BUSY)
    notify(subscription, document("terminated", "early"))
    sees(watching, x1002=Presence.RINGING)
    notify(subscription, document())
    sees(watching, x1002=Presence.FREE)


def test_a_notice_of_changes_leaves_the_other_dialogs_as_they_were(watching: Toolbar, pbx: HintingPeer) -> None:
    subscription = pbx.subscription("1002")

    notify(subscription, document("confirmed", "early"))
    sees(watching, x1002=Presence.BUSY)
    notify(subscription, document("terminated", full=False))
    sees(watching, x1002=Presence.RINGING)
    notify(subscription, document("terminated", full=False, first=1))
    sees(watching, x1002=Presence.FREE)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("hello", KIND),
        ("<", KIND),
        ("<presence/>", KIND),
        (document("confirmed"), "text/plain"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + document("confirmed"), KIND),
        (document("confirmed")[:-5], KIND),
        (f"<dialog-info>{'<a>' * 400}{'</a>' * 400}", KIND),
        ("<dialog-info><dialog><remote/><local><target/></local></dialog>", KIND),
    ],
)
def test_an_odd_notice_changes_nothing(
    engine: EngineProcess, watching: Toolbar, pbx: HintingPeer, body: str, kind: str
) -> None:
    subscription = pbx.subscription("1002")
    notify(subscription, document("early"))
    sees(watching, x1002=Presence.RINGING)

    notify(subscription, body, kind=kind)

    assert heard(watching)[-1] is Presence.RINGING
    assert engine.alive
    notify(subscription, document())
    sees(watching, x1002=Presence.FREE)


def test_a_subscription_that_ends_leaves_nothing_known(watching: Toolbar, pbx: HintingPeer) -> None:
    subscription = pbx.subscription("1002")
    notify(subscription, document("confirmed"))
    sees(watching, x1002=Presence.BUSY)

    notify(subscription, "", state="terminated;reason=deactivated")

    sees(watching, x1002=Presence.UNKNOWN)
    notify(pbx.subscription("1002", 2), document())  # asked again by itself
    sees(watching, x1002=Presence.FREE)


@pytest.mark.parametrize("status", [404, 489])
def test_a_pbx_without_hints_is_asked_once(registered: Toolbar, pbx: HintingPeer, status: int) -> None:
    pbx.subscribe_rule = always(status)

    registered.send(port.WatchExtensions(extensions=("1002", "1003")))
    sees(registered, x1002=Presence.UNKNOWN, x1003=Presence.UNKNOWN)
    assert pbx.wait(lambda: len(subscribes(pbx)) == 2)
    registered.send(port.Register())  # nothing new, so nothing is asked again
    registered.drain()

    assert not pbx.wait(lambda: len(subscribes(pbx)) > 2, timeout_s=6.0)
    assert set(heard(registered)) == {Presence.UNKNOWN}
    assert not any(isinstance(event, port.CommandRefused) and event.request != 99 for event in registered.events)


def test_only_the_pbx_is_believed(watching: Toolbar, pbx: HintingPeer) -> None:
    subscription = pbx.subscription("1002")
    notify(subscription, document())
    sees(watching, x1002=Presence.FREE)

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.2", 0))
        subscription.source = stranger
        headers = [("Event", "dialog"), ("Subscription-State", "active;expires=600"), ("Content-Type", KIND)]
        subscription.request("NOTIFY", headers, document("confirmed"))
        subscription.source = None
        notify(subscription, document())  # has been handled after the other one

    assert Presence.BUSY not in heard(watching)


def test_two_notices_in_one_piece_of_a_stream_are_both_read(engine: EngineProcess) -> None:
    with HintingPeer("tcp") as pbx:
        toolbar = engine.toolbar()
        toolbar.attach()
        toolbar.register(pbx.port, transport="tcp")
        toolbar.send(port.WatchExtensions(extensions=("1002", "1003")))
        subscriptions = [pbx.subscription(extension) for extension in ("1002", "1003")]

        with pbx.in_one_piece():
            for subscription in subscriptions:
                headers = [("Event", "dialog"), ("Subscription-State", "active;expires=600"), ("Content-Type", KIND)]
                subscription.request("NOTIFY", headers, document("confirmed"))

        sees(toolbar, x1002=Presence.BUSY, x1003=Presence.BUSY)
        toolbar.close()
        assert engine.end() == 0


def test_registering_anew_subscribes_anew(watching: Toolbar, pbx: HintingPeer) -> None:
    notify(pbx.subscription("1002"), document("confirmed"))
    sees(watching, x1002=Presence.BUSY)

    watching.send(port.Unregister())
    watching.wait_registration(RegistrationState.OFF)  # which may come before or after what it means for presence
    assert heard(watching)[-1] is Presence.UNKNOWN
    assert pbx.wait(lambda: subscribes(pbx)[-1].get("Expires") == "0")
    watching.send(port.Register())

    old, new = pbx.subscription("1002"), pbx.subscription("1002", 2)
    notify(new, document())
    sees(watching, x1002=Presence.FREE)
    notify(old, "", state="terminated;reason=timeout")
    assert heard(watching)[-1] is Presence.FREE


def test_a_hundred_are_watched_and_given_back_at_the_end(
    engine: EngineProcess, registered: Toolbar, pbx: HintingPeer
) -> None:
    registered.send(port.WatchExtensions(extensions=tuple(str(number) for number in range(2000, 2120))))

    assert pbx.wait(lambda: len(pbx.subscriptions) == 100)
    event = registered.wait(port.PresenceChanged)
    assert len(event.presence) == 100
    registered.send(port.Shutdown())
    registered.wait_closed()
    assert engine.process.wait(10) == 0
    assert pbx.wait(lambda: sum(one.get("Expires") == "0" for one in subscribes(pbx)) == 100)


def test_what_is_no_extension_stays_unknown(registered: Toolbar, pbx: HintingPeer) -> None:
    registered.send(port.WatchExtensions(extensions=("<sip:x>\r\nA: b", "", "1002", "1002")))

    notify(pbx.subscription("1002"), document())

    event = registered.wait(port.PresenceChanged, lambda one: one.presence[-1].presence is Presence.FREE)
    assert [one.presence for one in event.presence] == [Presence.UNKNOWN, Presence.UNKNOWN, Presence.FREE]
    assert len(subscribes(pbx)) == 1


def test_a_call_goes_on_while_an_account_with_subscriptions_is_replaced(watching: Toolbar, pbx: HintingPeer) -> None:
    notify(pbx.subscription("1002"), document())
    sees(watching, x1002=Presence.FREE)
    watching.send(port.Dial(call="c", target="600"))
    watching.wait_call(lambda call: call.state == "connected")

    watching.set_account(pbx.port, display_name="Another")
    watching.wait_registration(RegistrationState.REGISTERED)

    notify(pbx.subscription("1002", 2), document("confirmed"))
    sees(watching, x1002=Presence.BUSY)
    watching.send(port.HangUp(call="c"))
    assert watching.wait_call(lambda call: not call.live).end_cause == "hung_up"


def subscribes(pbx: SipPeer) -> list[SipText]:
    return [message for message in pbx.messages if message.method == "SUBSCRIBE"]


def ask(toolbar: Toolbar, *extensions: str, request: int = 31) -> None:
    toolbar.send(port.AskExtensions(extensions=extensions, request=request))


def answered(toolbar: Toolbar, *presence: Presence, request: int = 31) -> None:
    event = toolbar.wait(port.ExtensionsAnswered, lambda event: event.request == request)
    assert tuple(one.presence for one in event.presence) == presence


def test_who_is_asked_for_is_subscribed_to_anew(watching: Toolbar, pbx: HintingPeer) -> None:
    first = pbx.subscription("1002")
    notify(first, document("confirmed"))
    sees(watching, x1002=Presence.BUSY)

    ask(watching, "1002")
    second = pbx.subscription("1002", 2)
    notify(first, "", state="terminated;reason=timeout")  # the last word of the old one
    assert heard(watching)[-1] is Presence.BUSY
    notify(second, document())

    answered(watching, Presence.FREE)
    sees(watching, x1002=Presence.FREE)
    assert Presence.UNKNOWN not in heard(watching)[1:]


def test_who_does_not_answer_is_not_known_any_more(watching: Toolbar, pbx: HintingPeer) -> None:
    notify(pbx.subscription("1002"), document("confirmed"))
    sees(watching, x1002=Presence.BUSY)

    ask(watching, "1002")
    answered(watching, Presence.UNKNOWN)
    sees(watching, x1002=Presence.UNKNOWN)

    notify(pbx.subscription("1002", 2), document("confirmed"))  # late
    sees(watching, x1002=Presence.BUSY)


def test_who_is_not_watched_is_not_asked(watching: Toolbar, pbx: HintingPeer) -> None:
    ask(watching, "1009")

    answered(watching, Presence.UNKNOWN)
    assert len(subscribes(pbx)) == 1


def test_a_question_while_the_first_answer_is_awaited_waits_for_it(watching: Toolbar, pbx: HintingPeer) -> None:
    notify(pbx.subscription("1002"), document("confirmed"))
    sees(watching, x1002=Presence.BUSY)
    ask(watching, "1002", request=31)
    ask(watching, "1002", request=32)
    watching.drain()
    notify(pbx.subscription("1002", 2), document())

    answered(watching, Presence.FREE, request=31)
    answered(watching, Presence.FREE, request=32)
    assert len(pbx.subscriptions) == 2
