"""One number of a card is changed, taken out or added, and nothing else."""

from __future__ import annotations

import pytest

from agent_toolbar.crm.vcard_number import add_number, remove_number, replace_number

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


LABELLED = (
    "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:0113 496 0001\nitem1.X-ABLabel:_$!<Work>!$_\nFN:Ann\n"
    "item2.tel:+44 7911 123456\nitem2.EMAIL:a@example.com\nITEM2.X-ABLabel:Old\n desk\nEND:VCARD\n"
)


@pytest.mark.parametrize(
    ("old", "gone"),
    [
        ("0113 496 0001", "item1.TEL;TYPE=WORK:0113 496 0001\r\n"),
        ("+447911123456", 'TEL;VALUE=uri;TYPE="voice,cell":tel:+44-7911-123456;ext=5\r\n'),
        ("01134960004", "TEL;TYPE=HOME:0113 49\r\n 6 0004\r\n"),
    ],
)
def test_only_that_number_is_taken_out(old: str, gone: str) -> None:
    assert remove_number(CARD, old) == CARD.replace(gone, "")


def test_a_label_goes_with_its_number_but_not_one_that_labels_something_else_too() -> None:
    first = LABELLED.replace("item1.TEL:0113 496 0001\nitem1.X-ABLabel:_$!<Work>!$_\n", "")

    assert remove_number(LABELLED, "0113 496 0001") == first
    assert remove_number(LABELLED, "+447911123456") == LABELLED.replace("item2.tel:+44 7911 123456\n", "")


def test_a_number_that_is_there_twice_is_taken_out_twice() -> None:
    twice = CARD.replace("FN:Ann", "FN:Ann\r\nTEL;TYPE=CELL:0113-4960001")

    assert remove_number(twice, "0113 496 0001") == CARD.replace("item1.TEL;TYPE=WORK:0113 496 0001\r\n", "")


@pytest.mark.parametrize("old", ["0113 496 0002", "496 0001", "", "abc"])
def test_a_number_that_is_not_there_is_not_taken_out(old: str) -> None:
    assert remove_number(CARD, old) is None


@pytest.mark.parametrize(
    "hidden",
    [
        "AGENT:\r\nBEGIN:VCARD\r\nTEL:0113 496 0002\r\nEND:VCARD\r\n",
        "NOTE;ENCODING=QUOTED-PRINTABLE:his number=\r\nTEL:0113 496 0002=\r\nTEL:0113 496 0002\r\n",
        "NOTE:a\r\n TEL:0113 496 0002\r\n",
    ],
)
def test_what_only_looks_like_a_number_of_this_card_stays(hidden: str) -> None:
    card = CARD.replace("END:", f"{hidden}END:")

    assert remove_number(card, "0113 496 0002") is None
    assert replace_number(card, "0113 496 0002", "+441134960009") is None
    assert remove_number(card, "0113 496 0001") == card.replace("item1.TEL;TYPE=WORK:0113 496 0001\r\n", "")
    assert add_number(card, "+441134960002") == card.removesuffix("END:VCARD\r\n") + (
        "TEL:+441134960002\r\nEND:VCARD\r\n"
    )


def test_a_number_is_added_as_the_last_property_in_the_cards_own_line_ends() -> None:
    assert add_number(LABELLED, "+441134960002") == LABELLED.replace("END:", "TEL:+441134960002\nEND:")
    assert add_number(CARD.rstrip(), "+441134960002") == CARD.replace("END:", "TEL:+441134960002\r\nEND:").rstrip()


def test_a_number_that_the_card_has_is_not_added_again() -> None:
    assert add_number(CARD, "+447911123456") == CARD


@pytest.mark.parametrize(("card", "new"), [("FN:Ann\r\n", "+441134960002"), ("", "+44"), (CARD, "+44\r\nNOTE:x")])
def test_nothing_is_added_to_what_is_no_card_nor_what_is_no_number(card: str, new: str) -> None:
    assert add_number(card, new) is None
