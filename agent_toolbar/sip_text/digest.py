"""HTTP digest authentication as SIP uses it (RFC 2617, RFC 8760, RFC 3261 section 22). Pure but for nonces."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict

_MAX_NONCES = 64
_HASHES = {"MD5": "md5", "SHA-256": "sha256"}  # RFC 8760 section 2.1; -sess and SHA-512-256 are not met with


def digest_response(
    username: str,
    realm: str,
    password: str,
    *,
    method: str,
    uri: str,
    nonce: str,
    qop: str = "",
    nc: str = "",
    cnonce: str = "",
    algorithm: str = "MD5",
) -> str:
    """The "response" of RFC 2617 section 3.2.2.1 in hexadecimal; without qop as in RFC 2069.

    `algorithm`: "MD5" or "SHA-256" (RFC 8760).
    """
    secret = _digest(algorithm, f"{username}:{realm}:{password}")
    asked = _digest(algorithm, f"{method}:{uri}")
    middle = f"{nonce}:{nc}:{cnonce}:{qop}" if qop else nonce
    return _digest(algorithm, f"{secret}:{middle}:{asked}")


def credentials(challenges: list[str], username: str, password: str, *, method: str, uri: str) -> str:
    """Answers the first challenge that can be answered (the server's favourite, RFC 8760 section 2.4).

    The value of Authorization or Proxy-Authorization; "" when none of them is of a kind that we can do.
    """
    for challenge in challenges:
        asked = digest_parameters(challenge)
        algorithm = asked.get("algorithm", "MD5").upper()
        qops = {word.strip() for word in asked.get("qop", "").split(",") if word.strip()}
        if algorithm not in _HASHES or "nonce" not in asked or (qops and "auth" not in qops):
            continue
        realm, nonce = asked.get("realm", ""), asked["nonce"]
        qop, nc, cnonce = ("auth", "00000001", secrets.token_hex(8)) if qops else ("", "", "")
        response = digest_response(
            username,
            realm,
            password,
            method=method,
            uri=uri,
            nonce=nonce,
            qop=qop,
            nc=nc,
            cnonce=cnonce,
            algorithm=algorithm,
        )
        parts = [
            f'username="{username}"',
            f'realm="{realm}"',
            f'nonce="{nonce}"',
            f'uri="{uri}"',
            f'response="{response}"',
            f"algorithm={algorithm}",
        ]
        if qop:
            parts += [f"qop={qop}", f"nc={nc}", f'cnonce="{cnonce}"']
        if "opaque" in asked:
            parts.append(f'opaque="{asked["opaque"]}"')
        return "Digest " + ", ".join(parts)
    return ""


def digest_parameters(value: str) -> dict[str, str]:
    """Reads a challenge or credentials: `Digest realm="x", nonce=y`. Another scheme gives an empty dict."""
    scheme, _, rest = value.strip().partition(" ")
    if scheme.lower() != "digest":
        return {}
    found = re.findall(r'([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', rest)
    return {name.lower(): quoted or plain for name, quoted, plain in found}


class DigestGate:
    """Challenges and checks one user. A nonce is good for as long as it is among the newest that were given out."""

    def __init__(self, realm: str, username: str, password: str) -> None:
        self._realm = realm
        self._username = username
        self._password = password
        self._nonces: OrderedDict[str, None] = OrderedDict()

    def challenge(self, *, stale: bool = False) -> str:
        """The value of a new WWW-Authenticate."""
        nonce = secrets.token_hex(16)
        self._nonces[nonce] = None
        while len(self._nonces) > _MAX_NONCES:
            self._nonces.popitem(last=False)
        hint = ", stale=true" if stale else ""
        return f'Digest realm="{self._realm}", nonce="{nonce}", algorithm=MD5, qop="auth"{hint}'

    def is_stale(self, authorization: str) -> bool:
        """The nonce is not one of ours (any more); the password may well be right."""
        return digest_parameters(authorization).get("nonce", "") not in self._nonces

    def admits(self, authorization: str, method: str) -> bool:
        """The credentials prove the password for this method."""
        given = digest_parameters(authorization)
        if self.is_stale(authorization) or given.get("username") != self._username:
            return False
        expected = digest_response(
            self._username,
            self._realm,
            self._password,
            method=method,
            uri=given.get("uri", ""),
            nonce=given["nonce"],
            qop=given.get("qop", ""),
            nc=given.get("nc", ""),
            cnonce=given.get("cnonce", ""),
        )
        return hmac.compare_digest(expected.encode(), given.get("response", "").lower().encode())


def _digest(algorithm: str, text: str) -> str:
    return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()
