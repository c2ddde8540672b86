"""An engine sees what the telephones of colleagues do, where the PBX has hints."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.telephony import Answer, HangUp, Register, Unregister, WatchExtensions
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.registration import RegistrationState
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession

Engine = Callable[..., EngineSession]

WATCHED = ("1002", "1003", "1099")  # the last one has no hint


def logged_in(engine: Engine, pbx: AsteriskPbx, extension: str, **wishes: object) -> EngineSession:
    session = engine()
    session.log_in(pbx, extension, **wishes)
    session.await_registered()
    return session


def comes_to_see(session: EngineSession, extension: str, presence: Presence) -> None:
    wait_until(
        lambda: session.presence().get(extension) is presence,
        10,
        lambda: f"{extension} to be seen {presence}, not {session.presence()}",
    )


def sees_a_call_from_begin_to_end(watcher: EngineSession, caller: EngineSession, called: EngineSession) -> None:
    comes_to_see(watcher, "1002", Presence.FREE)

    call = caller.dial("1002")
    comes_to_see(watcher, "1002", Presence.RINGING)

    called.send(Answer(call=called.await_state(CallState.RINGING).id))
    comes_to_see(watcher, "1002", Presence.BUSY)

    caller.send(HangUp(call=call))
    comes_to_see(watcher, "1002", Presence.FREE)


def test_a_colleague_is_free_rings_is_busy_and_free_again(pbx: AsteriskPbx, engine: Engine) -> None:
    alice, bruno, chloe = (logged_in(engine, pbx, extension) for extension in ("1001", "1002", "1003"))
    alice.send(WatchExtensions(extensions=WATCHED))

    sees_a_call_from_begin_to_end(alice, chloe, bruno)

    assert alice.presence()["1003"] is Presence.FREE
    assert alice.presence()["1099"] is Presence.UNKNOWN


def test_by_tcp_too_where_several_notices_come_in_one_piece(pbx: AsteriskPbx, engine: Engine) -> None:
    alice = logged_in(engine, pbx, "1001", transport="tcp")
    bruno, chloe = logged_in(engine, pbx, "1002"), logged_in(engine, pbx, "1003")
    alice.send(WatchExtensions(extensions=WATCHED))

    sees_a_call_from_begin_to_end(alice, chloe, bruno)


def test_the_next_toolbar_sees_it_in_the_snapshot(pbx: AsteriskPbx, engine: Engine) -> None:
    alice, _bruno = logged_in(engine, pbx, "1001"), logged_in(engine, pbx, "1002")
    alice.send(WatchExtensions(extensions=("1002",)))
    comes_to_see(alice, "1002", Presence.FREE)

    alice.detach()
    attached = alice.attach().engine

    assert [(one.extension, one.presence) for one in attached.presence] == [("1002", Presence.FREE)]


def test_without_registration_nothing_is_known_and_with_it_everything_again(pbx: AsteriskPbx, engine: Engine) -> None:
    alice, _bruno = logged_in(engine, pbx, "1001"), logged_in(engine, pbx, "1002")
    alice.send(WatchExtensions(extensions=("1002",)))
    comes_to_see(alice, "1002", Presence.FREE)

    alice.send(Unregister())
    comes_to_see(alice, "1002", Presence.UNKNOWN)
    wait_until(lambda: "0 active subscriptions" in pbx.cli("pjsip show subscriptions inbound"), 5, "no subscription")

    alice.send(Register())
    comes_to_see(alice, "1002", Presence.FREE)


def test_who_is_watched_no_more_is_not_spoken_of(pbx: AsteriskPbx, engine: Engine) -> None:
    alice, _bruno = logged_in(engine, pbx, "1001"), logged_in(engine, pbx, "1002")
    alice.send(WatchExtensions(extensions=("1002", "1003")))
    comes_to_see(alice, "1002", Presence.FREE)

    alice.send(WatchExtensions(extensions=("1003",)))

    wait_until(lambda: set(alice.presence()) == {"1003"}, 5, "1002 to be forgotten")


def test_a_pbx_that_was_started_anew_is_asked_again(pbx: AsteriskPbx, engine: Engine) -> None:
    """By UDP: nothing but its silence tells that it has forgotten all subscriptions."""
    alice, bruno, chloe = (logged_in(engine, pbx, extension) for extension in ("1001", "1002", "1003"))
    alice.send(WatchExtensions(extensions=WATCHED))
    comes_to_see(alice, "1002", Presence.FREE)
    pbx.kill()
    for one in (alice, bruno, chloe):
        one.await_registration(lambda now: now.state is RegistrationState.RETRYING)
    comes_to_see(alice, "1002", Presence.UNKNOWN)
    pbx.start()
    for one in (alice, bruno, chloe):
        one.await_registered(timeout_s=60)

    sees_a_call_from_begin_to_end(alice, chloe, bruno)
