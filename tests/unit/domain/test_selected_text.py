from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.dial_uri import Number, SipAddress, read_text
from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.selected_text import LONGEST_TEXT, number_in

FRANCE = NumberPlan()


def meant(text: str, plan: NumberPlan = FRANCE) -> str:
    """The key of the number that would be asked for."""
    asked = read_text(number_in(text, plan))
    assert isinstance(asked, Number | SipAddress), asked
    number = canonical_number(asked.text, plan)
    extension = asked.extension if isinstance(asked, Number) else ""
    return f"{number.key};{extension}" if extension else number.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("01 45 67 89 01", "+33145678901"),
        ("  01.45.67.89.01\n", "+33145678901"),
        ("\t+33 (0)1 45 67 89 01", "+33145678901"),
        ("\u202a01 45 67 89 01\u202c", "+33145678901"),
        ("01\u00a045\u00a067\u00a089\u00a001", "+33145678901"),
        ("tel:+33145678901", "+33145678901"),
        ("Tel: 01 45 67 89 01", "+33145678901"),
        ("Tél. : 01 45 67 89 01", "+33145678901"),
        ("Mobile 06 12 34 56 78", "+33612345678"),
        ("“01 45 67 89 01”", "+33145678901"),
        ("Please call Marie on 06 12 34 56 78 after 3 pm, order 4711.", "+33612345678"),
        ("01 45 67 89 01 / +33 1 45 67 89 01", "+33145678901"),
        ("Mme Dupont\n12 rue de la Paix\n75002 Paris\n01 45 67 89 01", "+33145678901"),
        ("01 45 67 89 01 ext. 12", "+33145678901;12"),
        ("1001", "1001"),
        ("marie@example.com", "marie@example.com"),
        ("sip:marie@example.com;transport=tcp", "marie@example.com"),
    ],
)
def test_the_number_that_was_meant(text: str, key: str) -> None:
    assert meant(text) == key


def test_national_numbers_belong_to_the_country_of_the_plan() -> None:
    assert meant("Büro: 030 1234567", NumberPlan(region="DE")) == "+49301234567"


@pytest.mark.parametrize(
    "text", ["Dupont", "12 apples", "order 4711", "IBAN FR76 3000 6000 0112 3456 7890 189", "٠١٢٣٤"]
)
def test_a_text_without_a_number_is_refused_in_its_own_words(text: str) -> None:
    with pytest.raises(LinkError) as refused:
        number_in(text, FRANCE)

    assert refused.value.code == "selection_no_number"
    assert refused.value.params["text"] == text


def test_of_several_numbers_none_is_taken_and_they_are_named() -> None:
    with pytest.raises(LinkError) as refused:
        number_in("01 45 67 89 01 or 06 12 34 56 78", FRANCE)

    assert refused.value.code == "selection_several"
    assert refused.value.params["numbers"] == "01 45 67 89 01, 06 12 34 56 78"


@pytest.mark.parametrize("text", ["", " \n\t", "\u202a\u202c"])
def test_nothing_is_selected(text: str) -> None:
    with pytest.raises(LinkError) as refused:
        number_in(text, FRANCE)
    assert refused.value.code == "selection_empty"


def test_a_whole_page_is_refused() -> None:
    with pytest.raises(LinkError) as refused:
        number_in("01 45 67 89 01".ljust(LONGEST_TEXT + 1), FRANCE)
    assert refused.value.code == "selection_too_long"


@given(st.text(alphabet="0123456789 +-().,;:@#*\n\u00a0abTelxé", max_size=160))
def test_whatever_is_selected_is_a_number_or_refused(text: str) -> None:
    try:
        found = number_in(text, FRANCE)
    except LinkError:
        return
    asked = read_text(found)  # as the toolbar does with it
    assert isinstance(asked, Number | SipAddress)
    assert canonical_number(asked.text, FRANCE).kind not in {NumberKind.INVALID, NumberKind.ANONYMOUS}
