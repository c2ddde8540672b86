"""The .desktop file: a command line that survives odd paths, and values read as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.handlers.desktop_entry import (
    command_words,
    entry_text,
    exec_line,
    kept_holders,
    mime_types,
    program_of,
    read_entry,
    unescaped,
)
from agent_toolbar.handlers.scheme_names import OFFERED, scheme_name


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["/usr/bin/agent-toolbar"], "/usr/bin/agent-toolbar --uri %u"),
        (["/opt/Agent Toolbar/run"], '"/opt/Agent Toolbar/run" --uri %u'),
        (["/opt/run", "100%"], "/opt/run 100%% --uri %u"),
        (['/opt/a"b/run'], r'"/opt/a\\"b/run" --uri %u'),
        (["/opt/$HOME/`x`/run"], r'"/opt/\\$HOME/\\`x\\`/run" --uri %u'),
        (["/opt/back\\slash"], r'"/opt/back\\\\slash" --uri %u'),
        (["/opt/it's/run"], '"/opt/it\'s/run" --uri %u'),
        (["/usr/bin/python3", "-P", "-m", "agent_toolbar"], "/usr/bin/python3 -P -m agent_toolbar --uri %u"),
        (["/opt/é/run"], "/opt/é/run --uri %u"),
    ],
)
def test_the_command_is_quoted_as_the_specification_says(words: list[str], line: str) -> None:
    assert exec_line(words) == line


@pytest.mark.parametrize(
    "word", ["/opt/a\nb", "/opt/a\tb", "/opt/100%/run", "/opt/a=b/run", "/opt/\x00", "/opt/\x7f", ""]
)
def test_a_path_that_no_such_file_can_hold_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        exec_line([word])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a  b", ["a", "b"]),
        ("'a b' c", ["a b", "c"]),
        (r"a\\ b", ["a b"]),
        (r"a\\\\ b", ["a\\", "b"]),
        ('a""b ""', ["ab", ""]),
        ('"never closed', []),
        ("", []),
    ],
)
def test_commands_of_others_are_split_as_desktops_do(value: str, words: list[str]) -> None:
    assert command_words(value) == words


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="=%")), st.lists(WORDS))
def test_whatever_is_written_as_a_command_is_read_as_the_same_words(name: str, words: list[str]) -> None:
    program = [f"/opt/{name}", *words]
    assert program_of(read_entry(entry_text(program, OFFERED, "icon"))) == program


def test_it_is_offered_for_all_schemes_and_says_that_it_is_a_telephone() -> None:
    entry = read_entry(entry_text(["/usr/bin/agent-toolbar"], OFFERED, "agent-toolbar"))

    assert mime_types(entry) == {
        f"x-scheme-handler/{scheme}" for scheme in ("tel", "callto", "sip", "sips", "agent-toolbar")
    }
    assert entry["X-PulseAudio-Properties"] == "media.role=phone"
    assert entry["StartupNotify"] == "true"
    assert {"Name", "Comment", "Comment[fr]", "Icon", "Categories"} <= entry.keys()


def test_whom_it_kept_stands_in_the_file() -> None:
    kept = {"tel": "linphone.desktop", "sip": "org.gnome.Calls.desktop"}
    assert kept_holders(read_entry(entry_text(["/x"], OFFERED, "i", kept))) == kept
    assert kept_holders(read_entry(entry_text(["/x"], OFFERED, "i"))) == {}


def test_only_the_group_of_the_entry_is_read() -> None:
    entry = "[Desktop Entry]\nName = Linphone\nName=second\n"
    text = f"# first\nName=stray\n{entry}\n[Desktop Action call]\nName=Call\nExec=x\n"
    assert read_entry(text) == {"Name": "Linphone"}


@pytest.mark.parametrize(("written", "meant"), [(r"a\sb", "a b"), (r"a\\nb", r"a\nb"), (r"a\;b", "a;b"), ("a\\", "a")])
def test_escapes_are_undone(written: str, meant: str) -> None:
    assert unescaped(written) == meant


@pytest.mark.parametrize("name", ["", "9tel", "tel\\..\\Run", "tel:", "te l", "tél", "tel/x", "tel\n", "-a", "*"])
def test_a_name_that_is_no_scheme_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a scheme"):
        scheme_name(name)


def test_a_scheme_is_written_in_lower_case() -> None:
    assert scheme_name("Web+Tel.2-x") == "web+tel.2-x"
