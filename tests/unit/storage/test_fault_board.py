from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.fault_board import FaultBoard
from tests.fakes.runtime import ImmediateDispatcher

FULL = StorageError("journal_disk_full")


def test_listeners_are_told_each_change_once() -> None:
    board = FaultBoard(ImmediateDispatcher())
    told = []
    board.watch(told.append)
    for fault in (None, FULL, StorageError("journal_disk_full"), StorageError("journal_failed"), None, None):
        board.show(fault)

    assert [fault.code if fault else None for fault in told] == ["journal_disk_full", "journal_failed", None]


def test_the_same_fault_with_other_values_is_told_anew() -> None:
    board = FaultBoard(ImmediateDispatcher())
    told = []
    board.watch(told.append)
    board.show(StorageError("journal_corrupted", file="a"))
    board.show(StorageError("journal_corrupted", file="b"))

    assert [fault.params["file"] for fault in told] == ["a", "b"]


def test_who_comes_late_is_told_what_stands() -> None:
    board = FaultBoard(ImmediateDispatcher())
    board.show(FULL)
    told = []
    board.watch(told.append)

    assert told == [FULL]
