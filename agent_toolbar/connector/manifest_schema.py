"""A manifest as it is written: tables and keys, unknown ones refused. Texts are templates (see template.py)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Encoding = Literal["json", "form"]
Status = int

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
            signs in with user and secret and gives a session token, which is fetched anew once after a 401.
        header, value: of "header" and "token".
        basic: the request for the token is signed with user and secret (RFC 7617).
        save: paths into its answer; `token` must be among them, the others are read as `{{session.NAME}}`.
    """

    kind: Literal["none", "bearer", "basic", "header", "token"] = "none"
    header: str = "Authorization"
    value: str = ""
    request: Request | None = None
    basic: bool = False
    save: dict[str, str] = {}


class WrittenManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; operations are read one by one, so that a fault can name the one it lies in."""

    schema: int
    name: str
    base_url: str = "{{s.url}}"
    timeout: float = 5.0
    headers: dict[str, str] = {}
    settings: dict[str, Any] = {}
    auth: Auth = Auth()
    limit: RateLimit | None = None
    allowed_pages: tuple[str, ...] = ()
    error: str = ""
    op: dict[str, Any] = {}
