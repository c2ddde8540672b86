"""From the click (the start of `agent-toolbar --uri LINK`) to the INVITE at the PBX, and to the question on the screen.

Wanted with a running toolbar: p95 at most 250 ms. Links are trusted for the first measurement; after five within a
minute even these ask, so that the toolbar is started again for each five.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench._desk import BenchDesk, noted_invites, spread_ms
from tests.lab.deadline import wait_until

ROUNDS = 12
IN_A_ROUND = 5
QUESTIONS = 60


def measure(rounds: int = ROUNDS, questions: int = QUESTIONS) -> dict:
    return {"to_invite": _to_invite(rounds), "to_question": _to_question(questions), "wanted_p95_ms": 250}


def _to_invite(rounds: int) -> dict:
    taken: list[float] = []
    with BenchDesk() as desk, noted_invites(desk.peer) as arrived:
        _trust_links(desk)
        for _ in range(rounds):
            desk.log_in()
            for _ in range(IN_A_ROUND):
                begun = time.monotonic()
                desk.toolbar.do("--uri", f"tel:+331990012{len(taken):02}")
                assert desk.peer.wait(lambda: len(arrived) > len(taken)), "the INVITE did not come"
                taken.append(arrived[len(taken)] - begun)
                desk.hang_up()
            desk.toolbar.stop()
    return spread_ms(taken)


def _to_question(questions: int) -> dict:
    taken = []
    with BenchDesk() as desk:
        desk.log_in()
        for asked in range(questions):
            begun = time.monotonic()
            desk.toolbar.do("--uri", f"tel:+331990012{asked:02}")
            wait_until(lambda: len(_questions(desk)) > asked, 10.0, "the question")  # noqa: B023 - used at once
            taken.append(_questions(desk)[asked] - begun)
    return spread_ms(taken)


def _trust_links(desk: BenchDesk) -> None:
    folder = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text("version = 1\n[links]\ndial_at_once = true\n", encoding="utf-8")


def _questions(desk: BenchDesk) -> list[float]:
    if not desk.trace.exists():
        return []
    moments = [json.loads(line) for line in desk.trace.read_text().splitlines()]
    return [moment["monotonic_s"] for moment in moments if moment["moment"] == "question_painted"]
