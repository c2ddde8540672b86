"""How the processes of a profile are told apart. Standard library only."""

from __future__ import annotations

ENGINE = "engine"  # name of its endpoint and its lock
ENGINE_SWITCH = "--engine"  # makes a frozen toolbar, which has no `-m`, the engine; never shown to people
URI_SWITCH = "--uri"  # what stands behind it is a link that was clicked, and nothing else
