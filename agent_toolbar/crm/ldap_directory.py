"""Reads an LDAP directory or Active Directory (RFC 4511), page by page, and never writes. One thread.

Active Directory counts its changes (uSNChanged): there only what changed is read again, else who is there.
"""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

import msgspec
from ldap3 import BASE, NONE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import (
    LDAPCommunicationError,
    LDAPException,
    LDAPInvalidFilterError,
    LDAPResponseTimeoutError,
    LDAPStartTLSError,
)
from pyasn1.error import PyAsn1Error

from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.connector.network import trust
from agent_toolbar.crm.contact_file import ContactRow, WrittenPhone
from agent_toolbar.crm.directory_feed import MAX_ENTRIES, MAX_ID, FeedChanges, FeedEntry, Known
from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.settings.directory_rules import needs_start_tls

CONNECT_S = 10
ANSWER_S = 30  # ldap3 wants whole seconds
PAGE_ENTRIES = 500
IDS_AT_ONCE = 50
BUSY_PAUSE_S = 60
_PAGED = "1.2.840.113556.1.4.319"  # RFC 2696
_PHONES = (
    ("telephonenumber", "work"),
    ("mobile", "mobile"),
    ("homephone", "home"),
    ("othertelephone", "work"),
    ("ipphone", "work"),
    ("msrtcsip-line", "work"),  # tel:+441134960001;ext=0001
)
_IDS = ["objectGUID", "entryUUID", "employeeNumber"]
_ATTRIBUTES = [
    *_IDS, "displayName", "cn", "givenName", "sn", "company", "o", "uSNChanged",
    "telephoneNumber", "mobile", "homePhone", "otherTelephone", "ipPhone", "msRTCSIP-Line",
]  # fmt: skip
_SUCCESS = 0
_CODES = {  # RFC 4511 appendix A.1
    3: "directory_slow",
    32: "directory_not_found",
    48: "directory_password",
    49: "directory_password",
    50: "directory_forbidden",
    51: "directory_busy",
    52: "directory_busy",
}

# what ldap3 raises at octets that are no LDAP
_NO_LDAP = (PyAsn1Error, ValueError, LookupError, TypeError, AttributeError, RecursionError)

_Values = dict[str, list[bytes]]


class _Wire(Protocol):
    """What is used of ldap3.Connection, which has no types."""

    socket: Any
    result: dict[str, Any]
    response: list[dict[str, Any]] | None

    def open(self) -> None: ...
    def start_tls(self) -> bool: ...
    def bind(self) -> bool: ...
    def unbind(self) -> bool: ...
    def search(
        self, base: str, query: str, scope: str, *, attributes: list[str], paged_size: int | None, paged_cookie: object
    ) -> bool: ...


class _TrustedTls(Tls):  # type: ignore[misc]  # ldap3 has no types
    """As every connection of the toolbar: the system's authorities, and the name of the host is checked."""

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:  # noqa: ANN401
        connection.socket = trust().wrap_socket(connection.socket, server_hostname=connection.server.host)


class LdapFeed:
    """Implements directory_feed.Feed."""

    def __init__(
        self,
        directory: DirectorySettings,
        password: str,
        *,
        answer_s: int = ANSWER_S,
        start_tls: bool | None = None,
    ) -> None:
        """`answer_s`: how long the server may be silent. `start_tls` None: wherever the address asks for it."""
        self._directory = directory
        self._name = directory.name
        parts = urlsplit(directory.url)
        self._start_tls = needs_start_tls(directory.url) if start_tls is None else start_tls
        secure = parts.scheme == "ldaps"
        server = Server(
            parts.hostname,
            port=parts.port or (636 if secure else 389),
            use_ssl=secure,
            tls=_TrustedTls(validate=ssl.CERT_REQUIRED),
            get_info=NONE,
            connect_timeout=CONNECT_S,
        )
        self._wire = cast(
            _Wire,
            Connection(
                server,
                user=directory.user or None,
                password=password or None,
                read_only=True,
                auto_referrals=False,
                check_names=False,
                receive_timeout=answer_s,
                return_empty_attributes=False,
            ),
        )

    def changes(self, known: Known, told: Callable[[int, int], None]) -> FeedChanges:
        told(0, 0)
        try:
            self._sign_in()
            return self._changes(known, told)
        except LDAPResponseTimeoutError as fault:
            raise DirectoryError("directory_slow", name=self._name) from fault
        except (LDAPCommunicationError, LDAPStartTLSError, OSError) as fault:
            if "timed out" in str(fault):
                raise DirectoryError("directory_slow", name=self._name) from fault
            raise DirectoryError("directory_unreachable", name=self._name, detail=_reason(fault)) from fault
        except LDAPInvalidFilterError as fault:
            raise DirectoryError("directory_broken", name=self._name, detail="filter") from fault
        except LDAPException as fault:
            raise DirectoryError("directory_broken", name=self._name, detail=type(fault).__name__) from fault

    def close(self) -> None:
        try:
            self._wire.unbind()
        except (LDAPException, OSError):  # nobody is there to say goodbye to
            if self._wire.socket is not None:
                self._wire.socket.close()

    def _changes(self, known: Known, told: Callable[[int, int], None]) -> FeedChanges:
        query = self._directory.filter
        server, highest = self._counter()
        token = msgspec.json.encode([server, highest]).decode() if highest else ""
        since = _since(known.token, server) if highest else None
        if since is None:
            entries = self._read(query, len(known.versions), told)
            return FeedChanges(list(entries.values()), known.versions.keys() - entries.keys(), token)
        entries = self._read(f"(&{query}(uSNChanged>={since + 1}))", 0, told)
        present = {_id(values, dn): values for dn, values in self._search(query, _IDS, told)}
        appeared = [values for key, values in present.items() if key not in entries and key not in known.versions]
        for start in range(0, len(appeared), IDS_AT_ONCE):
            some = appeared[start : start + IDS_AT_ONCE]
            either = "".join(f"(objectGUID={escaped(_guid(one))})" for one in some if _guid(one))
            if either:
                entries |= self._read(f"(|{either})", len(appeared), told)
        return FeedChanges(list(entries.values()), known.versions.keys() - present.keys(), token)

    def _read(self, query: str, expected: int, told: Callable[[int, int], None]) -> dict[str, FeedEntry]:
        entries: dict[str, FeedEntry] = {}
        for dn, values in self._search(query, _ATTRIBUTES, lambda done, _: told(done, max(done, expected))):
            key = _id(values, dn)
            entries[key] = FeedEntry(key, _first(values, "usnchanged"), _row(values))
        return entries

    def _sign_in(self) -> None:
        self._wire.open()
        if self._start_tls:
            self._wire.start_tls()
        try:
            self._wire.bind()
        except _NO_LDAP as fault:
            raise DirectoryError("directory_broken", name=self._name, detail="LDAP") from fault
        self._require_success()

    def _counter(self) -> tuple[str, int]:
        """Active Directory's server and how far it has counted; 0 elsewhere (MS-ADTS section 3.1.1.3.2)."""
        names = ["highestCommittedUSN", "dsServiceName"]
        self._ask("", "(objectClass=*)", BASE, names)
        for _, values in self._entries():
            counted = _first(values, "highestcommittedusn")
            return _first(values, "dsservicename"), int(counted) if counted.isascii() and counted.isdigit() else 0
        return "", 0

    def _search(
        self, query: str, attributes: list[str], told: Callable[[int, int], None]
    ) -> Iterator[tuple[str, _Values]]:
        """Every entry below the base. A list that a server cuts off is a fault: what it left out is not gone."""
        cookie: object = None
        found = 0
        while True:
            self._ask(self._directory.base, query, SUBTREE, attributes, page=PAGE_ENTRIES, cookie=cookie)
            for entry in self._entries():
                found += 1
                yield entry
            told(found, 0)
            if found > MAX_ENTRIES:
                raise DirectoryError("directory_broken", name=self._name, detail=f"> {MAX_ENTRIES}")
            control = self._wire.result.get("controls", {}).get(_PAGED, {})
            cookie = control.get("value", {}).get("cookie")
            if not cookie:
                return

    def _ask(
        self,
        base: str,
        query: str,
        scope: str,
        attributes: list[str],
        *,
        page: int | None = None,
        cookie: object = None,
    ) -> None:
        try:
            self._wire.search(base, query, scope, attributes=attributes, paged_size=page, paged_cookie=cookie)
        except _NO_LDAP as fault:
            raise DirectoryError("directory_broken", name=self._name, detail="LDAP") from fault
        self._require_success()

    def _entries(self) -> Iterator[tuple[str, _Values]]:
        for one in self._wire.response or ():
            if one.get("type") == "searchResEntry":
                yield str(one["dn"]), {name.lower(): list(found) for name, found in one["raw_attributes"].items()}

    def _require_success(self) -> None:
        code = int(self._wire.result.get("result", -1))
        if code == _SUCCESS:
            return
        known = _CODES.get(code, "directory_broken")
        detail = plain_text(f"LDAP {code} {self._wire.result.get('description', '')}", 60)
        raise DirectoryError(known, name=self._name, detail=detail, retry_after_s=BUSY_PAUSE_S)


def escaped(value: bytes) -> str:
    """Any octets as an assertion value of a filter (RFC 4515 section 3)."""
    return "".join(f"\\{octet:02x}" for octet in value)


def _since(token: str, server: str) -> int | None:
    """Up to which change this server was read; None for another server, whose count is another one."""
    try:
        known_server, counted = msgspec.json.decode(token, type=tuple[str, int])
    except msgspec.DecodeError:
        return None
    return counted if known_server == server else None


def _id(values: _Values, dn: str) -> str:
    """What stays the same when somebody is renamed or moved, where the directory has such a thing."""
    guid = _guid(values)
    if len(guid) == 16:
        return str(uuid.UUID(bytes_le=guid))
    return (_first(values, "entryuuid") or _first(values, "employeenumber") or dn)[:MAX_ID]


def _guid(values: _Values) -> bytes:
    return next(iter(values.get("objectguid", ())), b"")


def _row(values: _Values) -> ContactRow:
    name = _first(values, "displayname") or _first(values, "cn")
    phones = [WrittenPhone(text, kind) for attribute, kind in _PHONES for text in _all(values, attribute)]
    return ContactRow(
        line=0,
        name=name or " ".join(filter(None, (_first(values, "givenname"), _first(values, "sn")))),
        company=_first(values, "company") or _first(values, "o"),
        phones=tuple(phones),
    )


def _all(values: _Values, attribute: str) -> list[str]:
    """Values as text (RFC 4517: UTF-8)."""
    return [text for one in values.get(attribute, ()) if (text := one.decode("utf-8", "replace").strip())]


def _first(values: _Values, attribute: str) -> str:
    return next(iter(_all(values, attribute)), "")


def _reason(fault: BaseException) -> str:
    """ldap3 puts the exceptions of sockets into words of its own."""
    told = str(fault)
    if "certificate" in told.lower():
        return plain_text(f"TLS: {told.rpartition('certificate verify failed:')[2] or told}", 120)
    return plain_text(told, 120)
