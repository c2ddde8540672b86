"""How long `agent-toolbar contacts audit` takes, and the most memory it ever holds, by the number of contacts.

`python -m bench.contacts_audit [--contacts N ...]` prints JSON. The indexes are those of bench.contact_lookup.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.contact_lookup import FOLDER, index_of

CONTACTS = (10_000, 100_000, 1_000_000)


def audited(folder: Path, contacts: int) -> dict[str, float]:
    """One audit with both files, as a person starts it."""
    database = index_of(folder, contacts)
    with tempfile.TemporaryDirectory() as home:
        data = Path(home) / "data"
        data.mkdir(mode=0o700)
        (data / "contacts.sqlite").symlink_to(database)
        files = {kind: Path(home) / f"audit.{kind}" for kind in ("csv", "html")}
        named = [word for kind, file in files.items() for word in (f"--{kind}", str(file))]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "agent_toolbar", "contacts", "audit", "--json", *named],
            env={**os.environ, "AGENT_TOOLBAR_HOME": home},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        report = json.loads(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        elapsed_s = time.perf_counter() - begun
        if process.returncode != 0:
            raise RuntimeError(f"the audit ended with {process.returncode}")
        return {
            "numbers": report["numbers"],
            "findings": report["invalid"] + report["not_e164"] + report["shared"],
            "elapsed_s": round(elapsed_s, 1),
            "processor_s": round(used.ru_utime + used.ru_stime, 1),
            "numbers_per_s": round(report["numbers"] / elapsed_s),
            "most_memory_mb": round(used.ru_maxrss / 1024, 1),  # of getrusage, KiB on Linux
            "csv_mb": round(files["csv"].stat().st_size / 1e6, 1),
            "html_mb": round(files["html"].stat().st_size / 1e6, 1),
        }


def measure(sizes: tuple[int, ...] = CONTACTS) -> dict[str, object]:
    """Figures by the number of contacts."""
    return {str(contacts): audited(FOLDER, contacts) for contacts in sizes}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, nargs="+", default=list(CONTACTS))
    print(json.dumps(measure(tuple(parser.parse_args().contacts)), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
