"""mimeapps.list is the person's file: what we put in goes out again, and no other byte moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.handlers.mime_apps import ADDED, DEFAULTS, REMOVED, ids_of, with_first, without

OURS = "agent-toolbar.desktop"
TEL = "x-scheme-handler/tel"

ODD = """\ufeff# chosen by hand
stray line = before any group

[Added Associations]
x-scheme-handler/tel=other.desktop;
[Default Applications]
text/html=firefox.desktop
  x-scheme-handler/tel = linphone.desktop ; ekiga.desktop
# x-scheme-handler/tel=commented.desktop
x-scheme-handler/telx=near.desktop
no equals sign here

[Removed Associations]
x-scheme-handler/tel=jitsi.desktop;
[Vendor Group]
x-scheme-handler/tel=vendor.desktop
"""


@pytest.mark.parametrize(
    ("group", "ids"),
    [
        (DEFAULTS, ["linphone.desktop", "ekiga.desktop"]),
        (ADDED, ["other.desktop"]),
        (REMOVED, ["jitsi.desktop"]),
        ("No Such Group", []),
    ],
)
def test_reads_only_the_lines_of_the_group(group: str, ids: list[str]) -> None:
    assert ids_of(ODD, group, TEL) == ids


def test_the_last_of_several_lines_counts() -> None:
    text = f"[Default Applications]\n{TEL}=a.desktop\n[Other]\n[Default Applications]\n{TEL}=b.desktop\n"
    assert ids_of(text, DEFAULTS, TEL) == ["b.desktop"]


def test_the_new_default_stands_before_the_old_one_and_nothing_else_changes() -> None:
    changed = with_first(ODD, TEL, OURS)

    assert ids_of(changed, DEFAULTS, TEL) == [OURS, "linphone.desktop", "ekiga.desktop"]
    kept = [line for line in ODD.split("\n") if "linphone" not in line]
    assert [line for line in changed.split("\n") if "linphone" not in line] == kept


def test_a_new_line_goes_to_the_end_of_its_group() -> None:
    text = "[Default Applications]\na/b=c.desktop\n\n[Added Associations]\na/b=c.desktop\n"
    assert with_first(text, TEL, OURS) == text.replace("c.desktop\n\n", f"c.desktop\n{TEL}={OURS};\n\n")


def test_windows_line_ends_stay() -> None:
    assert with_first("[X]\r\na=b\r\n", TEL, OURS) == f"[X]\r\na=b\r\n\r\n[Default Applications]\r\n{TEL}={OURS};\r\n"


def test_a_missing_last_line_end_joins_no_lines() -> None:
    assert ids_of(with_first("[Default Applications]\na/b=c.desktop", TEL, OURS), DEFAULTS, "a/b") == ["c.desktop"]


def test_naming_it_twice_changes_nothing_more() -> None:
    once = with_first(ODD, TEL, OURS)
    assert with_first(once, TEL, OURS) == once


def test_it_does_not_go_out_of_a_group_that_was_not_meant() -> None:
    text = f"[Added Associations]\n{TEL}={OURS};\n"
    assert without(text, DEFAULTS, TEL, OURS) == text


LINES = st.sampled_from(
    [
        "",
        "# a comment",
        "[Default Applications]",
        "[Added Associations]",
        "[Odd",
        "text/html=firefox.desktop;",
        f"{TEL}=linphone.desktop",
        f"{TEL}=linphone.desktop;ekiga.desktop;",
        f" {TEL} =  linphone.desktop ;",
        "x-scheme-handler/sip=linphone.desktop",
        "\u2028 a separator that is no line end \x0c",
        "\udcff bytes that are no text",
        "=",
    ]
)


@given(st.lists(LINES), st.sampled_from(["\n", "\r\n"]))
def test_what_goes_in_comes_out_again(lines: list[str], ending: str) -> None:
    # A file that ends in its own empty group of defaults loses that heading, which says nothing.
    text = "".join(line + ending for line in [*lines, "[Vendor]"])

    there = with_first(with_first(text, TEL, OURS), "x-scheme-handler/own", OURS)

    assert ids_of(there, DEFAULTS, TEL)[0] == OURS
    back = without(without(there, DEFAULTS, TEL, OURS), DEFAULTS, "x-scheme-handler/own", OURS)
    assert back == text
