"""What a dialog-info document says of a telephone, and what is no such document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.colleague import Presence
from agent_toolbar.engine.dialog_info import parse_dialog_info, presence_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def document(*dialogs: str, state: str = "full") -> str:
    return (
        f'{_HEAD}<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="{state}" '
        f'entity="sip:1002@pbx">{"".join(dialogs)}</dialog-info>'
    )


def dialog(state: str, name: str = "a") -> str:
    remote = "<remote><identity>sip:1@x</identity></remote>"
    return f'<dialog id="{name}" direction="recipient">{remote}<state>{state}</state></dialog>'


@pytest.mark.parametrize(
    ("states", "presence"),
    [
        ([], Presence.FREE),
        (["terminated"], Presence.FREE),
        (["trying"], Presence.RINGING),
        (["proceeding"], Presence.RINGING),
        (["early"], Presence.RINGING),
        (["confirmed"], Presence.BUSY),
        (["early", "confirmed"], Presence.BUSY),
        (["confirmed", "terminated"], Presence.BUSY),
        (["terminated", "early"], Presence.RINGING),
        (["on-fire"], Presence.FREE),
    ],
)
def test_the_busiest_dialog_counts(states: list[str], presence: Presence) -> None:
    said = parse_dialog_info(document(*(dialog(state, str(number)) for number, state in enumerate(states))))

    assert said is not None
    assert presence_of(said.states.values()) is presence


def test_a_document_of_changes_says_so() -> None:
    said = parse_dialog_info(document(dialog(" Confirmed\n", "b"), state="partial"))

    assert said is not None
    assert not said.full
    assert said.states == {"b": "confirmed"}


def test_prefixes_and_missing_members_do_not_matter() -> None:
    said = parse_dialog_info(
        '<d:dialog-info xmlns:d="u"><d:dialog><d:state>early</d:state></d:dialog><x/></d:dialog-info>'
    )

    assert said is not None
    assert said.full
    assert said.states == {"": "early"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "free",
        "<dialog-info>",
        '<presence entity="sip:1002@pbx"/>',
        '<!DOCTYPE a [<!ENTITY b "c">]><dialog-info/>',
        '<?xml version="1.0" encoding="no-such"?><dialog-info/>',
        '<?xml version="1.0" encoding="UTF-16"?><dialog-info/>',
        "<dialog-info>\udcff</dialog-info>",
        document(*["<dialog/>"] * 8000),
    ],
    ids=["empty", "words", "cut", "other", "doctype", "encoding", "wide", "bytes", "long"],
)
def test_anything_else_says_nothing(body: str) -> None:
    assert parse_dialog_info(body) is None


def test_of_very_many_dialogs_the_first_count() -> None:
    said = parse_dialog_info(document(*(dialog("early", str(number)) for number in range(200))))

    assert said is not None
    assert len(said.states) == 64


@given(st.text(max_size=300) | st.text("<>/dialog-info state=\"'&;!?[]", max_size=300))
def test_no_text_raises(body: str) -> None:
    parse_dialog_info(body)
    parse_dialog_info(document(body))
