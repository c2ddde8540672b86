"""Sends one planned request and brings back its answer, within the bounds that hold for every connector. One thread."""

from __future__ import annotations

import logging
import re
import ssl
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import httpcore
import httpx

from agent_toolbar.connector.filters import text_of, to_json
from agent_toolbar.connector.http_answers import Answer
from agent_toolbar.connector.manifest import PlannedRequest
from agent_toolbar.connector.network import BoundedTransport, Deadline, is_loopback
from agent_toolbar.connector.template import Scope, Template, render_tree
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

MAX_ANSWER_BYTES = 1024 * 1024
MAX_ADDRESS = 16_000
_CUT_OFF = ("disconnected", "peer closed")  # as httpcore and h11 say it
_OWN_HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "agent-toolbar"}

for _name in ("httpx", "httpcore"):  # they write addresses, and with them callers' numbers, and keys into the log
    logging.getLogger(_name).setLevel(logging.WARNING)


class Exchange:
    """Speaks to one server only; redirects are answers like any other, and cookies are forgotten."""

    def __init__(self, base_url: str, headers: Mapping[str, Template], deadline: Deadline) -> None:
        """`base_url`: https, or http on this computer. `headers`: of every request.

        Raises ValueError for what is no such address.
        """
        self._base = base_url.rstrip("/")
        origin = origin_of(self._base)
        self._headers = headers
        self._deadline = deadline
        self._client = httpx.Client(
            transport=BoundedTransport(origin, deadline),
            trust_env=False,
            follow_redirects=False,
            timeout=None,
        )

    def send(self, planned: PlannedRequest, scope: Scope, headers: Mapping[str, str]) -> Answer:
        """Raises MissingValueError, or CrmError: crm_slow, crm_unreachable, crm_broken_answer.

        A crm_unreachable with `sent` 0 never reached the server.
        """
        self._client.cookies.clear()
        with network_faults():
            request = self._request(planned, scope, headers)
            return answer_to(self._client, request, MAX_ANSWER_BYTES)

    def close(self) -> None:
        self._client.close()

    def _request(self, planned: PlannedRequest, scope: Scope, signature: Mapping[str, str]) -> httpx.Request:
        address = self._base + planned.url.address(scope)
        if query := urlencode(list(_query(render_tree(planned.query, scope)))):
            address += ("&" if "?" in address else "?") + query
        if len(address) > MAX_ADDRESS:
            raise CrmError("crm_broken_answer", detail="URL")
        headers = dict(_OWN_HEADERS)
        for templates in (self._headers, planned.headers):
            headers.update({name.lower(): value.text(scope) for name, value in templates.items()})
        headers.update({name.lower(): value for name, value in signature.items()})
        content = None
        if planned.body is not None:
            content, kind = _content(render_tree(planned.body, scope), planned.encoding)
            headers["content-type"] = kind
        elif planned.method in {"POST", "PUT", "PATCH"}:
            content = b""
        return httpx.Request(
            planned.method,
            httpx.URL(address),
            headers=[(name.encode("ascii"), header_text(value).encode()) for name, value in headers.items()],
            content=content,
        )


@contextmanager
def network_faults() -> Iterator[None]:
    """What the network does to a request, as CrmError: crm_slow, crm_unreachable, crm_broken_answer."""
    try:
        yield
    except httpcore.TimeoutException as fault:
        raise CrmError("crm_slow") from fault
    except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol, httpx.InvalidURL) as fault:
        raise CrmError("crm_broken_answer", detail="URL") from fault
    except httpcore.RemoteProtocolError as fault:
        if any(told in str(fault) for told in _CUT_OFF):
            raise CrmError("crm_unreachable", detail=_reason(fault)) from fault
        raise CrmError("crm_broken_answer", detail="HTTP") from fault
    except httpcore.ConnectError as fault:
        raise CrmError("crm_unreachable", detail=_reason(fault), sent=0) from fault
    except (httpcore.NetworkError, httpcore.ProxyError, OSError) as fault:
        raise CrmError("crm_unreachable", detail=_reason(fault)) from fault


def answer_to(client: httpx.Client, request: httpx.Request, most_bytes: int) -> Answer:
    """Raises what httpcore raises, and CrmError("crm_broken_answer") for a body of more than `most_bytes`."""
    answer = client.send(request, stream=True)
    try:
        body = _bounded(answer, most_bytes)
    finally:
        answer.close()
    return Answer(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, body)


def header_text(value: str) -> str:
    """Without what would end the line or begin another (RFC 9110 section 5.5)."""
    return "".join(char for char in value if unicodedata.category(char) != "Cc").strip()


def host_of(address: str) -> str:
    """In lower case without brackets; "" where the address has none, or names a user."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    return "" if host is None or "@" in parts.netloc else host


def origin_of(base_url: str) -> httpx.URL:
    """Raises ValueError unless it is certain which host is meant."""
    try:
        origin = httpx.URL(base_url)
    except httpx.InvalidURL as fault:
        raise ValueError(base_url) from fault
    host = host_of(base_url)
    secure = origin.scheme == "https" or (origin.scheme == "http" and is_loopback(host))
    if not host or not secure or origin.host != host or origin.query or origin.fragment:
        raise ValueError(base_url)
    return origin


def _content(rendered: object, encoding: str) -> tuple[bytes, str]:
    if encoding == "form":
        return urlencode(list(_query(rendered))).encode(), "application/x-www-form-urlencoded"
    return to_json(rendered).encode(), "application/json"


def _query(rendered: object) -> Iterator[tuple[str, str]]:
    """A list stands for the same name several times; a table for JSON."""
    assert isinstance(rendered, dict)
    for name, value in rendered.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, text_of(one)


def _bounded(answer: httpx.Response, most_bytes: int) -> bytes:
    """The body as it was sent. An encoded one is refused: a few bytes of it can become gigabytes."""
    if answer.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise CrmError("crm_broken_answer", detail="Content-Encoding")
    body = bytearray()
    for part in answer.iter_raw():
        body += part
        if len(body) > most_bytes:
            raise CrmError("crm_broken_answer", detail=f"> {most_bytes} B")
    return bytes(body)


def _reason(fault: BaseException) -> str:
    """As short as can be; a certificate that is not trusted is named as such."""
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return plain_text(f"TLS: {cause.verify_message}", 120)
        cause = cause.__cause__ or cause.__context__
    told = re.sub(r"^\[[^\]]*\]\s*", "", str(fault))
    return plain_text(told or type(fault).__name__, 120)
