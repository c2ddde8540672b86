"""Which page opens when: each cell of the table, once for each call."""

from __future__ import annotations

import itertools
from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.caller_pages import CallerPages, page_of
from agent_toolbar.application.ports.settings import CrmPages, CrmSettings, OpensPage, PageMoments, Settings
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.errors import CallError
from tests.fakes.application_desk import Desk
from tests.unit.application.test_crm_session import CRM
from tests.unit.application.test_screen_pop import (
    CRM_ACCOUNT,
    MARIE,
    MARIE_NUMBER,
    PAUL,
    PAUL_NUMBER,
    caller,
    signed_in,
    view_of,
)

STRANGER = "+33199009999"
HOST = CRM.url
SEARCH = f"{HOST}/search?phone={{e164}}"
CHOOSE = f"{HOST}/choose?phone={{digits}}&by={{direction}}"
INTERNAL = {"none": "1009", "one": "1002", "several": "1003"}
OUTSIDE = {"none": STRANGER, "one": PAUL_NUMBER, "several": MARIE_NUMBER}
MATCHES = list(OUTSIDE)
CELLS = list(itertools.product(("incoming", "outgoing", "internal"), MATCHES))


def with_pages(**pages: object) -> CrmSettings:
    everywhere = {"none_url": SEARCH, "several_url": CHOOSE, **pages}
    return msgspec.structs.replace(CRM, pages=CrmPages(**everywhere))  # type: ignore[arg-type]


def at(moment: OpensPage, matches: str) -> PageMoments:
    """Only this cell; all others never."""
    cells = {one: moment if one == matches else OpensPage.NEVER for one in MATCHES}
    return PageMoments(**cells)


def desk_with(crm: CrmSettings) -> Desk:
    desk = signed_in(settings=crm)
    desk.crm.contacts[MARIE_NUMBER] = (MARIE, replace(PAUL, level=MatchLevel.EXACT))
    desk.directory.put("Paul Martin", "1002")
    desk.directory.put("Léa Nguyen", "1003")
    desk.directory.put("Meeting room", "1003")
    return desk


def begin(desk: Desk, direction: str, number: str) -> str:
    if direction == "outgoing":
        return desk.toolbar.dial(number)
    desk.ring("in1", number)
    return "in1"


def answer(desk: Desk, direction: str, call_id: str) -> None:
    if direction == "outgoing":
        desk.change(call_id, state=CallState.CONNECTED, answered_s=desk.clock.now_s())
    else:
        desk.toolbar.answer(call_id)


ADDRESSES = {
    ("incoming", "none"): f"{HOST}/search?phone=%2B33199009999",
    ("incoming", "one"): PAUL.url,
    ("incoming", "several"): f"{HOST}/choose?phone=33199001234&by=in",
    ("outgoing", "none"): f"{HOST}/search?phone=%2B33199009999",
    ("outgoing", "one"): PAUL.url,
    ("outgoing", "several"): f"{HOST}/choose?phone=33199001234&by=out",
    ("internal", "none"): f"{HOST}/add?ext=1009",
    ("internal", "one"): f"{HOST}/staff/1002",
    ("internal", "several"): f"{HOST}/choose?phone=1003&by=internal",
}
FOR_COLLEAGUES = {"none_url": f"{HOST}/add?ext={{number}}", "one_url": f"{HOST}/staff/{{number}}"}


@pytest.mark.parametrize("moment", OpensPage)
@pytest.mark.parametrize(("direction", "matches"), CELLS)
def test_each_cell_of_the_table_says_when_its_page_opens(direction: str, matches: str, moment: OpensPage) -> None:
    inside = direction == "internal"
    desk = desk_with(with_pages(**{direction: at(moment, matches)}, **(FOR_COLLEAGUES if inside else {})))
    number = (INTERNAL if inside else OUTSIDE)[matches]
    call_id = begin(desk, direction, number)
    address = ADDRESSES[direction, matches]
    assert desk.pages == ([address] if moment is OpensPage.RING else [])

    answer(desk, direction, call_id)
    by_itself = moment in {OpensPage.RING, OpensPage.ANSWER}
    assert desk.pages == ([address] if by_itself else [])

    desk.change(call_id, held=True)
    desk.change(call_id, held=False)
    assert desk.pages == ([address] if by_itself else []), "twice for one call"

    page = page_of(view_of(desk, call_id), desk.toolbar.settings)
    assert (page.address, page.when, page.has_button) == (address, moment, moment is not OpensPage.NEVER)
    desk.toolbar.open_caller_page(call_id)
    assert desk.pages[-1] == address


@pytest.mark.parametrize("direction", ["incoming", "outgoing"])
@pytest.mark.parametrize("matches", MATCHES)
def test_the_other_cells_do_not_matter(direction: str, matches: str) -> None:
    never = at(OpensPage.NEVER, matches)
    open_all = {one: PageMoments(*[OpensPage.RING] * 3) for one in ("incoming", "outgoing", "internal")}
    others = {one: OpensPage.RING for one in MATCHES if one != matches}
    desk = desk_with(with_pages(**{**open_all, direction: msgspec.structs.replace(never, **others)}))
    call_id = begin(desk, direction, OUTSIDE[matches])
    answer(desk, direction, call_id)
    assert desk.pages == []


def test_without_an_address_there_is_no_page_for_nobody_and_for_several() -> None:
    desk = desk_with(msgspec.structs.replace(CRM, pages=CrmPages(incoming=PageMoments(*[OpensPage.RING] * 3))))
    desk.ring("in1", STRANGER)
    desk.ring("in2", MARIE_NUMBER)
    assert desk.pages == []
    for call_id in ("in1", "in2"):
        with pytest.raises(CallError, match="no_crm_page"):
            desk.toolbar.open_caller_page(call_id)


def test_an_address_of_ones_own_takes_the_place_of_the_records_page() -> None:
    own = f"{HOST}/erp/{{contact_id}}/{{call_id}}/{{agent}}?name={{name}}"
    desk = desk_with(with_pages(one_url=own, incoming=at(OpensPage.RING, "one")))
    desk.ring("in1", PAUL_NUMBER)
    assert desk.pages == [f"{HOST}/erp/22/in1/1001?name=Paul%20Martin"]


def test_who_was_chosen_for_the_number_before_is_opened_and_not_the_list() -> None:
    desk = desk_with(with_pages(incoming=at(OpensPage.RING, "several")))
    desk.caller_choices.remember(CRM_ACCOUNT, MARIE_NUMBER, "11")
    desk.ring("in1", MARIE_NUMBER)
    assert desk.pages == [MARIE.url]


def test_a_choice_after_the_list_was_opened_opens_nothing_by_itself() -> None:
    desk = desk_with(with_pages(incoming=at(OpensPage.RING, "several")))
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.choose_caller("in1", "11")
    assert desk.pages == [ADDRESSES["incoming", "several"]]
    desk.toolbar.open_caller_page("in1")
    assert desk.pages[1:] == [MARIE.url]


def test_a_choice_opens_the_page_where_no_list_could() -> None:
    desk = desk_with(with_pages(several_url="", incoming=at(OpensPage.RING, "several")))
    desk.ring("in1", MARIE_NUMBER)
    assert desk.pages == []
    desk.toolbar.choose_caller("in1", "11")
    assert desk.pages == [MARIE.url]


def test_somebody_who_is_perhaps_the_caller_is_one_of_several() -> None:
    desk = desk_with(with_pages(incoming=PageMoments(OpensPage.NEVER, OpensPage.RING, OpensPage.ANSWER)))
    desk.crm.contacts[MARIE_NUMBER] = (replace(MARIE, level=MatchLevel.LAST_8),)
    desk.ring("in1", MARIE_NUMBER)
    assert desk.pages == []
    desk.toolbar.answer("in1")
    assert desk.pages == [ADDRESSES["incoming", "several"]]


ALL_AT_RING = with_pages(
    incoming=PageMoments(*[OpensPage.RING] * 3), internal=PageMoments(*[OpensPage.RING] * 3), none_url=f"{HOST}/none"
)


@pytest.mark.parametrize("number", ["", "anonymous"])
def test_a_withheld_number_opens_nothing(number: str) -> None:
    desk = desk_with(ALL_AT_RING)
    desk.ring("in1", number)
    desk.toolbar.answer("in1")
    assert desk.pages == []


@pytest.mark.parametrize("number", [MARIE_NUMBER, "1002"])
def test_a_number_that_its_caller_keeps_private_opens_nothing(number: str) -> None:
    desk = desk_with(ALL_AT_RING)
    offered = desk.engine.script.offer("in1", number)
    private = replace(offered.call, remote=replace(offered.call.remote, private=True))
    desk.engine.emit(msgspec.structs.replace(offered, call=private))
    assert desk.pages == []


def test_as_they_come_the_settings_open_nothing_by_themselves_and_nothing_for_a_colleague() -> None:
    desk = desk_with(with_pages())
    desk.ring("in1", "1002")
    desk.ring("in2", PAUL_NUMBER)
    assert desk.pages == []
    assert page_of(view_of(desk, "in1"), desk.toolbar.settings).has_button is False


def test_signed_out_nothing_opens_by_itself() -> None:
    desk = desk_with(ALL_AT_RING)
    desk.toolbar.switch_crm(False)
    desk.ring("in1", "1002")
    desk.ring("in2", PAUL_NUMBER)
    assert desk.pages == []


def test_while_it_is_not_known_who_it_is_nothing_opens_and_a_fault_is_not_nobody() -> None:
    desk = desk_with(ALL_AT_RING)
    desk.crm.silent = True
    desk.ring("in1", STRANGER)
    desk.timers.pass_ms(2_000)
    assert (desk.pages, caller(desk).fault) == ([], "crm_slow")


def test_a_call_that_an_earlier_life_of_the_toolbar_answered_opens_nothing_again() -> None:
    opened: list[str] = []
    desk = desk_with(with_pages(incoming=at(OpensPage.ANSWER, "one")))
    desk.ring("in1", PAUL_NUMBER)
    desk.toolbar.answer("in1")
    later = CallerPages(desk.settings, lambda url: opened.append(url) is None, signed_in=lambda: True)
    later.call_changed(view_of(desk))
    assert (desk.pages, opened) == ([PAUL.url], [])


def test_the_text_of_a_caller_stays_in_its_place() -> None:
    desk = desk_with(with_pages(none_url=f"{HOST}/new?name={{name}}&x=1", incoming=at(OpensPage.RING, "none")))
    desk.ring("in1", STRANGER, "a&x=2#/../@evil.test")
    assert desk.pages == [f"{HOST}/new?name=a%26x%3D2%23%2F..%2F%40evil.test&x=1"]


def test_settings_that_nobody_checked_open_no_other_computer() -> None:
    settings = Settings(crm=with_pages(none_url="https://evil.test/?q={e164}"))
    view: CallView = desk_view(STRANGER)
    assert page_of(view, settings).address == ""


def test_another_crm_takes_no_addresses_of_the_one_before() -> None:
    desk = desk_with(with_pages())
    desk.toolbar.set_crm(CrmEntry("espocrm", "https://other.test", "marie", {}, "key"))
    assert desk.toolbar.settings.crm.pages == CrmPages()
    assert desk.toolbar.settings.crm.url == "https://other.test"


def desk_view(number: str) -> CallView:
    desk = desk_with(with_pages())
    desk.ring("in1", number)
    return view_of(desk)
