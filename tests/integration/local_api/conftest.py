"""A local API over real sockets, in front of a toolbar that only remembers or of a whole application."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from agent_toolbar.application.ports.settings import LocalApiSettings, Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.local_api.local_api import LocalApi
from agent_toolbar.storage.paired_pages import PairedPagesFile
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.fakes.toolbar import ToolbarSpy
from tests.integration.local_api.web_socket import WebSocketClient

ORIGIN = "https://crm.example.com"
OTHER = "https://wiki.example.com"
CODE = "042137"


class Bench:
    """One local API and the pages that speak to it.

    Attributes:
        raised: how often the toolbar was to come to the front.
    """

    def __init__(self, toolbar: Toolbar, file: Path, qtbot, clock: ManualClock | None = None) -> None:
        self.clock = clock or ManualClock()
        self.timers = ManualTimers(self.clock)
        self.toolbar = toolbar
        self.raised = 0
        self.file = file
        self._qtbot = qtbot
        self._clients: list[WebSocketClient] = []
        self._owner = QObject()
        self._writer = ThreadPoolExecutor(1)
        self.api = LocalApi(
            toolbar,
            PairedPagesFile(file, self._writer),
            self.clock,
            self.timers,
            bring_up=self._raise,
            parent=self._owner,
            new_code=lambda: CODE,
        )
        self.api.start()

    def _raise(self) -> None:
        self.raised += 1

    def client(self) -> WebSocketClient:
        client = WebSocketClient(self.api.view.port, self.wait)
        self._clients.append(client)
        return client

    def page(self, origin: str = ORIGIN) -> WebSocketClient:
        """One that is connected and not paired."""
        client = self.client()
        assert client.connect(origin) == 101
        return client

    def paired(self, origin: str = ORIGIN) -> tuple[WebSocketClient, str]:
        """One that is paired, and its token."""
        page = self.page(origin)
        assert page.ask("pair")["type"] == "pairing"
        paired = page.ask("pair_code", code=CODE)
        assert paired["type"] == "paired"
        return page, str(paired["token"])

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=5_000)

    def written(self) -> str:
        """What the file holds once it is written."""
        self._writer.submit(lambda: None).result()
        return self.file.read_text()

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.api.close()
        self._writer.shutdown()
        self._owner.deleteLater()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def api_settings(**changes: object) -> Settings:
    wanted = LocalApiSettings(enabled=True, port=free_port(), origins=(ORIGIN, OTHER), wrap_up=True)
    return Settings(local_api=msgspec.structs.replace(wanted, **changes))


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(settings=api_settings())


@pytest.fixture
def bench(qtbot, toolbar: ToolbarSpy, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(toolbar, tmp_path / "pages.json", qtbot)
    yield made
    made.close()
