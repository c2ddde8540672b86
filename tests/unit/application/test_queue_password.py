"""The password for a telephone system that is told by HTTP: kept once, used at once."""

from __future__ import annotations

import msgspec
import pytest

from agent_toolbar.application.ports.settings import AvailabilityAdapter, RestSettings
from agent_toolbar.domain.errors import AgentError, AvailabilityError
from tests.fakes.application_desk import Desk

REST = RestSettings(manifest="wazo", url="https://pbx.example", user="ann")


def with_rest(desk: Desk) -> Desk:
    current = desk.settings.current
    wanted = msgspec.structs.replace(current.availability, adapter=AvailabilityAdapter.REST, rest=REST)
    desk.settings.put(msgspec.structs.replace(current, availability=wanted))
    return desk


def test_it_is_kept_for_address_and_user_and_the_queue_is_told_again() -> None:
    desk = with_rest(Desk()).on()
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    desk.queue.refuse(AvailabilityError("queue_no_password", user="ann"))
    told, kept = len(desk.queue.orders), []
    desk.toolbar.keep_queue_password("s3cret", kept.append)

    assert desk.vault.secrets["https://pbx.example", "ann"] == "s3cret"
    assert kept == [True]
    assert len(desk.queue.orders) == told + 1


def test_without_an_address_there_is_nothing_to_keep_it_for() -> None:
    with pytest.raises(AgentError) as refused:
        Desk().on().toolbar.keep_queue_password("s3cret", lambda _kept: None)

    assert refused.value.code == "no_queue_user"
