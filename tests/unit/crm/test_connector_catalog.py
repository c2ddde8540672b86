"""What people choose among: every manifest that comes with the toolbar, honest about how far it was tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm_catalog import Connector, TriedOn
from agent_toolbar.connector.manifest import shipped_manifest
from agent_toolbar.crm.connector_catalog import ManifestCatalog
from agent_toolbar.domain.crm_entry import checked_url
from agent_toolbar.domain.errors import CrmError, ManifestError
from agent_toolbar.settings.rest_rules import known_manifests

GUIDE = (Path(__file__).parents[3] / "docs/connectors.md").read_text("utf-8")
SHIPPED = {one.manifest: one for one in ManifestCatalog().shipped()}


def test_all_that_is_shipped_can_be_chosen_by_name() -> None:
    assert sorted(SHIPPED) == known_manifests("crm")
    names = [one.name.casefold() for one in ManifestCatalog().shipped()]
    assert names == sorted(names)


@pytest.mark.parametrize("one", SHIPPED.values(), ids=SHIPPED.keys())
def test_each_says_the_same_as_its_head_and_the_guide(one: Connector) -> None:
    head = shipped_manifest("crm", one.manifest).read_text("utf-8").partition("schema")[0]
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{one.manifest}` "))
    real = one.tried_on is TriedOn.PRODUCT
    assert one.tried_on is not TriedOn.UNKNOWN
    assert ("run against the real product" in head, "the real product" in row) == (real, real)
    assert ("recorded shapes" in row) is not real
    assert checked_url(one.address) == one.address


@pytest.mark.parametrize("one", SHIPPED.values(), ids=SHIPPED.keys())
def test_what_it_asks_for_is_said_in_both_languages(one: Connector) -> None:
    assert [(wanted.name, bool(wanted.english and wanted.french)) for wanted in one.wanted] == [
        (wanted.name, True) for wanted in one.wanted
    ]


def test_how_people_sign_in_is_known_before_anybody_is_asked() -> None:
    in_browser = {name for name, one in SHIPPED.items() if one.in_browser}
    assert in_browser == {"salesforce", "dynamics365", "zoho", "zendesk_oauth"}
    assert {name for name, one in SHIPPED.items() if not one.has_key} == {"salesforce", "dynamics365", "zendesk_oauth"}


def test_a_file_of_ones_own_is_read_and_a_broken_one_is_blamed(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('schema = 1\nname = "Small CRM"\n[auth]\nkind = "none"\n[op.find]\nurl = "/c"\n', "utf-8")
    read = ManifestCatalog().read(str(own))
    assert (read.manifest, read.name, read.tried_on, read.has_key) == (str(own), "Small CRM", TriedOn.UNKNOWN, False)
    own.write_text('schema = 1\nname = "Small CRM"\ntried_on = "hearsay"\n', "utf-8")
    with pytest.raises(ManifestError) as refused:
        ManifestCatalog().read(str(own))
    assert refused.value.params["key"] == "tried_on"


def test_an_unknown_name_is_no_connector() -> None:
    with pytest.raises(CrmError, match="no_connector"):
        ManifestCatalog().read("unheard_of")
