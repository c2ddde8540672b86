"""From the start of `agent-toolbar dial NUMBER` to the INVITE at the PBX. Wanted: p95 at most 200 ms."""

from __future__ import annotations

import time

from bench._desk import BenchDesk, noted_invites, spread_ms

RUNS = 40


def measure() -> dict:
    with BenchDesk() as desk, noted_invites(desk.peer) as arrived:
        desk.log_in()
        taken = []
        for run in range(RUNS):
            begun = time.monotonic()
            desk.toolbar.do("dial", f"01990012{run:02}")
            assert desk.peer.wait(lambda: len(arrived) > run), "the INVITE did not come"  # noqa: B023 - used at once
            taken.append(arrived[run] - begun)
            desk.hang_up()
        return spread_ms(taken)
