"""What signing in with the browser left: kept as one text in the keyring, next to nothing else. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

_KIND = "agent-toolbar-grant-1"


@dataclass(frozen=True, slots=True)
class Grant:
    """A sign-in as the keyring has it.

    Attributes:
        id: tells it from every other sign-in; no secret.
        refresh_token: gets access tokens. client_secret: "" for a public client. Neither is ever shown.
        saved: values of the answer that the manifest keeps, `{{token.NAME}}`.
    """

    id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    saved: Mapping[str, str] = field(default_factory=dict)

    def kept_as(self) -> str:
        """For the keyring only."""
        kept = _Kept(_KIND, self.id, self.refresh_token, self.client_secret, dict(self.saved))
        return msgspec.json.encode(kept).decode()

    def renewed(self, refresh_token: str, saved: Mapping[str, str]) -> Grant:
        """After a refresh; what its answer does not say stays."""
        return replace(self, refresh_token=refresh_token or self.refresh_token, saved={**self.saved, **saved})


class _Kept(msgspec.Struct):
    kind: str
    id: str
    refresh_token: str
    client_secret: str
    saved: dict[str, str]


def grant_of(secret: str) -> Grant | None:
    """None for what is no grant: nothing, or the secret of a client that somebody typed in."""
    try:
        kept = msgspec.json.decode(secret.encode(), type=_Kept)
    except (msgspec.DecodeError, UnicodeError):
        return None
    if kept.kind != _KIND or not kept.refresh_token:
        return None
    return Grant(kept.id, kept.refresh_token, kept.client_secret, kept.saved)
