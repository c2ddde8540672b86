"""Where unpacked packages of the lab are kept between runs."""

from __future__ import annotations

import os
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
