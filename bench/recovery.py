"""kill -9 of either process in a call. Wanted: talking and registered again within 3 s, on the bar again within 2 s."""

from __future__ import annotations

import time

from bench._desk import BenchDesk, spread_ms

RUNS = 5


def measure() -> dict:
    talking, registered, shown = [], [], []
    for _ in range(RUNS):
        with BenchDesk() as desk:  # a new one each time: an engine that dies again and again is not started on and on
            desk.log_in()
            talking.append(_talking_again_s(desk))
            registered.append(_registered_again_s(desk))
            shown.append(_shown_again_s(desk))
    return {
        "engine_killed_to_talking": spread_ms(talking),
        "engine_killed_to_registered": spread_ms(registered),
        "toolbar_started_to_call_shown": spread_ms(shown),
    }


def _talking_again_s(desk: BenchDesk) -> float:
    desk.toolbar.do("dial", "600")
    call = desk.toolbar.await_call(state="connected")
    desk.toolbar.kill_engine()
    begun = time.time()
    now = desk.toolbar.await_status(lambda now: now["calls"] and now["calls"][0]["reconnected"], what="the call again")
    assert now["calls"][0]["id"] == call["id"]
    desk.hang_up()
    return now["calls"][0]["reconnected"] - begun


def _registered_again_s(desk: BenchDesk) -> float:
    killed = desk.toolbar.kill_engine()
    begun = time.monotonic()
    desk.toolbar.await_status(
        lambda now: now["engine"]["pid"] not in {0, killed} and now["cti"]["registration"] == "registered",
        what="a new engine to be registered",
    )
    return time.monotonic() - begun


def _shown_again_s(desk: BenchDesk) -> float:
    desk.toolbar.do("dial", "600")
    call = desk.toolbar.await_call(direction="outgoing")
    desk.toolbar.kill()
    begun = time.monotonic()
    desk.toolbar.start()
    desk.toolbar.await_call(id=call["id"])
    taken = time.monotonic() - begun
    desk.hang_up()
    return taken
