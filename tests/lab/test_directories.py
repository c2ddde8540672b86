"""CardDAV against a real Radicale: what is there comes into the index, what vanishes there vanishes here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from agent_toolbar.application.ports.directory import ImportRequest
from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings
from agent_toolbar.connector.dav_client import DavClient
from agent_toolbar.crm.carddav import CardDavFeed
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_task import ProcessDirectorySyncer
from agent_toolbar.crm.importers import import_contacts
from agent_toolbar.crm.number_changes import correct_number
from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.storage.database import Durability, open_database
from tests.fakes.runtime import ImmediateDispatcher
from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.certificates import Certificates
from tests.lab.deadline import wait_until
from tests.lab.directory_desk import PLAN, SYNC_S, DirectoryDesk
from tests.lab.radicale_server import PASSWORD, USER, RadicaleServer, card
from tests.lab.unavailable import unavailable

pytestmark = pytest.mark.lab

MANY = 1000


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
def desk(tmp_path: Path, radicale: RadicaleServer) -> DirectoryDesk:
    return DirectoryDesk(tmp_path, DirectorySettings("customers", DirectoryKind.CARDDAV, radicale.url, USER), PASSWORD)


def _fill(server: RadicaleServer, count: int) -> None:
    """Past the server, which reads its folder anew when it is asked."""
    for number in range(count):
        (server.cards / f"c{number}.vcf").write_text(card(f"Customer {number:04}", f"+44113496{number:04}"), newline="")


def test_a_thousand_cards_come_in_and_the_next_sync_changes_nothing(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    _fill(radicale, MANY)

    first = desk.synced()
    again = desk.synced()

    assert (first.added, first.contacts) == (MANY, MANY)
    assert desk.contacts()["Customer 0042"] == ["+441134960042"]
    assert (again.added, again.updated, again.removed, again.contacts) == (0, 0, 0, MANY)


def test_changed_cards_are_changed_deleted_ones_go_and_new_ones_come(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    for name in ("Ann", "Bob", "Cleo"):
        radicale.put(f"{name}.vcf", card(name, "+441134960001"))
    desk.synced()

    radicale.put("Ann.vcf", card("Ann", "+441134960009"))
    radicale.delete("Bob.vcf")
    radicale.put("Dan.vcf", card("Dan", "+441134960004"))
    outcome = desk.synced()

    assert (outcome.added, outcome.updated, outcome.removed) == (1, 1, 1)
    assert desk.contacts() == {"Ann": ["+441134960009"], "Cleo": ["+441134960001"], "Dan": ["+441134960004"]}


def test_after_the_server_forgot_its_tokens_everything_is_compared_again(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    for name in ("Ann", "Bob"):
        radicale.put(f"{name}.vcf", card(name, "+441134960001"))
    desk.synced()
    (token,) = desk.rows("SELECT token FROM directory")[0]

    radicale.delete("Bob.vcf")
    radicale.forget_changes()
    outcome = desk.synced()

    assert token
    assert (outcome.added, outcome.updated, outcome.removed) == (0, 0, 1)
    assert list(desk.contacts()) == ["Ann"]


def test_several_numbers_odd_spellings_and_cards_without_one(desk: DirectoryDesk, radicale: RadicaleServer) -> None:
    numbers = (";TYPE=WORK:+44 (0)113 496 0001", ";TYPE=CELL:07911 123456", ";TYPE=FAX:0113 496 0003")
    radicale.put("a.vcf", card("Zoë ’t Hooft", *numbers))
    radicale.put("b.vcf", card("Nobody"))
    radicale.put("c d.vcf".replace(" ", "%20"), card("Company", ";VALUE=uri:tel:+44-113-496-0005;ext=12"))

    outcome = desk.synced()

    assert (outcome.added, outcome.skipped) == (2, 1)
    assert desk.contacts() == {
        "Zoë ’t Hooft": ["+441134960001", "+447911123456"],
        "Company": ["+441134960005;12"],
    }


def test_a_sync_that_is_killed_leaves_the_index_as_it_was(desk: DirectoryDesk, radicale: RadicaleServer) -> None:
    radicale.put("first.vcf", card("First", "+441134960001"))
    desk.synced()
    before = desk.contacts()
    _fill(radicale, MANY)

    outcome = desk.killed_when(lambda progress: progress.done > 0)

    assert outcome.error is not None
    assert outcome.error.code == "directory_interrupted"
    assert desk.contacts() == before
    assert desk.synced().contacts == MANY + 1


def test_a_wrong_password_changes_nothing_and_is_named(desk: DirectoryDesk, radicale: RadicaleServer) -> None:
    radicale.put("first.vcf", card("First", "+441134960001"))
    desk.synced()
    desk.password = "wrong"

    error = desk.sync().error

    assert error is not None
    assert (error.code, error.params["name"]) == ("directory_password", "customers")
    assert list(desk.contacts()) == ["First"]


def test_what_a_file_brought_stays_when_the_directory_is_emptied(
    desk: DirectoryDesk, radicale: RadicaleServer, tmp_path: Path
) -> None:
    file = tmp_path / "customers.vcf"
    file.write_text(card("From a file", "+441134960007"))
    connection = open_database(desk.index, CONTACT_SCHEMA, Durability.NORMAL)
    import_contacts(connection, ImportRequest(file, PLAN), lambda _: None, lambda: False)
    connection.close()
    radicale.put("first.vcf", card("First", "+441134960001"))
    desk.synced()

    radicale.delete("first.vcf")
    outcome = desk.synced()

    assert (outcome.removed, outcome.contacts) == (1, 0)
    assert list(desk.contacts()) == ["From a file"]


def test_what_a_former_directory_brought_is_taken_out_and_nothing_else(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("first.vcf", card("First", "+441134960001"))
    desk.synced()
    desk.directory = msgspec.structs.replace(desk.directory, name="renamed")
    desk.synced()
    assert len(desk.rows("SELECT id FROM contact")) == 2
    removed: list[int] = []

    ProcessDirectorySyncer(desk.index, ImmediateDispatcher()).keep_only(frozenset({"renamed"}), removed.append)
    wait_until(lambda: removed, SYNC_S)

    assert removed == [1]
    assert desk.rows("SELECT source FROM contact") == [("directory/renamed",)]
    assert desk.rows("SELECT source FROM directory_entry") == [("directory/renamed",)]


def test_a_server_that_is_gone_is_unreachable(desk: DirectoryDesk, radicale: RadicaleServer) -> None:
    radicale.stop()

    error = desk.sync().error

    assert error is not None
    assert error.code == "directory_unreachable"


def test_a_corrected_number_is_written_unless_somebody_else_changed_the_card(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann", ";TYPE=WORK:0113 496 0001", "+447911123456"))
    desk.synced()
    ((href, etag),) = desk.rows("SELECT external_id, version FROM directory_entry")
    feed = CardDavFeed("customers", DavClient(radicale.url, USER, PASSWORD))

    feed.correct_number(href, etag, "0113 496 0001", "+441134960002")
    with pytest.raises(DirectoryError) as stale:
        feed.correct_number(href, etag, "+441134960002", "+441134960003")
    feed.close()
    desk.synced()

    assert stale.value.code == "directory_changed"
    assert desk.contacts() == {"Ann": ["+441134960002", "+447911123456"]}


def corrected_here(desk: DirectoryDesk, name: str, before: str, after: str, *, to: str = "") -> None:
    """As the toolbar writes a confirmed correction into the index."""
    ids = dict(desk.rows("SELECT name, id FROM contact"))
    kind = CorrectionKind.MOVE if to else CorrectionKind.CORRECT if after else CorrectionKind.RETIRE
    correction = NumberCorrection(f"k-{before}", kind, before, after, ids[name], name, ids.get(to, 0), to)
    connection = open_database(desk.index, CONTACT_SCHEMA, Durability.NORMAL)
    correct_number(connection, correction, 0.0)
    connection.close()


def test_a_number_that_was_corrected_here_is_corrected_in_the_address_book(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann", ";TYPE=WORK:0113 496 0001", "+447911123456"))
    desk.synced()
    corrected_here(desk, "Ann", "+441134960001", "+441134960002")
    radicale.stop()
    assert desk.sync().error is not None  # it waits in the index
    radicale.start()
    desk.synced()

    assert "TEL;TYPE=WORK:+441134960002" in (radicale.cards / "ann.vcf").read_text()
    assert desk.contacts() == {"Ann": ["+441134960002", "+447911123456"]}
    assert desk.rows("SELECT told FROM number_correction") == [(1,)]


def test_what_somebody_else_wrote_in_the_address_book_meanwhile_stays(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann", "+441134960001"))
    desk.synced()
    corrected_here(desk, "Ann", "+441134960001", "+441134960002")
    radicale.put("ann.vcf", card("Ann", "+441134960003"))
    desk.synced()
    desk.synced()

    assert "+441134960003" in (radicale.cards / "ann.vcf").read_text()
    assert desk.contacts() == {"Ann": ["+441134960003"]}
    assert desk.rows("SELECT told FROM number_correction") == [(1,)]


LABELLED = "item1.TEL;TYPE=WORK:0113 496 0001\r\nitem1.X-ABLabel:_$!<Front desk>!$_\r\n"


def test_a_number_that_was_retired_here_leaves_its_card_and_nothing_else_does(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    whole = card("Ann", "+447911123456").replace("END:", f"{LABELLED}END:")
    radicale.put("ann.vcf", whole)
    desk.synced()
    corrected_here(desk, "Ann", "+441134960001", "")
    radicale.stop()
    assert desk.sync().error is not None  # it waits in the index
    radicale.start()
    desk.synced()
    desk.synced()

    kept = (radicale.cards / "ann.vcf").read_text()
    assert "+447911123456" in kept
    assert "item1." not in kept
    assert "0113 496 0001" not in kept
    assert desk.contacts() == {"Ann": ["+447911123456"]}
    assert desk.rows("SELECT told FROM number_correction") == [(1,)]


def test_a_retired_number_is_taken_out_of_the_card_that_somebody_changed_meanwhile(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann", "+441134960001", "+447911123456"))
    desk.synced()
    corrected_here(desk, "Ann", "+441134960001", "")
    radicale.put("ann.vcf", card("Ann", "+441134960001", "+447911123456", "+441134960007"))
    desk.synced()
    assert "+441134960001" in (radicale.cards / "ann.vcf").read_text()  # the card is read before it is written
    desk.synced()

    assert "+441134960001" not in (radicale.cards / "ann.vcf").read_text()
    assert desk.contacts() == {"Ann": ["+447911123456", "+441134960007"]}


def test_a_number_of_somebody_else_goes_from_one_card_to_the_other(
    desk: DirectoryDesk, radicale: RadicaleServer
) -> None:
    radicale.put("ann.vcf", card("Ann", ";TYPE=WORK:0113 496 0001", "+447911123456"))
    radicale.put("bob.vcf", card("Bob", "+441134960005"))
    desk.synced()
    corrected_here(desk, "Ann", "+441134960001", "+441134960001", to="Bob")
    desk.synced()
    desk.synced()

    ann, bob = ((radicale.cards / f"{name}.vcf").read_text() for name in ("ann", "bob"))
    assert "0113 496 0001" not in ann
    assert bob.count("TEL:+441134960001") == 1
    assert desk.contacts() == {"Ann": ["+447911123456"], "Bob": ["+441134960005", "+441134960001"]}
    assert desk.rows("SELECT told FROM number_correction") == [(1,), (1,)]


def test_tls_is_spoken_with_the_companys_own_authority_and_refused_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "authority"
    folder.mkdir()
    certificates = Certificates(folder)
    now = datetime.now(UTC)
    days = [(now + timedelta(days=day)).strftime("%Y%m%d%H%M%SZ") for day in (-1, 10)]
    try:
        server = RadicaleServer(tmp_path / "radicale", certificates.signed("radicale", *days))
    except LabUnavailableError as error:
        unavailable(str(error))
    (server.cards / "ann.vcf").write_text(card("Ann", "+441134960001"), newline="")
    server.start()
    desk = DirectoryDesk(tmp_path, DirectorySettings("tls", DirectoryKind.CARDDAV, server.url, USER), PASSWORD)
    try:
        refused = desk.sync().error
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        outcome = desk.sync()
    finally:
        server.stop()

    assert refused is not None
    assert refused.code == "directory_unreachable"
    assert "TLS" in str(refused.params["detail"])
    assert outcome.error is None
    assert list(desk.contacts()) == ["Ann"]
