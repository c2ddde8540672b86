from __future__ import annotations

from agent_toolbar.practice.telephones import PhoneState, Telephones


def test_a_telephone_rings_talks_and_is_free_again_and_each_change_is_told_once() -> None:
    told: list[tuple[str, PhoneState]] = []
    telephones = Telephones({"201": False})
    telephones.on_change = lambda extension: told.append((extension, telephones.state(extension)))
    with telephones.use("201") as first:
        first.ring()
        first.talk()
        with telephones.use("201") as second:
            second.talk()
        assert telephones.state("201") is PhoneState.BUSY

    assert told == [("201", PhoneState.RINGING), ("201", PhoneState.BUSY), ("201", PhoneState.FREE)]


def test_calls_that_take_turns_miss_no_change() -> None:
    told: list[PhoneState] = []
    telephones = Telephones({"201": False})
    telephones.on_change = lambda extension: told.append(telephones.state(extension))
    with telephones.use("201") as second:
        with telephones.use("201") as first:
            first.ring()
        second.ring()

    assert told == [PhoneState.RINGING, PhoneState.FREE, PhoneState.RINGING, PhoneState.FREE]


def test_who_is_always_busy_stays_so() -> None:
    told: list[str] = []
    telephones = Telephones({"202": True})
    telephones.on_change = told.append
    assert telephones.state("202") is PhoneState.BUSY
    with telephones.use("202") as call:
        call.ring()

    assert telephones.state("202") is PhoneState.BUSY
    assert told == []
    assert telephones.exists("202")
    assert not telephones.exists("299")
