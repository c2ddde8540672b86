"""The toolbar's own engine on the practice line, as `agent-toolbar practice` joins them; without sound device."""

from __future__ import annotations

from typing import Any

import pytest

from agent_toolbar.application.ports.telephony import (
    Answer,
    Dial,
    HangUp,
    Hold,
    PresenceChanged,
    Register,
    Resume,
    SendDtmf,
    WatchExtensions,
)
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.identity import IdentitySource
from agent_toolbar.domain.registration import RegistrationFault, RegistrationState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.practice.json_process import JsonProcess


def test_the_engine_says_that_the_password_is_wrong(toolbar: Toolbar, line: dict[str, Any]) -> None:
    toolbar.set_account(line["sip_port"], extension=line["extension"], password="wrong")
    toolbar.send(Register())

    refused = toolbar.wait_registration(RegistrationState.REFUSED)
    assert refused.fault is RegistrationFault.WRONG_PASSWORD


def test_a_lesson_from_ringing_to_goodbye(registered: Toolbar, exchange: JsonProcess) -> None:
    exchange.tell(call="keypad")
    ringing = registered.wait_state(CallState.RINGING)
    assert (ringing.remote.number, ringing.remote.source) == ("+442079460143", IdentitySource.P_ASSERTED_IDENTITY)

    registered.send(Answer(call=ringing.id))
    assert registered.wait_state(CallState.CONNECTED).codec == "PCMA"
    registered.send(Hold(call=ringing.id))
    exchange.wait(event="hold_seen")
    registered.send(Resume(call=ringing.id))
    exchange.wait(event="resume_seen")
    exchange.wait(event="said", line="thanks-m1")
    exchange.wait(event="said", line="keypad-ask")
    registered.send(SendDtmf(call=ringing.id, digits="123"))
    exchange.wait(event="said", line="keypad-right")
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.HUNG_UP
    assert any(call.quality is not None and call.quality.loss_percent == 0 for call in registered.calls())


def test_a_diverted_call_shows_the_number_that_was_dialled(registered: Toolbar, exchange: JsonProcess) -> None:
    exchange.tell(call="diverted")
    ringing = registered.wait_state(CallState.RINGING)
    assert ringing.called_on == "+441134960100"
    registered.send(HangUp(call=ringing.id))

    assert exchange.wait(event="call_ended")["sip_status"] == 603


@pytest.mark.parametrize(("number", "cause"), [("202", CallEndCause.BUSY), ("204", CallEndCause.DECLINED)])
def test_colleagues_refuse_in_their_manner(registered: Toolbar, number: str, cause: CallEndCause) -> None:
    registered.send(Dial(call="out", target=number))

    assert registered.wait_state(CallState.ENDED, "out").end_cause is cause


def test_the_telephones_of_colleagues_are_watched(registered: Toolbar) -> None:
    def wait_presence(**wanted: Presence) -> None:
        def told(event: PresenceChanged) -> bool:
            return {f"of_{one.extension}": one.presence for one in event.presence}.items() >= wanted.items()

        registered.wait(PresenceChanged, told)

    registered.send(WatchExtensions(extensions=("201", "202", "206")))
    wait_presence(of_201=Presence.FREE, of_202=Presence.BUSY, of_206=Presence.UNKNOWN)
    registered.send(Dial(call="out", target="201"))
    wait_presence(of_201=Presence.RINGING)
    wait_presence(of_201=Presence.BUSY)
    registered.send(HangUp(call="out"))
    wait_presence(of_201=Presence.FREE)
