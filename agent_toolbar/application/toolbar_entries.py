"""What a person types to set up telephone and CRM, as the toolbar takes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent_toolbar.domain.registration import Transport


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """What a person types to set up the telephone. password None keeps the one that is known."""

    server: str
    extension: str
    port: int = 0
    transport: Transport = Transport.UDP
    password: str | None = None
    auth_user: str = ""


@dataclass(frozen=True, slots=True)
class CrmEntry:
    """What a person types to set up the CRM; see CrmSettings. key None keeps the one that is known."""

    manifest: str
    url: str
    user: str = ""
    values: dict[str, str] = field(default_factory=dict)
    key: str | None = None
