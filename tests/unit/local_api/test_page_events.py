"""What a page is told, against a whole application on fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec

from agent_toolbar.application.ports.settings import Settings, WrapUpAfter
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.contact import Importance, LookupResult
from agent_toolbar.domain.identity import Identity
from agent_toolbar.domain.phone_number import CanonicalNumber
from agent_toolbar.local_api.messages import AnyEvent, CallChanged, PageCall
from agent_toolbar.local_api.page_reading import PageView, agent_events, call_events, page_view
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.sample_crm import CRM_CALLS


class WatchedDesk(Desk):
    """Attributes: events: what pages would have been told so far."""

    def prepare(self) -> None:
        self.events: list[AnyEvent] = []
        self._view = page_view(self.toolbar.state, self.settings.current)
        self.toolbar.watch(self._tell)

    def _tell(self, state: object) -> None:
        view = page_view(self.toolbar.state, self.settings.current)
        self.events += [*call_events(self._view, view), *agent_events(self._view, view)]
        self._view = view

    def slow_contacts(self) -> list[Callable[[], None]]:
        """From now on the contacts answer when what is in here is called."""
        held_back: list[Callable[[], None]] = []
        find = self.directory.find_by_number

        def later(number: CanonicalNumber, on_result: Callable[[LookupResult], None]) -> None:
            held_back.append(lambda: find(number, on_result))

        self.directory.find_by_number = later  # type: ignore[method-assign]
        return held_back

    def told(self) -> list[str]:
        return [one.what for one in self.events if isinstance(one, CallChanged)]

    def last_call(self) -> PageCall:
        return next(one.call for one in reversed(self.events) if isinstance(one, CallChanged))


def wrapped_desk() -> WatchedDesk:
    known = Settings(account=ACCOUNT)
    return WatchedDesk(
        msgspec.structs.replace(known, wrap_up=msgspec.structs.replace(known.wrap_up, after=WrapUpAfter.EXTERNAL))
    )


def test_an_incoming_call_is_told_from_its_ringing_to_its_end() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.ring()
    assert desk.told() == ["ringing"]
    ringing = desk.last_call()
    assert (ringing.direction, ringing.state, ringing.number) == ("incoming", "ringing", "+33199001234")
    assert ringing.contact is not None
    assert ringing.contact.name == "Marie Dupont"
    desk.toolbar.answer("in1")
    desk.toolbar.hold("in1")
    desk.toolbar.resume("in1")
    desk.toolbar.note("Wants an offer", "in1")
    desk.toolbar.hang_up("in1")
    told = [one for one in desk.told() if one != "changed"]
    assert told == ["ringing", "answered", "held", "resumed", "ended"]
    assert desk.last_call().end_cause == "hung_up"
    assert desk.last_call().subject == "Wants an offer"


def test_the_first_event_of_a_call_names_the_caller_even_if_the_contacts_are_slow() -> None:
    desk = WatchedDesk()
    held_back = desk.slow_contacts()
    desk.on()
    desk.ring()
    assert desk.told() == []
    for answer in held_back:
        answer()
    assert desk.told() == ["ringing"]
    assert desk.last_call().contact is not None


def test_a_call_that_is_given_up_before_the_contacts_answered_is_told_as_ended() -> None:
    desk = WatchedDesk()
    desk.slow_contacts()
    desk.on()
    desk.ring()
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.CANCELLED)
    assert desk.told() == ["ended"]


def test_an_outgoing_call_is_told() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.toolbar.dial("01 99 00 12 34")
    assert desk.told()[0] == "dialing"
    assert desk.last_call().direction == "outgoing"
    assert desk.last_call().number == "+33199001234"


def test_the_state_of_the_agent_is_told() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.toolbar.set_ready(False, "lunch")
    agents = [(one.agent.state, one.agent.reason) for one in desk.events if one.__struct_config__.tag == "agent"]
    assert agents[-1] == ("not_ready", "lunch")


def test_a_transfer_is_told() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.ring()
    desk.toolbar.answer("in1")
    desk.toolbar.transfer("1002")
    transfers = [one.transfer for one in desk.events if one.__struct_config__.tag == "transfer"]
    assert transfers[0] is not None
    assert (transfers[0].call, transfers[0].kind, transfers[0].state) == ("in1", "blind", "undoable")


def test_the_wrap_up_is_told_with_its_outcomes() -> None:
    desk = wrapped_desk()
    desk.on()
    desk.ring()
    desk.toolbar.answer("in1")
    desk.toolbar.hang_up("in1")
    opened = [one.wrap_up for one in desk.events if one.__struct_config__.tag == "wrap_up"]
    assert opened[0] is not None
    assert opened[0].call == "in1"
    assert [one.code for one in opened[0].dispositions][:2] == ["done", "call_back"]
    desk.toolbar.finish_wrap_up()
    assert [one.wrap_up for one in desk.events if one.__struct_config__.tag == "wrap_up"][-1] is None


def test_who_wants_to_stay_unknown_stays_unknown_to_pages() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.ring()
    view = desk.state.calls[0]
    private = replace(
        view, call=replace(view.call, remote=Identity("+33199001234", "Marie", private=True)), contact=None
    )
    told = page_view(replace(desk.state, calls=(private,)), Settings()).calls[0]
    assert (told.number, told.shown, told.name) == ("", "", "")


def test_the_record_of_the_crm_goes_to_its_page() -> None:
    states = [view for state in CRM_CALLS.values() for view in state.calls if view.crm and view.crm.contact]
    view = states[0]
    assert view.crm is not None
    assert view.crm.contact is not None
    state = next(one for one in CRM_CALLS.values() if view in one.calls)
    contact = page_view(state, Settings()).calls[0].contact
    assert contact is not None
    assert (contact.crm_id, contact.crm_url) == (view.crm.contact.id, view.crm.contact.url)
    assert contact.importance in {one.value for one in Importance}


def test_what_is_the_same_is_not_told_again() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.ring()
    view = page_view(desk.state, Settings())
    assert list(call_events(view, view)) == []
    assert list(agent_events(view, view)) == []


def test_a_call_of_which_nothing_more_is_heard_is_over() -> None:
    desk = WatchedDesk()
    desk.on()
    desk.ring()
    before = page_view(desk.state, Settings())
    (ended,) = call_events(before, PageView(agent=before.agent))
    assert isinstance(ended, CallChanged)
    assert (ended.what, ended.call.state) == ("ended", "ended")
