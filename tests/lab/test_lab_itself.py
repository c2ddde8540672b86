"""The lab measures what it claims to measure; if one of these fails, look here before you look at the toolbar."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port, free_range
from tests.lab.hearing import hear, tones_in
from tests.lab.sipp import SippCustomer
from tests.lab.xvfb import VirtualScreen

Customer = Callable[..., BaresipCustomer]
Caller = Callable[..., SippCustomer]

RATE_HZ = 8000


def sine(frequency_hz: float, level: float = 0.3) -> np.ndarray:
    return (level * np.sin(2 * np.pi * frequency_hz * np.arange(RATE_HZ) / RATE_HZ)).astype(np.float32)


def test_a_tone_is_told_from_another_and_from_silence() -> None:
    assert hear(sine(440), RATE_HZ).is_tone(440)
    assert not hear(sine(440), RATE_HZ).is_tone(500)
    assert not hear(sine(440) + sine(900), RATE_HZ).is_tone(440)
    assert hear(sine(440, level=0.0005), RATE_HZ).silent
    assert not hear(sine(440, level=0.01), RATE_HZ).silent


def test_mixed_tones_are_told_apart() -> None:
    mixed = sine(440, level=0.2) + sine(900, level=0.1)

    assert tones_in(mixed, RATE_HZ, (440, 650, 900)) == {440, 900}
    assert tones_in(sine(440, level=0.001), RATE_HZ, (440, 650)) == set()


def test_waiting_for_what_never_comes_fails() -> None:
    with pytest.raises(AssertionError, match="the moon"):
        wait_until(lambda: False, 0.05, "the moon")


def test_ports_never_run_out() -> None:
    given = [free_range(100) for _ in range(300)]

    assert all(first % 2 == 0 for first in given)


def test_ports_given_one_after_the_other_do_not_overlap() -> None:
    first, second, third = free_range(100), free_range(20), free_port()

    assert set(range(first, first + 100)).isdisjoint(range(second, second + 20))
    assert third not in range(first, first + 100)


def test_a_customer_hears_the_tone_of_the_pbx(customer: Customer) -> None:
    marie = customer(voice_hz=650)

    marie.call("601")

    assert marie.ear.hears().is_tone(500)


def test_a_customer_hears_its_own_voice_from_the_echo(customer: Customer) -> None:
    marie = customer(voice_hz=650)

    marie.call("600")

    assert marie.ear.hears().is_tone(650)


def test_two_customers_talk(customer: Customer, pbx: AsteriskPbx) -> None:
    marie, jean = customer("marie", voice_hz=650), customer("jean", voice_hz=850)

    marie.call(jean.number)
    wait_until(lambda: len(pbx.channels()) == 2, 5, "both legs")

    assert marie.ear.hears().is_tone(850)
    assert jean.ear.hears().is_tone(650)


def test_a_caller_rings_and_gives_up(customer: Customer, caller: Caller) -> None:
    marie = customer(voice_hz=650, answers=False)

    ann = caller("gives_up", extension=marie.number, name="Ann", number="+44113", pause_s=0.2)

    assert ann.went_as_written(), ann.messages()


def test_a_caller_is_answered_and_says_goodbye(caller: Caller) -> None:
    ann = caller("says_goodbye", extension="601", pause_s=0.2)

    assert ann.went_as_written(), ann.messages()


def test_a_caller_is_told_goodbye(caller: Caller, pbx: AsteriskPbx) -> None:
    ann = caller("waits_for_goodbye", extension="600")
    wait_until(pbx.channels, 5, "the call")

    pbx.hang_up("trunk")

    assert ann.went_as_written(), ann.messages()


def test_the_screen_has_a_window_manager(screen: VirtualScreen) -> None:
    assert screen.display.startswith(":")
    assert screen.windows("a window that is not there") == []
