"""A web server on loopback in a process of its own, whose pages are the files of a folder: its port makes an origin."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 15.0
_SERVING = re.compile(r"^Serving HTTP on \S+ port (\d+)", re.MULTILINE)


class WebSite:
    """Attributes: origin, such as "http://127.0.0.1:40123", once started."""

    def __init__(self, pages: Path, log: Path) -> None:
        self.origin = ""
        self._pages = pages
        self._log = log
        self._server: ChildProcess | None = None

    def start(self) -> None:
        self._pages.mkdir(parents=True, exist_ok=True)
        served = ("--bind", "127.0.0.1", "--directory", self._pages, "0")
        self._server = ChildProcess([sys.executable, "-u", "-m", "http.server", *served], self._log)
        found = wait_until(lambda: _SERVING.search(self._log.read_text()), START_TIMEOUT_S, "the web server to serve")
        self.origin = f"http://127.0.0.1:{found[1]}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None
