"""The `[oauth]` table of a manifest, read: where a person signs in, and what of the answer is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.template import Template

ClientSecret = Literal["none", "body", "basic"]
RedirectHost = Literal["127.0.0.1", "localhost"]
HOST_PATTERN = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+")
NEVER_SAVED = frozenset({"access_token", "refresh_token", "id_token"})  # what is saved may be part of an address


@dataclass(frozen=True, slots=True)
class PlannedOAuth:
    """See manifest_schema.OAuth.

    Attributes:
        hosts: patterns of hosts that the base address may be on, where the answer with the token says it.
    """

    authorize_url: Template
    token_url: Template
    client_id: Template
    scopes: tuple[Template, ...]
    client_secret: ClientSecret
    redirect_host: RedirectHost
    redirect_path: str
    redirect_ports: tuple[int, ...]
    params: Mapping[str, Template]
    save: Mapping[str, DataPath]
    hosts: tuple[str, ...]
    rotate: bool


def host_fits(host: str, patterns: tuple[str, ...]) -> bool:
    """`*.example.com` fits every host below example.com, but not example.com itself."""
    return any(
        host.endswith(pattern[1:]) and host != pattern[2:] if pattern.startswith("*.") else host == pattern
        for pattern in patterns
    )
