"""A fault of an adapter that says itself what to do is shown in its own words."""

from __future__ import annotations

import pytest

from agent_toolbar.application.toolbar_state import FaultPlace, Remedy
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError, ManifestError
from tests.fakes.application_desk import Desk


@pytest.mark.parametrize(
    "error",
    [
        AvailabilityError("queue_no_password", user="ann"),
        AvailabilityError("queue_wrong_password", user="ann"),
        ManifestError("manifest_unknown_key", file="own.toml", line=3, key="op.x"),
    ],
)
def test_a_fault_with_words_of_its_own_keeps_them(error: AgentToolbarError) -> None:
    desk = Desk().on()
    desk.queue.answers = False
    desk.toolbar.set_ready(False, "lunch")
    desk.queue.refuse(error)

    fault = next(one for one in desk.state.faults if one.place is FaultPlace.AVAILABILITY)
    assert (fault.code, fault.params, fault.remedy) == (error.code, error.params, Remedy.TELL_QUEUE)
