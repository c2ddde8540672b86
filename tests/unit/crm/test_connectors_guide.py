"""What docs/connectors.md teaches is so."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from agent_toolbar.connector.filters import FILTERS
from agent_toolbar.connector.manifest import parse_manifest, shipped_manifest
from agent_toolbar.connector.manifest_schema import OAuth, Operation, WrittenManifest
from agent_toolbar.crm.connector_inputs import call_inputs, phone_inputs
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmOperation
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number

GUIDE = (Path(__file__).parents[3] / "docs/connectors.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
QUOTED = set(re.findall(r"`([^`\n]+)`", GUIDE))
WORDS = {word for quoted in QUOTED for word in re.findall(r"[\w.*]+", quoted)}


def test_the_example_that_grows_can_be_read_at_each_step() -> None:
    first, variants, calls, _ = BLOCKS

    assert parse_manifest(first, Path("small.toml")).operations.keys() == {"whoami", "find"}
    asked_once = first.replace('query = { phone = "{{phone.e164}}" }\n', "")
    whole = parse_manifest(f"{asked_once}\n{variants}\n{calls}", Path("small.toml"))
    assert whole.operations.keys() == {"whoami", "find", "log_call", "find_logged"}
    assert len(whole.operations["find"].variants) == 3


def test_the_example_of_signing_in_with_the_browser_can_be_read() -> None:
    first, *_, oauth = BLOCKS
    signed = first.replace('[auth]\nkind = "bearer"\n', oauth)
    plan = parse_manifest(signed, Path("small.toml")).oauth

    assert plan is not None
    assert (plan.redirect_host, plan.redirect_path, plan.redirect_ports) == ("127.0.0.1", "/callback", ())


def test_every_filter_is_in_the_guide_and_no_other() -> None:
    table = GUIDE.partition("### Filters")[2].partition("### The rest")[0]
    first_column = " ".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| `"))
    named = {word.partition(":")[0] for word in re.findall(r"`([^`]+)`", first_column)}

    assert named == FILTERS.keys()


def test_every_operation_and_key_is_in_the_guide() -> None:
    keys = {field.name for kind in (WrittenManifest, Operation, OAuth) for field in msgspec.structs.fields(kind)}
    operations = {operation.value for operation in CrmOperation}

    assert (keys | operations) - set(re.findall(r"\w+", GUIDE)) == set()


def test_everything_that_a_manifest_can_read_is_in_the_guide() -> None:
    phone = phone_inputs(canonical_number("+33123456789", NumberPlan()))
    call = call_inputs(CallEntry("k", True, "+33123456789", CallResult.ANSWERED), "1")["call"]
    assert isinstance(call, dict)

    assert {f"phone.{name}" for name in phone} - WORDS == set()
    assert {f"call.{name}" for name in call} - WORDS == set()


def test_the_guide_lists_the_manifests_that_come_with_the_toolbar() -> None:
    files = {file.stem for file in shipped_manifest("crm", "x").parent.glob("*.toml")}
    listed = set(re.findall(r"^\| `(\w+)` \|", GUIDE.partition("## Use one")[0], re.MULTILINE))

    assert listed == files
