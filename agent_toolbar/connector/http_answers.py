"""What an answer of a server means: its JSON within bounds, or a CrmError in plain, short words. Pure."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import msgspec

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

MAX_TEXT = 200
MAX_PAUSE_S = 86_400
DEFAULT_PAUSE_S = 30
MAX_WORDS_READ = 65_536
_TAG = re.compile(r"<[^<>]*>?")
_UNSEEN = re.compile(r"<(script|style|head)\b", re.IGNORECASE)
_TELLING = ("message", "error_description", "detail", "details", "title", "reason", "error", "errors", "description")
_MAX_DEPTH = 6
_PAGE = ("text/html", "application/xhtml")


@dataclass(frozen=True, slots=True)
class Answer:
    """status of HTTP; headers by lower-case name; body as it came, at most 1 MiB."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").lower().startswith(_PAGE)

    def data(self) -> object:
        """The decoded JSON, None for an empty body. Raises CrmError("crm_broken_answer")."""
        if not self.body.strip():
            return None
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and "json" not in kind and kind not in {"text/plain", "text/javascript", "application/octet-stream"}:
            raise CrmError("crm_broken_answer", detail=plain_text(kind, 60))
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as fault:
            raise CrmError("crm_broken_answer", detail="JSON") from fault


def require_accepted(answer: Answer, error: DataPath | None, now_s: Callable[[], float], pause_s: int) -> None:
    """Raises CrmError for every status that is no success. `error`: where the server's own words lie."""
    status = answer.status
    if 200 <= status < 300:
        if answer.is_page and answer.body.strip():
            raise CrmError("crm_broken_answer", detail="HTML")
        return
    if 300 <= status < 400:
        target = re.match(r"[a-z]+://[^/?#]*", answer.headers.get("location", ""), re.IGNORECASE)
        raise CrmError("crm_broken_answer", detail=plain_text(f"{status} {target[0] if target else ''}", 80))
    if status == 401:
        raise CrmError("crm_unauthorized")
    if status == 403:
        raise CrmError("crm_forbidden")
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        wait = retry_after_s(answer.headers.get("retry-after", ""), now_s())
        raise CrmError("crm_busy", retry_after_s=pause_s if wait is None else wait)
    words = own_words(answer, error)
    if status in {408, 504}:
        raise CrmError("crm_slow")
    if status >= 500:
        raise CrmError("crm_unreachable", detail=plain_text(f"{status} {words}", MAX_TEXT))
    raise CrmError("crm_refused", text=words or str(status))


def retry_after_s(written: str, now_s: float) -> int | None:
    """Seconds of a Retry-After (RFC 9110 section 10.2.3), 1 to 86400; None for what is none."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        wait = float(written[:9])
    else:
        try:
            at = parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now_s
    return max(1, min(MAX_PAUSE_S, math.ceil(wait)))


def own_words(answer: Answer, error: DataPath | None) -> str:
    """What the server says of a refusal, as plain text of bounded length; "" if it says nothing that can be read."""
    text = answer.body[:MAX_WORDS_READ].decode("utf-8", "replace")
    if not answer.is_page and len(answer.body) <= MAX_WORDS_READ:
        try:
            data = answer.data()
        except CrmError:
            pass
        else:
            told = error.read(data) if error is not None else None
            text = told if isinstance(told, str) else _telling(data, _MAX_DEPTH)
    return plain_text(html.unescape(_TAG.sub(" ", _seen(text))), MAX_TEXT)


def _seen(text: str) -> str:
    """Markup without the elements that a browser does not show. In linear time, whatever it is."""
    kept: list[str] = []
    at = 0
    while found := _UNSEEN.search(text, at):
        kept.append(text[at : found.start()])
        end = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE).search(text, found.end())
        if end is None:
            return " ".join(kept)
        at = end.end()
    return " ".join([*kept, text[at:]])


def _telling(data: object, depth: int) -> str:
    """The first text under a name that tells, from outside to inside."""
    if isinstance(data, str):
        return data
    if depth == 0:
        return ""
    if isinstance(data, list):
        return next((text for one in data[:20] if (text := _telling(one, depth - 1))), "")
    if isinstance(data, dict):
        for name in _TELLING:
            if name in data and (text := _telling(data[name], depth - 1)):
                return text
        others = [inner for name, inner in data.items() if name not in _TELLING]
        nested = [inner for inner in others[:20] if isinstance(inner, dict | list)]
        return next((text for inner in nested if (text := _telling(inner, depth - 1))), "")
    return ""
