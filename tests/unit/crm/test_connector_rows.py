"""What a connector's rows become."""

from __future__ import annotations

import pytest

from agent_toolbar.crm.connector_inputs import call_inputs, phone_inputs
from agent_toolbar.crm.connector_rows import contacts_of, deal_of, history_of, user_of
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number


def test_the_surest_row_of_each_contact_stays_and_the_important_come_first() -> None:
    rows = [
        {"id": 1, "name": "Likely", "level": MatchLevel.LAST_8},
        {"id": 2, "name": "Two", "level": MatchLevel.EXACT},
        {"id": 1, "name": "Sure", "level": MatchLevel.EXACT},
        {"id": "3", "name": "Three", "level": MatchLevel.EXACT, "vip": "true"},
        {"id": 4.0, "name": "Four", "level": MatchLevel.ALIAS, "importance": "HIGH"},
        {"name": "without an id"},
    ]

    found = contacts_of(rows)

    assert [(one.id, one.name) for one in found] == [("3", "Three"), ("2", "Two"), ("1", "Sure"), ("4", "Four")]
    assert [one.importance for one in found] == [
        Importance.VIP,
        Importance.NORMAL,
        Importance.NORMAL,
        Importance.HIGH,
    ]


@pytest.mark.parametrize("odd", [None, [], {}, {"a": 1}, [["x"]], True, 3.5, "x" * 5000, "\u202etxt\nline"])
def test_no_value_can_break_a_row(odd: object) -> None:
    row = dict.fromkeys(("id", "name", "company", "number", "vip", "level", "url", "title", "amount", "when"), odd)

    texts = [text for contact in contacts_of([row]) for text in (contact.id, contact.name, contact.number)]
    texts += [deal_of(row).title, history_of([row])[0].when, *(user.id for user in [user_of([row], "a")] if user)]

    assert all(len(text) <= 120 and text.isprintable() for text in texts)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("2026-11-25", "2026-11-25"),
        (0, "1970-01-01T00:00:00Z"),
        ({"__class__": "datetime", "year": 2026, "month": 1, "day": 2, "hour": 3, "minute": 4, "second": 5}, None),
        ({"__class__": "date", "year": 2026, "month": 1, "day": 2}, "2026-01-02"),
        ({"__class__": "date", "year": 2026, "month": 13, "day": 2}, ""),
        ({"year": 2026}, ""),
        (1e30, ""),
        (True, ""),
    ],
)
def test_times_of_all_kinds_are_iso_8601(when: object, shown: str | None) -> None:
    assert history_of([{"when": when, "text": "x"}])[0].when == ("2026-01-02T03:04:05Z" if shown is None else shown)


def test_manifests_read_a_number_in_every_spelling() -> None:
    inputs = phone_inputs(canonical_number("+441134960001", NumberPlan()))

    assert inputs == {
        "e164": "+441134960001",
        "digits": "441134960001",
        "intl_00": "00441134960001",
        "nsn": "1134960001",
        "national": "0113 496 0001",
        "international": "+44 113 496 0001",
        "region": "GB",
        "ext": "",
    }


def test_manifests_read_a_call_with_its_outcome_and_words() -> None:
    entry = CallEntry(
        key="k",
        incoming=False,
        number="+33123456789",
        result=CallResult.MISSED,
        started_s=1000.0,
        duration_s=60,
        note="only a note",
        disposition="sold",
        wrong_number=True,
    )
    call = call_inputs(entry, "7")["call"]

    assert isinstance(call, dict)
    assert (call["direction"], call["outcome"], call["text"], call["ended_s"]) == (
        "out",
        "missed, sold, wrong number",
        "only a note",
        1060.0,
    )
