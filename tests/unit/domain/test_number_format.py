"""Numbers as people read them, where no numbering plan is at hand."""

import pytest

from agent_toolbar.domain.number_format import grouped_number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+33140506070", "+33 1 40 50 60 70"),
        ("+4930901820", "+49 30 901820"),
        ("1002", "1002"),
        ("+", "+"),
        ("paul@partner.example", "paul@partner.example"),
        ("", ""),
    ],
)
def test_only_a_whole_number_is_grouped(number: str, shown: str) -> None:
    assert grouped_number(number) == shown
