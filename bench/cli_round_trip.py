"""How long `agent-toolbar status --json` takes, start of Python included, while a control server answers it.

Prints JSON, times in milliseconds; `cpu_ms` is what the process itself computed, whatever else the machine did.
Wanted: p95 at most 80.
"""

from __future__ import annotations

import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from agent_toolbar.links.control_socket import ControlServer

ROUNDS = 60


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="at-bench-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        os.environ["AGENT_TOOLBAR_HOME"] = folder
        print(json.dumps(measure(), indent=2))
    return 0


def measure() -> dict:
    actions: queue.Queue = queue.Queue()

    class Dispatcher:
        def post(self, action):
            actions.put(action)

    server = ControlServer(dispatcher=Dispatcher(), handler=lambda _, reply: reply.done({"cti": {"state": "off"}}))
    if not server.claim():
        raise SystemExit("another toolbar holds the bench's profile")
    server.serve()
    gui = threading.Thread(target=lambda: [action() for action in iter(actions.get, None)])
    gui.start()
    cpu_before_s = cpu_of_children_s()
    verb = times_of([sys.executable, "-m", "agent_toolbar", "status", "--json"])
    cpu_s = cpu_of_children_s() - cpu_before_s
    bare = times_of([sys.executable, "-c", "pass"])
    server.close()
    actions.put(None)
    gui.join()
    return {
        "bench": "cli_round_trip",
        "rounds": ROUNDS,
        "status_ms": summary(verb),
        "cpu_ms": round(cpu_s / ROUNDS * 1000, 1),
        "bare_python_ms": summary(bare),
        "limit_p95_ms": 80,
        "ok": summary(verb)["p95"] <= 80,
    }


def cpu_of_children_s() -> float:
    """Of all children that have ended (POSIX)."""
    spent = os.times()
    return spent.children_user + spent.children_system


def times_of(command: list[str]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def summary(times: list[float]) -> dict:
    return {
        "median": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[18], 1),
        "max": round(max(times), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
