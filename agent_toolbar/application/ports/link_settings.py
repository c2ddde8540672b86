"""Settings about calls that no person typed: links, selected text, pages of the CRM. See ports.settings."""

from __future__ import annotations

import msgspec

LOCAL_API_PORT = 47824


class LinkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a link may do.

    Attributes:
        dial_at_once: links, pages and selected text are dialled without a question, except where AskReason forbids it.
        foreign_hosts: SIP addresses of other hosts than the account's may be asked for at all.
        selection_key: global key that asks for the selected text, in Qt's portable spelling; "" for none.
    """

    dial_at_once: bool = False
    foreign_hosts: bool = False
    selection_key: str = ""


class LocalApiSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The WebSocket for pages of the CRM, on 127.0.0.1.

    Attributes:
        enabled: off by default. port: where pages find it.
        origins: exact origins ("https://crm.example.com") that may connect; each must still be paired.
        wrap_up: pages may open and close the wrap-up.
    """

    enabled: bool = False
    port: int = LOCAL_API_PORT
    origins: tuple[str, ...] = ()
    wrap_up: bool = False
