"""What every way to tell the queue keeps against a real one: pauses, logins, and what a supervisor changes there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    FeatureCodes,
    WrapUpAfter,
    WrapUpSettings,
)
from agent_toolbar.application.ports.telephony import (
    FeatureCodeAnswered,
    FeatureCodeEnded,
    SayFeatureCode,
)
from agent_toolbar.domain.call import CallState
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.headset import VirtualHeadset
from tests.lab.sipp import SippRun
from tests.lab.toolbar_process import Status, ToolbarProcess
from tests.lab.voice import listening, speaking

Toolbar = Callable[..., ToolbarProcess]
Engine = Callable[..., EngineSession]

WITHIN_S = 1.0
SLOWLY_S = 10.0
AGENT_HZ, MARIE_HZ, JEAN_HZ = 900, 650, 850
REQUEST = 71

CODES = FeatureCodes(pause="*46{reason}", unpause="*47", login="*48{queue}", logout="*49{queue}", queue="sales")
BY_MESSAGE = AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE, logs_in=True)
BY_CODE = AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=CODES, logs_in=True)
BY_CODE_UNHEARD = AvailabilitySettings(adapter=AvailabilityAdapter.FEATURE_CODE, codes=CODES, logs_in=True, hint="")
BY_TOGGLE = AvailabilitySettings(
    adapter=AvailabilityAdapter.FEATURE_CODE, codes=FeatureCodes(preset="freepbx", pause="*45", unpause="*45")
)
KINDS = {"message": BY_MESSAGE, "code": BY_CODE, "code-without-hint": BY_CODE_UNHEARD, "toggle": BY_TOGGLE}


def kinds(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", names)


@pytest.fixture
def desk(pbx: AsteriskPbx, toolbar: Toolbar, kind: str) -> ToolbarProcess:
    """A toolbar that tells the queue in this way, ready."""
    desk = toolbar(start=False)
    write_settings(desk, availability=KINDS[kind], wrap_up=WrapUpSettings(after=WrapUpAfter.QUEUE, seconds=120))
    desk.start()
    desk.log_in(pbx)
    await_agreement(desk, told(kind))
    return desk


def told(kind: str) -> str:
    """How a choice stands that the telephone system was told."""
    return "unconfirmed" if kind == "code-without-hint" else "confirmed"


def await_agreement(desk: ToolbarProcess, agreement: str, timeout_s: float = SLOWLY_S) -> Status:
    return desk.await_status(lambda now: now["agent"]["agreement"] == agreement, timeout_s, f"to be {agreement}")


def await_member(
    pbx: AsteriskPbx, *, paused: bool, reason: str | None = None, queue: str = "support", timeout_s: float = WITHIN_S
) -> None:
    def so() -> bool:
        member = pbx.queue_member("1001", queue)
        return member.there and member.paused is paused and (reason is None or member.reason == reason)

    wait_until(so, timeout_s, lambda: f"paused={paused} {reason}, but {pbx.cli(f'queue show {queue}')}")


def await_missed(desk: ToolbarProcess) -> None:
    """The toolbar has noticed that the PBX is away; one that is back within a moment it need not miss."""
    desk.await_status(lambda now: now["cti"]["registration"] != "registered", 6 * SLOWLY_S, "the PBX to be missed")


def await_gone(pbx: AsteriskPbx, queue: str) -> None:
    wait_until(lambda: not pbx.queue_member("1001", queue).there, SLOWLY_S, f"1001 to be out of {queue}")


# -------------------------------------------------------------------- the toolbar


@kinds("message", "code", "code-without-hint", "toggle")
def test_a_choice_reaches_the_queue_within_a_second(pbx: AsteriskPbx, desk: ToolbarProcess, kind: str) -> None:
    await_member(pbx, paused=False)
    desk.do("not-ready", "lunch")
    await_member(pbx, paused=True, reason="" if kind == "toggle" else "lunch")
    now = await_agreement(desk, told(kind))
    assert (now["agent"]["state"], now["calls"]) == ("not_ready", [])
    assert now["agent"]["confirmed"]["state"] == ("unknown" if kind == "code-without-hint" else "paused")

    desk.do("ready")
    await_member(pbx, paused=False, timeout_s=SLOWLY_S if kind == "toggle" else WITHIN_S)
    await_agreement(desk, told(kind))


@kinds("message", "code", "code-without-hint")
def test_cti_on_logs_in_and_cti_off_logs_out(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    await_member(pbx, paused=False, queue="sales", timeout_s=SLOWLY_S)
    desk.do("not-ready", "lunch")
    await_member(pbx, paused=True, reason="lunch", queue="sales", timeout_s=SLOWLY_S)

    desk.do("cti", "off")
    await_gone(pbx, "sales")
    await_member(pbx, paused=True, timeout_s=SLOWLY_S)


@kinds("message", "code", "toggle")
def test_what_a_supervisor_changes_shows_within_a_second(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    pbx.pause("1001", "training")
    now = await_agreement(desk, "changed_there", WITHIN_S)
    assert now["agent"]["confirmed"]["state"] == "paused"
    assert "queue_changed_there" in [fault["code"] for fault in now["faults"]]

    pbx.unpause("1001")
    await_agreement(desk, "confirmed", WITHIN_S)


@kinds("code", "toggle")
def test_an_engine_that_was_killed_tells_it_again(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    await_agreement(desk, "confirmed")
    pbx.unpause("1001")
    await_agreement(desk, "changed_there")
    desk.kill_engine()

    await_member(pbx, paused=True, timeout_s=2 * SLOWLY_S)
    await_agreement(desk, "confirmed")


@kinds("code", "toggle")
def test_a_pbx_that_forgot_everything_is_told_again(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    await_agreement(desk, "confirmed")
    pbx.kill()
    await_missed(desk)
    pbx.forget_everything()
    pbx.start()
    desk.do("cti", "on")

    await_member(pbx, paused=True, timeout_s=6 * SLOWLY_S)
    await_agreement(desk, "confirmed")


@kinds("code", "toggle")
def test_a_pbx_that_was_away_and_forgot_the_pause_is_told_again(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    """The agent does nothing for it."""
    desk.do("not-ready", "lunch")
    await_agreement(desk, "confirmed")
    pbx.kill()
    await_missed(desk)
    pbx.start()

    await_member(pbx, paused=True, timeout_s=6 * SLOWLY_S)
    await_agreement(desk, "confirmed")


@kinds("code")
def test_a_pbx_that_comes_back_at_once_is_told_again_or_shows_what_it_forgot(
    pbx: AsteriskPbx, desk: ToolbarProcess
) -> None:
    """Asterisk tells subscribers by itself; whether the toolbar misses it before, and tells it again, is luck."""
    desk.do("not-ready", "lunch")
    await_agreement(desk, "confirmed")
    wait_until(pbx.keeps_subscriptions_over_a_power_cut, SLOWLY_S, "the subscription to be on disk")
    pbx.kill()
    pbx.start()
    wait_until(lambda: agree(pbx, desk), 6 * SLOWLY_S, lambda: f"to agree with {pbx.cli('queue show support')}")

    desk.do("not-ready", "lunch")
    await_member(pbx, paused=True, reason="lunch", timeout_s=SLOWLY_S)
    await_agreement(desk, "confirmed")


def agree(pbx: AsteriskPbx, desk: ToolbarProcess) -> bool:
    """The bar says of the pause what the queue does."""
    member = pbx.queue_member("1001", "support")
    shown = desk.status()["agent"]["agreement"]
    return member.there and shown == ("confirmed" if member.paused else "changed_there")


@kinds("code")
def test_no_call_slips_in_while_a_record_is_open(
    pbx: AsteriskPbx, desk: ToolbarProcess, customer: Callable[..., BaresipCustomer]
) -> None:
    """The code is called while the agent talks."""
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    marie.call("7000")
    call = str(desk.await_call(state="ringing", number=marie.number)["id"])
    desk.do("answer", call)
    await_member(pbx, paused=True, reason="wrap-up", timeout_s=SLOWLY_S)
    jean.call("7000")
    wait_until(lambda: pbx.waiting("support") == 1, SLOWLY_S, "Jean to wait")
    assert [one["state"] for one in desk.status()["calls"]] == ["connected"]
    desk.do("hangup", call)

    desk.await_status(lambda now: now["wrap_up"], what="the record to be open")
    waited_s = pbx.longest_wait_s("support")
    wait_until(lambda: pbx.longest_wait_s("support") >= waited_s + 3, SLOWLY_S, "the queue to look for an agent thrice")
    assert not desk.status()["calls"]
    desk.do("wrap-up", "--finish")
    desk.await_call(state="ringing", number=jean.number)


# -------------------------------------------------------------------- nobody orders for somebody else


@pytest.fixture
def orders_as(pbx: AsteriskPbx, lab_folder: Path) -> Callable[[str, str], SippRun]:
    require_program("sipp", "sip-tester")

    def order(claimed: str, answer: str) -> SippRun:
        """1002 says to be somebody, with the password of 1002."""
        run = SippRun(
            lab_folder / f"as-{claimed}",
            "orders_as_another",
            (pbx.host, pbx.port),
            {"claimed": claimed},
            fills={"answer": answer},
            credentials=("1002", pbx.password_of("1002")),
        )
        run.start()
        return run

    return order


def test_a_telephone_pauses_nobody_else_by_message(pbx: AsteriskPbx, orders_as: Callable[[str, str], SippRun]) -> None:
    honest = orders_as("1002", "202")
    assert honest.went_as_written(), honest.messages()
    wait_until(lambda: pbx.queue_member("1002").reason == "lunch", SLOWLY_S, "1002 to have paused itself")

    dishonest = orders_as("1001", "401")
    assert dishonest.went_as_written(), dishonest.messages()
    assert not pbx.queue_member("1001").paused


def test_a_telephone_pauses_nobody_else_by_code(pbx: AsteriskPbx, engine: Engine) -> None:
    bruno = engine()
    bruno.log_in(pbx, "1002", display_name="1001")
    bruno.await_registered()
    bruno.send(SayFeatureCode(code="*46lunch", request=REQUEST))

    wait_until(lambda: pbx.queue_member("1002").reason == "lunch", SLOWLY_S, "1002 to have paused itself")
    assert not pbx.queue_member("1001").paused


# -------------------------------------------------------------------- beside a call


@pytest.fixture
def session(pbx: AsteriskPbx, headset: VirtualHeadset, engine: Engine) -> EngineSession:
    """An engine with a headset, registered as 1001."""
    session = engine(headset.pulse_server)
    session.log_in(pbx)
    session.await_registered()
    return session


def await_event(session: EngineSession, kind: type[FeatureCodeAnswered | FeatureCodeEnded]) -> None:
    def came() -> bool:
        session.live_calls()
        return any(isinstance(event, kind) and event.request == REQUEST for event in session.events)

    wait_until(came, 2 * SLOWLY_S, lambda: f"{kind.__name__}; heard {session.events[-5:]}")


def test_a_code_leaves_the_sound_of_a_call_alone(
    session: EngineSession, headset: VirtualHeadset, customer: Callable[..., BaresipCustomer]
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        call = session.dial(marie.number)
        session.await_state(CallState.CONNECTED, call)
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        session.send(SayFeatureCode(code="*40", request=REQUEST))
        await_event(session, FeatureCodeAnswered)
        assert ear.hears(2.0).is_tone(MARIE_HZ)
        assert marie.ear.hears(1.0).is_tone(AGENT_HZ)

        await_event(session, FeatureCodeEnded)
        assert ear.hears().is_tone(MARIE_HZ)
        assert marie.ear.hears().is_tone(AGENT_HZ)
        assert [(one.id, one.state, one.held) for one in session.live_calls()] == [(call, CallState.CONNECTED, False)]


def test_a_code_alone_is_not_heard(pbx: AsteriskPbx, session: EngineSession, headset: VirtualHeadset) -> None:
    with listening(headset) as ear:
        session.send(SayFeatureCode(code="*40", request=REQUEST))
        await_event(session, FeatureCodeAnswered)
        assert ear.hears(2.0).silent
        await_event(session, FeatureCodeEnded)
        assert ear.hears().silent

        session.send(SayFeatureCode(code="603", request=REQUEST + 1))  # rings on
        wait_until(lambda: any(name.startswith("PJSIP/1001") for name in pbx.channels()), SLOWLY_S, "603 to ring")
        assert ear.hears(2.0).silent
    assert session.calls == {}


@pytest.mark.parametrize(
    ("extension", "code", "status"),
    [("1001", "*99", 404), ("1003", "*46lunch", 403)],
    ids=["no-such-code", "in-no-queue"],
)
def test_a_code_that_does_nothing_is_refused(
    pbx: AsteriskPbx, engine: Engine, extension: str, code: str, status: int
) -> None:
    session = engine()
    session.log_in(pbx, extension)
    session.await_registered()
    session.send(SayFeatureCode(code=code, request=REQUEST))
    await_event(session, FeatureCodeEnded)

    (end,) = [event for event in session.events if isinstance(event, FeatureCodeEnded)]
    assert (end.sip_status, end.answered) == (status, False)
