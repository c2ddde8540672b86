"""What an agent reads about a transfer and about the story that came with a call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_toolbar.domain.context import Certainty
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.transfer import TransferKind, TransferOutcome, TransferProgress, TransferState, TransferTarget
from agent_toolbar.i18n import sentences
from tests.fakes.sample_states import HELD, TALKING
from tests.fakes.sample_transfers import consultation, received, transfer

TALK, ON_HOLD = TALKING.call, HELD.call
DONE, TAKING_BACK = TransferState.DONE, TransferState.TAKING_BACK


@pytest.mark.parametrize(
    ("outcome", "customer", "said"),
    [
        (TransferOutcome.BUSY, TALK, "Paul Martin is busy. You are talking to Marie Dupont again."),
        (TransferOutcome.BUSY, ON_HOLD, "Paul Martin is busy. Marie Dupont is on hold."),
        (TransferOutcome.TAKEN_BACK, TALK, "You are talking to Marie Dupont again."),
        (TransferOutcome.UNDONE, TALK, "Nothing was handed over. You are talking to Marie Dupont again."),
        (TransferOutcome.HANDED_OVER, None, "You handed Marie Dupont over to Paul Martin (1002)."),
        (TransferOutcome.CUSTOMER_GONE, None, "Marie Dupont has hung up."),
    ],
)
def test_the_end_says_why_and_with_whom_the_agent_talks_now(speak, outcome, customer, said):
    speak("en")
    assert sentences.transfer_end_text(transfer(DONE, outcome=outcome), customer) == said


def test_a_customer_who_is_not_back_yet_is_never_said_to_be(speak):
    speak("en")
    said = sentences.transfer_end_text(transfer(TAKING_BACK, outcome=TransferOutcome.NO_ANSWER), ON_HOLD)
    assert said == "Paul Martin did not answer. Taking Marie Dupont back…"


def test_a_customer_who_hung_up_during_a_consultation_leaves_the_second_person(speak):
    speak("en")
    ended = transfer(DONE, outcome=TransferOutcome.CUSTOMER_GONE)
    said = sentences.transfer_end_text(ended, None, consultation().call)
    assert said == "Marie Dupont has hung up. You are talking to Paul Martin."


@pytest.mark.parametrize(
    ("state", "progress", "said"),
    [
        (TransferState.REFERRING, TransferProgress.NONE, "Handing Marie Dupont over to Paul Martin (1002)…"),
        (TransferState.REFERRING, TransferProgress.RINGING, "Ringing at Paul Martin (1002)…"),
        (TransferState.CALLING, TransferProgress.TRYING, "Calling Paul Martin (1002)… Marie Dupont is on hold."),
    ],
)
def test_progress_is_said_in_words(speak, state, progress, said):
    speak("en")
    assert sentences.transfer_text(transfer(state, TransferKind.BLIND, progress=progress)) == said


@pytest.mark.parametrize(("language", "said"), [("en", "The customer has hung up."), ("fr", "Le client a raccroché.")])
def test_a_customer_without_a_name_begins_a_sentence_with_a_capital(speak, language, said):
    speak(language)
    ended = transfer(DONE, outcome=TransferOutcome.CUSTOMER_GONE, customer_name="")
    assert sentences.transfer_end_text(ended, None) == said


def test_a_conference_says_why_it_is_one_only_when_handing_over_was_refused(speak):
    speak("en")
    conference = transfer(TransferState.CONFERENCE)
    assert sentences.conference_reason_text(conference) == ""
    refused = replace(conference, outcome=TransferOutcome.NOT_SUPPORTED)
    assert sentences.conference_reason_text(refused) == (
        "The telephone system cannot hand over calls. You are all three in a conference."
    )


def test_a_target_without_a_name_is_its_number():
    assert sentences.target_text(TransferTarget("+33145678901", "", "01 45 67 89 01")) == "01 45 67 89 01"
    assert sentences.target_text(TransferTarget("1002")) == "1002"


def test_a_risky_target_is_asked_for_with_its_risk_in_words(speak):
    speak("en")
    error = CallError("target_asks", number="112", risk="emergency")
    assert sentences.error_text(error) == "112 is an emergency number. Go on all the same?"


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (received(), "From Alice (1001)"),
        (received(certainty=Certainty.PROBABLE), "Probably from Alice (1001)"),
        (received(returned=True, back_from="1002"), "Back from 1002"),
        (received(returned=True), "Back again: you had handed over this call"),
    ],
)
def test_who_sends_a_call_is_said_as_surely_as_it_is_known(speak, story, said):
    speak("en")
    assert sentences.sender_text(story) == said


def test_the_whole_story_names_everybody_who_had_the_call(speak):
    speak("en")
    lines = sentences.story_text(received()).split("\n")
    assert lines[:2] == ["From Alice (1001)", "“wants to change the delivery date”"]
    assert [line.split(" ", 1)[1] for line in lines[2:]] == [
        "Hugo (1005): took the call",
        "Alice (1001): was handed the call",
    ]
