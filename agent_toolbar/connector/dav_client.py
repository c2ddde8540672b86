"""WebDAV requests to one collection of one server (RFC 4918), within the bounds of every connector. One thread."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from agent_toolbar.connector.exchange import answer_to, header_text, network_faults, origin_of
from agent_toolbar.connector.http_answers import Answer
from agent_toolbar.connector.network import BoundedTransport, Deadline
from agent_toolbar.domain.errors import CrmError

REQUEST_BUDGET_S = 60.0
MAX_ANSWER_BYTES = 32 * 1024 * 1024


class DavClient:
    """Signed in with a password (RFC 7617); no redirect is followed, so the password goes to this host only.

    Attributes:
        path: of the collection, ends with "/".
    """

    def __init__(
        self,
        collection: str,
        user: str,
        password: str,
        *,
        budget_s: float = REQUEST_BUDGET_S,
        most_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        """`collection`: https, or http on this computer. `budget_s`: of each request. Raises ValueError."""
        origin = origin_of(collection)
        parts = urlsplit(collection)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self.path = parts.path.rstrip("/") + "/"
        self._authorization = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._budget_s = budget_s
        self._most_bytes = most_bytes
        self._deadline = Deadline()
        self._client = httpx.Client(
            transport=BoundedTransport(origin, self._deadline), trust_env=False, follow_redirects=False, timeout=None
        )

    def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Raises CrmError: crm_slow, crm_unreachable, crm_broken_answer; every status is an answer.

        `path` is one of this collection, as the server wrote it.
        """
        if not self.owns(path):
            raise CrmError("crm_broken_answer", detail="URL")
        sent = {
            "user-agent": "agent-toolbar",
            "accept-encoding": "identity",
            "authorization": f"Basic {self._authorization}",
            "content-type": "application/xml; charset=utf-8",
            **{name.lower(): header_text(value) for name, value in (headers or {}).items()},
        }
        self._deadline.set_s(self._budget_s)
        self._client.cookies.clear()
        with network_faults():
            request = httpx.Request(
                method,
                httpx.URL(self._origin + path),
                headers=[(name.encode(), value.encode()) for name, value in sent.items()],
                content=body,
            )
            return answer_to(self._client, request, self._most_bytes)

    def owns(self, path: str) -> bool:
        """`path` lies in the collection, whatever dots are in it."""
        return path.startswith(self.path) and not {".", ".."} & set(path.lower().replace("%2e", ".").split("/"))

    def path_of(self, href: str) -> str:
        """The path of a DAV:href, which may be a whole URL (RFC 4918 section 8.3); "" for another host's."""
        if href.startswith("/") and not href.startswith("//"):
            return href
        return href[len(self._origin) :] if href.startswith(self._origin + "/") else ""

    def close(self) -> None:
        self._client.close()
