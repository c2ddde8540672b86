"""Checks what a person types as the telephone account, before anything is tried with it."""

from __future__ import annotations

import re

from agent_toolbar.domain.errors import AccountError
from agent_toolbar.domain.text import plain_text

# RFC 1123 host names, and IPv4 addresses which have the same letters
_HOST = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?"
)
_USER = re.compile(r"[A-Za-z0-9._+*#~!&=$-]{1,64}")  # RFC 3261 section 25.1 "user" without escapes


def checked_server(typed: str) -> str:
    """Host name or IPv4 address. Raises AccountError("no_server") for nothing, ("bad_server") for what is neither."""
    server = typed.strip()
    if not server:
        raise AccountError("no_server")
    if not _HOST.fullmatch(server):
        raise AccountError("bad_server", server=plain_text(typed, 60))
    return server


def checked_port(port: int) -> int:
    """0 (find out) or 1 to 65535. Raises AccountError("bad_port")."""
    if not 0 <= port <= 65535:
        raise AccountError("bad_port", port=port)
    return port


def checked_extension(typed: str) -> str:
    """User part of the address of record. Raises AccountError("no_extension") for nothing, or ("bad_extension")."""
    extension = typed.strip()
    if not extension:
        raise AccountError("no_extension")
    if not _USER.fullmatch(extension):
        raise AccountError("bad_extension", extension=plain_text(typed, 60))
    return extension


def split_host_port(typed: str) -> tuple[str, int]:
    """ "pbx.example.com:5080" as its parts; port 0 when none is written. Raises AccountError."""
    host, colon, port = typed.strip().rpartition(":")
    if not colon:
        return checked_server(typed), 0
    if not (port.isascii() and port.isdigit() and len(port) <= 5) or int(port) == 0:
        raise AccountError("bad_port", port=plain_text(port, 20))
    return checked_server(host), checked_port(int(port))
