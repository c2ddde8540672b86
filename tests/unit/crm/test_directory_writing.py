"""An address book is told of corrected numbers once, in order, and of none that somebody else changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from agent_toolbar.crm.contact_index import ContactWriter, StoredContact, StoredPhone
from agent_toolbar.crm.directory_writing import write_corrections
from agent_toolbar.crm.number_changes import correct_number
from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from tests.fakes.directory import empty_index

SOURCE = "directory/Book"
A, B, C = "+33140500001", "+33140500002", "+33140500003"


class Book:
    """Takes corrections until it fails."""

    def __init__(self, failing: str = "", *, only: str = "") -> None:
        """`only`: the card that fails, "" for all."""
        self.failing = failing
        self.only = only
        self.written: list[tuple[str, str, str, str]] = []

    def correct_number(self, href: str, etag: str, old: str, new: str) -> str:
        if self.failing and self.only in {"", href}:
            raise DirectoryError(self.failing, name="Book")
        self.written.append((href, etag, old, new))
        return f"after-{new}"

    def retire_number(self, href: str, etag: str, old: str) -> str:
        return self.correct_number(href, etag, old, "")

    def add_number(self, href: str, etag: str, new: str) -> str:
        return self.correct_number(href, etag, "", new)


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = empty_index()
    writer = ContactWriter(connection, 0)
    writer.put(StoredContact("Ann", (StoredPhone(A, written="01 40 50 00 01"),), source=SOURCE, external_id="/a"))
    writer.put(StoredContact("Bob", (StoredPhone(A),), source="file", external_id="7"))
    writer.put(StoredContact("Cleo", (StoredPhone(C, written="01 40 50 00 03"),), source=SOURCE, external_id="/c"))
    yield connection
    connection.close()


def change(index: sqlite3.Connection, key: str, before: str, after: str, *, name: str = "Ann", to: str = "") -> None:
    kind = CorrectionKind.MOVE if to else CorrectionKind.CORRECT if after else CorrectionKind.RETIRE
    ids = dict(index.execute("SELECT name, id FROM contact"))
    correct_number(index, NumberCorrection(key, kind, before, after, ids[name], name, ids.get(to, 0), to), 0.0)


def test_each_correction_is_told_once_in_the_books_own_spelling(index: sqlite3.Connection) -> None:
    change(index, "k1", A, B)
    change(index, "k2", B, C)
    change(index, "k3", A, B, name="Bob")  # a file is not told
    book = Book()
    write_corrections(index, SOURCE, {"/a": "v1"}, book)
    write_corrections(index, SOURCE, {"/a": "v1"}, book)

    assert book.written == [("/a", "v1", "01 40 50 00 01", B), ("/a", f"after-{B}", B, C)]


def test_what_cannot_be_told_now_is_told_later(index: sqlite3.Connection) -> None:
    change(index, "k1", A, B)
    with pytest.raises(DirectoryError, match="directory_unreachable"):
        write_corrections(index, SOURCE, {}, Book("directory_unreachable"))
    write_corrections(index, SOURCE, {}, Book("directory_changed"))  # the card is read anew first
    book = Book()
    write_corrections(index, SOURCE, {"/a": "v2"}, book)
    assert book.written == [("/a", "v2", "01 40 50 00 01", B)]


@pytest.mark.parametrize("code", ["directory_no_such_number", "directory_not_found", "directory_forbidden"])
def test_what_is_not_to_be_written_is_not_tried_again(index: sqlite3.Connection, code: str) -> None:
    change(index, "k1", A, B)
    write_corrections(index, SOURCE, {}, Book(code))
    book = Book()
    write_corrections(index, SOURCE, {}, book)
    assert book.written == []


def test_a_number_that_was_taken_away_is_taken_out_of_the_card(index: sqlite3.Connection) -> None:
    change(index, "k1", A, "")
    change(index, "k2", A, "", name="Bob")
    book = Book()
    write_corrections(index, SOURCE, {"/a": "v1"}, book)
    write_corrections(index, SOURCE, {"/a": "v1"}, book)
    assert book.written == [("/a", "v1", "01 40 50 00 01", "")]


def test_a_number_that_went_to_somebody_else_is_taken_out_of_one_card_and_added_to_the_other(
    index: sqlite3.Connection,
) -> None:
    change(index, "k1", A, A, to="Cleo")
    book = Book()
    write_corrections(index, SOURCE, {"/a": "v1", "/c": "v7"}, book)
    write_corrections(index, SOURCE, {}, book)
    assert book.written == [("/a", "v1", "01 40 50 00 01", ""), ("/c", "v7", "", A)]


def test_each_card_of_a_number_that_moved_waits_for_itself(index: sqlite3.Connection) -> None:
    change(index, "k1", A, A, to="Cleo")
    change(index, "k2", A, B, name="Cleo")  # about what the first one adds
    write_corrections(index, SOURCE, {}, book := Book("directory_changed", only="/c"))
    assert book.written == [("/a", "", "01 40 50 00 01", "")]
    write_corrections(index, SOURCE, {"/c": "v8"}, book := Book())
    assert book.written == [("/c", "v8", "", A), ("/c", f"after-{A}", A, B)]


def test_a_number_that_the_book_gave_already_in_its_own_spelling_is_not_added(index: sqlite3.Connection) -> None:
    change(index, "k1", A, A, to="Cleo")
    index.execute("UPDATE phone SET written = '01 40 50 00 01' WHERE key = ?", (A,))
    write_corrections(index, SOURCE, {}, book := Book())
    assert [href for href, *_ in book.written] == ["/a"]
