"""A telephone system with an API per user, as a manifest describes it. Belongs to one worker thread, and waits there.

A manifest of this kind has the operations `login`, `logout`, `pause` and `unpause`, and `state`, whose first row says
`state` ("ready", "paused", "out"; anything else: no news) or `logged` and `paused`, and the `reason` of a pause.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent_toolbar.application.ports.availability import Abilities, OrderVerb
from agent_toolbar.application.ports.settings import RestSettings
from agent_toolbar.connector.manifest import Manifest, load_manifest, shipped_manifest
from agent_toolbar.domain.agent import CONFIRMATION_S, QueueState
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError, CrmError

if TYPE_CHECKING:
    from agent_toolbar.connector.client import ManifestClient

BUDGET_S = CONFIRMATION_S - 0.2  # the answer is still to cross to the GUI thread
MAX_REASON = 40
MAX_DETAIL = 80
_STATE = "state"
_STATES = {"ready": QueueState.READY, "paused": QueueState.PAUSED, "out": QueueState.LOGGED_OUT}


@dataclass(frozen=True, slots=True)
class Heard:
    """What the telephone system says. state: None for no news."""

    state: QueueState | None
    reason: str = ""


def manifest_file(name: str) -> Path:
    """Of a manifest that comes with the toolbar, or of a path."""
    return Path(name) if name.endswith(".toml") else shipped_manifest("availability", name)


def abilities_of(manifest: Manifest) -> Abilities:
    return Abilities(
        confirms=_STATE in manifest.operations,
        logs_in="login" in manifest.operations,
        gives_reason="pause" in manifest.operations and manifest.operations["pause"].mentions("reason"),
    )


class RestLink:
    """One user of one telephone system. Signs in when it is first told something."""

    def __init__(self, settings: RestSettings) -> None:
        self._settings = settings
        self._manifest: Manifest | None = None
        self._client: ManifestClient | None = None
        self._password = ""

    def manifest(self) -> Manifest:
        """Raises ManifestError."""
        if self._manifest is None:
            self._manifest = load_manifest(manifest_file(self._settings.manifest))
        return self._manifest

    def tell(self, verb: OrderVerb, reason: str, password: str) -> Heard:
        """Does the order and reads the state back. Raises ManifestError or AvailabilityError."""
        client = self._signed_in(password)
        until = time.monotonic() + BUDGET_S
        if verb in client.operations:
            self._run(client, verb, {"reason": reason or None}, BUDGET_S)
        elif verb in {OrderVerb.PAUSE, OrderVerb.UNPAUSE}:
            raise AvailabilityError("queue_refused", detail=verb.value)
        try:
            return self._state(client, until - time.monotonic())
        except AgentToolbarError:  # the order was accepted; what it led to is asked again later
            return Heard(None)

    def look(self, password: str) -> Heard:
        """Raises ManifestError or AvailabilityError."""
        return self._state(self._signed_in(password), BUDGET_S)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _signed_in(self, password: str) -> ManifestClient:
        from agent_toolbar.connector.client import ManifestClient  # noqa: PLC0415  # loads httpx, on this thread only

        if self._client is None or password != self._password:
            self.close()
            base = {**self._settings.values, "url": self._settings.url, "user": self._settings.user}
            self._client = ManifestClient(self.manifest(), base=base, secret=password)
            self._password = password
        return self._client

    def _state(self, client: ManifestClient, budget_s: float) -> Heard:
        if _STATE not in client.operations:
            return Heard(None)
        rows = self._run(client, _STATE, {}, budget_s)
        return _heard(rows[0]) if rows else Heard(QueueState.UNKNOWN)

    def _run(
        self, client: ManifestClient, operation: str, inputs: dict[str, object], budget_s: float
    ) -> list[dict[str, object]]:
        try:
            return client.run(operation, inputs, budget_s=budget_s)
        except CrmError as error:
            if error.code == "crm_unauthorized":
                raise AvailabilityError("queue_wrong_password", user=self._settings.user) from error
            raise _as_availability(error) from error


def _heard(row: dict[str, object]) -> Heard:
    if "state" in row:
        state = _STATES.get(str(row["state"]))
    elif not isinstance(row.get("logged"), bool):
        state = QueueState.UNKNOWN
    elif not row["logged"]:
        state = QueueState.LOGGED_OUT
    else:
        state = QueueState.PAUSED if row.get("paused") is True else QueueState.READY
    reason = row.get("reason")
    told = reason[:MAX_REASON] if isinstance(reason, str) and state is QueueState.PAUSED else ""
    return Heard(state, told)


def _as_availability(error: CrmError) -> AvailabilityError:
    """In words about queues, not about a CRM."""
    if error.code == "crm_slow":
        return AvailabilityError("queue_timeout")
    if error.code in {"crm_refused", "crm_forbidden", "crm_cannot"}:
        detail = str(error.params.get("text", "")) or error.code.removeprefix("crm_")
        return AvailabilityError("queue_refused", detail=detail[:MAX_DETAIL])
    return AvailabilityError("queue_unreachable", detail=str(error.params.get("detail", error.code))[:MAX_DETAIL])
