"""The contract of every CRM, against servers that replay the shapes of each product."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.crm_contract import CrmContract
from tests.fakes.crm_replays.replay_server import Replay, running
from tests.fakes.crm_replays.tryton import TrytonReplay

REPLAYS: tuple[type[Replay], ...] = (TrytonReplay,)


@pytest.fixture(params=REPLAYS, ids=[replay.manifest for replay in REPLAYS])
def peer(request: pytest.FixtureRequest) -> Iterator[Replay]:
    with running(request.param()) as replay:
        yield replay


class TestReplayedCrm(CrmContract):
    """Everything that the contract says."""
