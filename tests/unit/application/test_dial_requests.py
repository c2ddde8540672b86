"""A link never acts alone: what is asked about, and how a question ends."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from agent_toolbar.application.dial_requests import DEAD_S, MOST_IN_A_MINUTE, UNANSWERED_MS
from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.link_settings import LinkSettings
from agent_toolbar.application.ports.settings import NumberSettings, Settings
from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.application.toolbar_state import DialRequestView
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.domain.errors import CallError, LinkError
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.journal import FakeCallJournal

AT_HOME = "tel:+33199001234"


def desk(*, at_once: bool = True, foreign: bool = False, **numbers: str) -> Desk:
    settings = Settings(
        account=ACCOUNT,
        numbers=NumberSettings(region="FR", **{"internal_pattern": "[0-9]{4}", **numbers}),
        links=LinkSettings(dial_at_once=at_once, foreign_hosts=foreign),
    )
    return Desk(settings).on()


def ask(at: Desk, link: str, source: DialSource = DialSource.LINK, **more: str) -> str:
    return at.toolbar.request_dial(link, source, **more)


def asked(at: Desk) -> DialRequestView:
    view = at.state.dial_request
    assert view is not None
    return view


def dialled(at: Desk) -> list[str]:
    return [command.target for command in at.sent(wire.Dial)]


def read_it(at: Desk) -> None:
    at.timers.pass_ms(int(DEAD_S * 1000))


def have_called(at: Desk, number: str) -> None:
    at.journal.write(CallRecord(f"old{number}", CallDirection.OUTGOING, number, number, started_s=1.0))


def test_a_link_is_asked_about_and_dialled_when_the_person_agrees() -> None:
    at = desk(at_once=False)

    request = ask(at, AT_HOME)
    view = asked(at)
    assert (view.id, view.source, view.target, view.shown) == (
        request,
        DialSource.LINK,
        "+33199001234",
        "01 99 00 12 34",
    )
    assert view.reason is AskReason.SETTINGS
    assert [match.name for match in view.matches] == ["Marie Dupont"]
    assert dialled(at) == []

    read_it(at)
    call_id = at.toolbar.confirm_dial_request()
    assert dialled(at) == ["+33199001234"]
    assert at.state.dial_request is None
    assert at.state.find(call_id) is not None


def test_a_trusted_link_is_dialled_at_once() -> None:
    at = desk()
    told: list[str] = []

    assert at.toolbar.request_dial(AT_HOME, DialSource.LINK, on_settled=told.append) == ""
    assert dialled(at) == ["+33199001234"]
    assert at.state.dial_request is None
    assert told == [view.call.id for view in at.state.calls]


@pytest.mark.parametrize("link", ["tel:112", "tel:15", "tel:1-1-2", "sip:112@pbx.test", "sip:112", "callto://112"])
@pytest.mark.parametrize("pattern", ["[0-9]{4}", "[0-9]{2,5}"])
def test_emergency_always_asks_also_where_the_company_s_own_plan_covers_it(link: str, pattern: str) -> None:
    at = desk(internal_pattern=pattern)

    ask(at, link)
    assert asked(at).reason is AskReason.EMERGENCY
    assert dialled(at) == []


def test_emergency_behind_the_outside_prefix_asks() -> None:
    at = desk(outside_prefix="0", internal_pattern="[0-9]{2,5}")

    ask(at, "tel:0112")
    assert asked(at).reason is AskReason.EMERGENCY


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("tel:0899701234", AskReason.PREMIUM),
        ("tel:+33-899-70-12-34", AskReason.PREMIUM),
        ("tel:118218", AskReason.PREMIUM),
        ("sip:0899701234@pbx.test", AskReason.PREMIUM),
        ("sip:+33899701234@PBX.test:5060;transport=tcp", AskReason.PREMIUM),
        ("tel:*21*0123456789#", AskReason.SERVICE_CODE),
        ("tel:%2331%23+4930123456", AskReason.SERVICE_CODE),
        ("sip:*21*0123456789%23@pbx.test", AskReason.SERVICE_CODE),
        ("tel:+493023125000", AskReason.NEW_COUNTRY),
        ("tel:00493023125000", AskReason.NEW_COUNTRY),
        ("tel:+881612345678", AskReason.NEW_COUNTRY),
        ("agent-toolbar:dial/+18765550123", AskReason.NEW_COUNTRY),
    ],
)
def test_what_always_asks(link: str, reason: AskReason) -> None:
    at = desk()

    ask(at, link)
    assert asked(at).reason is reason
    assert dialled(at) == []


def test_a_country_that_was_called_from_this_desk_is_not_new() -> None:
    at = desk()
    have_called(at, "+442079460018")
    ask(at, "tel:+493023125000")
    assert asked(at).reason is AskReason.NEW_COUNTRY

    have_called(at, "+493023125999")
    assert ask(at, "tel:+493023125000") == ""
    assert dialled(at) == ["+493023125000"]


def test_countries_that_share_a_code_are_not_taken_for_one_another() -> None:
    at = desk()
    have_called(at, "+12015550123")

    ask(at, "tel:+18765550123")
    assert asked(at).reason is AskReason.NEW_COUNTRY
    assert ask(at, "tel:+12025550199") == ""


class LateJournal(FakeCallJournal):
    """Answers where this desk has called when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: list[Callable[[frozenset[str]], None]] = []

    def called_keys(self, prefix: str, on_result: Callable[[frozenset[str]], None]) -> None:
        del prefix
        self.answer.append(on_result)


def late_desk() -> tuple[Desk, LateJournal]:
    journal = LateJournal()
    settings = Settings(account=ACCOUNT, links=LinkSettings(dial_at_once=True))
    return Desk(settings, journal=journal).on(), journal


def test_nothing_is_asked_or_dialled_before_the_history_has_answered() -> None:
    at, journal = late_desk()

    assert ask(at, "tel:+493023125000")
    assert at.state.dial_request is None
    assert dialled(at) == []
    with pytest.raises(LinkError, match="link_no_request"):
        at.toolbar.confirm_dial_request()

    journal.answer[0](frozenset({"+493012345678"}))
    assert dialled(at) == ["+493023125000"]


def test_a_history_that_says_nothing_is_taken_for_a_no() -> None:
    at, journal = late_desk()

    ask(at, "tel:+493023125000")
    at.timers.pass_ms(500)
    assert asked(at).reason is AskReason.NEW_COUNTRY

    journal.answer[0](frozenset({"+493012345678"}))
    assert dialled(at) == []


def test_a_late_answer_does_not_decide_about_a_newer_request() -> None:
    at, journal = late_desk()
    ask(at, "tel:+493023125000")
    ask(at, "tel:+442079460018")

    journal.answer[0](frozenset({"+493012345678"}))
    assert dialled(at) == []
    journal.answer[1](frozenset())
    assert asked(at).target == "+442079460018"


def test_the_sixth_request_of_a_minute_asks() -> None:
    at = desk()
    for _ in range(MOST_IN_A_MINUTE):
        assert ask(at, AT_HOME) == ""
        at.toolbar.hang_up()
        at.timers.pass_ms(1000)

    ask(at, AT_HOME)
    assert asked(at).reason is AskReason.BURST
    at.timers.pass_ms(UNANSWERED_MS)
    assert ask(at, AT_HOME) == ""


def test_a_foreign_host_is_refused_by_name() -> None:
    at = desk()

    for link in ("sip:paul@evil.example", "sip:112@evil.example", "sip:paul@pbx.test:5099", "sip:paul@pbx.test.evil"):
        with pytest.raises(LinkError) as refused:
            ask(at, link)
        assert refused.value.code == "link_foreign_host"
    assert (dialled(at), at.state.dial_request) == ([], None)


def test_a_foreign_host_that_is_allowed_is_asked_about() -> None:
    at = desk(foreign=True)

    ask(at, "sip:paul@other.example")
    assert (asked(at).reason, asked(at).target) == (AskReason.FOREIGN_HOST, "paul@other.example")


def test_an_address_of_the_own_telephone_system_is_none_of_a_foreign_host() -> None:
    at = desk()

    assert ask(at, "sip:paul@PBX.test.") == ""
    assert dialled(at) == ["paul@pbx.test"]


@pytest.mark.parametrize("user", ["0899701234=", "0899701234,1", "+33899701234x", "112~", "*21!", "&112"])
def test_what_only_resembles_a_number_of_the_own_telephone_system_is_asked_about(user: str) -> None:
    at = desk()

    ask(at, f"sip:{user}@pbx.test")
    assert asked(at).target == f"{user}@pbx.test"
    assert dialled(at) == []


def test_a_code_asks_also_where_the_company_s_own_plan_covers_it() -> None:
    at = desk(internal_pattern="[*#0-9]+")

    ask(at, "tel:*21*1001#")
    assert asked(at).reason is AskReason.SERVICE_CODE


def test_the_gravest_reason_is_said() -> None:
    at = desk()
    for _ in range(MOST_IN_A_MINUTE):
        ask(at, AT_HOME)

    ask(at, "tel:112")
    assert asked(at).reason is AskReason.EMERGENCY


def test_a_newer_request_takes_the_place_of_an_older_one() -> None:
    at = desk(at_once=False)
    told: list[str] = []
    at.toolbar.request_dial(AT_HOME, DialSource.PAGE, "https://crm.test", told.append)

    newer = ask(at, "tel:0612345678")
    assert asked(at).id == newer
    assert told == [""]


def test_a_refused_link_leaves_the_question_as_it_is() -> None:
    at = desk(at_once=False)
    request = ask(at, AT_HOME)

    with pytest.raises(LinkError, match="link_damaged"):
        ask(at, "tel://0.75.58.75")
    assert asked(at).id == request


def test_nobody_agrees_to_what_has_only_just_appeared() -> None:
    at = desk(at_once=False)
    ask(at, AT_HOME)
    read_it(at)
    ask(at, "tel:0899701234")

    at.timers.pass_ms(int(DEAD_S * 1000) - 1)
    with pytest.raises(LinkError, match="link_just_appeared"):
        at.toolbar.confirm_dial_request()
    assert (dialled(at), asked(at).target) == ([], "0899701234")

    at.timers.pass_ms(1)
    at.toolbar.confirm_dial_request()
    assert dialled(at) == ["+33899701234"]


def test_a_question_that_nobody_answers_goes() -> None:
    at = desk(at_once=False)
    told: list[str] = []
    at.toolbar.request_dial(AT_HOME, DialSource.PAGE, "https://crm.test", told.append)

    at.timers.pass_ms(UNANSWERED_MS - 1)
    assert at.state.dial_request is not None
    at.timers.pass_ms(1)
    assert (at.state.dial_request, told, dialled(at)) == (None, [""], [])


def test_a_newer_question_has_its_full_time() -> None:
    at = desk(at_once=False)
    ask(at, AT_HOME)
    at.timers.pass_ms(UNANSWERED_MS - 1)
    newer = ask(at, "tel:0612345678")

    at.timers.pass_ms(UNANSWERED_MS - 1)
    assert asked(at).id == newer


def test_a_dismissed_question_is_gone_and_the_page_is_told() -> None:
    at = desk(at_once=False)
    told: list[str] = []
    at.toolbar.request_dial("01 99 00 12 34", DialSource.PAGE, "https://crm.test", told.append)
    assert asked(at).origin == "https://crm.test"

    at.toolbar.dismiss_dial_request()
    assert (at.state.dial_request, told) == (None, [""])
    with pytest.raises(LinkError, match="link_no_request"):
        at.toolbar.confirm_dial_request()


def test_with_cti_off_even_a_trusted_link_waits_to_be_agreed_to() -> None:
    at = desk()
    at.toolbar.switch_cti(False)

    ask(at, AT_HOME)
    read_it(at)
    with pytest.raises(CallError, match="cti_off"):
        at.toolbar.confirm_dial_request()
    assert asked(at).target == "+33199001234"

    at.on()
    at.toolbar.confirm_dial_request()
    assert dialled(at) == ["+33199001234"]


def test_with_all_lines_busy_it_waits() -> None:
    at = desk()
    for place in range(4):
        at.ring(f"in{place}", f"+3319900{place}234")

    ask(at, AT_HOME)
    read_it(at)
    with pytest.raises(CallError, match="lines_full"):
        at.toolbar.confirm_dial_request()
    assert at.state.dial_request is not None


def test_a_link_that_only_shows_asks_for_nothing() -> None:
    at = desk()
    told: list[str] = []

    assert at.toolbar.request_dial("agent-toolbar:show", DialSource.LINK, on_settled=told.append) == ""
    assert (at.state.dial_request, told, dialled(at)) == (None, [""], [])


@pytest.mark.parametrize("link", ["tel:+33112", "tel:0", "sip:anonymous@anonymous.invalid", "tel:33631789"])
def test_what_no_plan_knows_as_a_number_is_refused(link: str) -> None:
    with pytest.raises(LinkError):
        ask(desk(foreign=True), link)


def test_the_settings_are_read_at_each_request() -> None:
    at = desk(at_once=False)
    ask(at, AT_HOME)
    at.toolbar.change_settings(msgspec.structs.replace(at.toolbar.settings, links=LinkSettings(dial_at_once=True)))

    assert ask(at, AT_HOME) == ""
    assert len(dialled(at)) == 1


def test_the_extension_is_shown_but_not_dialled() -> None:
    at = desk(at_once=False)
    ask(at, AT_HOME + ";ext=12")
    assert asked(at).shown == "01 99 00 12 34 #12"

    read_it(at)
    at.toolbar.confirm_dial_request()
    assert dialled(at) == ["+33199001234"]
