"""The practice exchange as the toolbar starts it, and who registers there: a telephone (pjsua2), our own engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.practice.json_process import JsonProcess

PHONE = Path(__file__).with_name("pjsua_phone.py")


@pytest.fixture
def start() -> Iterator[Callable[..., JsonProcess]]:
    """Starts processes; those started last end first, each with status 0."""
    started: list[JsonProcess] = []

    def starter(*arguments: str | Path) -> JsonProcess:
        started.append(JsonProcess(*arguments))
        return started[-1]

    yield starter
    assert [process.end() for process in reversed(started)] == [0] * len(started)


@pytest.fixture
def exchange(start: Callable[..., JsonProcess]) -> JsonProcess:
    """Quiet: nobody calls unless told to."""
    return start("-m", "agent_toolbar.practice", "--quiet")


@pytest.fixture
def line(exchange: JsonProcess) -> dict[str, Any]:
    """What the exchange said first: sip_port, extension, password."""
    return exchange.wait(extension="200")


@pytest.fixture
def phone(start: Callable[..., JsonProcess], exchange: JsonProcess, line: dict[str, Any]) -> JsonProcess:
    telephone = start(PHONE, str(line["sip_port"]), line["extension"], line["password"])
    telephone.wait(event="registration", status=200, active=True)
    exchange.wait(event="registered")
    return telephone


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    with tempfile.TemporaryDirectory(prefix="at-pra-") as runtime:
        process = EngineProcess(tmp_path / "home", Path(runtime))
        yield process
        assert process.end() == 0


@pytest.fixture
def toolbar(engine: EngineProcess) -> Iterator[Toolbar]:
    client = engine.toolbar()
    client.attach()
    yield client
    client.close()


@pytest.fixture
def registered(toolbar: Toolbar, line: dict[str, Any]) -> Toolbar:
    toolbar.register(line["sip_port"], extension=line["extension"], password=line["password"])
    return toolbar
