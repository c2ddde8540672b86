"""What every widget is built with: theme, icons and the one ticker. GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker


@dataclass(frozen=True, slots=True)
class Look:
    """`now_s` gives seconds since the epoch, as the state's times are; `steady_s` seconds that never jump."""

    theme: Theme
    icons: Icons
    ticker: Ticker
    now_s: Callable[[], float]
    steady_s: Callable[[], float] = time.monotonic
