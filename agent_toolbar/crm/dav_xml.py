"""Reads the answers of a WebDAV server: expat without document types, so that no entity can grow or reach out."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

MAX_DEPTH = 64
DAV = "DAV:"
CARD = "urn:ietf:params:xml:ns:carddav"
_SEPARATOR = " "
_RESPONSE = f"{DAV} response"
_PROPSTAT = f"{DAV} propstat"
_KEPT = {
    f"{DAV} href": "href",
    f"{DAV} status": "status",
    f"{DAV} getetag": "etag",
    f"{CARD} address-data": "card",
}


class BrokenXmlError(Exception):
    """No XML of WebDAV, or XML that no server needs to send."""


@dataclass(slots=True)
class DavEntry:
    """One DAV:response. status: HTTP status of the whole entry, 0 if it has none of its own."""

    href: str = ""
    status: int = 0
    etag: str = ""
    card: str = ""


@dataclass(slots=True)
class MultiStatus:
    """An answer 207 (RFC 4918 section 13) with the token of RFC 6578 section 6.2.

    conditions: names of the elements of a DAV:error (RFC 4918 section 16), of any answer.
    """

    entries: list[DavEntry] = field(default_factory=list)
    token: str = ""
    conditions: set[str] = field(default_factory=set)


def read_multistatus(body: bytes) -> MultiStatus:
    """Raises BrokenXmlError, also for a document type declaration."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise BrokenXmlError(str(fault)) from fault
    return reader.found


def sync_body(token: str) -> bytes:
    """RFC 6578 section 3.2; "" asks for everything."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<d:sync-collection xmlns:d="DAV:"><d:sync-token>{escape(token)}</d:sync-token>'
        "<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
    ).encode()


def multiget_body(hrefs: list[str]) -> bytes:
    """RFC 6352 section 8.7."""
    named = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="{CARD}">'
        f"<d:prop><d:getetag/><c:address-data/></d:prop>{named}</c:addressbook-multiget>"
    ).encode()


class _Reader:
    def __init__(self) -> None:
        self.found = MultiStatus()
        self._path: list[str] = []
        self._text: list[str] = []
        self._entry: DavEntry | None = None

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._path) >= MAX_DEPTH:
            raise BrokenXmlError("depth")
        if self._path == [f"{DAV} error"]:
            self.found.conditions.add(name.rpartition(_SEPARATOR)[2])
        self._path.append(name)
        self._text.clear()
        if name == _RESPONSE:
            self._entry = DavEntry()

    def text(self, part: str) -> None:
        self._text.append(part)

    def end(self, name: str) -> None:
        self._path.pop()
        value = "".join(self._text)
        self._text.clear()
        if name == _RESPONSE and self._entry is not None:
            self.found.entries.append(self._entry)
            self._entry = None
        elif self._entry is None:
            if name == f"{DAV} sync-token":
                self.found.token = value.strip()
        elif kept := _KEPT.get(name):
            self._keep(kept, value)

    def _keep(self, kept: str, value: str) -> None:
        assert self._entry is not None
        if kept == "status":
            if _PROPSTAT not in self._path:
                self._entry.status = _status(value)
        elif kept == "href":
            self._entry.href = self._entry.href or value.strip()
        else:
            setattr(self._entry, kept, value if kept == "card" else value.strip())

    def refuse(self, *_declared: object) -> None:
        raise BrokenXmlError("document type")


def _status(line: str) -> int:
    """Of "HTTP/1.1 404 Not Found"; 0 for what is none."""
    words = line.split()
    return int(words[1]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() else 0
