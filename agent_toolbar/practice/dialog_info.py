"""Writes what a telephone is doing as application/dialog-info+xml (RFC 4235). Pure."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from agent_toolbar.practice.telephones import PhoneState

CONTENT_TYPE = "application/dialog-info+xml"
_NAMESPACE = "urn:ietf:params:xml:ns:dialog-info"


def dialog_info(extension: str, entity: str, state: PhoneState, version: int) -> bytes:
    """The full state; as PBXs do, one dialog stands for all that the telephone has.

    entity: URI of the telephone. version: grows by one in each document of a subscription (section 4.1.1).
    """
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<dialog-info xmlns="{_NAMESPACE}" version="{version}" state="full" entity={quoteattr(entity)}>\n'
        f'<dialog id={quoteattr(extension)} direction="recipient"><state>{state}</state></dialog>\n'
        "</dialog-info>\n"
    ).encode()
