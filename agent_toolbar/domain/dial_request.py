"""Who asks for a call that no person typed, and why a person is asked first."""

from __future__ import annotations

from enum import StrEnum


class DialSource(StrEnum):
    LINK = "link"  # the system's handler of tel: and the like
    PAGE = "page"  # a page of the CRM, over the local API
    SELECTION = "selection"  # selected text or the clipboard, by the agent's key


class AskReason(StrEnum):
    """Why it is not dialled at once; gravest first."""

    EMERGENCY = "emergency"
    SERVICE_CODE = "service_code"
    PREMIUM = "premium"
    NEW_COUNTRY = "new_country"  # nobody was called there from this desk before
    BURST = "burst"  # many requests in a minute
    FOREIGN_HOST = "foreign_host"  # a SIP address that is not of the own telephone system
    SETTINGS = "settings"  # links are not trusted here
