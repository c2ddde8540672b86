"""A manifest, read strictly and made ready to run. Pure but for the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.filters import UnknownFilterError
from agent_toolbar.connector.manifest_lines import line_of_key
from agent_toolbar.connector.manifest_schema import (
    SCHEMA,
    Auth,
    OAuth,
    Operation,
    RateLimit,
    Request,
    Step,
    TriedOn,
    WantedValue,
    WrittenManifest,
)
from agent_toolbar.connector.oauth_plan import HOST_PATTERN, NEVER_SAVED, PlannedOAuth
from agent_toolbar.connector.template import Template, TreeError, parse_tree, places_of
from agent_toolbar.domain.errors import ManifestError
from agent_toolbar.paths import resource_path

MAX_FILE_BYTES = 256 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_AT_LINE = re.compile(r"at line (\d+)")
_UNKNOWN = re.compile(r"unknown field `(?P<name>.*?)`(?: - at `\$\.?(?P<path>.*?)`)?$")
_WRONG = re.compile(r"(?P<reason>.*?)(?: - at `\$\.?(?P<path>.*?)`)?$", re.DOTALL)
_SECRET = "secret"
_Part = TypeVar("_Part")
Kind = Literal["crm", "availability"]


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """A request with its templates read. key: where it stands in the manifest."""

    method: str
    url: Template
    query: Mapping[str, object]
    headers: Mapping[str, Template]
    body: object
    encoding: str
    key: str


@dataclass(frozen=True, slots=True)
class PlannedStep:
    request: PlannedRequest
    empty_on: frozenset[int]
    save: Mapping[str, DataPath]


@dataclass(frozen=True, slots=True)
class PlannedVariant:
    """rows: where the rows lie. map: what each becomes, None where one empty row is enough."""

    request: PlannedRequest
    rows: DataPath
    map: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    name: str
    variants: tuple[PlannedVariant, ...]
    steps: tuple[PlannedStep, ...]
    empty_on: frozenset[int]
    verifies: bool
    idempotency: Template | None

    def mentions(self, root: str) -> bool:
        """Whether a request of it has a place `{{root...}}`: whether that input makes a difference."""
        requests = [*(step.request for step in self.steps), *(variant.request for variant in self.variants)]
        parts = [part for one in requests for part in (one.url, dict(one.query), dict(one.headers), one.body)]
        return any(place.path.root == root for part in parts for place in places_of(part))


@dataclass(frozen=True, slots=True)
class PlannedAuth:
    """See manifest_schema.Auth."""

    kind: str
    header: str
    value: Template
    request: PlannedRequest | None
    basic: bool
    save: Mapping[str, DataPath]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a connector can do and how. wanted: values that the settings must give. tried_on, address: as written."""

    file: Path
    text: str
    name: str
    base_url: Template
    timeout_s: float
    headers: Mapping[str, Template]
    wanted: Mapping[str, WantedValue]
    auth: PlannedAuth
    oauth: PlannedOAuth | None
    limit: RateLimit | None
    allowed_pages: tuple[Template, ...]
    error: DataPath | None
    operations: Mapping[str, PlannedOperation]
    tried_on: TriedOn = ""
    address: str = ""

    def blame(self, code: str, key: str, **params: str | int) -> ManifestError:
        """An error about `key` of this manifest."""
        return ManifestError(code, file=self.file.name, line=line_of_key(self.text, key), key=key, **params)


def shipped_manifest(kind: Kind, name: str) -> Path:
    """The file of a manifest that comes with the toolbar; it need not exist."""
    return resource_path("connectors", kind, f"{name}.toml")


def load_manifest(file: Path) -> Manifest:
    """Raises ManifestError with `file`, `line` (0 where it cannot be told) and `key`.

    Codes: manifest_broken (`reason`: no file, not TOML), manifest_unknown_key, manifest_wrong_value (`expected`),
    manifest_unknown_filter (`filter`), manifest_too_new (`found`).
    """
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ManifestError("manifest_broken", file=file.name, line=0, key="", reason=f"> {MAX_FILE_BYTES} B")
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror or type(fault).__name__ if isinstance(fault, OSError) else "UTF-8"
        raise ManifestError("manifest_broken", file=file.name, line=0, key="", reason=reason) from fault
    return parse_manifest(text, file)


def parse_manifest(text: str, file: Path) -> Manifest:
    """As `load_manifest`, of a text that was read from `file`."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        found = _AT_LINE.search(str(fault))
        line = int(found[1]) if found else 0
        raise ManifestError("manifest_broken", file=file.name, line=line, key="", reason=str(fault)) from fault
    return _Reading(text, file).manifest(raw)


class _Reading:
    """One file being read; it knows how to blame a key of it."""

    def __init__(self, text: str, file: Path) -> None:
        self._text = text
        self._file = file

    def manifest(self, raw: dict[str, Any]) -> Manifest:
        schema = raw.get("schema")
        if isinstance(schema, int) and schema != SCHEMA:
            raise self._blame("manifest_too_new", "schema", found=str(schema))
        written = self._read(raw, WrittenManifest, "")
        operations = {
            name: self._operation(name, self._read(table, Operation, f"op.{name}"))
            for name, table in self._tables(written.op, "op")
        }
        self._require(0.1 <= written.timeout <= 60, "timeout", "0.1-60")
        if written.limit is not None:
            self._require(written.limit.requests >= 1, "limit.requests", ">= 1")
            self._require(0 < written.limit.per_s <= 86_400, "limit.per_s", "0-86400")
            self._require(0 < written.limit.pause_s <= 86_400, "limit.pause_s", "1-86400")
        base_url = self._template(written.base_url, "base_url")
        oauth = self._oauth(written.oauth) if written.oauth is not None else None
        self._require((oauth is not None) == (written.auth.kind == "oauth"), "auth.kind", "[oauth] with kind = oauth")
        for place in base_url.places:
            if place.path.root == "token":
                named = place.path.steps[1:] if oauth is not None else ()
                self._require(
                    len(named) == 1 and oauth is not None and named[0] in oauth.save, "base_url", "oauth.save"
                )
                self._require(oauth is not None and bool(oauth.hosts), "oauth.hosts", "*.example.com")
        return Manifest(
            file=self._file,
            text=self._text,
            name=written.name,
            base_url=base_url,
            timeout_s=written.timeout,
            headers=self._headers(written.headers, "headers"),
            wanted={
                name: self._read(table, WantedValue, f"settings.{name}")
                for name, table in self._tables(written.settings, "settings")
            },
            auth=self._auth(written.auth),
            oauth=oauth,
            limit=written.limit,
            allowed_pages=tuple(
                self._template(page, f"allowed_pages.{number}") for number, page in enumerate(written.allowed_pages)
            ),
            error=self._path(written.error, "error") if written.error else None,
            operations=operations,
            tried_on=written.tried_on,
            address=written.address,
        )

    # ------------------------------------------------------------------ parts

    def _tables(self, tables: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
        for name, table in tables.items():
            self._require(bool(_NAME.fullmatch(name)), f"{key}.{name}", "a-z 0-9 _")
            yield name, table

    def _operation(self, name: str, written: Operation) -> PlannedOperation:
        key = f"op.{name}"
        own_url = written.url or next((one.url for one in written.variants if one.url), "")
        self._require(bool(own_url), key, "url")
        own = Request(own_url, written.method, written.query, written.headers, written.body, written.encoding)
        variants = [self._variant(own, written.list, written.map, key)]
        if written.variants:
            variants = [
                self._variant(
                    Request(
                        one.url or own.url,
                        one.method or own.method,
                        own.query if one.query is None else one.query,
                        own.headers,
                        own.body if one.body is None else one.body,
                        own.encoding,
                    ),
                    written.list if one.list is None else one.list,
                    written.map if one.map is None else one.map,
                    f"{key}.variants.{number}",
                )
                for number, one in enumerate(written.variants)
            ]
        if written.verify:
            for variant in variants:
                self._require("number" in (variant.map or {}), f"{key}.map", "number")
        return PlannedOperation(
            name,
            tuple(variants),
            tuple(self._step(step, f"{key}.steps.{number}") for number, step in enumerate(written.steps)),
            frozenset(written.empty_on),
            bool(written.verify),
            self._template(written.idempotency, f"{key}.idempotency") if written.idempotency else None,
        )

    def _variant(self, request: Request, rows: str, mapped: dict[str, Any], key: str) -> PlannedVariant:
        plan = self._tree(mapped, f"{key}.map") if mapped else None
        assert plan is None or isinstance(plan, dict)
        return PlannedVariant(self._request(request, key), self._path(rows, f"{key}.list"), plan)

    def _step(self, step: Step, key: str) -> PlannedStep:
        request = Request(step.url, step.method, step.query, step.headers, step.body, step.encoding)
        return PlannedStep(self._request(request, key), frozenset(step.empty_on), self._saved(step.save, key))

    def _auth(self, auth: Auth) -> PlannedAuth:
        is_token = auth.kind == "token"
        self._require(is_token == (auth.request is not None), "auth.request", "kind = token")
        self._require(is_token == ("token" in auth.save), "auth.save", "token")
        default = {"header": "{{secret.key}}", "bearer": "Bearer {{secret.key}}", "token": "Bearer {{secret.token}}"}
        default["oauth"] = default["token"]
        return PlannedAuth(
            auth.kind,
            auth.header,
            self._template(auth.value or default.get(auth.kind, ""), "auth.value", secret=True),
            self._request(auth.request, "auth.request", secret=True) if auth.request is not None else None,
            auth.basic,
            self._saved(auth.save, "auth"),
        )

    def _oauth(self, written: OAuth) -> PlannedOAuth:
        key = "oauth"
        for port in written.redirect_ports:
            self._require(1024 <= port <= 65_535, f"{key}.redirect_ports", "1024-65535")
        self._require(written.redirect_path.startswith("/"), f"{key}.redirect_path", "/...")
        for host in written.hosts:
            self._require(bool(HOST_PATTERN.fullmatch(host)), f"{key}.hosts", "*.example.com")
        for path in written.save.values():
            self._require(path not in NEVER_SAVED, f"{key}.save", "no tokens")
        return PlannedOAuth(
            self._sign_in_url(written.authorize_url, f"{key}.authorize_url"),
            self._sign_in_url(written.token_url, f"{key}.token_url"),
            self._template(written.client_id, f"{key}.client_id"),
            tuple(self._template(scope, f"{key}.scopes") for scope in written.scopes),
            written.client_secret,
            written.redirect_host,
            written.redirect_path,
            written.redirect_ports,
            {name: self._template(value, f"{key}.params.{name}") for name, value in written.params.items()},
            self._saved(written.save, key),
            written.hosts,
            written.rotate,
        )

    def _sign_in_url(self, written: str, key: str) -> Template:
        """https for certain, or what the settings say, which is looked at when it is used."""
        url = self._template(written, key)
        own = bool(url.parts) and not isinstance(url.parts[0], str)
        self._require(written.startswith("https://") or own, key, "https://...")
        self._require(all(place.path.root == "s" for place in url.places), key, "{{s.NAME}}")
        return url

    def _request(self, request: Request, key: str, *, secret: bool = False) -> PlannedRequest:
        """Secrets go into headers and bodies; an address is written into logs on its way."""
        self._require(request.url.startswith("/"), f"{key}.url", "/...")
        query = self._tree(request.query, f"{key}.query")
        assert isinstance(query, dict)
        body = self._tree(request.body, f"{key}.body", secret=secret)
        if request.encoding == "form":
            self._require(isinstance(request.body, dict), f"{key}.body", "table")
        return PlannedRequest(
            request.method,
            self._template(request.url, f"{key}.url"),
            query,
            self._headers(request.headers, f"{key}.headers"),
            body,
            request.encoding,
            key,
        )

    def _headers(self, written: dict[str, str], key: str) -> dict[str, Template]:
        for name in written:
            self._require(bool(re.fullmatch(r"[A-Za-z0-9-]+", name)), f"{key}.{name}", "A-Z a-z 0-9 -")
        return {name: self._template(value, f"{key}.{name}", secret=True) for name, value in written.items()}

    def _saved(self, written: dict[str, str], key: str) -> dict[str, DataPath]:
        return {name: self._path(path, f"{key}.save.{name}") for name, path in written.items()}

    # ------------------------------------------------------------------ texts

    def _template(self, written: str, key: str, *, secret: bool = False) -> Template:
        template = self._tree(written, key, secret=secret)
        assert isinstance(template, Template)
        return template

    def _tree(self, written: object, key: str, *, secret: bool = False) -> object:
        try:
            tree = parse_tree(written, key)
        except TreeError as error:
            if isinstance(error.fault, UnknownFilterError):
                raise self._blame("manifest_unknown_filter", error.key, filter=str(error.fault)) from error
            raise self._blame("manifest_wrong_value", error.key, expected="{{path|filter}}") from error
        if not secret and any(place.path.root == _SECRET for place in places_of(tree)):
            raise self._blame("manifest_wrong_value", key, expected="{{secret}} only in headers and in auth")
        return tree

    def _path(self, written: str, key: str) -> DataPath:
        try:
            return DataPath.parse(written)
        except ValueError as fault:
            raise self._blame("manifest_wrong_value", key, expected="a.b[0].c[*].d[k=v]") from fault

    # ------------------------------------------------------------------ faults

    def _read(self, raw: object, kind: type[_Part], key: str) -> _Part:
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as fault:
            raise self._from_words(str(fault), key) from fault

    def _from_words(self, message: str, key: str) -> ManifestError:
        """msgspec says what is wrong in words only, and calls keys of free tables `[...]`."""
        if unknown := _UNKNOWN.search(message):
            return self._blame("manifest_unknown_key", _joined(key, unknown["path"], unknown["name"]))
        wrong = _WRONG.match(message)
        assert wrong is not None, "the pattern matches any text"
        missing = re.search(r"missing required field `(.*?)`", wrong["reason"])
        named = missing[1] if missing and not (wrong["path"] or key) else ""
        return self._blame("manifest_wrong_value", _joined(key, wrong["path"], named), expected=wrong["reason"])

    def _require(self, kept: bool, key: str, expected: str) -> None:
        if not kept:
            raise self._blame("manifest_wrong_value", key, expected=expected)

    def _blame(self, code: str, key: str, **params: str | int) -> ManifestError:
        return ManifestError(code, file=self._file.name, line=line_of_key(self._text, key), key=key, **params)


def _joined(*parts: str | None) -> str:
    """One dotted key; msgspec's `variants[0]` becomes `variants.0`."""
    path = ".".join(part for part in parts if part)
    return re.sub(r"\[(\d+)\]", r".\1", path.replace("[...]", "")).strip(".")
