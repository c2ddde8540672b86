from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.contact import Importance
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.wrap_up import MissingField
from agent_toolbar.local_api import messages
from agent_toolbar.local_api.page_reading import PageView
from agent_toolbar.local_api.page_session import PageSession
from agent_toolbar.local_api.schema import schema_text
from tests.fakes.runtime import ManualClock
from tests.fakes.sample_states import STATES
from tests.fakes.toolbar import ToolbarSpy

ROOT = Path(__file__).parents[3]
KINDS = [kind.__struct_config__.tag for kind in messages.AnyRequest.__args__]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)
nearly = st.fixed_dictionaries(
    {},
    optional={
        "v": st.just(1) | anything,
        "id": st.integers(0, 99) | anything,
        "type": st.sampled_from(KINDS) | anything,
        "number": st.text() | anything,
        "token": st.text() | anything,
        "code": st.from_regex("[0-9]{6}") | anything,
        "text": anything,
        "call": anything,
        "disposition": anything,
        "open": anything,
        "topics": anything,
        "more": anything,
    },
)
texts = st.text() | anything.map(json.dumps) | nearly.map(json.dumps)


def allowed(annotation: object) -> set[str]:
    return set(annotation.__args__)  # type: ignore[attr-defined]


@given(texts)
@settings(max_examples=200, deadline=None)  # a busy machine
def test_any_text_is_a_request_or_refused(text: str) -> None:
    assert 0 <= messages.id_of(text) <= 2_147_483_647
    try:
        request = messages.parse_request(text)
    except messages.BadMessageError:
        return
    again = messages.parse_request(msgspec.json.encode(request).decode())
    assert again == request


class NoGate:
    """Lets nobody in, or everybody."""

    def __init__(self, open_to_all: bool) -> None:
        self.open_to_all = open_to_all
        self.raised = 0
        self.page_view = PageView()

    def knows(self, origin: str, token: str) -> bool:
        return self.open_to_all

    def begin_pairing(self, session: PageSession) -> None: ...

    def finish_pairing(self, session: PageSession, code: str) -> str:
        raise AgentToolbarError("page_pairing_over")

    def expect_hello(self, session: PageSession) -> None: ...

    def bring_up(self) -> None:
        self.raised += 1


class WireSpy:
    origin = "https://crm.example.com"

    def __init__(self) -> None:
        self.sent: list[dict[str, object]] = []
        self.closed: list[tuple[int, str]] = []

    def send(self, text: str) -> None:
        self.sent.append(json.loads(text))

    def close(self, code: int, words: str) -> None:
        self.closed.append((code, words))


@given(st.lists(texts, max_size=4))
@settings(max_examples=50, deadline=None)
def test_a_stranger_can_say_what_they_want(said: list[str]) -> None:
    toolbar, wire, gate = ToolbarSpy(STATES["in-a-call"]), WireSpy(), NoGate(open_to_all=False)
    session = PageSession(wire, gate, toolbar, ManualClock())
    for text in said:
        session.heard(text)
    assert toolbar.asked == []
    assert gate.raised == 0
    assert not session.is_open
    assert len(wire.closed) <= 1


@given(st.lists(texts | st.just('{"v":1,"id":1,"type":"subscribe"}'), max_size=8))
@settings(max_examples=50, deadline=None)
def test_a_page_can_ask_for_what_pages_may_ask_for_and_nothing_else(said: list[str]) -> None:
    toolbar, wire = ToolbarSpy(STATES["in-a-call"]), WireSpy()
    session = PageSession(wire, NoGate(open_to_all=True), toolbar, ManualClock())
    session.heard('{"v":1,"id":1,"type":"hello","token":"a"}')
    for text in said:
        session.heard(text)
    assert set(toolbar.names_asked()) <= {"request_dial", "note"}
    assert all(len(words.encode()) <= 123 for _, words in wire.closed)
    assert all(one["v"] == 1 for one in wire.sent)


def test_the_words_of_a_page_are_those_of_the_domain() -> None:
    fields: Callable[[type], dict[str, object]] = lambda kind: {  # noqa: E731
        one.name: one.type for one in msgspec.structs.fields(kind)
    }
    assert allowed(fields(messages.PageCall)["state"]) == {state.value for state in CallState}
    assert allowed(fields(messages.PageAgent)["state"]) == {state.value for state in AgentState}
    assert allowed(fields(messages.PageContact)["importance"]) == {one.value for one in Importance}
    missing = fields(messages.PageWrapUp)["missing"]
    assert allowed(missing.__args__[0]) == {one.value for one in MissingField}  # type: ignore[attr-defined]


def test_the_schema_in_the_docs_is_that_of_the_types() -> None:
    """Made anew by: python -m agent_toolbar.local_api.schema > docs/local-api.schema.json"""
    assert (ROOT / "docs/local-api.schema.json").read_text(encoding="utf-8") == schema_text()


def test_every_message_is_described_in_the_docs() -> None:
    text = (ROOT / "docs/local-api.md").read_text(encoding="utf-8")
    kinds = [*messages.AnyRequest.__args__, *messages.AnyAnswer.__args__, *messages.AnyEvent.__args__]
    assert [kind.__struct_config__.tag for kind in kinds if f"`{kind.__struct_config__.tag}`" not in text] == []
    names = {one.name for kind in kinds for one in msgspec.structs.fields(kind)} - {"v", "id", "re"}
    assert sorted(name for name in names if f"`{name}`" not in text) == []


def test_the_types_of_the_javascript_client_name_every_member_that_a_page_gets() -> None:
    text = (ROOT / "resources/web/agent-toolbar.d.ts").read_text(encoding="utf-8")
    told = [
        messages.PageCall,
        messages.PageContact,
        messages.PageAgent,
        messages.PageTransfer,
        messages.PageWrapUp,
        messages.Snapshot,
        messages.CallChanged,
        messages.DialSettled,
    ]
    names = {one.name for kind in told for one in msgspec.structs.fields(kind)} - {"v"}
    assert sorted(name for name in names if f"{name}:" not in text) == []
