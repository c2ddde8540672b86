"""What of a call is on disk, for whom, and what a successor makes of it."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from agent_toolbar.domain.call import CallDirection, CallQuality, CallSnapshot, CallState, QualityGrade
from agent_toolbar.domain.identity import Identity
from agent_toolbar.engine.dialog_id import DialogId
from agent_toolbar.engine.dialog_store import FORGET_AFTER_S, DialogStore, StoredCall

CALL = CallSnapshot(
    id="call-1",
    direction=CallDirection.INCOMING,
    state=CallState.CONNECTED,
    remote=Identity(number="+33123456789", name="Marie Dupont"),
    sip_call_id="abc@pbx",
    started_s=1000.0,
    answered_s=1002.5,
    held=True,
    consult_for="other",
    context_key="0" * 32,
)
STORED = StoredCall("pbx.test", "1001", DialogId("abc@pbx", "ours", "theirs"), CALL)


class Clock:
    now_s = 5000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> DialogStore:
    return DialogStore(tmp_path, clock)


def file_of(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_successor_reads_the_whole_call(store: DialogStore, tmp_path: Path, clock: Clock) -> None:
    store.put(STORED)

    assert DialogStore(tmp_path, clock).read() == (STORED,)


def test_the_file_is_the_owners_alone(store: DialogStore, tmp_path: Path) -> None:
    store.put(STORED)

    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600


def test_digits_and_quality_are_not_written(store: DialogStore, tmp_path: Path) -> None:
    quality = CallQuality(4.0, 0.0, 1.0, 2.0, QualityGrade.GOOD)
    store.put(StoredCall("pbx", "1001", STORED.dialog, replace(CALL, digits_sent="4929123", quality=quality)))

    assert b"4929123" not in file_of(tmp_path).read_bytes()
    assert b"mos" not in file_of(tmp_path).read_bytes()


def test_the_same_call_is_not_written_twice(store: DialogStore, tmp_path: Path) -> None:
    store.put(STORED)
    before = file_of(tmp_path).stat().st_ino

    store.put(StoredCall("pbx.test", "1001", STORED.dialog, replace(CALL, digits_sent="1")))
    assert file_of(tmp_path).stat().st_ino == before

    store.put(StoredCall("pbx.test", "1001", STORED.dialog, replace(CALL, muted=True)))
    assert file_of(tmp_path).stat().st_ino != before


def test_the_last_call_takes_the_file_with_it(store: DialogStore, tmp_path: Path) -> None:
    store.put(STORED)
    store.put(StoredCall("pbx.test", "1001", STORED.dialog, replace(CALL, id="call-2")))

    store.remove("call-1")
    assert [one.call.id for one in DialogStore(tmp_path, Clock()).read()] == ["call-2"]
    store.remove("call-2")
    assert list(tmp_path.iterdir()) == []
    assert store.calls == ()


@pytest.mark.parametrize("late_s", [FORGET_AFTER_S, -FORGET_AFTER_S])
def test_what_is_older_than_an_hour_is_forgotten(
    store: DialogStore, tmp_path: Path, clock: Clock, late_s: float
) -> None:
    store.put(STORED)
    clock.now_s += late_s

    assert DialogStore(tmp_path, clock).read() == ()


def test_a_long_call_stays_young_while_its_engine_lives(store: DialogStore, tmp_path: Path, clock: Clock) -> None:
    store.put(STORED)
    clock.now_s += 2 * FORGET_AFTER_S
    store.write()

    assert DialogStore(tmp_path, clock).read() == (STORED,)


@pytest.mark.parametrize(
    "stored",
    [
        StoredCall("pbx", "1001", DialogId("a\r\nX: y", "ours", "theirs"), CALL),
        StoredCall("pbx", "1001", DialogId("a", "ours;to-tag=x", "theirs"), CALL),
        StoredCall("pbx", "1001", DialogId("a", "ours", ""), CALL),
        StoredCall("pbx", "1001", STORED.dialog, replace(CALL, state=CallState.RINGING)),
        StoredCall("pbx", "1001", STORED.dialog, CALL, attempts=3),
    ],
    ids=["newline", "parameter", "no tag", "not connected", "tried often"],
)
def test_what_cannot_be_taken_back_is_left_out(
    store: DialogStore, tmp_path: Path, clock: Clock, stored: StoredCall
) -> None:
    store.put(stored)

    assert DialogStore(tmp_path, clock).read() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"written_s":"x","calls":[]}', "9" * 300_000, "[" * 100_000])
def test_a_damaged_file_is_no_obstacle(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    (tmp_path / "engine-calls.json").write_text(text)

    store = DialogStore(tmp_path, clock)
    assert store.read() == ()
    assert "cannot be read" in caplog.text
    store.put(STORED)
    assert DialogStore(tmp_path, clock).read() == (STORED,)


def test_a_disk_that_is_full_ends_no_call(tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    store = DialogStore(tmp_path / "missing", clock)

    store.put(STORED)

    assert "cannot be written" in caplog.text
