"""From the start of the toolbar to its registration at the PBX, password from a keyring. Wanted: at most 1.5 s."""

from __future__ import annotations

import time
import tomllib

import tomli_w

from bench._desk import BenchDesk, spread_ms

RUNS = 9


def measure() -> dict:
    with BenchDesk() as desk:
        desk.log_in()
        settings = desk.folder / "home/profile/config/settings.toml"
        taken = []
        for _ in range(RUNS):
            desk.toolbar.stop()
            values = tomllib.loads(settings.read_text())
            values["account"]["connect_at_start"] = True
            settings.write_text(tomli_w.dumps(values))
            assert desk.peer.wait(lambda: not desk.peer.contact), "not taken back"
            begun = time.monotonic()
            desk.toolbar.launch()
            assert desk.peer.wait(lambda: bool(desk.peer.contact)), "not registered"
            taken.append(time.monotonic() - begun)
            desk.toolbar.await_registered()
        return spread_ms(taken)
