from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.connector.manifest import parse_manifest
from tests.integration.connector.web_server import WebServer, web_server

MANIFEST = """\
schema = 1
name = "Test"
base_url = "{{s.url}}/api"
timeout = 10

[op.find]
url = "/party"
query = { q = "{{q}}" }
list = "rows"
empty_on = [404]
[op.find.map]
id = "{{it.id}}"
name = "{{it.name}}"

[op.whoami]
url = "/me"
map = { name = "{{it.name}}" }

[op.touch]
method = "POST"
url = "/touch"
"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


@pytest.fixture
def connect(server: WebServer) -> Iterator[Any]:
    """Makes clients of the server, or of `url`, that are closed at the end."""
    clients: list[ManifestClient] = []

    def make(text: str = MANIFEST, url: str = "", *, secret: str = "key", **options: Any) -> ManifestClient:
        base = {"url": url or server.url, "user": "ann", **options.pop("base", {})}
        clients.append(ManifestClient(parse_manifest(text, Path("t.toml")), base=base, secret=secret, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Any) -> ManifestClient:
    made: ManifestClient = connect()
    return made
