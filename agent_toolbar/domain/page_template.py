"""Addresses of pages with places for what is known of a call: `https://crm.example.com/search?q={e164}`. Pure.

What fills a place comes from callers and CRMs, so it is percent-encoded and can never leave its place.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.domain.text import plain_text

PLACES = (
    "number",  # as it is looked up: +33145678901, or an extension
    "e164",  # +33145678901; a number that is none has no such page
    "digits",  # 33145678901
    "national",  # 145678901
    "name",
    "company",
    "contact_id",  # of the CRM
    "call_id",
    "sip_call_id",
    "agent",  # own extension
    "queue",
    "direction",  # in, out, internal
)
_MAY_BE_EMPTY = frozenset({"national", "name", "company", "sip_call_id", "agent", "queue"})
MAX_VALUE = 120
MAX_URL = 2000  # as written
MAX_ADDRESS = 8000  # with all places filled; a letter may take nine characters
_PLACE = re.compile(r"\{([^{}]*)\}")
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])")
_PORT = re.compile(r":[0-9]{1,5}")
_WRITTEN = re.compile(r"(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")  # RFC 3986; no backslash, no space
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*")
_EXPECTED = "https://host/path?query={e164}"


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """texts and names of places in turn, beginning and ending with a text. host: in lower case without brackets."""

    texts: tuple[str, ...]
    places: tuple[str, ...]
    scheme: str
    host: str

    @classmethod
    def parse(cls, written: str, key: str = "") -> PageTemplate:
        """`key` is the setting to blame.

        Raises SettingsError("settings_unknown_place", key, place, known) and, for what is no address of a page or has a
        place in the name of its computer, SettingsError("settings_wrong_value", key, expected).
        """
        parts = _PLACE.split(written)
        texts, places = tuple(parts[::2]), tuple(parts[1::2])
        for place in places:
            if place not in PLACES:
                known = ", ".join(f"{{{one}}}" for one in PLACES)
                shown = plain_text(f"{{{place}}}", 60)
                raise SettingsError("settings_unknown_place", key=key, place=shown, known=known)
        origin = _ORIGIN.match(texts[0])
        rest = texts[0][origin.end() :] if origin is not None else ""
        port = _PORT.match(rest)
        rest = rest[port.end() :] if port is not None else rest
        closed = rest.startswith(("/", "?", "#")) or (not rest and not places)
        clean = all(_WRITTEN.fullmatch(text) for text in (rest, *texts[1:]))
        if origin is None or not closed or not clean or len(written) > MAX_URL or _climbs(written):
            raise SettingsError("settings_wrong_value", key=key, expected=_EXPECTED)
        return cls(texts, places, origin["scheme"], origin["host"].strip("[]").lower())

    def address(self, values: Mapping[str, str]) -> str:
        """With every place filled; "" where a value is missing, or would make another page of it."""
        address = self.texts[0]
        for place, text in zip(self.places, self.texts[1:], strict=True):
            value = plain_text(values.get(place, ""), MAX_VALUE)
            if not value and place not in _MAY_BE_EMPTY:
                return ""
            address += quote(value, safe="", errors="replace") + text
        return "" if _climbs(address) or len(address) > MAX_ADDRESS else address

    def may_open(self, crm_host: str, hosts: frozenset[str]) -> bool:
        """On the CRM's own computer by https (or on this one); on others only where the settings name them."""
        if self.host in hosts:
            return True
        return self.host == crm_host and (self.scheme == "https" or _is_here(self.host))


def is_host(name: str) -> bool:
    """A name or address of a computer, in lower case, without scheme, port and brackets."""
    return bool(_HOST.fullmatch(name)) and ".." not in name


def _climbs(address: str) -> bool:
    """Browsers take "." and "..", also written %2e, as ways up (WHATWG URL, path state)."""
    return any(unquote(segment) in {".", ".."} for segment in re.split(r"[/?#]", address))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
