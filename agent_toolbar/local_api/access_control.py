"""Who may speak to the local API: the Host header, tokens, and how much in how short a time. Pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable

from agent_toolbar.domain.page_origin import LOOPBACK_HOSTS

TOKEN_BYTES = 32


def is_our_host(header: str, port: int) -> bool:
    """The Host header (RFC 9110 section 7.2) names this computer and our port.

    Another name that leads to 127.0.0.1 was set up by somebody else (DNS rebinding).
    """
    host, colon, given = header.lower().rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    bracketed = host.startswith("[")
    return bool(colon) and given == str(port) and bare in LOOPBACK_HOSTS and bracketed == (bare == "::1")


def new_token() -> str:
    """43 characters that nobody can guess; for one browser at one origin."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What is kept of a token: SHA-256 as hexadecimal. A token is random, so that this needs neither salt nor time."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_known(token: str, digests: Iterable[str]) -> bool:
    """Compares with each in a time that tells nothing."""
    digest = token_digest(token)
    found = False
    for known in digests:
        found |= hmac.compare_digest(digest, known)
    return found


class TokenBucket:
    """So many messages at once, and so many in a second after that."""

    def __init__(self, now_s: Callable[[], float], *, burst: int, per_s: float) -> None:
        self._now_s = now_s
        self._burst = float(burst)
        self._per_s = per_s
        self._left = float(burst)
        self._at_s = now_s()

    def take(self, cost: float = 1.0) -> bool:
        """False when there were too many."""
        now_s = self._now_s()
        passed_s = max(0.0, now_s - self._at_s)  # a clock may be set back
        self._left = min(self._burst, self._left + passed_s * self._per_s)
        self._at_s = now_s
        if self._left < cost:
            return False
        self._left -= cost
        return True
