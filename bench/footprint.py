"""Memory and processor time of toolbar and engine together: idle, and in a G.722 call with a headset.

Wanted: at most 220 MB (PSS), 2 % of one core when idle, 12 % in a call.
"""

from __future__ import annotations

import time

from bench._desk import BenchDesk, cpu_seconds, desk_at_asterisk, pss_mb

IDLE_S = 20.0
CALL_S = 30.0
TONE = "601"


def measure() -> dict:
    with desk_at_asterisk() as desk:
        return _measure(desk)


def _measure(desk: BenchDesk) -> dict:
    pids = {"toolbar": desk.toolbar.pid, "engine": int(desk.toolbar.status()["engine"]["pid"])}
    time.sleep(3.0)  # what starting left to do is no part of idling
    idle = _used_percent(pids, IDLE_S)
    memory_idle = {name: round(pss_mb(pid), 1) for name, pid in pids.items()}
    desk.toolbar.do("dial", TONE)
    codec = desk.toolbar.await_call(state="connected")["codec"]
    in_call = _used_percent(pids, CALL_S)
    memory_call = {name: round(pss_mb(pid), 1) for name, pid in pids.items()}
    return {
        "codec": codec,
        "idle_percent": {**idle, "both": round(sum(idle.values()), 2)},
        "call_percent": {**in_call, "both": round(sum(in_call.values()), 2)},
        "idle_pss_mb": {**memory_idle, "both": round(sum(memory_idle.values()), 1)},
        "call_pss_mb": {**memory_call, "both": round(sum(memory_call.values()), 1)},
    }


def _used_percent(pids: dict[str, int], seconds: float) -> dict[str, float]:
    before = {name: cpu_seconds(pid) for name, pid in pids.items()}
    begun = time.monotonic()
    time.sleep(seconds)
    elapsed = time.monotonic() - begun
    return {name: round((cpu_seconds(pid) - before[name]) / elapsed * 100, 2) for name, pid in pids.items()}
