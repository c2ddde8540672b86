"""What links ask for: a corpus with its expectations, and what holds for any text at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_toolbar.domain.dial_uri import (
    MAX_LENGTH,
    Asked,
    LinkRefusal,
    Number,
    Rejected,
    Show,
    SipAddress,
    read_link,
    read_text,
)
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number, dial_string
from tests.link_corpus import CorpusLink, corpus

FRANCE = NumberPlan("FR", "[0-9]{4}")
LINKS = corpus()
SEPARATORS = str.maketrans("", "", " ().-/")
NUMBER = re.compile(r"[ (]*\+?[0-9*# ().\-/+]+", re.ASCII)
ADDRESS = re.compile(r"[A-Za-z0-9\-_.!~*&=+,#]+@(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)


def spelled(asked: Asked) -> str:
    match asked:
        case Number(text=text, extension=extension):
            return text.translate(SEPARATORS) + (f" x{extension}" if extension else "")
        case SipAddress():
            return asked.text
        case Show():
            return "show"
        case Rejected(reason=reason):
            return f"!{reason}"


def dialled(asked: Asked) -> str:
    if not isinstance(asked, Number | SipAddress):
        return ""
    number = canonical_number(asked.text, FRANCE)
    return "-" if number.kind in {NumberKind.INVALID, NumberKind.ANONYMOUS} else dial_string(number, FRANCE)


def test_the_corpus_is_large_and_has_no_line_twice() -> None:
    assert len(LINKS) >= 300
    assert len({line.link for line in LINKS}) == len(LINKS)


@pytest.mark.parametrize("line", LINKS, ids=lambda line: ascii(line.link))
def test_what_a_link_asks_for(line: CorpusLink) -> None:
    asked = read_link(line.link)

    assert (spelled(asked), dialled(asked)) == (line.read, line.dialled)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("01 23 45 67 89", "0123456789"),
        ("  01.23.45.67.89\n", "0123456789"),
        ("\t+33 (0)1 23 45 67 89.", "+330123456789"),
        ("Tél. : 01 23 45 67 89", "0123456789"),
        ("Tél : 01 23 45 67 89", "0123456789"),
        ("Tel.01 23 45 67 89", "0123456789"),
        ("Phone: +1 201-555-0123 x12", "+12015550123 x12"),
        ("Mobile 06 12 34 56 78,", "0612345678"),
        ("tel:+33123456789", "+33123456789"),
        ("Tel: 01 23 45 67 89", "0123456789"),
        ("<sip:paul@pbx.example>", "paul@pbx.example"),
        ("paul@pbx.example", "paul@pbx.example"),
        ("tel@pbx.example", "tel@pbx.example"),
        ("1001", "1001"),
        ("Paul Dupont", "!no_number"),
        ("the 3rd of May", "!no_number"),
        ("01 23 45 67 89\n06 12 34 56 78", "!no_number"),
        ("12,50 €", "!no_number"),
        ("01%2023", "!no_number"),
        ("javascript:alert(1)", "!no_number"),
        ("agent-toolbar:show", "!no_number"),
        ("", "!no_number"),
    ],
)
def test_what_a_selected_text_asks_for(text: str, read: str) -> None:
    assert spelled(read_text(text)) == read


def test_a_text_is_read_up_to_its_bound_and_no_further() -> None:
    link = "tel:0123456789" + " " * (MAX_LENGTH - 14)

    assert read_link(link) == Number("0123456789")
    for read in (read_link, read_text):
        assert read(link + " ") == Rejected(LinkRefusal.TOO_LONG)


AFTER_SCHEME = st.text(
    st.sampled_from("0123456789+*#().-/ ;=?&%@:,pwxABab\u00a0\u202e\u0660\"'<>\r\n\x00"), max_size=60
)
TEXTS = st.one_of(
    st.text(max_size=140),
    st.builds(
        "{}{}".format,
        st.sampled_from(["tel:", "callto:", "sip:", "sips:", "tel://", "agent-toolbar:dial/", "", "TEL:"]),
        AFTER_SCHEME,
    ),
)


@given(TEXTS)
@example("sip:a@b;x?y=z")
@example("tel:1;ext=2")
def test_whatever_is_read_is_plain_and_reads_the_same_again(text: str) -> None:
    for read in (read_link, read_text):
        asked = read(text)
        match asked:
            case Number(text=number, extension=extension):
                assert NUMBER.fullmatch(number)
                assert re.fullmatch("[0-9]{0,10}", extension, re.ASCII)
                assert read_text(number) == Number(number)
                assert read_link(f"tel:{number}") == Number(number)
            case SipAddress():
                assert ADDRESS.fullmatch(asked.text)
                assert read_text(asked.text) == asked
            case Rejected(reason=reason):
                assert reason in LinkRefusal
        assert dialled(asked).isascii()
