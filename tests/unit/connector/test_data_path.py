from __future__ import annotations

import re

import pytest

from agent_toolbar.connector.data_path import DataPath

ANSWER = {
    "total": 2,
    "rows": [
        {"id": 7, "phones": [{"label": "home", "value": "1"}, {"label": "work", "value": "2"}], "tags": ["a", "b"]},
        {"id": 8, "phones": [], "vip": True, "odata.type": "x"},
    ],
    "by_time": {"10": "ready", "20": "paused"},
    "nothing": None,
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", ANSWER),
        ("total", 2),
        ("rows[0].id", 7),
        ("rows[-1].id", 8),
        ("rows[5].id", None),
        ("rows[*].id", [7, 8]),
        ("rows[*].phones[*].value", ["1", "2"]),
        ("rows[0].phones[label=work].value", "2"),
        ("rows[vip=true].id", 8),
        ("rows[id=7].tags", ["a", "b"]),
        ('rows[1]["odata.type"]', "x"),
        ("by_time[*]", ["ready", "paused"]),
        ("nothing", None),
        ("nothing.more", None),
        ("total.more", None),
        ("rows.id", None),
        ("missing[*].id", []),
    ],
)
def test_a_path_reads_what_is_there_and_none_for_the_rest(path: str, value: object) -> None:
    assert DataPath.parse(path).read(ANSWER) == value


@pytest.mark.parametrize(
    "written", [".a", "a..b", "a.", "a b", "[", "a[", "a[]", "a]b", "a[0]b", "a[b", "{{a}}", "a|b"]
)
def test_what_is_no_path_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        DataPath.parse(written)
