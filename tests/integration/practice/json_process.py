"""A child process that is spoken to in JSON lines and ends when its stdin does."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

WAIT_S = 15.0


class JsonProcess:
    """Attributes:
    events: everything it said so far, but for what is no JSON object (pjsua2 logs to stdout while it starts).
    """

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.events: list[dict[str, Any]] = []
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="json-process")
        self._reader.start()

    def tell(self, **wish: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(wish) + "\n")
        self.process.stdin.flush()

    def wait(self, timeout_s: float = WAIT_S, **facts: Any) -> dict[str, Any]:
        """The next event with these members; those before it are passed over."""
        limit = time.monotonic() + timeout_s
        while True:
            try:
                event = self._said.get(timeout=max(0.0, limit - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not said: {facts}; last: {self.events[-12:]}") from None
            self.events.append(event)
            if all(event.get(name) == value for name, value in facts.items()):
                return event

    def forget(self) -> None:
        """Passes over all that was said until now."""
        while not self._said.empty():
            self.events.append(self._said.get_nowait())

    def wait_level(self, least: int, timeout_s: float = WAIT_S) -> int:
        """Until a telephone hears something of this loudness."""
        limit = time.monotonic() + timeout_s
        while (heard := self.wait(limit - time.monotonic(), event="level")["level"]) < least:
            pass
        return int(heard)

    def end(self) -> int:
        """Closes its stdin and gives its exit status; one that does not end is killed."""
        assert self.process.stdin is not None
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            return self.process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.process.wait()
            self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                if line.startswith("{"):
                    self._said.put(json.loads(line))
