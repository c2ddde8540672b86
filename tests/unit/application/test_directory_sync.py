"""When company directories are read, and what is shown of it."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings, Settings
from agent_toolbar.application.toolbar_state import DirectoryState, DirectoryView, FaultPlace, Remedy
from agent_toolbar.domain.errors import DirectoryError
from tests.fakes.application_desk import ACCOUNT, Desk

BOOK = DirectorySettings("book", DirectoryKind.CARDDAV, "https://dav.test/book/", "alice", refresh_min=30)
STAFF = DirectorySettings("staff", DirectoryKind.LDAP, "ldaps://ldap.test", "alice", base="dc=test")


def _desk(*directories: DirectorySettings, password: str | None = "secret") -> Desk:
    desk = Desk(Settings(account=ACCOUNT, directories=directories))
    if password is not None:
        for one in directories:
            desk.vault.secrets[(one.url, one.user)] = password
    return desk


def _view(desk: Desk, place: int = 0) -> DirectoryView:
    return desk.state.directories[place]


def test_a_directory_is_read_soon_after_the_start_and_again_in_its_time() -> None:
    desk = _desk(BOOK)
    assert not desk.directories.syncs

    desk.timers.pass_ms(60_000)
    (first,) = desk.directories.syncs
    first.advance(SyncProgress(3, 10))
    assert (_view(desk).state, _view(desk).done, _view(desk).total) == (DirectoryState.SYNCING, 3, 10)
    first.end(SyncOutcome(contacts=10, added=10))

    assert (first.directory, first.password) == (BOOK, "secret")
    assert (_view(desk).state, _view(desk).contacts) == (DirectoryState.WAITING, 10)
    desk.timers.pass_ms(26 * 60_000)
    assert len(desk.directories.syncs) == 1
    desk.timers.pass_ms(8 * 60_000)
    assert len(desk.directories.syncs) == 2


def test_only_one_directory_is_read_at_a_time() -> None:
    desk = _desk(BOOK, STAFF)
    desk.toolbar.sync_directories()
    assert [one.directory.name for one in desk.directories.syncs] == ["book"]

    desk.directories.syncs[0].end(SyncOutcome())

    assert [one.directory.name for one in desk.directories.syncs] == ["book", "staff"]


def test_who_asked_hears_when_all_have_ended() -> None:
    desk = _desk(BOOK, STAFF)
    heard: list[tuple[DirectoryView, ...]] = []
    desk.toolbar.sync_directories(on_done=heard.append)
    desk.directories.syncs[0].end(SyncOutcome(contacts=1, added=1))
    assert not heard

    desk.directories.syncs[1].end(SyncOutcome(error=DirectoryError("directory_slow", name="staff")))

    ((book, staff),) = heard
    assert (book.contacts, book.fault, staff.fault) == (1, "", "directory_slow")


def test_a_failure_is_a_fault_with_a_remedy_that_is_tried_again_later_and_later() -> None:
    desk = _desk(BOOK)
    desk.toolbar.sync_directories()
    waits = []
    for _ in range(9):
        desk.directories.syncs[-1].end(SyncOutcome(error=DirectoryError("directory_slow", name="book")))
        (fault,) = (one for one in desk.state.faults if one.place is FaultPlace.CONTACTS)
        assert (fault.code, fault.remedy) == ("directory_slow", Remedy.SYNC_DIRECTORIES)
        waits.append(fault.retry_at_s - desk.clock.now_s())
        count = len(desk.directories.syncs)
        desk.timers.pass_ms(round(waits[-1] * 1000) + 10)
        assert len(desk.directories.syncs) == count + 1

    assert waits[0] == pytest.approx(60, rel=0.2)
    assert waits == sorted(waits)
    assert waits[-1] <= 3600 * 1.1
    desk.directories.syncs[-1].end(SyncOutcome(contacts=2))
    assert "directory_slow" not in desk.fault_codes()


def test_the_remedy_tries_at_once() -> None:
    desk = _desk(BOOK)
    desk.toolbar.sync_directories()
    desk.directories.syncs[0].end(SyncOutcome(error=DirectoryError("directory_slow", name="book")))

    desk.toolbar.remedy(Remedy.SYNC_DIRECTORIES)

    assert len(desk.directories.syncs) == 2


def test_without_a_password_nothing_is_asked_until_one_is_given() -> None:
    desk = _desk(BOOK, password=None)
    desk.timers.pass_ms(60_000)
    assert not desk.directories.syncs
    assert "directory_no_password" in desk.fault_codes()
    desk.timers.pass_ms(86_400_000)
    assert not desk.directories.syncs

    desk.toolbar.sync_directories("book", "better")

    assert desk.directories.syncs[0].password == "better"


def test_a_directory_that_is_taken_out_of_the_settings_is_not_read_to_its_end() -> None:
    desk = _desk(BOOK)
    heard: list[tuple[DirectoryView, ...]] = []
    desk.toolbar.sync_directories(on_done=heard.append)

    desk.toolbar.change_settings(Settings(account=ACCOUNT))
    desk.directories.syncs[0].end(SyncOutcome(contacts=5, added=5))

    assert desk.directories.syncs[0].cancelled
    assert (desk.state.directories, heard) == ((), [()])


@pytest.mark.parametrize(
    ("directories", "name", "code"), [((), "", "no_directories"), ((BOOK,), "x", "no_such_directory")]
)
def test_what_is_not_there_cannot_be_read(directories: tuple[DirectorySettings, ...], name: str, code: str) -> None:
    desk = _desk(*directories)

    with pytest.raises(DirectoryError) as refused:
        desk.toolbar.sync_directories(name)

    assert refused.value.code == code


def test_what_a_former_directory_brought_is_taken_out_after_the_start_and_on_a_change() -> None:
    desk = _desk(BOOK, STAFF)
    desk.directories.left_over = 3
    desk.timers.pass_ms(60_000)
    assert desk.directories.kept == [frozenset({"book", "staff"})]

    desk.toolbar.change_settings(Settings(account=ACCOUNT, directories=(STAFF,)))

    assert desk.directories.kept[1:] == [frozenset({"staff"})]
