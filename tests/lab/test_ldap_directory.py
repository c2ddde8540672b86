"""LDAP against a real slapd, which for some tests says of itself what Active Directory does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings
from agent_toolbar.crm.directory_feed import FeedChanges, Known
from agent_toolbar.crm.ldap_directory import LdapFeed
from agent_toolbar.domain.errors import DirectoryError
from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.certificates import Certificates
from tests.lab.directory_desk import DirectoryDesk
from tests.lab.slapd_server import BASE, PASSWORD, PEOPLE, USER, SlapdServer, person
from tests.lab.unavailable import unavailable

pytestmark = pytest.mark.lab

MANY = 1000

StartSlapd = Callable[..., SlapdServer]


def _read(directory: DirectorySettings, known: Known | None = None, *, start_tls: bool = False) -> FeedChanges:
    feed = LdapFeed(directory, PASSWORD, start_tls=start_tls)
    try:
        return feed.changes(known or Known(), lambda _done, _total: None)
    finally:
        feed.close()


@pytest.fixture
def slapd(tmp_path: Path) -> Iterator[StartSlapd]:
    """Starts a server with the people that it is given."""
    servers: list[SlapdServer] = []

    def start(*people: str, certificate: tuple[Path, Path] | None = None, highest: int | None = None) -> SlapdServer:
        try:
            server = SlapdServer(tmp_path / "slapd", certificate)
        except LabUnavailableError as error:
            unavailable(str(error))
        server.count(highest)
        server.load(people)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


def _staff(url: str, **values: object) -> DirectorySettings:
    staff = DirectorySettings("staff", DirectoryKind.LDAP, url, USER, base=PEOPLE)
    return msgspec.structs.replace(staff, **values)


def _desk(folder: Path, server: SlapdServer) -> DirectoryDesk:
    return DirectoryDesk(folder, _staff(server.url), PASSWORD)


def _guid(name: str) -> bytes:
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()


def test_a_thousand_people_come_in_pages_and_the_next_sync_changes_nothing(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd(*(person(f"Person {n:04}", telephoneNumber=f"+44 113 496-{n:04}") for n in range(MANY)))
    desk = _desk(tmp_path, server)

    first = desk.synced()
    again = desk.synced()

    assert (first.added, first.contacts) == (MANY, MANY)
    assert desk.contacts()["Person 0042"] == ["+441134960042"]
    assert (again.added, again.updated, again.removed, again.contacts) == (0, 0, 0, MANY)


def test_changed_people_are_changed_and_deleted_ones_go(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd(*(person(name, telephoneNumber="+441134960001") for name in ("Ann", "Bob", "Cleo")))
    desk = _desk(tmp_path, server)
    desk.synced()

    server.change("Ann", telephoneNumber="+441134960009")
    server.delete("Bob")
    outcome = desk.synced()

    assert (outcome.added, outcome.updated, outcome.removed) == (0, 1, 1)
    assert desk.contacts() == {"Ann": ["+441134960009"], "Cleo": ["+441134960001"]}


def test_several_numbers_in_odd_spellings(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd(
        person(
            "Zoe (Head, of; it) *",
            displayName="Zoe Head",
            telephoneNumber=["+44 (0)113 496 0001", "0113 496-0002"],
            mobile="07911/123456",
            homePhone="0044 113 496 0004",
            otherTelephone="0113.496.0005",
            ipPhone="2001",
            msRTCSIP_Line="tel:+441134960006;ext=12",
            company="Lab & Sons",
        ).replace("cn=Zoe (Head, of; it) *", r"cn=Zoe (Head\, of\; it) *"),
        person("Nobody"),
    )
    desk = _desk(tmp_path, server)

    outcome = desk.synced()

    assert (outcome.added, outcome.skipped) == (1, 1)
    assert desk.contacts() == {
        "Zoe Head": [
            "+441134960001", "+441134960002", "+447911123456", "+441134960004", "+441134960005", "2001",
            "+441134960006;12",
        ]
    }  # fmt: skip
    assert desk.rows("SELECT company FROM contact") == [("Lab & Sons",)]


def test_a_directory_that_counts_is_only_asked_for_what_changed(tmp_path: Path, slapd: StartSlapd) -> None:
    people = [
        person(name, guid=_guid(name), uSNChanged=str(number), telephoneNumber="+441134960001")
        for number, name in enumerate(("Ann", "Bob", "Cleo", "Dan"), start=1)
    ]
    server = slapd(*people, highest=10)
    desk = _desk(tmp_path, server)
    assert desk.synced().contacts == 4

    server.change("Ann", telephoneNumber="+441134960009")  # uncounted: must not be seen
    server.change("Bob", telephoneNumber="+441134960008", uSNChanged=11)
    server.delete("Cleo")
    outcome = desk.synced()

    assert (outcome.added, outcome.updated, outcome.removed, outcome.contacts) == (0, 1, 1, 3)
    assert desk.contacts() == {"Ann": ["+441134960001"], "Bob": ["+441134960008"], "Dan": ["+441134960001"]}


def test_whoever_comes_into_sight_uncounted_is_read_by_their_id(slapd: StartSlapd) -> None:
    names = ("Ann", "Bob")
    server = slapd(
        *(person(name, guid=_guid(name), uSNChanged="1", telephoneNumber="+441134960001") for name in names), highest=10
    )
    everything = _read(_staff(server.url))
    versions = {entry.id: entry.version for entry in everything.put}
    del versions[everything.put[1].id]

    changes = _read(_staff(server.url), Known(everything.token, versions))

    assert [entry.id for entry in changes.put] == [everything.put[1].id]
    assert not changes.gone


def test_another_server_has_another_count(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd(person("Ann", guid=_guid("Ann"), uSNChanged="1", telephoneNumber="+441134960001"), highest=10)
    desk = _desk(tmp_path, server)
    desk.synced()

    server.change("Ann", telephoneNumber="+441134960009")
    server.stop()
    server.count(500, "dc2")
    server.start()

    assert desk.synced().updated == 1


def test_a_sync_that_is_killed_leaves_the_index_as_it_was(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd(*(person(f"Person {n:04}", telephoneNumber=f"+44113496{n:04}") for n in range(MANY)))
    desk = _desk(tmp_path, server)

    outcome = desk.killed_when(lambda progress: progress.done > 0)

    assert outcome.error is not None
    assert outcome.error.code == "directory_interrupted"
    assert desk.contacts() == {}
    assert desk.synced().contacts == MANY


@pytest.mark.parametrize(
    ("values", "password", "code"),
    [
        ({}, "wrong", "directory_password"),
        ({"user": f"cn=nobody,{BASE}"}, PASSWORD, "directory_password"),
        ({"base": f"ou=nowhere,{BASE}"}, PASSWORD, "directory_not_found"),
        ({"filter": "(cn=)(x"}, PASSWORD, "directory_broken"),
        ({"filter": "(&(objectClass=person)(cn=a"}, PASSWORD, "directory_broken"),
    ],
)
def test_what_is_refused_changes_nothing_and_is_named(
    tmp_path: Path, slapd: StartSlapd, values: dict[str, str], password: str, code: str
) -> None:
    server = slapd(person("Ann", telephoneNumber="+441134960001"))
    desk = _desk(tmp_path, server)
    desk.synced()
    desk.directory, desk.password = _staff(server.url, **values), password

    error = desk.sync().error

    assert error is not None
    assert (error.code, error.params["name"]) == (code, "staff")
    assert list(desk.contacts()) == ["Ann"]


def test_a_server_that_is_gone_is_unreachable(tmp_path: Path, slapd: StartSlapd) -> None:
    server = slapd()
    desk = _desk(tmp_path, server)
    server.stop()

    error = desk.sync().error

    assert error is not None
    assert error.code == "directory_unreachable"


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    folder = tmp_path / "authority"
    folder.mkdir()
    return Certificates(folder)


def _signed(certificates: Certificates, name: str, address: str) -> tuple[Path, Path]:
    now = datetime.now(UTC)
    begins, ends = ((now + timedelta(days=day)).strftime("%Y%m%d%H%M%SZ") for day in (-1, 10))
    return certificates.signed(name, begins, ends, address=address)


@pytest.mark.parametrize("start_tls", [True, False], ids=["StartTLS", "LDAPS"])
def test_tls_is_spoken_with_the_companys_own_authority_and_refused_without_it(
    slapd: StartSlapd, certificates: Certificates, monkeypatch: pytest.MonkeyPatch, start_tls: bool
) -> None:
    server = slapd(
        person("Ann", telephoneNumber="+441134960001"), certificate=_signed(certificates, "slapd", "127.0.0.1")
    )
    staff = _staff(server.url if start_tls else server.secure_url)

    with pytest.raises(DirectoryError) as refused:
        _read(staff, start_tls=start_tls)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    changes = _read(staff, start_tls=start_tls)

    assert refused.value.code == "directory_unreachable"
    assert "TLS" in str(refused.value.params["detail"])
    assert len(changes.put) == 1


@pytest.mark.parametrize("start_tls", [True, False], ids=["StartTLS", "LDAPS"])
def test_a_certificate_of_another_host_is_refused(
    slapd: StartSlapd, certificates: Certificates, monkeypatch: pytest.MonkeyPatch, start_tls: bool
) -> None:
    server = slapd(certificate=_signed(certificates, "other", "192.0.2.1"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    staff = _staff(server.url if start_tls else server.secure_url)

    with pytest.raises(DirectoryError) as refused:
        _read(staff, start_tls=start_tls)

    assert refused.value.code == "directory_unreachable"
