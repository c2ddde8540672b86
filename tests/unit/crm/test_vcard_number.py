"""One number of a card is changed, and nothing else."""

from __future__ import annotations

import pytest

from agent_toolbar.crm.vcard_number import replace_number

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nNOTE:call 0113 496 0001\r\nitem1.TEL;TYPE=WORK:0113 496 0001\r\n"
    'TEL;VALUE=uri;TYPE="voice,cell":tel:+44-7911-123456;ext=5\r\nTEL;TYPE=HOME:0113 49\r\n 6 0004\r\nEND:VCARD\r\n'
)


@pytest.mark.parametrize(
    ("old", "before", "after"),
    [
        ("0113 496 0001", "WORK:0113 496 0001", "WORK:+441134960009"),
        ("01134960001", "WORK:0113 496 0001", "WORK:+441134960009"),
        ("+447911123456", "tel:+44-7911-123456;ext=5", "tel:+441134960009"),
        ("0113 496 0004", "HOME:0113 49\r\n 6 0004", "HOME:+441134960009"),
    ],
)
def test_only_that_number_is_another_one(old: str, before: str, after: str) -> None:
    assert replace_number(CARD, old, "+441134960009") == CARD.replace(before, after)


@pytest.mark.parametrize("old", ["0113 496 0002", "", "abc"])
def test_a_number_that_is_not_there_changes_nothing(old: str) -> None:
    assert replace_number(CARD, old, "+441134960009") is None


def test_a_number_that_is_there_twice_is_left_to_a_person() -> None:
    twice = CARD.replace("TEL;TYPE=HOME", "TEL:0113 496 0001\r\nTEL;TYPE=HOME")

    assert replace_number(twice, "0113 496 0001", "+441134960009") is None


@pytest.mark.parametrize("new", ["+44\r\nNOTE:x", "", "abc", "+4411349600010000000000000000"])
def test_only_a_number_is_written(new: str) -> None:
    assert replace_number(CARD, "0113 496 0001", new) is None
