"""CRMs to choose from: one that was tried and one that was not, one that is signed in to in the browser."""

from __future__ import annotations

from agent_toolbar.application.ports.crm_catalog import Connector, TriedOn, WantedInput
from agent_toolbar.domain.errors import CrmError, ManifestError

DATABASE = WantedInput("database", "Name of the database", "Nom de la base de données")
UNKNOWN = WantedInput(
    "unknown_contact",
    "Number of the party that calls of unknown callers are written to",
    "Numéro du tiers qui reçoit les appels des inconnus",
    needed=False,
)
CLIENT = WantedInput("client_id", "Client ID from the API console", "ID client de la console API")
ACCOUNTS = WantedInput("accounts", "Where people sign in", "Où l’on se connecte", default="https://accounts.zoho.com")
TRYTON = Connector("tryton", "Tryton", TriedOn.PRODUCT, "https://tryton.example.com", (DATABASE, UNKNOWN))
HUBSPOT = Connector("hubspot", "HubSpot", TriedOn.SHAPES, "https://api.hubapi.com")
SALESFORCE = Connector(
    "salesforce",
    "Salesforce Sales Cloud",
    TriedOn.SHAPES,
    "https://COMPANY.my.salesforce.com",
    (CLIENT,),
    in_browser=True,
    has_key=False,
)
ZOHO = Connector("zoho", "Zoho CRM", TriedOn.SHAPES, "https://crm.zoho.eu", (CLIENT, ACCOUNTS), in_browser=True)
OWN = Connector("/srv/small.toml", "Small CRM", address="https://small.example")


class FakeCatalog:
    """Implements application.ports.crm_catalog.ConnectorCatalog."""

    def shipped(self) -> tuple[Connector, ...]:
        return (HUBSPOT, SALESFORCE, TRYTON, ZOHO)

    def read(self, manifest: str) -> Connector:
        for one in (*self.shipped(), OWN):
            if one.manifest == manifest:
                return one
        if manifest.endswith(".toml"):
            raise ManifestError("manifest_broken", file=manifest, line=3, key="", reason="no table")
        raise CrmError("no_connector", manifest=manifest)
