"""`contacts sync` and the directories in `status --json`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings, Settings
from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import Argument, Verb, encode_request, parse_request
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_verbs import ControlVerbs
from tests.fakes.application_desk import ACCOUNT, Desk

BOOK = DirectorySettings("Book", DirectoryKind.CARDDAV, "https://dav.test/book/", "ann")


@pytest.fixture
def desk(qapp) -> Desk:
    Translation(qapp).use("en")
    return Desk(Settings(account=ACCOUNT, directories=(BOOK,)))


def ask(desk: Desk, verb: Verb, **args: Argument) -> list[dict[str, Any]]:
    """The answers; those that are still to come are appended."""
    answers: list[dict[str, Any]] = []
    verbs = ControlVerbs(desk.toolbar, desk.clock, lambda _token: None)
    verbs.handle(parse_request(encode_request(verb, args)), Reply(lambda line, _last: answers.append(json.loads(line))))
    return answers


def test_sync_answers_when_it_has_ended_and_shows_the_password_nowhere(desk: Desk) -> None:
    answers = ask(desk, Verb.CONTACTS_SYNC, name="Book", password="top secret")
    assert not answers

    (sync,) = desk.directories.syncs
    sync.end(SyncOutcome(contacts=5, added=3, updated=1, removed=1, skipped=2))

    (book,) = answers[0]["result"]["directories"]
    assert answers[0]["result"]["failed"] == 0
    assert sync.password == "top secret"
    assert {name: book[name] for name in ("name", "kind", "state", "contacts", "added", "updated", "skipped")} == {
        "name": "Book", "kind": "carddav", "state": "waiting", "contacts": 5, "added": 3, "updated": 1, "skipped": 2,
    }  # fmt: skip
    assert "top secret" not in json.dumps(answers + ask(desk, Verb.STATUS))


def test_a_failure_is_told_in_words(desk: Desk) -> None:
    answers = ask(desk, Verb.CONTACTS_SYNC, name="Book", password="x")
    desk.directories.syncs[0].end(SyncOutcome(error=DirectoryError("directory_password", name="Book")))

    (book,) = answers[0]["result"]["directories"]
    assert answers[0]["result"]["failed"] == 1
    assert book["fault"] == "directory_password"
    assert "“Book” refuses user or password" in book["text"]


def test_status_shows_how_far_a_sync_is(desk: Desk) -> None:
    ask(desk, Verb.CONTACTS_SYNC, name="Book", password="x")
    desk.directories.syncs[0].advance(SyncProgress(20, 80))

    (book,) = ask(desk, Verb.STATUS)[0]["result"]["directories"]

    assert (book["state"], book["done"], book["total"]) == ("syncing", 20, 80)


def test_a_directory_that_nobody_knows_is_refused(desk: Desk) -> None:
    refused = ask(desk, Verb.CONTACTS_SYNC, name="Other")[0]["error"]

    assert refused["code"] == "no_such_directory"
