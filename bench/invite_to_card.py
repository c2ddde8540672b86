"""From the INVITE on the wire to the first paint of the card with the caller's name, 1,000,000 contacts in the index.

Wanted: p95 at most 100 ms.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from bench._desk import BenchDesk, spread_ms
from bench.contact_lookup import build
from tests.lab.deadline import wait_until

RUNS = 40
CONTACTS = 1_000_000


def measure(contacts: int = CONTACTS) -> dict:
    with BenchDesk() as desk:
        database, _ = build(Path(tempfile.gettempdir()) / "agent-toolbar-bench", contacts)
        home = desk.folder / "home/profile/data"
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(database, home / "contacts.sqlite")
        with sqlite3.connect(home / "contacts.sqlite") as connection:
            callers = connection.execute(
                "SELECT key, name FROM phone JOIN contact ON contact.id = phone.contact_id"
                " WHERE key LIKE '+%' ORDER BY random() LIMIT ?",
                (RUNS,),
            ).fetchall()
        desk.log_in()
        taken, named = [], 0
        for number, name in callers:
            painted = len(_cards(desk))
            begun = time.time()
            call = desk.peer.invite(caller=f'"X" <sip:{number}@pbx.test>')
            wait_until(lambda: len(_cards(desk)) > painted, 10.0, "the card to be painted")  # noqa: B023 - used at once
            ringing = desk.toolbar.await_call(state="ringing")
            named += ringing["name"] == name or len(ringing["matches"]) > 1
            taken.append(_cards(desk)[-1] - begun)
            call.cancel()
            desk.toolbar.await_no_calls()
        return {**spread_ms(taken), "contacts": contacts, "named": named}


def _cards(desk: BenchDesk) -> list[float]:
    if not desk.trace.exists():
        return []
    moments = [json.loads(line) for line in desk.trace.read_text().splitlines()]
    return [moment["at_s"] for moment in moments if moment["moment"] == "card_painted"]
