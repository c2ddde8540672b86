"""The manifests of CRMs as a person chooses among them. Reads small files, when first asked; GUI thread."""

from __future__ import annotations

import logging

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_catalog import Connector, TriedOn, WantedInput
from agent_toolbar.domain.errors import ManifestError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.paths import resource_path

_log = logging.getLogger(__name__)


class ManifestCatalog:
    """Implements application.ports.crm_catalog.ConnectorCatalog."""

    def __init__(self) -> None:
        self._shipped: tuple[Connector, ...] | None = None

    def shipped(self) -> tuple[Connector, ...]:
        if self._shipped is None:
            found = []
            for file in resource_path("connectors", "crm").glob("*.toml"):
                try:
                    found.append(self.read(file.stem))
                except ManifestError as fault:  # a damaged installation still has the other ones
                    _log.warning("the connector %s cannot be used: %s", file.stem, fault)
            self._shipped = tuple(sorted(found, key=lambda one: one.name.casefold()))
        return self._shipped

    def read(self, manifest: str) -> Connector:
        from agent_toolbar.crm.http_connector import load_crm_manifest  # noqa: PLC0415  # HTTP takes its time to load

        read = load_crm_manifest(CrmAccess(manifest, "", "", (), ""))
        oauth = read.oauth
        return Connector(
            manifest=manifest,
            name=plain_text(read.name, 60),
            tried_on=TriedOn(read.tried_on),
            address=plain_text(read.address, 120),
            wanted=tuple(
                WantedInput(name, plain_text(one.en), plain_text(one.fr), one.needed, plain_text(one.default))
                for name, one in read.wanted.items()
            ),
            in_browser=oauth is not None,
            has_key=read.auth.kind != "none" if oauth is None else oauth.client_secret != "none",
        )
