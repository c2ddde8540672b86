"""The computer of a ready agent goes to sleep and wakes up: logind's messages, a whole toolbar, a real queue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.settings import AvailabilityAdapter, AvailabilitySettings, WrapUpSettings
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.conftest import require_program
from tests.lab.deadline import wait_until
from tests.lab.login1 import Login1
from tests.lab.toolbar_process import ToolbarProcess

MARIE_HZ = 650
WITHIN_S = 15.0
WHOLE_SLEEP_S = 20.0

Desk = Callable[..., ToolbarProcess]


@pytest.fixture
def login1(pbx: AsteriskPbx, lab_folder: Path) -> Iterator[Login1]:
    require_program("dbus-daemon", "dbus")
    require_program("dbus-send", "dbus")
    login1 = Login1(lab_folder / "system", witness=pbx.queue_log)
    login1.start()
    yield login1
    login1.stop()


@pytest.fixture
def desk(pbx: AsteriskPbx, login1: Login1, toolbar: Desk) -> Callable[..., ToolbarProcess]:
    """Makes the toolbar of an agent who is ready at the queue, and whom a sleep does not surprise."""

    def make(**wishes: int) -> ToolbarProcess:
        desk = toolbar(login1.env, start=False)
        settings = AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE, **wishes)  # type: ignore[arg-type]
        write_settings(desk, availability=settings, wrap_up=WrapUpSettings())
        desk.start()
        desk.log_in(pbx)
        desk.await_status(lambda now: now["agent"]["agreement"] == "confirmed", what="to be confirmed")
        wait_until(lambda: len(login1.locks()) == 1, WITHIN_S, "the toolbar to ask for a delay")
        return desk

    return make


def paused_in(queue_log: str) -> bool:
    """Whether the last that a queue's log tells of the agent is a pause."""
    found = re.findall(r"\|(PAUSE|UNPAUSE)\|", queue_log)
    return bool(found) and found[-1] == "PAUSE"


def await_release(login1: Login1) -> str:
    wait_until(lambda: not login1.locks(), WITHIN_S, "the computer to be let asleep")
    seen = login1.seen_at_release()
    assert seen is not None
    return seen


def test_the_queue_has_the_pause_before_the_computer_sleeps(
    pbx: AsteriskPbx, login1: Login1, desk: Callable[..., ToolbarProcess]
) -> None:
    bar = desk()
    assert [lock[0] for lock in login1.locks()] == ["sleep"]
    assert [lock[3] for lock in login1.locks()] == ["delay"]
    assert not pbx.queue_member("1001").paused

    login1.begin_sleep()
    assert paused_in(await_release(login1))
    member = pbx.queue_member("1001")
    assert (member.paused, member.reason) == (True, "asleep")
    now = bar.status()
    assert (now["agent"]["state"], now["cti"]["state"], now["cti"]["registration"]) == ("asleep", "on", "off")
    assert not pbx.registered("1001")

    login1.wake()
    wait_until(lambda: not pbx.queue_member("1001").paused, WITHIN_S, "to be ready at the queue again")
    bar.await_status(lambda now: now["agent"]["state"] == "ready", WITHIN_S, "to be ready again")
    wait_until(lambda: len(login1.locks()) == 1, WITHIN_S, "the toolbar to ask for a delay of the next sleep")


def test_a_pbx_that_is_silent_does_not_keep_the_computer_awake(
    pbx: AsteriskPbx, login1: Login1, desk: Callable[..., ToolbarProcess]
) -> None:
    bar = desk()
    pbx.kill()

    login1.begin_sleep()
    assert not paused_in(await_release(login1))

    pbx.start()
    login1.wake()
    bar.await_status(lambda now: now["agent"]["agreement"] == "confirmed", 60, "to be back at a PBX that is back")
    # the pause that nobody heard is still being sent, and may overtake that the agent is ready
    wait_until(lambda: "|PAUSE|asleep" in pbx.queue_log.read_text(), WHOLE_SLEEP_S, "the pause to come late")
    wait_until(lambda: not pbx.queue_member("1001").paused, WITHIN_S, "to be ready at the queue all the same")
    bar.await_status(lambda now: now["agent"]["agreement"] == "confirmed", WITHIN_S, "to be confirmed")
    assert bar.status()["agent"]["state"] == "ready"


def test_after_a_long_sleep_the_agent_is_not_ready_until_they_say_so(
    pbx: AsteriskPbx, login1: Login1, desk: Callable[..., ToolbarProcess]
) -> None:
    bar = desk(sleep_min=0)  # every sleep is a long one
    login1.begin_sleep()
    await_release(login1)
    login1.wake()

    now = bar.await_status(lambda now: now["agent"]["state"] == "not_ready", WITHIN_S, "to be away")
    assert "slept_long" in [fault["code"] for fault in now["faults"]]
    bar.await_status(lambda now: now["agent"]["agreement"] == "confirmed", WITHIN_S, "the queue to know")
    assert pbx.queue_member("1001").paused

    bar.do("ready")
    wait_until(lambda: not pbx.queue_member("1001").paused, WITHIN_S, "to be ready at the queue again")
    assert "slept_long" not in [fault["code"] for fault in bar.status()["faults"]]


def test_a_call_that_is_up_goes_on(
    pbx: AsteriskPbx,
    login1: Login1,
    desk: Callable[..., ToolbarProcess],
    customer: Callable[..., BaresipCustomer],
) -> None:
    bar = desk()
    marie = customer("marie", voice_hz=MARIE_HZ)
    marie.call("7000")
    call = str(bar.await_call(state="ringing")["id"])
    bar.do("answer", call)
    bar.await_call(id=call, state="connected")

    login1.begin_sleep()
    assert paused_in(await_release(login1))
    now = bar.status()
    assert ([one["state"] for one in now["calls"]], now["cti"]["registration"]) == (["connected"], "registered")

    login1.wake()
    bar.await_status(lambda now: now["agent"]["state"] == "on_call", WITHIN_S, "to be on the same call")
    wait_until(lambda: not pbx.queue_member("1001").paused, WITHIN_S, "to be ready at the queue again")
    bar.await_call(id=call, state="connected")
