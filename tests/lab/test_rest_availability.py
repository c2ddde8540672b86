"""A whole toolbar whose queue is told by HTTP: its password from the command line, its keyring, the agent's state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    RestSettings,
    WrapUpSettings,
)
from tests.contract.rest_pbx import PASSWORD, USER, WazoPbx
from tests.integration.connector.web_server import web_server
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import Status, ToolbarProcess

PATIENCE_S = 30.0


@pytest.fixture
def wazo() -> Iterator[WazoPbx]:
    with web_server() as server:
        yield WazoPbx(server)


@pytest.fixture
def desk(pbx: AsteriskPbx, wazo: WazoPbx, toolbar: Callable[..., ToolbarProcess]) -> ToolbarProcess:
    desk = toolbar(start=False)
    rest = RestSettings(manifest="wazo", url=wazo.url, user=USER, values={"line_id": "12"})
    availability = AvailabilitySettings(adapter=AvailabilityAdapter.REST, rest=rest)
    write_settings(desk, availability=availability, wrap_up=WrapUpSettings())
    desk.start()
    desk.log_in(pbx)
    return desk


def await_agreement(desk: ToolbarProcess, agreement: str) -> Status:
    return desk.await_status(lambda now: now["agent"]["agreement"] == agreement, PATIENCE_S, f"to be {agreement}")


def queue_faults(now: Status) -> list[Status]:
    """There is no headset here, which is a fault too."""
    return [fault for fault in now["faults"] if fault["code"].startswith(("queue_", "manifest_"))]


def test_the_password_is_given_once_and_the_queue_is_told_from_then_on(desk: ToolbarProcess, wazo: WazoPbx) -> None:
    now = await_agreement(desk, "lost")
    (fault,) = queue_faults(now)
    assert fault["code"] == "queue_no_password"
    assert wazo.server.seen == []

    desk.do("queue-password", stdin=f"{PASSWORD}\n")
    assert not queue_faults(await_agreement(desk, "confirmed"))

    desk.do("not-ready", "lunch")
    wait_until(lambda: (wazo.paused, wazo.reason) == (True, "lunch"), PATIENCE_S, "the pause")
    assert await_agreement(desk, "confirmed")["agent"]["confirmed"]["reason"] == "lunch"

    desk.stop()
    desk.start()
    desk.do("cti", "on")
    await_agreement(desk, "confirmed")  # from the keyring, without being asked again


def test_a_wrong_password_is_said_and_put_right(desk: ToolbarProcess, wazo: WazoPbx) -> None:
    desk.do("queue-password", stdin="wrong\n")
    desk.await_status(
        lambda now: [fault["code"] for fault in queue_faults(now)] == ["queue_wrong_password"], PATIENCE_S, "no"
    )
    desk.do("queue-password", stdin=f"{PASSWORD}\n")

    assert not queue_faults(await_agreement(desk, "confirmed"))


def test_quitting_says_not_ready_first(desk: ToolbarProcess, wazo: WazoPbx) -> None:
    desk.do("queue-password", stdin=f"{PASSWORD}\n")
    await_agreement(desk, "confirmed")
    assert not wazo.paused
    desk.do("quit", "--yes")

    wait_until(lambda: wazo.paused, PATIENCE_S, "the pause")
