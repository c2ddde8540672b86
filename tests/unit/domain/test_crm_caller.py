"""Open deals are added up exactly, per currency."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.crm import Deal
from agent_toolbar.domain.crm_caller import DealSum, sums_of


def deals(*amounts: tuple[str, str]) -> tuple[Deal, ...]:
    return tuple(Deal(str(place), "", amount, currency) for place, (amount, currency) in enumerate(amounts))


def test_amounts_are_added_as_decimals_per_currency() -> None:
    summed = sums_of(deals(("0.1", "EUR"), ("300.00", "GBP"), ("0.2", "EUR"), ("12500.00", "EUR")))
    assert summed == (DealSum("EUR", "12500.30"), DealSum("GBP", "300.00"))


@pytest.mark.parametrize("amount", ["", "a lot", "NaN", "Infinity", "1e400", "-1e99"])
def test_what_is_no_sensible_amount_is_left_out(amount: str) -> None:
    assert sums_of(deals((amount, "EUR"), ("7", "EUR"))) == (DealSum("EUR", "7"),)


def test_without_amounts_there_is_no_sum() -> None:
    assert sums_of(deals(("", "EUR"))) == ()
