"""A look with clocks that stand still until a test moves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.ui.icons import IconFont, Icons
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker
from tests.fakes.sample_states import NOW_S


@dataclass
class ManualClocks:
    """now_s: of the day; steady_s: of the guards."""

    now_s: float = NOW_S
    steady_s: float = 100.0


@dataclass
class SharedParts:
    """What an application has once."""

    theme: Theme
    font: IconFont = field(default_factory=IconFont)


@pytest.fixture(scope="session")
def shared_parts(qapp: QApplication) -> SharedParts:
    return SharedParts(Theme(qapp))


@pytest.fixture
def clocks() -> ManualClocks:
    return ManualClocks()


@pytest.fixture
def look(shared_parts: SharedParts, clocks: ManualClocks) -> Iterator[Look]:
    theme = shared_parts.theme
    yield Look(
        theme,
        Icons(theme, shared_parts.font),
        Ticker(lambda: clocks.now_s),
        lambda: clocks.now_s,
        lambda: clocks.steady_s,
    )
    theme.choose(Scheme.SYSTEM)
