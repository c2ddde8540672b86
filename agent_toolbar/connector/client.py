"""Does the operations of a manifest at one server, signed in as one person. Belongs to one thread, and waits there."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from agent_toolbar.connector.exchange import Exchange, host_of
from agent_toolbar.connector.http_answers import DEFAULT_PAUSE_S, Answer, require_accepted
from agent_toolbar.connector.manifest import Manifest, PlannedOperation, PlannedRequest, PlannedVariant
from agent_toolbar.connector.network import Deadline
from agent_toolbar.connector.oauth import SharedGrant
from agent_toolbar.connector.oauth_plan import host_fits
from agent_toolbar.connector.rate_limit import RateLimiter
from agent_toolbar.connector.rows import Row, Verify, mapped_row, raw_rows, verified
from agent_toolbar.connector.signature import Signature
from agent_toolbar.connector.template import MissingValueError, Scope, Template
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

MAX_REMEMBERED = 500
IDEMPOTENCY_HEADER = "Idempotency-Key"  # draft-ietf-httpapi-idempotency-key-header


class ManifestClient:
    """One sign-in.

    Attributes:
        operations: names of what it can do.
    """

    def __init__(
        self,
        manifest: Manifest,
        *,
        base: Mapping[str, str],
        secret: str,
        verify: Verify | None = None,
        grant: SharedGrant | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        now_s: Callable[[], float] = time.time,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`base`: "url", "user" and the values that the manifest asks for, read as `{{s.NAME}}`.

        `grant`: where the manifest signs in with OAuth; `secret` is not used then.
        `verify` judges a stored number by the inputs of the operation; a manifest that verifies needs it.
        `monotonic` and `now_s` give seconds, of a clock that only goes on and since the epoch; `wait` sleeps.
        Raises ManifestError: manifest_needs_value, manifest_wrong_value (an address that is not https; verify).
        Raises CrmError: crm_unauthorized without the `grant` it needs, crm_broken_answer for a base address elsewhere.
        """
        self._manifest = manifest
        self._verify = verify
        self._now_s = now_s
        self._wait = wait
        self.operations = frozenset(manifest.operations)
        verifying = next((one.name for one in manifest.operations.values() if one.verifies), "")
        if verify is None and verifying:
            raise manifest.blame("manifest_wrong_value", f"op.{verifying}.verify", expected='""')
        self._scope: dict[str, object] = {"s": settings_of(manifest, base)}
        if manifest.oauth is not None:
            if grant is None:
                raise CrmError("crm_unauthorized")
            self._scope["token"] = dict(grant.grant.saved)
            secret = ""
        address = self._address(manifest.base_url)
        if not address:
            raise manifest.blame("manifest_needs_value", "base_url")
        self._require_pinned(host_of(address), host_of(base.get("url", "")))
        self._page_hosts = frozenset(
            host_of(page) for page in (address, *map(self._address, manifest.allowed_pages)) if host_of(page)
        )
        self._deadline = Deadline(monotonic)
        try:
            self._exchange = Exchange(address, manifest.headers, self._deadline)
        except ValueError as fault:
            raise manifest.blame("manifest_wrong_value", "base_url", expected="https://...") from fault
        self._signature = Signature(
            manifest.auth,
            base.get("user", ""),
            secret,
            self._scope,
            grant=grant,
            patience_s=self._deadline.budget_left_s,
        )
        limit = manifest.limit
        self._pause_s = limit.pause_s if limit is not None else DEFAULT_PAUSE_S
        self._limiter = RateLimiter(
            limit.requests if limit is not None else 0, limit.per_s if limit is not None else 1.0, monotonic=monotonic
        )
        self._done: OrderedDict[tuple[str, str], list[Row]] = OrderedDict()

    def run(self, operation: str, inputs: Mapping[str, object], *, budget_s: float | None = None) -> list[Row]:
        """Rows as the manifest maps them; [{}] for an operation that maps nothing and was accepted.

        All of it takes `budget_s` seconds at most, else the manifest's `timeout`; looking up the server's name in the
        network may take longer. Raises CrmError with the codes of application.ports.crm.Crm.
        """
        planned = self._manifest.operations.get(operation)
        if planned is None:
            raise CrmError("crm_cannot", operation=operation)
        self._deadline.set_s(self._manifest.timeout_s if budget_s is None else budget_s)
        scope: dict[str, object] = {**inputs, **self._scope}
        key = planned.idempotency.text(scope) if planned.idempotency is not None else ""
        if key and (operation, key) in self._done:
            return self._done[operation, key]
        try:
            rows = self._rows(planned, scope, inputs, {IDEMPOTENCY_HEADER: key} if key else {})
        except MissingValueError as missing:
            raise CrmError("crm_cannot", operation=operation) from missing
        if key and rows:
            self._done[operation, key] = rows
            while len(self._done) > MAX_REMEMBERED:
                self._done.popitem(last=False)
        return rows

    def close(self) -> None:
        """Ends the connection; the token of a session is forgotten."""
        self._signature.forget()
        self._exchange.close()

    # ------------------------------------------------------------------ one operation

    def _rows(
        self,
        planned: PlannedOperation,
        scope: dict[str, object],
        inputs: Mapping[str, object],
        extra: Mapping[str, str],
    ) -> list[Row]:
        saved: dict[str, object] = {}
        scope = {**scope, "save": saved}
        for step in planned.steps:
            answer = self._signed(step.request, scope, step.empty_on, {})
            if answer is None:
                return []
            data = answer.data() if step.save else None
            found = {name: path.read(data) for name, path in step.save.items()}
            if any(value is None for value in found.values()):
                return []
            saved.update(found)
        for variant in planned.variants:
            answer = self._signed(variant.request, scope, planned.empty_on, extra)
            rows = self._read(variant, answer, scope) if answer is not None else []
            if planned.verifies:
                assert self._verify is not None
                judged = (verified(row, inputs, self._verify) for row in rows)
                rows = [row for row in judged if row is not None]
            if rows:
                return rows
        return []

    def _read(self, variant: PlannedVariant, answer: Answer, scope: Scope) -> list[Row]:
        if variant.map is None:
            return [{}]
        data = answer.data()
        shared = {**scope, **self._session(), "answer": data, "header": dict(answer.headers)}
        return [
            mapped_row(variant.map, {**shared, "it": row}, self._page_hosts) for row in raw_rows(data, variant.rows)
        ]

    def _signed(
        self, request: PlannedRequest, scope: Scope, empty_on: frozenset[int], extra: Mapping[str, str]
    ) -> Answer | None:
        """None for a status that means "no rows". A session that is over is begun anew, once."""
        renewable = self._signature.renewable
        try:
            return self._send_signed(request, scope, empty_on, extra)
        except CrmError as error:
            if error.code != "crm_unauthorized" or not renewable:
                raise
        self._signature.drop()
        return self._send_signed(request, scope, empty_on, extra)

    def _send_signed(
        self, request: PlannedRequest, scope: Scope, empty_on: frozenset[int], extra: Mapping[str, str]
    ) -> Answer | None:
        signature = self._signature.headers(self._accepted)
        answer = self._send(request, {**scope, **self._signature.scope}, {**extra, **signature})
        if answer.status in empty_on:
            return None
        self._require(answer)
        return answer

    def _accepted(self, planned: PlannedRequest, scope: Scope, headers: Mapping[str, str]) -> Answer:
        answer = self._send(planned, scope, headers)
        self._require(answer)
        return answer

    def _send(self, planned: PlannedRequest, scope: Scope, headers: Mapping[str, str]) -> Answer:
        wait_s = self._limiter.take(self._deadline.budget_left_s())
        if wait_s > 0:
            self._wait(wait_s)
        return self._exchange.send(planned, scope, headers)

    def _require(self, answer: Answer) -> None:
        try:
            require_accepted(answer, self._manifest.error, self._now_s, self._pause_s)
        except CrmError as error:
            if error.code == "crm_busy":
                self._limiter.pause(float(error.params["retry_after_s"]))
            raise

    # ------------------------------------------------------------------ scopes

    def _session(self) -> dict[str, object]:
        """What rows may show: never a secret."""
        return {"session": self._signature.scope["session"]}

    def _address(self, template: Template) -> str:
        """ "" where a value of it is missing."""
        try:
            return template.address(self._scope)
        except MissingValueError:
            return ""

    def _require_pinned(self, host: str, own: str) -> None:
        """A base address that the server named is on a host that the manifest or the settings name."""
        base = self._manifest.base_url
        oauth = self._manifest.oauth
        from_server = any(place.path.root == "token" for place in base.places)
        if from_server and (oauth is None or (host != own and not host_fits(host, oauth.hosts))):
            raise CrmError("crm_broken_answer", detail=plain_text(f"base_url {host}", 80))


def settings_of(manifest: Manifest, base: Mapping[str, str]) -> dict[str, str]:
    """What a manifest reads as `{{s.NAME}}`. Raises ManifestError("manifest_needs_value")."""
    settings = dict(base)
    for name, wanted in manifest.wanted.items():
        settings[name] = settings.get(name, "") or wanted.default
        if wanted.needed and not settings[name]:
            raise manifest.blame("manifest_needs_value", f"settings.{name}")
    if not settings.get("url"):
        raise manifest.blame("manifest_needs_value", "base_url")
    return settings
