"""The sample page of a CRM, served on loopback."""

from __future__ import annotations

import csv
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from agent_toolbar import paths
from agent_toolbar.domain.page_origin import is_origin
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from agent_toolbar.practice.sample_page import SamplePage


@pytest.fixture
def page() -> Iterator[SamplePage]:
    served = SamplePage(0)
    yield served
    served.close()


def test_every_file_that_the_page_needs_is_served_with_its_type(page: SamplePage) -> None:
    for name, kind in [
        ("", "text/html"),
        ("sample-crm.html", "text/html"),
        ("sample-crm.css", "text/css"),
        ("sample-crm.js", "text/javascript"),
        ("agent-toolbar.js", "text/javascript"),
        ("sample-contacts.json", "application/json"),
    ]:
        with urllib.request.urlopen(f"{page.origin}/{name}") as answer:
            assert answer.headers.get_content_type() == kind
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "agent-toolbar.d.ts",
        "../practice/contacts.csv",
        "%2e%2e/practice/contacts.csv",
        "etc/passwd",
        "sample-crm.html/..",
    ],
)
def test_nothing_else_is_served(page: SamplePage, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(f"{page.origin}/{path}")
    refused.value.close()


def test_a_port_that_is_taken_is_left_alone(page: SamplePage) -> None:
    port = int(page.origin.rpartition(":")[2])
    other = SamplePage(port)
    try:
        assert other.origin != page.origin
        assert is_origin(other.origin)
    finally:
        other.close()


def test_its_contacts_are_those_who_call_on_the_practice_line() -> None:
    with paths.resource_path("practice", "contacts.csv").open(encoding="utf-8") as file:
        known = {
            (row["name"], canonical_number(row[column], NumberPlan()).key)
            for row in csv.DictReader(file)
            for column in ("phone", "mobile")
        }
    contacts = json.loads(paths.resource_path("web", "sample-contacts.json").read_text(encoding="utf-8"))
    assert len(contacts) >= 15
    assert [one for one in contacts if (one["name"], one["number"]) not in known] == []
