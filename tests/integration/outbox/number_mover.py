"""Gives a number to one of two people and back as fast as it can; to be killed while it does so.

`python number_mover.py FOLDER CRM LIFE COUNT`, as correction_writer.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from agent_toolbar.application.number_case import CorrectionOutcome, CorrectionPlace
from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.phone_number import canonical_number
from tests.integration.outbox.moving_file_crm import MOVING, PEOPLE, MovingFileCrm, changes_at
from tests.integration.outbox.numbers_at_work import PLAN, NumbersAtWork, start


def main() -> None:
    folder, crm_file, life, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    work = start(folder, MovingFileCrm(crm_file), life)
    print("ready", flush=True)
    told = 0
    while told != count:
        told += 1
        work.journal.write(CallRecord("call", CallDirection.OUTGOING, MOVING, MOVING))
        (holder,) = _found(work, MOVING)
        (other,) = (one for _, own in PEOPLE.values() for one in _found(work, own) if one.name != holder.name)
        work.numbers.open_call("call", NumberFinding.SOMEBODY_ELSE)
        work.dispatcher.run_until(lambda: _can_move(work), what="the contacts")
        work.numbers.apply(CorrectionKind.MOVE, other)
        work.dispatcher.run_until(lambda: _in_contacts(work), what="the index")
        work.settle()
    assert len(changes_at(crm_file)) > 1
    work.close()


def _found(work: NumbersAtWork, number: str) -> list[ContactMatch]:
    answers: list[LookupResult] = []
    work.directory.find_by_number(canonical_number(number, PLAN), answers.append)
    work.dispatcher.run_until(lambda: bool(answers), what="a look-up")
    return [one for one in answers[0].matches if one.phone == number]


def _can_move(work: NumbersAtWork) -> bool:
    view = work.numbers.view
    return view is not None and CorrectionKind.MOVE in view.kinds and view.crm_contact is not None


def _in_contacts(work: NumbersAtWork) -> bool:
    view = work.numbers.view
    place = view.place(CorrectionPlace.CONTACTS) if view is not None else None
    return place is not None and place.outcome is CorrectionOutcome.DONE


if __name__ == "__main__":
    main()
