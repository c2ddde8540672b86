"""The file for support: whatever numbers, names, addresses and secrets a desk holds, none of them is in it."""

from __future__ import annotations

import json
import tempfile
import zipfile
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.support import SupportSources
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, ToolbarState
from agent_toolbar.diagnostics.support import SupportFile
from agent_toolbar.diagnostics.support.facts import error_facts, settings_facts, timing_facts
from agent_toolbar.domain.errors import AgentToolbarError, StorageError
from agent_toolbar.domain.registration import Transport
from agent_toolbar.i18n.codes import told_codes
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.sample_examinations import ALL_WELL
from tests.fakes.sample_states import READY

SECRETS = (
    "+33612345678",
    "0612345678",
    "Marie Dupont",
    "marie.dupont@example.com",
    "pbx.secret-company.example",
    "192.168.77.13",
    "sip:4711@10.9.8.7",
    "hunter2-Geheim",
    "Évelyne Müller-Łukasz",
    "3f2a9c0d4e5b6a7988776655443322ff",
)
planted = st.sampled_from(SECRETS)


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """A value of `kind` in which every text, also in lists and dictionaries, is something that must not be told."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is str:
        return planted
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(0, 99_999)
    if kind is float:
        return st.floats(0, 10_000, width=16)
    if kind is type(None):
        return st.none()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=2)
    if origin is frozenset:
        return st.frozensets(anything(inner[0]), max_size=2)
    if origin is not None and inner:  # X | None, X | Y
        return st.one_of(*(anything(one) for one in inner))
    assert is_dataclass(kind) or issubclass(kind, msgspec.Struct), kind
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else list(kind.__struct_fields__)
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: st.deferred(lambda n=name: anything(hints[n])) for name in names})


results = st.builds(
    CheckResult,
    check=st.sampled_from(list(Check)),
    finding=st.sampled_from(list(Finding)),
    code=st.one_of(planted, st.sampled_from(["cti_off", "paused_there"])),
    params=st.dictionaries(
        st.one_of(planted, st.sampled_from(["port", "status", "reason", "server", "name", "dbfs"])),
        st.one_of(planted, st.integers(0, 9_999)),
        max_size=4,
    ),
)
trace_lines = st.lists(
    st.builds(
        lambda moment, at_s, call: json.dumps({"moment": moment, "monotonic_s": at_s, "call": call}),
        st.one_of(planted, st.just("card_painted")),
        st.floats(0, 10_000, width=16),
        planted,
    ),
    max_size=3,
)
log_lines = st.lists(
    st.one_of(
        planted,
        planted.map(lambda text: f"ValueError: {text}"),
        planted.map(lambda text: f"{text}: Assertion failed for {text}"),
        planted.map(lambda text: f'  File "/home/{text}/x.py"'),
    ),
    max_size=4,
)


def bundler(folder: Path) -> SupportFile:
    return SupportFile(
        QueueDispatcher(),
        ManualClock(),
        codes=told_codes(),
        error_log=folder / "engine-errors.log",
        trace=folder / "trace",
    )


def contents(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    state=anything(ToolbarState),
    now=anything(Settings),
    found=st.lists(results, max_size=5),
    logs=st.tuples(trace_lines, log_lines),
    name=planted.filter(lambda text: ":" not in text),
)
def test_nothing_that_was_planted_is_in_any_file(
    state: ToolbarState, now: Settings, found: list[CheckResult], logs: tuple[list[str], list[str]], name: str
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "trace").write_text("\n".join(logs[0]))
        (folder / "engine-errors.log").write_text("\n".join(logs[1]))
        file = folder / f"{name}.zip"

        bundler(folder).pack(file, SupportSources(state, now, Examination(tuple(found), done=True)))

        told = contents(file)
        raw = file.read_bytes()
    for secret in SECRETS:
        written = json.dumps(secret)[1:-1]
        assert not [part for part, text in told.items() if secret in part or secret in text or written in text]
        assert secret.encode() not in raw


def test_what_is_wanted_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "engine-errors.log").write_text("Traceback\nOSError: [Errno 5] /home/marie\n")
    paused = CheckResult(Check.TRANSPORT, Finding.WRONG, "port_closed", {"port": 5060, "server": "pbx.example"})
    fault = Fault("engine_lost", FaultPlace.TELEPHONY)

    sources = SupportSources(
        replace(READY, faults=(fault,)), Settings(), Examination((paused, *ALL_WELL.results[7:]), done=True)
    )

    bundler(tmp_path).pack(tmp_path / "b.zip", sources)

    told = contents(tmp_path / "b.zip")
    parts = ("versions", "state", "settings", "doctor", "timings", "engine-errors")
    assert set(told) == {"README.txt", *(f"{part}.json" for part in parts)}
    assert json.loads(told["doctor.json"])[0] == {
        "check": "transport",
        "finding": "wrong",
        "code": "port_closed",
        "params": {"port": 5060},
    }
    assert json.loads(told["state.json"])["registration"]["state"] == "registered"
    assert json.loads(told["state.json"])["faults"][0]["code"] == "engine_lost"
    assert json.loads(told["engine-errors.json"]) == {"lines": 2, "assertions": 0, "exceptions": {"OSError": 1}}


def test_settings_are_told_as_changed_or_not_and_values_only_where_they_are_no_text() -> None:
    account = msgspec.structs.replace(Settings().account, server="pbx.example", port=5070, transport=Transport.TCP)
    told = settings_facts(msgspec.structs.replace(Settings(), account=account))

    assert told["account"] == {
        **settings_facts(Settings())["account"],  # type: ignore[dict-item]
        "server": {"changed": True},
        "port": {"changed": True, "value": 5070},
        "transport": {"changed": True, "value": "tcp"},
    }
    assert told["availability"]["reasons"] == {"changed": False, "count": 5}  # type: ignore[call-overload,index]


def test_moments_are_told_from_the_first_one_on_and_without_their_ids() -> None:
    lines = [
        '{"moment": "card_painted", "at_s": 1.0, "monotonic_s": 100.5, "call": "abc"}',
        '{"moment": "card_painted", "at_s": 2.0, "monotonic_s": 101.25, "call": "def"}',
        '{"moment": "card_pai',
    ]
    assert timing_facts(lines) == [
        {"moment": "card_painted", "after_ms": 0},
        {"moment": "card_painted", "after_ms": 750},
    ]


def test_errors_are_counted_by_class() -> None:
    lines = ["agent_toolbar.domain.errors.EngineError: call_gone (name=Marie)", "../x.c:12: Assertion `marie' failed"]
    assert error_facts(lines) == {"lines": 2, "assertions": 1, "exceptions": {"EngineError": 1}}


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "b.zip").mkdir()  # cannot be replaced by a file
    with pytest.raises(StorageError) as refused:
        bundler(tmp_path).pack(tmp_path / "b.zip", SupportSources(READY, Settings(), ALL_WELL))
    assert refused.value.code == "bundle_not_written"
    assert [one.name for one in tmp_path.iterdir()] == ["b.zip"]


def test_the_answer_comes_on_the_gui_thread(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    outcomes: list[Path | AgentToolbarError] = []
    support = SupportFile(dispatcher, ManualClock(), codes=told_codes(), error_log=tmp_path / "none", trace=None)

    support.write(tmp_path / "b.zip", SupportSources(READY, Settings(), ALL_WELL), outcomes.append)
    dispatcher.run_until(lambda: bool(outcomes), 10, "the file")

    assert outcomes == [tmp_path / "b.zip"]
