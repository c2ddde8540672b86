"""A conference at the desk, by its sound: each of the three hears the other two and not itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lab import transfer_desk as phases
from tests.lab.asterisk_pbx import HOLD_MUSIC_HZ, AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague
from tests.lab.headset import VirtualHeadset
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_desk import TransferDesk
from tests.lab.voice import listening, speaking

AGENT_HZ, MARIE_HZ, BRUNO_HZ = 900, 650, 1250
ALL_HZ = (AGENT_HZ, MARIE_HZ, BRUNO_HZ, HOLD_MUSIC_HZ)


@pytest.fixture
def desk(toolbar: Callable[..., ToolbarProcess], headset: VirtualHeadset, pbx: AsteriskPbx) -> TransferDesk:
    return TransferDesk(toolbar(headset.pulse_server), pbx)


def test_each_of_three_hears_the_other_two(
    desk: TransferDesk,
    headset: VirtualHeadset,
    customer: Callable[..., BaresipCustomer],
    colleague: Callable[..., Colleague],
) -> None:
    marie, bruno = customer("marie", voice_hz=MARIE_HZ), colleague("1002", voice_hz=BRUNO_HZ, answers=False)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        desk.talk_with(marie)
        phases.consulting(desk, bruno)
        assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
        assert bruno.ear.comes_to_hear_tone(AGENT_HZ)
        assert ear.comes_to_hear_tone(BRUNO_HZ)

        desk.do("conference")
        desk.await_state("conference")

        assert ear.comes_to_hear_mixed({MARIE_HZ, BRUNO_HZ}, ALL_HZ)
        assert marie.ear.comes_to_hear_mixed({AGENT_HZ, BRUNO_HZ}, ALL_HZ)
        assert bruno.ear.comes_to_hear_mixed({AGENT_HZ, MARIE_HZ}, ALL_HZ)


def test_one_of_three_is_silenced_and_the_agent_mutes(
    desk: TransferDesk,
    headset: VirtualHeadset,
    customer: Callable[..., BaresipCustomer],
    colleague: Callable[..., Colleague],
) -> None:
    marie, bruno = customer("marie", voice_hz=MARIE_HZ), colleague("1002", voice_hz=BRUNO_HZ, answers=False)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        call = desk.talk_with(marie)
        phases.conference(desk, bruno)

        desk.do("silence", call)
        assert bruno.ear.comes_to_hear_mixed({AGENT_HZ}, ALL_HZ)
        assert ear.comes_to_hear_mixed({BRUNO_HZ}, ALL_HZ)
        assert marie.ear.comes_to_hear_mixed({AGENT_HZ, BRUNO_HZ}, ALL_HZ)

        desk.do("unsilence", call)
        assert bruno.ear.comes_to_hear_mixed({AGENT_HZ, MARIE_HZ}, ALL_HZ)


def test_the_sound_after_leaving_by_transfer_and_after_swapping(
    desk: TransferDesk,
    headset: VirtualHeadset,
    customer: Callable[..., BaresipCustomer],
    colleague: Callable[..., Colleague],
) -> None:
    marie, bruno = customer("marie", voice_hz=MARIE_HZ), colleague("1002", voice_hz=BRUNO_HZ, answers=False)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        desk.talk_with(marie)
        phases.with_customer(desk, bruno)
        assert ear.comes_to_hear_mixed({MARIE_HZ}, ALL_HZ)
        assert marie.ear.comes_to_hear_mixed({AGENT_HZ}, ALL_HZ)
        assert bruno.ear.comes_to_hear_mixed({HOLD_MUSIC_HZ}, ALL_HZ)

        desk.do("conference")
        desk.await_state("conference")
        assert marie.ear.comes_to_hear_mixed({AGENT_HZ, BRUNO_HZ}, ALL_HZ)
        desk.do("complete")

        desk.await_handed_over("marie", to="1002")
        assert marie.ear.comes_to_hear_mixed({BRUNO_HZ}, ALL_HZ)
        assert bruno.ear.comes_to_hear_mixed({MARIE_HZ}, ALL_HZ)
