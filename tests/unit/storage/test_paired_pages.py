from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from agent_toolbar.storage.paired_pages import KeptPage, PairedPagesFile

CRM = KeptPage("https://crm.example.com", "a" * 64, 1_700_000_000.0)
WIKI = KeptPage("https://wiki.example.com", "b" * 64, 1_700_000_001.0)


@pytest.fixture
def io() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def written(io: ThreadPoolExecutor) -> None:
    done: Future[None] = io.submit(lambda: None)
    done.result()


def test_what_was_written_is_read_in_a_later_life(tmp_path: Path, io: ThreadPoolExecutor) -> None:
    file = tmp_path / "state" / "pages.json"
    PairedPagesFile(file, io).write((CRM, WIKI))
    written(io)
    assert PairedPagesFile(file, io).read() == (CRM, WIKI)


def test_only_its_owner_reads_it(tmp_path: Path, io: ThreadPoolExecutor) -> None:
    file = tmp_path / "pages.json"
    PairedPagesFile(file, io).write((CRM,))
    written(io)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["pages.json"]


def test_the_newest_is_what_stays(tmp_path: Path, io: ThreadPoolExecutor) -> None:
    store = PairedPagesFile(tmp_path / "pages.json", io)
    for pages in ((CRM,), (CRM, WIKI), (), (WIKI,)):
        store.write(pages)
    written(io)
    assert store.read() == (WIKI,)


def test_no_file_is_no_page(tmp_path: Path, io: ThreadPoolExecutor) -> None:
    assert PairedPagesFile(tmp_path / "pages.json", io).read() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version":1}', '{"version":1,"pages":[{"origin":"x"}]}', "\xff"])
def test_a_file_that_cannot_be_read_lets_nobody_in(
    tmp_path: Path, io: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    (tmp_path / "pages.json").write_bytes(text.encode("latin-1"))
    with caplog.at_level(logging.WARNING):
        assert PairedPagesFile(tmp_path / "pages.json", io).read() == ()
    assert "cannot be read" in caplog.text


def test_a_disk_that_refuses_is_logged_and_breaks_nothing(
    tmp_path: Path, io: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no-folder").write_text("")
    store = PairedPagesFile(tmp_path / "no-folder" / "pages.json", io)
    with caplog.at_level(logging.WARNING):
        store.write((CRM,))
        written(io)
    assert "not written" in caplog.text
