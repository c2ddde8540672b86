"""Believable company directories, for pictures and for tests of their page."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings
from agent_toolbar.application.toolbar_state import DirectoryState, DirectoryView, ToolbarState
from tests.fakes.sample_states import NOW_S, READY

STAFF = DirectorySettings(
    "Staff",
    DirectoryKind.LDAP,
    "ldaps://ldap.example.com",
    "reader@example.com",
    "ou=people,dc=example,dc=com",
)
CUSTOMERS = DirectorySettings("Customers", DirectoryKind.CARDDAV, "https://dav.example.com/customers/", refresh_min=15)
PARTNERS = DirectorySettings("Partners", DirectoryKind.CARDDAV, "https://dav.example.com/partners/", "marie")
DIRECTORIES = (STAFF, CUSTOMERS, PARTNERS)
READ = DirectoryView(
    STAFF.name,
    STAFF.kind,
    STAFF.url,
    contacts=4_812,
    added=12,
    updated=40,
    removed=3,
    skipped=7,
    synced_s=NOW_S - 1_800,
    next_s=NOW_S + 1_800,
)
READING = DirectoryView(
    CUSTOMERS.name, CUSTOMERS.kind, CUSTOMERS.url, DirectoryState.SYNCING, done=61_000, total=98_400
)
FAILED = DirectoryView(
    PARTNERS.name,
    PARTNERS.kind,
    PARTNERS.url,
    DirectoryState.FAULT,
    fault="directory_password",
    fault_params={"name": PARTNERS.name},
)
STATE: ToolbarState = replace(READY, directories=(READ, READING, FAILED))
