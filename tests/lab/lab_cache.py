"""Where unpacked packages of the lab are kept between runs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CACHE_VARIABLE = "AGENT_TOOLBAR_LAB_CACHE"


def lab_cache() -> Path:
    """AGENT_TOOLBAR_LAB_CACHE, else the system's cache folder for root and the user's own for everybody else."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if os.getuid() == 0:
        return Path("/var/cache/agent-toolbar-lab")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "agent-toolbar-lab"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Held while one process fills the cache; another one waits for it."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
