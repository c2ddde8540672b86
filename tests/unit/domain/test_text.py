from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.text import MAX_CALLER_TEXT, plain_text


def test_markup_stays_what_it_is_and_is_not_interpreted() -> None:
    assert plain_text("<b>Marie</b> & Co") == "<b>Marie</b> & Co"


def test_line_ends_and_tabs_become_one_space() -> None:
    assert plain_text("Marie\r\n\tDupont") == "Marie Dupont"


def test_right_to_left_overrides_and_control_characters_go() -> None:
    assert plain_text("\u202eexe.tnofbus\u202c\x07\x1b[31m") == "exe.tnofbus[31m"


def test_a_name_in_another_script_is_left_readable() -> None:
    assert plain_text("مريم نور") == "مريم نور"
    assert plain_text("क्\u200dष") == "क्\u200dष"


def test_surrogates_of_broken_utf8_go() -> None:
    assert plain_text("Ren\udcc3\udca9") == "Ren"


def test_four_kilobytes_become_one_readable_line() -> None:
    shown = plain_text("A" * 4096)
    assert len(shown) == MAX_CALLER_TEXT
    assert shown.endswith("…")


@given(st.text(max_size=600))
def test_whatever_comes_in_is_bounded_printable_and_stable(received: str) -> None:
    shown = plain_text(received)
    assert len(shown) <= MAX_CALLER_TEXT
    assert "\n" not in shown
    shown.encode()
    assert plain_text(shown) == shown
