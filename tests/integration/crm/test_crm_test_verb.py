"""`agent-toolbar crm test`: what somebody who writes a connector gets to read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from tests.contract.crm_contract import VIP_NUMBER
from tests.fakes.crm_replays.pipedrive import PipedriveReplay
from tests.fakes.crm_replays.replay_server import KEY, Replay, running
from tests.fakes.crm_replays.tryton import TrytonReplay

SECONDS = 60


@pytest.fixture
def tryton() -> Iterator[Replay]:
    with running(TrytonReplay()) as replay:
        yield replay


def say(access: CrmAccess, *more: str, key: str = KEY, language: str = "en") -> tuple[int, str]:
    """The exit status and what was printed."""
    values = [part for name, value in access.values for part in ("--value", f"{name}={value}")]
    words = ["crm", "test", access.manifest, "--url", access.url, "--user", access.user, *values, "--key-stdin", *more]
    finished = subprocess.run(
        [sys.executable, "-m", "agent_toolbar", "--language", language, *words],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        input=f"{key}\n",
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert finished.stderr == ""
    return finished.returncode, finished.stdout


def test_without_a_number_nothing_of_a_person_is_tried_and_nothing_written(tryton: Replay) -> None:
    status, printed = say(tryton.access)

    assert status == 0
    assert "Tryton\n  ✓  whoami" in printed
    assert "Alice Agent" in printed
    assert "-  deals: not tried, as the number led to nobody for certain (--number)" in printed
    assert "-  log_call: not tried, as it changes the CRM" in printed
    assert "-  dispositions: not in this connector" in printed
    assert tryton.calls == []


def test_with_a_number_and_leave_to_write_all_is_tried(tryton: Replay) -> None:
    status, printed = say(tryton.access, "--number", VIP_NUMBER, "--write")

    assert status == 0, printed
    assert "Marie Lefèvre, +33123456789 (exact)" in printed
    assert "12500.00 EUR" in printed
    assert "✗" not in printed
    assert len(tryton.calls) == 2  # the call, and what was added to it


def test_a_connector_that_cannot_find_what_it_wrote_is_no_fault_where_it_does_not_say_so() -> None:
    with running(PipedriveReplay()) as pipedrive:
        status, printed = say(pipedrive.access, "--number", VIP_NUMBER, "--write")

    assert (status, "-  find_logged: not in this connector" in printed) == (0, True)


def test_what_fails_is_explained_in_the_language_that_was_asked_for(tryton: Replay) -> None:
    status, printed = say(tryton.access, key="wrong")
    assert status == 1
    assert "✗  whoami: The CRM does not accept your key or password." in printed

    _, printed = say(tryton.access, key="wrong", language="fr")
    assert "✗  whoami: Le CRM" in printed


def test_a_fault_of_the_manifest_names_its_line(tryton: Replay, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('schema = 1\nname = "Own"\n[op.find]\nurl = "/find"\nmethodd = "GET"\n')
    status, printed = say(CrmAccess(str(own), tryton.access.url, "alice", (), ""))

    assert (status, printed) == (1, "The connector own.toml has an unknown entry “op.find.methodd” (line 5).\n")


def test_a_connector_that_signs_in_in_the_browser_is_read_and_no_more() -> None:
    access = CrmAccess("zoho", "https://crm.zoho.eu", "ann", (("client_id", "x"),), "")
    status, printed = say(access)

    assert status != 0
    assert "Zoho CRM signs people in in the browser" in printed
