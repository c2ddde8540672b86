"""What a page that is let in can ask for, and what it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import CallError, LinkError
from tests.fakes.sample_agents import AGENTS
from tests.fakes.sample_states import READY, STATES
from tests.fakes.toolbar import ToolbarSpy
from tests.integration.local_api.conftest import CODE, ORIGIN, OTHER, Bench, api_settings

# ---------------------------------------------------------------------- pairing


def test_the_code_is_shown_here_and_never_sent(bench: Bench) -> None:
    page = bench.page()
    answer = page.ask("pair")
    pairing = bench.api.view.pairing
    assert pairing is not None
    assert (pairing.origin, pairing.code) == (ORIGIN, CODE)
    assert answer == {"type": "pairing", "v": 1, "re": 1, "expires_s": 120, "tries": 3}


def test_a_token_is_good_for_later_connections_and_only_its_hash_is_kept(bench: Bench) -> None:
    page, token = bench.paired()
    assert len(token) == 43
    assert token not in bench.written()
    assert page.ask("subscribe")["type"] == "snapshot"
    again = bench.page()
    assert again.ask("hello", token=token) == {
        "type": "welcome",
        "v": 1,
        "re": 1,
        "origin": ORIGIN,
        "wrap_up": True,
    }


def test_a_token_outlives_the_toolbar(bench: Bench, toolbar: ToolbarSpy, qtbot) -> None:
    _, token = bench.paired()
    bench.written()
    bench.api.close()
    later = Bench(toolbar, bench.file, qtbot)
    try:
        assert later.page().ask("hello", token=token)["type"] == "welcome"
    finally:
        later.close()


def test_three_wrong_codes_end_it_and_the_next_one_must_wait(bench: Bench) -> None:
    page = bench.page()
    page.ask("pair")
    answers = [page.ask("pair_code", code="000000") for _ in range(3)]
    assert [answer["code"] for answer in answers] == ["page_wrong_code"] * 3
    assert page.expect_type("pairing_over")["why"] == "wrong_codes"
    assert bench.api.view.pairing is None
    assert page.ask("pair_code", code=CODE)["code"] == "page_pairing_over"
    assert page.ask("pair")["code"] == "page_pairing_paused"
    assert bench.page(OTHER).ask("pair")["code"] == "page_pairing_paused"
    bench.timers.pass_ms(31_000)
    assert bench.page().ask("pair")["type"] == "pairing"


def test_a_new_connection_does_not_get_new_tries(bench: Bench) -> None:
    page = bench.page()
    page.ask("pair")
    page.ask("pair_code", code="000000")
    page.close()
    bench.wait(lambda: bench.api.view.pairing is None)
    assert bench.page().ask("pair")["code"] == "page_pairing_paused"


def test_a_code_that_nobody_typed_expires(bench: Bench) -> None:
    page = bench.page()
    page.ask("pair")
    bench.timers.pass_ms(120_000)
    assert page.expect_type("pairing_over")["why"] == "expired"
    assert page.ask("pair_code", code=CODE)["code"] == "page_pairing_over"


def test_one_page_at_a_time_is_paired(bench: Bench) -> None:
    page, other = bench.page(), bench.page(OTHER)
    page.ask("pair")
    assert other.ask("pair")["code"] == "page_pairing_busy"
    assert other.ask("pair_code", code=CODE)["code"] == "page_pairing_over"
    page.close()
    bench.wait(lambda: bench.api.view.pairing is None)
    assert other.ask("pair")["type"] == "pairing"


def test_the_person_can_refuse(bench: Bench) -> None:
    page = bench.page()
    page.ask("pair")
    bench.api.refuse_pairing()
    assert page.expect_type("pairing_over")["why"] == "refused"
    assert page.ask("pair")["code"] == "page_pairing_paused"


def test_a_forgotten_page_is_cut_off_and_its_token_is_worthless(bench: Bench) -> None:
    page, token = bench.paired()
    bench.wait(lambda: not bench.timers.pass_ms(1) and bench.api.view.paired[0].connected == 1)
    bench.api.forget(ORIGIN)
    assert page.expect_end() == (1008, "not paired any more")
    assert bench.api.view.paired == ()
    assert bench.page().ask("hello", token=token)["code"] == "page_not_paired"


def test_the_sixth_browser_takes_the_place_of_the_first(bench: Bench) -> None:
    tokens = [bench.paired()[1] for _ in range(6)]
    assert bench.page().ask("hello", token=tokens[0])["code"] == "page_not_paired"
    assert bench.page().ask("hello", token=tokens[1])["type"] == "welcome"


# ---------------------------------------------------------------------- on and off


def test_switched_off_nobody_is_there(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    tell(toolbar, api_settings(enabled=False))
    assert page.expect_end()[0] == 1001
    assert bench.api.view.port == 0


def test_an_origin_that_is_taken_off_the_list_is_cut_off(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, token = bench.paired()
    port = toolbar.settings.local_api.port
    tell(toolbar, api_settings(port=port, origins=(OTHER,)))
    assert page.expect_end() == (1008, "this origin is not allowed any more")
    assert bench.client().connect(ORIGIN) == 403
    assert not bench.api.view.paired[0].allowed
    tell(toolbar, api_settings(port=port))
    assert bench.page().ask("hello", token=token)["type"] == "welcome"


def test_a_port_that_is_taken_is_a_fault_until_it_is_free(bench: Bench, toolbar: ToolbarSpy, tmp_path, qtbot) -> None:
    second = Bench(toolbar, tmp_path / "second.json", qtbot)
    try:
        assert (second.api.view.port, second.api.view.fault) == (0, "local_api_port_taken")
        assert dict(second.api.view.fault_params) == {"port": toolbar.settings.local_api.port}
        bench.api.close()
        second.timers.pass_ms(10_000)
        assert (second.api.view.port, second.api.view.fault) == (toolbar.settings.local_api.port, "")
    finally:
        second.close()


def tell(toolbar: ToolbarSpy, settings: object) -> None:
    toolbar.change_settings(settings)  # type: ignore[arg-type]
    for listener in toolbar.settings_listeners:
        listener(settings)  # type: ignore[arg-type]


# ---------------------------------------------------------------------- requests


def test_a_page_that_dials_gets_the_same_question_as_a_link(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    assert page.ask("dial", number="01 99 00 12 34") == {"type": "asked", "v": 1, "re": 3, "waits": True}
    assert toolbar.asked == [("request_dial", "01 99 00 12 34", DialSource.PAGE, ORIGIN)]
    assert bench.raised == 1
    assert toolbar.on_settled is not None
    toolbar.on_settled("call7")
    assert page.expect_type("dial_settled") == {"type": "dial_settled", "v": 1, "re": 3, "call": "call7"}


def test_a_request_that_came_to_nothing_is_told(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    page.ask("dial", number="01 99 00 12 34")
    assert toolbar.on_settled is not None
    toolbar.on_settled("")
    assert page.expect_type("dial_settled")["call"] is None


def test_a_request_whose_page_is_gone_still_stands(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    page.ask("dial", number="01 99 00 12 34")
    page.close()
    bench.wait(lambda: bench.api.view.paired[0].connected == 0)
    assert toolbar.on_settled is not None
    toolbar.on_settled("call7")
    assert toolbar.names_asked() == ["request_dial"]


def test_a_number_that_was_dialled_at_once_is_told_after_the_answer(bench: Bench, toolbar: ToolbarSpy) -> None:
    def at_once(text: str, source: DialSource, origin: str = "", on_settled=None) -> str:
        on_settled("call8")
        return ""

    toolbar.request_dial = at_once  # type: ignore[method-assign]
    page, _ = bench.paired()
    re = page.send("dial", number="1002")
    bench.wait(lambda: page._poll() or len(page.messages) == 2)  # their order is the point
    assert [one["type"] for one in page.messages] == ["asked", "dial_settled"]
    assert page.messages[0]["waits"] is False
    assert page.messages[1]["re"] == re
    assert bench.raised == 0


def test_a_refusal_comes_in_words(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    toolbar.refuses = LinkError("link_no_number", text="hello")
    refused = page.ask("dial", number="hello")
    assert (refused["type"], refused["code"]) == ("refused", "link_no_number")
    assert "hello" in str(refused["text"])


def test_with_cti_off_a_page_is_told_so(bench: Bench, toolbar: ToolbarSpy) -> None:
    toolbar.show(ToolbarState())
    page, _ = bench.paired()
    snapshot = page.ask("subscribe")
    assert snapshot["agent"] == {"state": "cti_off", "reason": "", "since_s": 0.0}
    assert snapshot["calls"] == []
    toolbar.refuses = CallError("cti_off")
    assert page.ask("dial", number="1002")["code"] == "cti_off"


def test_a_page_can_bring_the_toolbar_to_the_front(bench: Bench) -> None:
    page, _ = bench.paired()
    assert page.ask("show")["type"] == "done"
    assert bench.raised == 1


def test_the_subject_goes_to_the_call_as_a_note(bench: Bench, toolbar: ToolbarSpy) -> None:
    toolbar.show(STATES["in-a-call"])
    page, _ = bench.paired()
    call = toolbar.state.calls[0].call.id
    assert page.ask("set_subject", text="Wants an offer")["type"] == "done"
    assert page.ask("set_subject", text="Wants two", call=call)["type"] == "done"
    assert toolbar.asked == [("note", "Wants an offer", ""), ("note", "Wants two", call)]
    assert page.ask("set_subject", text="x", call="somebody-elses")["code"] == "page_unknown_call"


def test_after_the_call_subject_and_outcome_go_to_its_wrap_up(bench: Bench, toolbar: ToolbarSpy) -> None:
    state = AGENTS["wrap-up"]
    assert state.wrap_up is not None
    toolbar.show(replace(state, calls=(), current=""))
    call = state.wrap_up.wrap_up.call
    page, _ = bench.paired()
    wrap_up = page.ask("subscribe")["wrap_up"]
    assert isinstance(wrap_up, dict)
    assert wrap_up["call"] == call
    assert {one["code"]: one["label"] for one in wrap_up["dispositions"]}.get("done") == "Settled"
    page.ask("set_subject", text="All is well")
    page.ask("set_disposition", disposition="done", call=call)
    page.ask("set_wrap_up", open=False)
    assert toolbar.asked == [
        ("note", "All is well", call),
        ("edit_wrap_up", {"disposition": "done"}),
        ("finish_wrap_up",),
    ]
    assert page.ask("set_disposition", disposition="done", call="another")["code"] == "no_wrap_up"


def test_a_wrap_up_is_opened_only_where_the_settings_let_pages_do_so(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    assert page.ask("set_wrap_up", open=True, call="call1")["type"] == "done"
    tell(toolbar, api_settings(port=toolbar.settings.local_api.port, wrap_up=False))
    toolbar.asked.clear()
    assert page.ask("set_wrap_up", open=True, call="call1")["code"] == "page_no_wrap_up"
    assert toolbar.asked == []


# ---------------------------------------------------------------------- events


def test_without_a_subscription_nothing_is_told(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    toolbar.show(STATES["in-a-call"])
    assert page.ask("show")["type"] == "done"
    assert page.messages == []


@pytest.mark.parametrize(("topic", "kinds"), [("calls", {"call"}), ("agent", {"agent"})])
def test_only_the_topics_that_were_asked_for_are_told(
    bench: Bench, toolbar: ToolbarSpy, topic: str, kinds: set[str]
) -> None:
    toolbar.show(READY)
    page, _ = bench.paired()
    page.ask("subscribe", topics=[topic])
    state = STATES["in-a-call"]
    toolbar.show(replace(state, agent=AGENTS["wrap-up"].agent))
    page.ask("show")
    assert {one["type"] for one in page.messages} == kinds


def test_a_page_that_does_not_read_is_cut_off(bench: Bench, toolbar: ToolbarSpy) -> None:
    page, _ = bench.paired()
    page.ask("subscribe")
    view = STATES["in-a-call"].calls[0]
    connected = lambda: bench.api.view.paired[0].connected  # noqa: E731
    for round_ in range(40_000):
        toolbar.show(replace(STATES["in-a-call"], calls=(replace(view, note=f"{round_} " + "x" * 400),)))
        if not connected():
            break
    assert connected() == 0
