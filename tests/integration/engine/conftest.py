"""A PBX on loopback, an engine process in a profile of its own, and the toolbar's end of its socket."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.engine.sip_peer import SipPeer


@pytest.fixture
def pbx() -> Iterator[SipPeer]:
    with SipPeer() as peer:
        yield peer


@pytest.fixture
def start_engine(tmp_path: Path, pbx: SipPeer) -> Iterator[Callable[..., EngineProcess]]:
    """Starts engines, which end before the PBX does, and each of them with status 0."""
    engines: list[EngineProcess] = []
    with tempfile.TemporaryDirectory(prefix="at-eng-") as runtime:

        def start(idle_limit_s: float = 30.0) -> EngineProcess:
            engines.append(EngineProcess(tmp_path / "home", Path(runtime), idle_limit_s=idle_limit_s))
            return engines[-1]

        yield start
        statuses = [engine.end() for engine in engines]
        assert statuses == [0] * len(engines), "".join(
            path.read_text() for path in sorted(Path(runtime).glob("agent-toolbar/*/engine*.log"))
        )


@pytest.fixture
def engine(start_engine: Callable[..., EngineProcess]) -> EngineProcess:
    return start_engine()


@pytest.fixture
def toolbar(engine: EngineProcess) -> Iterator[Toolbar]:
    """Attached."""
    client = engine.toolbar()
    client.attach()
    yield client
    client.close()


@pytest.fixture
def registered(toolbar: Toolbar, pbx: SipPeer) -> Toolbar:
    toolbar.register(pbx.port)
    return toolbar
