"""What every CRM does for a telephone, whatever its manifest: run against replayed shapes and against a real Tryton."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.crm.http_connector import HttpCrm
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmContact, CrmOperation, CrmUser
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers

TRIES = 10
PLAN = NumberPlan(region="FR")
VIP, VIP_NUMBER = "Marie Lefèvre", "+33123456789"
PAIR, PAIR_NUMBER = {"Anna Schmidt", "Bernd Schmidt"}, "+493023125111"
LIKELY, LIKELY_NUMBER = "Old Card & Sons", "+441134960002"  # the CRM holds 01134960002, of nobody knows which country
NOBODY_NUMBER = "+33155667788"
AGENT = "Alice Agent"
VIP_DEALS = {("12500.00", "EUR"), ("900.50", "EUR")}
HOSTILE = "O'Br\"ien) or (1=1 %_\\ <b>*"


class CrmPeer(Protocol):
    """A CRM under test, with the people above in it.

    Attributes:
        access: how the agent signs in.
        knows_likely: its look-ups find numbers by their last digits too.
        marks_vip: it says who is important.
        wrong_secret: a key that it refuses.
        pages: what the addresses of its pages begin with, "" for its own address.
    """

    access: CrmAccess
    knows_likely: bool
    marks_vip: bool
    pages: str
    wrong_secret: str

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def records(self, name: str) -> list[str]:
        """What it holds of calls with somebody, each as one text, oldest first."""


@dataclass
class CrmDesk:
    """A connector, and answers that the test waits for."""

    crm: HttpCrm
    dispatcher: QueueDispatcher

    def ask(self, asked: Callable[..., None], *arguments: Any) -> Any:
        answers: list[Any] = []
        asked(*arguments, answers.append)
        self.dispatcher.run_until(lambda: bool(answers), 30.0, f"an answer to {asked.__name__}")
        return answers[0]

    def find(self, number: str) -> tuple[CrmContact, ...]:
        found = self.ask_whose(number)
        assert isinstance(found, tuple), found
        return found

    def ask_whose(self, number: str) -> Any:
        """Asks again where a busy machine did not answer within the 1.5 s of a look-up."""
        for _ in range(TRIES):
            found = self.ask(self.crm.find, canonical_number(number, PLAN))
            if not (isinstance(found, CrmError) and found.code == "crm_slow"):
                return found
        return found

    def can(self, operation: CrmOperation) -> bool:
        return operation in self.crm.operations


def sit_down(access: CrmAccess) -> CrmDesk:
    dispatcher = QueueDispatcher()
    return CrmDesk(HttpCrm(access, dispatcher, ManualTimers(ManualClock()), lambda: PLAN), dispatcher)


def call_with(contact: CrmContact, **changes: Any) -> CallEntry:
    entry = CallEntry(
        key=uuid.uuid4().hex,
        incoming=True,
        number=VIP_NUMBER,
        result=CallResult.ANSWERED,
        contact_id=contact.id,
        contact_name=contact.name,
        started_s=1_700_000_000.0,
        duration_s=205,
        subject="Wants “blue” ☎ (50 %)",
        note="First line\nsecond line",
        disposition="sold",
        sip_call_id="abc@pbx",
        agent="1001",
    )
    return replace(entry, **changes)


class CrmContract:
    """Subclasses give the fixture `peer`."""

    @pytest.fixture
    def desk(self, peer: CrmPeer) -> Iterator[CrmDesk]:
        desk = sit_down(peer.access)
        yield desk
        desk.crm.close()

    def vip(self, desk: CrmDesk) -> CrmContact:
        (contact,) = desk.find(VIP_NUMBER)
        return contact

    def test_a_number_leads_to_whom_it_belongs_to_and_to_a_page_of_the_crm(self, desk: CrmDesk, peer: CrmPeer) -> None:
        contact = self.vip(desk)

        importance = Importance.VIP if peer.marks_vip else Importance.NORMAL
        assert (contact.name, contact.importance, contact.level.certain) == (VIP, importance, True)
        assert contact.url.startswith(peer.pages or peer.access.url)

    def test_a_number_of_two_people_gives_both(self, desk: CrmDesk, peer: CrmPeer) -> None:
        assert {contact.name for contact in desk.find(PAIR_NUMBER)} == PAIR

    def test_a_number_that_nobody_has_gives_nobody(self, desk: CrmDesk, peer: CrmPeer) -> None:
        assert desk.find(NOBODY_NUMBER) == ()

    def test_a_number_that_agrees_in_its_last_digits_only_is_not_certain(self, desk: CrmDesk, peer: CrmPeer) -> None:
        found = desk.find(LIKELY_NUMBER)

        assert [contact.name for contact in found] == ([LIKELY] if peer.knows_likely else [])
        assert all(contact.level in {MatchLevel.LAST_9, MatchLevel.LAST_8} for contact in found)

    def test_extensions_and_withheld_numbers_are_nobodys(self, desk: CrmDesk, peer: CrmPeer) -> None:
        assert desk.find("1001") == desk.find("anonymous") == ()

    def test_the_key_says_who_is_signed_in(self, desk: CrmDesk, peer: CrmPeer) -> None:
        user = desk.ask(desk.crm.who_am_i)

        assert isinstance(user, CrmUser), user
        assert (user.name, user.account) == (AGENT, peer.access.account)

    def test_a_wrong_key_is_told(self, peer: CrmPeer) -> None:
        desk = sit_down(replace(peer.access, secret=peer.wrong_secret))
        answers = [desk.ask(desk.crm.who_am_i), desk.ask_whose(VIP_NUMBER)]
        desk.crm.close()

        assert [str(answer) for answer in answers] == ["crm_unauthorized", "crm_unauthorized"]

    def test_a_name_is_found_by_a_part_of_it(self, desk: CrmDesk, peer: CrmPeer) -> None:
        found = desk.ask(desk.crm.find_by_name, "Marie")

        if desk.can(CrmOperation.FIND_BY_NAME):
            assert VIP in {contact.name for contact in found}
        else:
            assert str(found) == "crm_cannot (operation=find_by_name)"

    def test_no_text_can_break_out_of_a_query(self, desk: CrmDesk, peer: CrmPeer) -> None:
        if desk.can(CrmOperation.FIND_BY_NAME):
            assert desk.ask(desk.crm.find_by_name, HOSTILE) == ()

    def test_open_deals_have_an_amount_and_a_currency(self, desk: CrmDesk, peer: CrmPeer) -> None:
        deals = desk.ask(desk.crm.deals, self.vip(desk).id)

        if desk.can(CrmOperation.DEALS):
            assert {(f"{float(deal.amount):.2f}", deal.currency) for deal in deals} == VIP_DEALS
            assert all(deal.title and deal.stage for deal in deals)
        else:
            assert str(deals) == "crm_cannot (operation=deals)"

    def test_who_looks_after_a_contact_is_said_by_name(self, desk: CrmDesk, peer: CrmPeer) -> None:
        owner = desk.ask(desk.crm.owner, self.vip(desk).id)

        if desk.can(CrmOperation.OWNER):
            assert owner == AGENT
        else:
            assert str(owner) == "crm_cannot (operation=owner)"

    def test_a_call_is_written_once_and_found_again(self, desk: CrmDesk, peer: CrmPeer) -> None:
        contact = self.vip(desk)
        entry = call_with(contact)
        before = peer.records(VIP)

        found = desk.ask(desk.crm.find_logged, entry)
        record = desk.ask(desk.crm.log_call, entry)
        found_again = desk.ask(desk.crm.find_logged, entry)
        if desk.can(CrmOperation.FIND_LOGGED):
            assert (found, found_again) == ("", record)
        else:
            assert str(found) == "crm_cannot (operation=find_logged)"
        assert desk.ask(desk.crm.log_call, entry) == record

        (text,) = peer.records(VIP)[len(before) :]
        assert isinstance(record, str)
        assert record
        for told in (entry.subject, "second line", VIP_NUMBER):
            assert told in text

    def test_a_call_without_a_contact_goes_to_whom_the_number_certainly_belongs(
        self, desk: CrmDesk, peer: CrmPeer
    ) -> None:
        entry = call_with(self.vip(desk), contact_id="", contact_name="")
        before = len(peer.records(VIP))

        record = desk.ask(desk.crm.log_call, entry)
        if desk.can(CrmOperation.FIND_LOGGED):
            assert desk.ask(desk.crm.find_logged, entry) == record
        assert len(peer.records(VIP)) == before + 1

    def test_a_call_that_may_be_of_two_people_goes_to_neither(self, desk: CrmDesk, peer: CrmPeer) -> None:
        entry = call_with(self.vip(desk), contact_id="", contact_name="", number=PAIR_NUMBER)
        before = [len(peer.records(name)) for name in sorted(PAIR)]
        told = desk.ask(desk.crm.log_call, entry)

        assert isinstance(told, str) or told.code in {"crm_needs_contact", "crm_refused"}
        assert [len(peer.records(name)) for name in sorted(PAIR)] == before

    def test_what_is_added_to_a_call_reaches_the_crm(self, desk: CrmDesk, peer: CrmPeer) -> None:
        entry = call_with(self.vip(desk))
        record = desk.ask(desk.crm.log_call, entry)
        changed = replace(entry, subject="Wants green after all")
        told = [desk.ask(desk.crm.update_call, record, changed) for _ in range(2)]

        if desk.can(CrmOperation.UPDATE_CALL):
            assert told == [record, record]
            assert sum("green after all" in text for text in peer.records(VIP)) == 1
            if desk.can(CrmOperation.FIND_LOGGED):
                assert desk.ask(desk.crm.find_logged, changed) == record
        else:
            assert str(told[0]) == "crm_cannot (operation=update_call)"

    def test_the_history_begins_with_the_newest_and_has_three_entries_at_most(
        self, desk: CrmDesk, peer: CrmPeer
    ) -> None:
        contact = self.vip(desk)
        for number in range(4):
            desk.ask(desk.crm.log_call, call_with(contact, subject=f"Call {number}"))
        past = desk.ask(desk.crm.history, contact.id)

        if desk.can(CrmOperation.HISTORY):
            assert len(past) == 3
            assert "Call 3" in past[0].text
            assert [one.when for one in past] == sorted((one.when for one in past), reverse=True)
        else:
            assert str(past) == "crm_cannot (operation=history)"

    def test_somebody_new_is_found_at_once(self, desk: CrmDesk, peer: CrmPeer) -> None:
        number = canonical_number("+33140506070", PLAN)
        made = desk.ask(desk.crm.create, "Nadia Nouvelle", number)

        if desk.can(CrmOperation.CREATE):
            assert isinstance(made, CrmContact), made
            assert [(one.id, one.name) for one in desk.find(number.key)] == [(made.id, "Nadia Nouvelle")]
        else:
            assert str(made) == "crm_cannot (operation=create)"

    def test_a_number_is_corrected_only_if_it_is_still_what_was_seen(self, desk: CrmDesk, peer: CrmPeer) -> None:
        if not desk.can(CrmOperation.UPDATE_NUMBER):
            return
        (grace,) = desk.find("+441134960001")
        right, other = (canonical_number(number, PLAN) for number in ("+441134960003", "+441134960004"))
        assert desk.ask(desk.crm.update_number, grace.id, grace.number, right) == right.key
        refused = desk.ask(desk.crm.update_number, grace.id, grace.number, other)
        assert str(refused) == "crm_number_changed"
        (found,) = desk.find(right.key)
        assert found.id == grace.id
        assert desk.ask(desk.crm.update_number, grace.id, found.number, canonical_number("+441134960001", PLAN))

    def test_a_number_is_taken_away_only_if_it_is_still_there(self, desk: CrmDesk, peer: CrmPeer) -> None:
        if not desk.can(CrmOperation.RETIRE_NUMBER):
            return
        number = canonical_number("+33140506079", PLAN)
        otto = desk.ask(desk.crm.create, "Otto Outofuse", number)
        assert isinstance(otto, CrmContact), otto
        assert desk.ask(desk.crm.retire_number, otto.id, number.key) == ""
        assert desk.find(number.key) == ()
        assert str(desk.ask(desk.crm.retire_number, otto.id, number.key)) == "crm_number_changed"

    def test_a_number_is_added_beside_the_one_that_is_there(self, desk: CrmDesk, peer: CrmPeer) -> None:
        if not desk.can(CrmOperation.ADD_NUMBER):
            return
        first, second = (canonical_number(number, PLAN) for number in ("+33140506077", "+33140506078"))
        nora = desk.ask(desk.crm.create, "Nora Newnumber", first)
        assert isinstance(nora, CrmContact), nora
        assert desk.ask(desk.crm.add_number, nora.id, second) == second.key
        assert [[one.id for one in desk.find(number.key)] for number in (first, second)] == [[nora.id], [nora.id]]

    def test_a_crm_that_is_not_there_is_told_and_asked_again_later(self, desk: CrmDesk, peer: CrmPeer) -> None:
        peer.stop()
        try:
            gone = desk.ask_whose(VIP_NUMBER)
        finally:
            peer.start()

        assert isinstance(gone, CrmError)
        assert (gone.code, gone.params.get("sent")) == ("crm_unreachable", 0)  # certainly never left
        assert self.vip(desk).name == VIP

    def test_who_signed_out_hears_nothing_more(self, desk: CrmDesk, peer: CrmPeer) -> None:
        answers: list[object] = []
        desk.crm.find(canonical_number(VIP_NUMBER, PLAN), answers.append)
        desk.crm.close()
        marks: list[str] = []
        desk.dispatcher.post(lambda: marks.append("all that was posted has run"))
        desk.dispatcher.run_until(lambda: bool(marks))

        assert answers == []
