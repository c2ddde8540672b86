"""A whole toolbar with a company's address book: set up in the settings, driven by the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.radicale_server import PASSWORD, USER, RadicaleServer, card
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.unavailable import unavailable

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Radicale

SYNCED_S = 60.0


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[RadicaleServer]:
    try:
        server = RadicaleServer(tmp_path / "radicale")
    except LabUnavailableError as error:
        unavailable(str(error))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def desk(toolbar: Callable[..., ToolbarProcess], radicale: RadicaleServer) -> ToolbarProcess:
    desk = toolbar(start=False)
    config = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config"
    config.mkdir(parents=True, mode=0o700)
    (config / "settings.toml").write_text(
        f'version = 1\n[[directories]]\nname = "Customers"\nkind = "carddav"\nurl = "{radicale.url}"\nuser = "{USER}"\n'
    )
    desk.start()
    return desk


def test_an_address_book_is_read_with_a_password_that_is_given_once(
    desk: ToolbarProcess, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann Müller", "+33 1 99 00 12 34"))

    without = desk.say("contacts", "sync")
    first = desk.do("contacts", "sync", "Customers", "--password-stdin", stdin=PASSWORD)
    found = desk.do("contacts", "lookup", "01 99 00 12 34")
    desk.await_status(lambda now: now["contacts"] == 1, SYNCED_S, "one contact")
    desk.stop()
    radicale.delete("ann.vcf")
    radicale.put("bob.vcf", card("Bob", "+33199001235"))
    desk.start()
    again = desk.do("contacts", "sync")

    assert without.returncode == 1
    assert "Customers: 1 contacts: 1 added" in first
    assert "Ann Müller" in found
    assert "1 added, 0 updated, 1 removed" in again
    assert "Ann" not in desk.do("contacts", "lookup", "01 99 00 12 34")
    assert PASSWORD not in desk.do("status", "--json")


def test_a_server_that_is_gone_is_a_fault_until_it_is_back(desk: ToolbarProcess, radicale: RadicaleServer) -> None:
    desk.do("contacts", "sync", "Customers", "--password-stdin", stdin=PASSWORD)
    radicale.stop()

    refused = desk.say("contacts", "sync")
    standing = desk.status()
    radicale.start()
    desk.do("contacts", "sync")

    assert refused.returncode == 1
    assert "cannot be reached" in refused.stdout
    assert standing["directories"][0]["fault"] == "directory_unreachable"
    assert [fault["place"] for fault in standing["faults"] if fault["code"] == "directory_unreachable"] == ["contacts"]
    assert desk.status()["directories"][0]["fault"] == ""
