"""A manifest as it is written: tables and keys, unknown ones refused. Texts are templates (see template.py)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from agent_toolbar.connector.oauth_plan import ClientSecret, RedirectHost

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Encoding = Literal["json", "form"]
Status = int
TriedOn = Literal["", "product", "shapes"]

SCHEMA = 1


class WantedValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that the settings must give, `{{s.NAME}}`. en, fr: what people read; needed: nothing works without it."""

    en: str
    fr: str = ""
    needed: bool = True
    default: str = ""


class RateLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most `requests` within `per_s` seconds; pause_s: how long to wait where a 429 does not say."""

    requests: int
    per_s: float = 1.0
    pause_s: int = 30


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One request.

    Attributes:
        url: begins with "/", below the base address. query: texts, lists of them, or {"$pipe" = filters, "$v" = value}.
        body: sent as JSON or as a form.
    """

    url: str
    method: Method = "GET"
    query: dict[str, Any] = {}
    headers: dict[str, str] = {}
    body: Any = None
    encoding: Encoding = "json"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request before the operation's own. save: paths into the answer, read later as `{{save.NAME}}`.

    Where one of them is missing, the operation ends with no rows.
    """

    url: str
    method: Method = "GET"
    query: dict[str, Any] = {}
    headers: dict[str, str] = {}
    body: Any = None
    encoding: Encoding = "json"
    empty_on: tuple[Status, ...] = ()
    save: dict[str, str] = {}


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs from the operation; tried in order until one gives a row."""

    url: str | None = None
    method: Method | None = None
    query: dict[str, Any] | None = None
    body: Any = None
    list: str | None = None
    map: dict[str, Any] | None = None


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the connector can do.

    Attributes:
        list: path of the list of rows in the answer, "" where the answer is the list or the only row.
        empty_on: statuses that mean "no rows".
        verify: "number" keeps only rows whose `number` is the number asked for.
        map: what a row becomes; `it` is the row, `answer` the whole answer, `header` its headers in lower case.
        idempotency: sent as Idempotency-Key; what was done under a key is not done again.
    """

    url: str = ""
    method: Method = "GET"
    query: dict[str, Any] = {}
    headers: dict[str, str] = {}
    body: Any = None
    encoding: Encoding = "json"
    variants: tuple[Variant, ...] = ()
    list: str = ""
    empty_on: tuple[Status, ...] = ()
    verify: Literal["", "number"] = ""
    map: dict[str, Any] = {}
    steps: tuple[Step, ...] = ()
    idempotency: str = ""


class Auth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How requests are signed.

    Attributes:
        kind: "bearer" (RFC 6750), "basic" (RFC 7617) with {{s.user}}, "header" of one's own, or "token": `request`
            signs in with user and secret and gives a session token, which is fetched anew once after a 401; "oauth" has
            the access token of [oauth] as {{secret.token}}.
        header, value: of "header", "token" and "oauth".
        basic: the request for the token is signed with user and secret (RFC 7617).
        save: paths into its answer; `token` must be among them, the others are read as `{{session.NAME}}`.
    """

    kind: Literal["none", "bearer", "basic", "header", "token", "oauth"] = "none"
    header: str = "Authorization"
    value: str = ""
    request: Request | None = None
    basic: bool = False
    save: dict[str, str] = {}


class OAuth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Signing in with the browser: authorization code with PKCE (RFC 6749, 7636) and a loopback redirect (RFC 8252).

    Attributes:
        authorize_url, token_url: https; they may be on other hosts than the base address.
        client_secret: how a client that must have one shows it; it is then the key that is typed in.
        redirect_host, redirect_path, redirect_ports: as registered at the server; no ports: any free one.
        params: more of the question, such as prompt.
        save: paths into the answer with the token, read as `{{token.NAME}}`, where the base address comes from it.
        hosts: `*.example.com` or whole names: what a base address from there may be on, beside the host of {{s.url}}.
        rotate: a refresh token works once; an answer without the next one is a fault.
    """

    authorize_url: str
    token_url: str
    client_id: str
    scopes: tuple[str, ...] = ()
    client_secret: ClientSecret = "none"
    redirect_host: RedirectHost = "127.0.0.1"
    redirect_path: str = "/callback"
    redirect_ports: tuple[int, ...] = ()
    params: dict[str, str] = {}
    save: dict[str, str] = {}
    hosts: tuple[str, ...] = ()
    rotate: bool = False


class WrittenManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; operations are read one by one, so that a fault can name the one it lies in.

    tried_on: the product itself, or only shapes recorded from its documentation. address: what {{s.url}} looks like.
    """

    schema: int
    name: str
    tried_on: TriedOn = ""
    address: str = ""
    base_url: str = "{{s.url}}"
    timeout: float = 5.0
    headers: dict[str, str] = {}
    settings: dict[str, Any] = {}
    auth: Auth = Auth()
    oauth: OAuth | None = None
    limit: RateLimit | None = None
    allowed_pages: tuple[str, ...] = ()
    error: str = ""
    op: dict[str, Any] = {}
