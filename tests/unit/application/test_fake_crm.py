"""The CRM of the tests keeps to what the port says of corrected numbers."""

from __future__ import annotations

from agent_toolbar.application.ports.crm import Crm, CrmAccess
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.crm import CrmServer

OLD, NEW, OTHER = "+33123456789", "+33198765432", "+33145678901"


def test_a_number_is_corrected_only_if_it_is_still_what_was_seen() -> None:
    server = CrmServer(numbers={"7": OLD})
    crm: Crm = server.connect(CrmAccess("test", "https://crm.example", "ann", (), "key"))
    answers: list[str | AgentToolbarError] = []
    for number in (NEW, OTHER):
        crm.update_number("7", OLD, canonical_number(number, NumberPlan()), answers.append)

    assert answers[0] == NEW
    assert isinstance(answers[1], CrmError)
    assert answers[1].code == "crm_number_changed"
    assert server.numbers == {"7": NEW}
