"""A call of 60 s while the window repaints without pause and contacts are imported. Wanted: 0 missing frames.

The virtual speaker is recorded; a frame that is missing is a gap or a jump of the tone's phase in that recording.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from bench._desk import BenchDesk, desk_at_asterisk
from bench.contact_lookup import write_contacts
from tests.lab.deadline import wait_until
from tests.lab.headset import RATE_HZ, gaps_ms, phase_jumps, sounding

CALL_S = 60.0
TONE = "601"
TONE_HZ = 500.0
CONTACTS = 300_000


def measure() -> dict:
    with desk_at_asterisk() as desk:
        return _measure(desk)


def _measure(desk: BenchDesk) -> dict:
    assert desk.headset is not None
    source = desk.folder / "contacts.csv"
    write_contacts(source, CONTACTS)
    desk.toolbar.do("dial", TONE)
    desk.toolbar.await_call(state="connected")
    recording = desk.headset.listen()
    wait_until(lambda: recording.seconds > 1.0, 10.0, "the recording")
    ended = threading.Event()
    load = [
        threading.Thread(target=_repaint, args=(desk, ended)),
        threading.Thread(target=_import, args=(desk, source)),
    ]
    for one in load:
        one.start()
    ended.wait(CALL_S)
    heard = sounding(recording.stop())[RATE_HZ:]  # the first second is the recorder's own start
    ended.set()
    for one in load:
        one.join()
    return {
        "heard_s": round(len(heard) / RATE_HZ, 1),
        "gaps_ms": [round(gap, 1) for gap in gaps_ms(heard, TONE_HZ)],
        "phase_jumps": phase_jumps(heard, TONE_HZ),
        "counters": desk.toolbar.status()["devices"]["counters"],
    }


def _repaint(desk: BenchDesk, ended: threading.Event) -> None:
    """Types into the dial field and opens and closes the keypad as fast as the desktop lets one."""
    environ = desk.environ
    while not ended.is_set():
        script = ["search", "--name", "toolbar", "windowactivate", "key", "ctrl+k", "key", "Escape", "type", "mar"]
        subprocess.run(["xdotool", *script], env=environ, capture_output=True, timeout=20, check=False)


def _import(desk: BenchDesk, source: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "agent_toolbar", "contacts", "import", str(source)],
        env=desk.environ,
        capture_output=True,
        timeout=600,
        check=False,
    )
