"""Asks the PBX what it is and can do, and writes a report for its administrator (`agent-toolbar doctor --audit`)."""

from agent_toolbar.diagnostics.audit.auditor import SipAuditor

__all__ = ["SipAuditor"]
