"""Which device serves a role."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.audio import FOLLOW_SYSTEM, AudioDevice, AudioFault
from agent_toolbar.engine.audio_devices import SoundServerOutage, choose

BUILT_IN = AudioDevice("alsa:0", "Built-in audio", is_default=True)
HEADSET = AudioDevice("usb:17", "Jabra Evolve")


def test_the_desktop_s_default_is_followed() -> None:
    other_default = [AudioDevice("alsa:0", "Built-in audio"), AudioDevice("usb:17", "Jabra Evolve", is_default=True)]

    assert choose([BUILT_IN, HEADSET], FOLLOW_SYSTEM, "").in_use == BUILT_IN
    assert choose(other_default, FOLLOW_SYSTEM, "").in_use == other_default[1]


def test_the_chosen_device_serves_by_its_id_before_its_name() -> None:
    renamed = AudioDevice("usb:17", "Jabra Evolve 2")
    impostor = AudioDevice("usb:99", "Jabra Evolve")

    chosen = choose([BUILT_IN, impostor, renamed], "usb:17", "Jabra Evolve")

    assert (chosen.in_use, chosen.fault) == (renamed, AudioFault.NONE)


def test_a_device_whose_id_changed_is_found_by_its_name() -> None:
    moved = AudioDevice("usb:23", "Jabra Evolve")

    chosen = choose([BUILT_IN, moved], "usb:17", "Jabra Evolve")

    assert (chosen.in_use, chosen.fault) == (moved, AudioFault.NONE)
    assert (chosen.chosen_id, chosen.chosen_name) == ("usb:17", "Jabra Evolve")


@pytest.mark.parametrize("name", ["Jabra Evolve", ""])
def test_the_default_stands_in_for_a_chosen_device_that_is_gone(name: str) -> None:
    chosen = choose([AudioDevice("x", ""), BUILT_IN], "usb:17", name)

    assert (chosen.in_use, chosen.fault) == (BUILT_IN, AudioFault.CHOSEN_DEVICE_GONE)


@pytest.mark.parametrize("chosen_id", [FOLLOW_SYSTEM, "usb:17"])
def test_without_any_device_the_fault_says_so(chosen_id: str) -> None:
    chosen = choose([], chosen_id, "")

    assert (chosen.in_use, chosen.fault) == (None, AudioFault.NO_DEVICE)


def test_without_a_default_the_first_device_serves() -> None:
    assert choose([HEADSET], FOLLOW_SYSTEM, "").in_use == HEADSET


def outage_seen(alive_at: dict[float, bool]) -> list[bool]:
    outage = SoundServerOutage()
    return [outage.lasts(alive=alive, now_s=now_s) for now_s, alive in alive_at.items()]


def test_qt_is_left_alone_until_it_has_found_the_sound_server_again() -> None:
    seen = outage_seen({0.0: True, 10.0: False, 11.0: True, 12.0: True, 13.2: True, 13.6: True})

    assert seen == [False, True, True, True, True, False]


def test_qt_is_left_alone_for_good_when_the_server_was_away_at_its_one_try() -> None:
    seen = outage_seen({0.0: True, 10.0: False, 12.8: False, 13.1: True, 14.0: True, 99.0: True})

    assert seen == [False, True, True, True, True, True]


def test_a_server_that_starts_late_is_no_outage() -> None:
    assert outage_seen({0.0: False, 1.0: False, 2.0: True, 3.0: True}) == [False] * 4
