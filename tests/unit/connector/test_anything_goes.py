"""Whatever a file says and whatever a server answers: a manifest or a ManifestError, rows or a CrmError."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.http_answers import Answer, own_words
from agent_toolbar.connector.rows import MAX_ROWS, mapped_row, raw_rows, verified
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.errors import CrmError, ManifestError
from agent_toolbar.i18n.error_sentences import ERRORS
from tests.unit.connector.sample_manifest import WHOLE, manifest

VALUES = ["5", "-1", "1e400", "true", '""', '"x"', '"{{"', '"{{a|b}}"', '"/{{a}}"', "[]", "{}", '[""]', "[{}]", "[[1]]"]
LINES = WHOLE.splitlines()

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
)
names = st.sampled_from(["rows", "id", "phone", "name", "a b", "", "{{id}}", "message", "errors"]) | st.text(max_size=4)
data = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4))


@st.composite
def spoilt_manifests(draw: Any) -> str:
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        deed = draw(st.sampled_from(["drop", "twice", "value", "key"]))
        name, equals, value = lines[at].partition("=")
        if deed == "drop":
            del lines[at]
        elif deed == "twice":
            lines.insert(draw(st.integers(0, len(lines))), lines[at])
        elif equals and deed == "value":
            lines[at] = f"{name}= {draw(st.sampled_from(VALUES))}"
        elif equals:
            lines[at] = f"{draw(st.sampled_from(['schema', 'url', 'map', 'oauth', 'x', 'method ']))} ={value}"
    return "\n".join(lines)


@settings(max_examples=200, deadline=None)
@given(spoilt_manifests())
def test_a_spoilt_manifest_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        manifest(text)
    except ManifestError as error:
        assert 0 <= int(error.params["line"]) <= len(LINES) + 3  # noqa: PT017
        assert ERRORS[error.code].format(**error.params)  # noqa: PT017


@settings(max_examples=150, deadline=None)
@given(
    answer=data, path=st.sampled_from(["", "rows", "rows[*]", "rows[0].id", "errors[id=1]", "[*].rows[*]", '["a b"]'])
)
def test_any_answer_becomes_rows_or_an_error(answer: object, path: str) -> None:
    mapping = manifest().operations["find"].variants[0].map
    assert mapping is not None
    try:
        rows = raw_rows(answer, DataPath.parse(path))
    except CrmError as error:
        assert error.code == "crm_broken_answer"  # noqa: PT017
        return
    assert len(rows) <= MAX_ROWS
    for raw in rows:
        row = mapped_row(mapping, {"it": raw, "s": {"url": "https://crm.example"}}, frozenset({"crm.example"}))
        assert row["url"] == "" or str(row["url"]).startswith("https://crm.example/#party/")
        json.dumps(row)
        verified(row, {}, lambda _number, _inputs: MatchLevel.EXACT)


@settings(deadline=None)  # a busy machine
@given(answer=data, kind=st.sampled_from(["application/json", "text/html", "", "text/plain"]))
def test_any_refusal_has_words_that_can_be_shown(answer: object, kind: str) -> None:
    said = own_words(Answer(400, {"content-type": kind}, json.dumps(answer).encode()), None)

    assert len(said) <= 200
    assert not {"\n", "\r", "\x1b", "\u202e"} & set(said)


@pytest.mark.parametrize("module", ["agent_toolbar.availability.choice", "agent_toolbar.connector.manifest"])
def test_the_library_for_http_is_loaded_by_whoever_speaks_it_only(module: str) -> None:
    program = f"import sys, {module}; sys.exit('httpx' in sys.modules or 'httpcore' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
