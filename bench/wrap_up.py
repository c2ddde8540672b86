"""Two customers in a queue of Asterisk, one agent. Wanted: 50 of 50 wrap-ups into which the queue sends nobody.

Also: from "not ready" on the command line to the pause in `queue show`, and from a supervisor's pause to the toolbar.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    WrapUpAfter,
    WrapUpSettings,
)
from bench._desk import spread_ms
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.desktop_bus import DesktopBus
from tests.lab.profile import profile_environ
from tests.lab.toolbar_process import ToolbarProcess

ROUNDS = 50
PAUSES = 10
QUEUE_NUMBER = "7000"


def measure() -> dict:
    with _stage() as (pbx, toolbar, customers):
        paused = [_pause_s(pbx, toolbar) for _ in range(PAUSES)]
        seen = [_supervisor_s(pbx, toolbar) for _ in range(PAUSES)]
        clean = sum(
            _round(pbx, toolbar, customers[number % 2], customers[(number + 1) % 2], by_agent=number % 4 < 2)
            for number in range(ROUNDS)
        )
    return {
        "not_ready_to_queue_show": spread_ms(paused),
        "supervisors_pause_to_toolbar": spread_ms(seen),
        "wrap_ups": ROUNDS,
        "wrap_ups_without_a_call": clean,
    }


@contextmanager
def _stage() -> Iterator[tuple[AsteriskPbx, ToolbarProcess, list[BaresipCustomer]]]:
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="at-bench-")))
        bus, pbx = DesktopBus(folder / "bus"), AsteriskPbx(AsteriskPackages.provide(), folder / "pbx")
        for part in (bus, pbx):
            running.callback(part.stop)
            part.start()
        toolbar = ToolbarProcess(profile_environ(folder / "toolbar", bus.env), folder / "toolbar")
        write_settings(
            toolbar,
            availability=AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE),
            wrap_up=WrapUpSettings(after=WrapUpAfter.QUEUE, seconds=0),
        )
        customers = [
            BaresipCustomer(pbx, folder / name, name, voice_hz=voice_hz)
            for name, voice_hz in (("marie", 650), ("jean", 850))
        ]
        for one in (toolbar, *customers):
            running.callback(one.stop)
            one.start()
        toolbar.log_in(pbx)
        _agrees(toolbar, "confirmed")
        yield pbx, toolbar, customers


def _agrees(toolbar: ToolbarProcess, agreement: str) -> None:
    toolbar.await_status(lambda now: now["agent"]["agreement"] == agreement, what=agreement)


def _pause_s(pbx: AsteriskPbx, toolbar: ToolbarProcess) -> float:
    begun = time.monotonic()
    toolbar.do("not-ready", "lunch")
    wait_until(lambda: pbx.queue_member("1001").reason == "lunch", 10, "the pause")
    taken = time.monotonic() - begun
    toolbar.do("ready")
    wait_until(lambda: not pbx.queue_member("1001").paused, 10, "the end of the pause")
    _agrees(toolbar, "confirmed")
    return taken


def _supervisor_s(pbx: AsteriskPbx, toolbar: ToolbarProcess) -> float:
    pbx.pause("1001", "training")
    begun = time.monotonic()
    _agrees(toolbar, "changed_there")
    taken = time.monotonic() - begun
    pbx.unpause("1001")
    _agrees(toolbar, "confirmed")
    return taken


def _round(
    pbx: AsteriskPbx, toolbar: ToolbarProcess, first: BaresipCustomer, second: BaresipCustomer, *, by_agent: bool
) -> bool:
    """True if the second customer's call came in only after the record of the first one was finished."""
    first.call(QUEUE_NUMBER)
    call = toolbar.await_call(state="ringing", number=first.number)["id"]
    toolbar.do("answer", call)
    toolbar.await_call(id=call, state="connected")
    second.call(QUEUE_NUMBER)
    wait_until(lambda: pbx.waiting("support") == 1, 10, "the second customer to wait")
    if by_agent:
        toolbar.do("hangup", call)
    else:
        first.hang_up()
    toolbar.await_status(lambda now: now["wrap_up"], what="the record")
    waited_s = pbx.longest_wait_s("support")
    wait_until(lambda: pbx.longest_wait_s("support") >= waited_s + 2, 10, "the queue to look for an agent twice")
    quiet = not toolbar.status()["calls"]
    toolbar.do("wrap-up", "--finish")
    later = toolbar.await_call(number=second.number)["id"]
    records = {one["id"]: one for one in json.loads(toolbar.do("history", "--json"))["records"]}
    clean = quiet and records[later]["started_s"] >= records[call]["wrapped_s"] > 0
    second.hang_up()
    toolbar.await_no_calls()
    if toolbar.status()["wrap_up"]:
        toolbar.do("wrap-up", "--finish")
    return clean
