"""A web server on loopback in a process of its own: its port makes an origin."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 15.0
_ORIGIN = re.compile(r"http://127\.0\.0\.1:\d+")
_SAMPLE_CRM = """
import signal
from agent_toolbar.practice.sample_page import SamplePage
page = SamplePage(port=0)
print(page.origin, flush=True)
signal.pause()
"""


class WebSite:
    """Attributes: origin, such as "http://127.0.0.1:40123", once started."""

    def __init__(self, program: Sequence[str | Path], log: Path) -> None:
        """`program`: arguments of Python; it says where it serves."""
        self.origin = ""
        self._program = program
        self._log = log
        self._server: ChildProcess | None = None

    def start(self) -> None:
        self._server = ChildProcess([sys.executable, "-u", *self._program], self._log)
        found = wait_until(lambda: _ORIGIN.search(self._log.read_text()), START_TIMEOUT_S, f"{self._program} to serve")
        self.origin = found[0]

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None


def site_of_files(pages: Path, log: Path) -> WebSite:
    """Serves the files of a folder."""
    pages.mkdir(parents=True, exist_ok=True)
    return WebSite(["-m", "http.server", "--bind", "127.0.0.1", "--directory", pages, "0"], log)


def sample_crm(log: Path) -> WebSite:
    """The sample page that the practice line opens, with the headers that it has there."""
    return WebSite(["-c", _SAMPLE_CRM], log)
