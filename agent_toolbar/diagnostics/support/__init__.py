"""The file for support: what it may say (facts) and how it is written (bundle)."""

from agent_toolbar.diagnostics.support.bundle import SupportFile

__all__ = ["SupportFile"]
