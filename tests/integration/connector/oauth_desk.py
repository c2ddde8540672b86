"""A manifest of the OAuth server of the tests, and sign-ins at it."""

from __future__ import annotations

from pathlib import Path

from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.connector.manifest import Manifest, parse_manifest
from agent_toolbar.connector.oauth import Keep, SharedGrant
from agent_toolbar.connector.oauth_grant import Grant
from agent_toolbar.connector.token_endpoint import TokenEndpoint
from tests.fakes.oauth_server import CLIENT, OAuthServer

MANIFEST = """\
schema = 1
name = "Cloud"
base_url = "{{s.url}}/api"
timeout = 30

[auth]
kind = "oauth"

[oauth]
authorize_url = "{{s.url}}/authorize"
token_url = "{{s.url}}/token"
client_id = "{{s.client_id}}"
scopes = ["api", "offline_access"]
rotate = true

[settings.client_id]
en = "Client"

[op.whoami]
url = "/me"
map = { id = "{{it.id}}", name = "{{it.name}}" }

[op.find]
url = "/contacts"
map = { id = "{{it.id}}" }
"""


def manifest_of(text: str = MANIFEST) -> Manifest:
    return parse_manifest(text, Path("cloud.toml"))


def base_of(server: OAuthServer) -> dict[str, str]:
    return {"url": server.url, "user": "ann", "client_id": CLIENT}


def endpoint_of(server: OAuthServer, text: str = MANIFEST) -> TokenEndpoint:
    return TokenEndpoint(manifest_of(text), {"s": base_of(server)})


def shared_of(
    server: OAuthServer, grant: Grant, keep: Keep = lambda _: True, *, text: str = MANIFEST, **clock: object
) -> SharedGrant:
    return SharedGrant(grant, endpoint_of(server, text), keep, **clock)  # type: ignore[arg-type]


def client_of(server: OAuthServer, shared: SharedGrant, text: str = MANIFEST) -> ManifestClient:
    return ManifestClient(manifest_of(text), base=base_of(server), secret="", grant=shared)
