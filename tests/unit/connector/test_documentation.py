"""What docs/connectors.md teaches is true: its manifests work, and its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agent_toolbar.connector.filters import FILTERS
from agent_toolbar.connector.manifest import parse_manifest
from agent_toolbar.connector.manifest_schema import Auth, Operation, RateLimit, Step, Variant, WrittenManifest

TEXT = (Path(__file__).parents[3] / "docs/connectors.md").read_text("utf-8")
MANIFESTS = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)
REFERENCE = TEXT.partition("## Reference")[2]


@pytest.mark.parametrize("text", MANIFESTS, ids=range(len(MANIFESTS)))
def test_every_manifest_of_the_lesson_can_be_read(text: str) -> None:
    assert parse_manifest(text, Path("lesson.toml")).operations


def test_every_filter_is_in_the_reference_and_no_other() -> None:
    rows = re.findall(
        r"^\| (?:texts|choices|numbers and times|encodings|inside a query) \|(.*)\|$", TEXT, flags=re.MULTILINE
    )
    named = {found.partition(":")[0] for row in rows for found in re.findall(r"`([^`]+)`", row)}

    assert named == set(FILTERS)


@pytest.mark.parametrize("table", [WrittenManifest, Operation, Variant, Step, Auth, RateLimit])
def test_every_key_is_in_the_reference(table: type) -> None:
    words = set(re.findall(r"[a-z_]+", REFERENCE))

    assert set(table.__struct_fields__) - words == set()  # type: ignore[attr-defined]
