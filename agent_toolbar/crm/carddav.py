"""Reads a CardDAV address book (RFC 6352) by its changes (RFC 6578), and corrects numbers there. One thread."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from agent_toolbar.application.ports.directory import SkipReason
from agent_toolbar.connector.dav_client import DavClient
from agent_toolbar.connector.http_answers import Answer, retry_after_s
from agent_toolbar.crm.contact_file import LineSource, skipped
from agent_toolbar.crm.dav_xml import BrokenXmlError, MultiStatus, multiget_body, read_multistatus, sync_body
from agent_toolbar.crm.directory_feed import MAX_ENTRIES, MAX_ID, FeedChanges, FeedEntry, Known
from agent_toolbar.crm.vcard_contacts import read_vcards
from agent_toolbar.crm.vcard_number import add_number, remove_number, replace_number
from agent_toolbar.domain.errors import CrmError, DirectoryError
from agent_toolbar.domain.text import plain_text

CARDS_AT_ONCE = 50
MAX_PAGES = 2000
DEFAULT_PAUSE_S = 60
_TOO_MANY = 507  # RFC 6578 section 3.6: of the collection itself, when there is more to come


class CardDavFeed:
    """Implements directory_feed.Feed."""

    def __init__(self, name: str, client: DavClient) -> None:
        self._name = name
        self._client = client

    def changes(self, known: Known, told: Callable[[int, int], None]) -> FeedChanges:
        told(0, 0)
        listed, token, whole = self._list(known, told)
        gone = {href for href, etag in listed.items() if etag is None}
        if whole:
            gone |= known.versions.keys() - listed.keys()
        wanted = [
            href
            for href, etag in listed.items()
            if etag is not None and not (etag and known.versions.get(href) == etag)
        ]
        put: list[FeedEntry] = []
        for start in range(0, len(wanted), CARDS_AT_ONCE):
            told(start, len(wanted))
            for href, entry in self._fetch(wanted[start : start + CARDS_AT_ONCE]):
                if entry is None:
                    gone.add(href)
                else:
                    put.append(entry)
        told(len(wanted), len(wanted))
        return FeedChanges(put, gone & known.versions.keys(), token)

    def correct_number(self, href: str, etag: str, old: str, new: str) -> str:
        """Writes `new` in place of the number `old` of one card; the new ETag, "" where the server does not say.

        Raises DirectoryError("directory_changed") when the card is another one than `etag` says, and
        DirectoryError("directory_no_such_number"); nothing is written then.
        """
        return self._rewrite(href, etag, old, lambda card: replace_number(card, old, new))

    def retire_number(self, href: str, etag: str, old: str) -> str:
        """Takes the number `old` out of one card; else as `correct_number`."""
        return self._rewrite(href, etag, old, lambda card: remove_number(card, old))

    def add_number(self, href: str, etag: str, new: str) -> str:
        """One card has the number `new` too; else as `correct_number`. One that it has already is not written again."""
        return self._rewrite(href, etag, new, lambda card: add_number(card, new))

    def _rewrite(self, href: str, etag: str, number: str, change: Callable[[str], str | None]) -> str:
        answer = self._ask("GET", href)
        self._require(answer, 200)
        found = answer.headers.get("etag", "")
        if etag and found and found != etag:
            raise DirectoryError("directory_changed", name=self._name)
        before = answer.body.decode("utf-8", "surrogateescape")
        card = change(before)
        if card is None:
            raise DirectoryError("directory_no_such_number", name=self._name, number=plain_text(number, 40))
        if card == before:
            return found
        guard = etag or found
        if not guard:
            raise DirectoryError("directory_broken", name=self._name, detail="ETag")
        content = card.encode("utf-8", "surrogateescape")
        written = self._ask("PUT", href, content, {"if-match": guard, "content-type": "text/vcard; charset=utf-8"})
        if written.status == 412:
            raise DirectoryError("directory_changed", name=self._name)
        self._require(written, 200, 201, 204)
        return written.headers.get("etag", "")

    def close(self) -> None:
        self._client.close()

    def _list(self, known: Known, told: Callable[[int, int], None]) -> tuple[dict[str, str | None], str, bool]:
        """ETag by path, None for what is gone; the next token; whether it is all that there is."""
        listed: dict[str, str | None] = {}
        token, whole = known.token, not known.token
        for _ in range(MAX_PAGES):
            answer = self._ask("REPORT", self._client.path, sync_body(token), {"depth": "0"})
            found = self._multistatus(answer, 207, *((403, 409, 410, 412) if token else ()))
            if answer.status != 207:
                if answer.status == 403 and found.conditions and "valid-sync-token" not in found.conditions:
                    raise DirectoryError("directory_forbidden", name=self._name)
                listed, token, whole = {}, "", True
                continue
            more = False
            for entry in found.entries:
                path = self._client.path_of(entry.href)
                if path.rstrip("/") == self._client.path.rstrip("/"):
                    more = more or entry.status == _TOO_MANY
                elif self._client.owns(path) and not path.endswith("/") and len(path) <= MAX_ID:
                    listed[path] = None if entry.status == 404 else entry.etag
            if not found.token or (more and found.token == token) or len(listed) > MAX_ENTRIES:
                raise DirectoryError("directory_broken", name=self._name, detail="sync-token")
            token = found.token
            if not more:
                return listed, token, whole
            told(0, 0)
        raise DirectoryError("directory_broken", name=self._name, detail="sync-collection")

    def _fetch(self, hrefs: list[str]) -> Iterator[tuple[str, FeedEntry | None]]:
        """Every card of `hrefs`, None for one that is gone meanwhile."""
        answer = self._ask("REPORT", self._client.path, multiget_body(hrefs), {"depth": "0"})
        missing = dict.fromkeys(hrefs)
        for entry in self._multistatus(answer, 207).entries:
            href = self._client.path_of(entry.href)
            if href not in missing or not (entry.card or entry.status == 404):
                continue
            del missing[href]
            yield href, None if entry.status == 404 else _entry(href, entry.etag, entry.card)
        for href in missing:
            single = self._ask("GET", href)
            if single.status in {404, 410}:
                yield href, None
                continue
            self._require(single, 200)
            yield href, _entry(href, single.headers.get("etag", ""), single.body.decode("utf-8", "surrogateescape"))

    def _multistatus(self, answer: Answer, *accepted: int) -> MultiStatus:
        self._require(answer, *accepted)
        try:
            return read_multistatus(answer.body)
        except BrokenXmlError as fault:
            if answer.status != 207:  # a refusal need not say why in XML
                return MultiStatus()
            raise DirectoryError("directory_broken", name=self._name, detail=plain_text(f"XML: {fault}", 80)) from fault

    def _ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        try:
            return self._client.request(method, path, body, headers)
        except CrmError as fault:
            detail = str(fault.params.get("detail", ""))
            if fault.code == "crm_slow":
                raise DirectoryError("directory_slow", name=self._name) from fault
            if fault.code == "crm_unreachable":
                raise DirectoryError("directory_unreachable", name=self._name, detail=detail) from fault
            raise DirectoryError("directory_broken", name=self._name, detail=detail) from fault

    def _require(self, answer: Answer, *accepted: int) -> None:
        status = answer.status
        if status in accepted:
            return
        if status == 401:
            raise DirectoryError("directory_password", name=self._name)
        if status == 403:
            raise DirectoryError("directory_forbidden", name=self._name)
        if status in {404, 410}:
            raise DirectoryError("directory_not_found", name=self._name)
        if status in {429, 503}:
            pause_s = retry_after_s(answer.headers.get("retry-after", ""), 0.0) or DEFAULT_PAUSE_S
            raise DirectoryError("directory_busy", name=self._name, retry_after_s=pause_s)
        raise DirectoryError("directory_broken", name=self._name, detail=f"HTTP {status}")


def _entry(href: str, etag: str, card: str) -> FeedEntry:
    rows = read_vcards(LineSource(io.StringIO(card)))
    return FeedEntry(href, etag, next(rows, None) or skipped(1, SkipReason.BROKEN_ROW, card))
