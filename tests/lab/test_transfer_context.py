"""The story travels with the call: two toolbars, one shared store, a PBX that passes the key or strips it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.postgres_server import PASSWORD, PostgresServer
from tests.lab.toolbar_process import Status, ToolbarProcess
from tests.lab.transfer_desk import TransferDesk

MARIE_HZ = 650
NOTE = "Wants a refund; the parcel came broken"
CONTACTS = "Name,Company,Phone\nMarie Durand,Durand SARL,01 23 45 67 89\n"
WAYS = [
    pytest.param({}, "sure", id="headers passed"),
    pytest.param({"strips_headers": True}, "probable", id="headers stripped"),
]


@pytest.fixture
def store_url(request: pytest.FixtureRequest, lab_folder: Path) -> str:
    """A file, or with "postgres" as parameter a database of the server."""
    if getattr(request, "param", "") == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()
    return f"sqlite:///{lab_folder}/stories.sqlite"


@pytest.fixture
def desks(
    toolbar: Callable[..., ToolbarProcess], pbx: AsteriskPbx, lab_folder: Path, store_url: str
) -> tuple[TransferDesk, TransferDesk]:
    """Alice at 1001 and Bruno at 1002. Only Alice's index knows Marie."""

    def desk(extension: str) -> TransferDesk:
        process = toolbar()
        secret = ["--password-stdin"] if store_url.startswith("postgresql") else []
        process.do("store", "set", "--url", store_url, *secret, stdin=PASSWORD if secret else "")
        return TransferDesk(process, pbx, extension)

    alice, bruno = desk("1001"), desk("1002")
    contacts = lab_folder / "contacts.csv"
    contacts.write_text(CONTACTS)
    alice.do("contacts", "import", str(contacts))
    return alice, bruno


@pytest.fixture
def call(desks: tuple[TransferDesk, TransferDesk], customer: Callable[..., BaresipCustomer]) -> Status:
    """Alice's call with Marie, with a note."""
    alice, _ = desks
    call = alice.talk_with(customer("marie", voice_hz=MARIE_HZ))
    alice.do("note", NOTE)
    return alice.toolbar.await_call(id=call, note=NOTE)


def story(desk: TransferDesk, **wanted: Any) -> Status:
    """The story of the call that is as wanted."""

    def found(now: Status) -> Status | None:
        calls = [one for one in now["calls"] if all(one[name] == value for name, value in wanted.items())]
        return calls[0]["context"] if calls else None

    now = desk.toolbar.await_status(found, what=f"the story of a call with {wanted}")
    return dict(found(now) or {})


def assert_told(told: Status, certainty: str, conversation: str) -> None:
    assert (told["from"], told["note"], told["certainty"]) == ("1001", NOTE, certainty)
    assert (told["name"], told["company"]) == ("Marie Durand", "Durand SARL")
    assert told["conversation"] == conversation
    assert not told["returned"]


@pytest.mark.parametrize(("pbx_wishes", "certainty"), WAYS)
def test_a_blind_transfer_brings_the_story(
    desks: tuple[TransferDesk, TransferDesk], call: Status, certainty: str
) -> None:
    alice, bruno = desks

    alice.do("transfer", "1002", "--now")

    assert_told(story(bruno, state="ringing"), certainty, call["conversation"])
    taken = bruno.answer()
    alice.await_handed_over("marie", to="1002")
    assert bruno.toolbar.await_call(id=taken)["conversation"] == call["conversation"]


@pytest.mark.parametrize(("pbx_wishes", "certainty"), WAYS)
def test_an_attended_transfer_brings_the_story(
    desks: tuple[TransferDesk, TransferDesk], call: Status, certainty: str
) -> None:
    alice, bruno = desks

    alice.do("consult", "1002")

    assert_told(story(bruno, state="ringing"), certainty, call["conversation"])
    taken = bruno.answer()
    alice.await_state("consulting")
    alice.do("complete")
    assert alice.outcome() == "handed_over"
    alice.await_handed_over("marie", to="1002")
    assert_told(story(bruno, id=taken), certainty, call["conversation"])


@pytest.mark.parametrize(("pbx_wishes", "certainty"), WAYS)
def test_a_customer_who_comes_back_is_recognised(
    desks: tuple[TransferDesk, TransferDesk], call: Status, certainty: str
) -> None:
    alice, bruno = desks
    alice.do("transfer", "1002", "--now")
    ringing = bruno.toolbar.await_call(state="ringing")

    bruno.do("hangup", ringing["id"])

    told = story(alice, state="ringing")
    assert (told["returned"], told["back_from"], told["certainty"]) == (True, "1002", certainty)
    assert told["note"] == NOTE
    back = alice.answer()
    assert alice.outcome() == "returned"  # by the number only, this is sure when she was answered
    alice.await_back(back, "marie")
    assert alice.toolbar.await_call(id=back)["conversation"] == call["conversation"]


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
@pytest.mark.parametrize(("pbx_wishes", "certainty"), WAYS)
def test_a_team_shares_its_stories_in_a_database(
    desks: tuple[TransferDesk, TransferDesk], call: Status, certainty: str
) -> None:
    alice, bruno = desks
    alice.do("consult", "1002")
    assert_told(story(bruno, state="ringing"), certainty, call["conversation"])
    bruno.answer()
    alice.await_state("consulting")
    alice.do("complete")
    assert alice.outcome() == "handed_over"
    alice.await_handed_over("marie", to="1002")


def test_no_story_is_in_a_sip_header(desks: tuple[TransferDesk, TransferDesk], call: Status, pbx: AsteriskPbx) -> None:
    """Only the key goes through the PBX."""
    alice, bruno = desks
    pbx.cli("pjsip set logger on")

    alice.do("transfer", "1002", "--now")
    story(bruno, state="ringing")

    said = pbx.log()
    assert "X-CTI-Key: " in said
    for secret in ("refund", "Durand"):
        assert secret not in said
