"""An agent's desk in the tests of transfers: what it was told to do, what came of it, and where the customer is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_phone import BaresipPhone
from tests.lab.colleague import Colleague
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import Status, ToolbarProcess

_LASTING = {"done", "conference"}  # an outcome in another state is not all yet
_TRIES = 3


class TransferDesk:
    """A toolbar that is registered as `extension`.

    Attributes:
        toolbar: to tell it anything else. pbx: where it is registered.
    """

    def __init__(self, toolbar: ToolbarProcess, pbx: AsteriskPbx, extension: str = "1001") -> None:
        self.toolbar = toolbar
        self.extension = extension
        self.pbx = pbx
        self._customer: BaresipPhone | None = None
        self.log_in()

    def log_in(self) -> None:
        self.toolbar.log_in(self.pbx, self.extension)

    def do(self, *verb: str) -> None:
        self.toolbar.do(*verb)

    def refuses(self, *verb: str) -> bool:
        """The toolbar says no, and does nothing."""
        return self.toolbar.say(*verb).returncode == 1

    def answer(self, **wanted: Any) -> str:
        """Answers the call that rings; its id."""
        call = str(self.toolbar.await_call(state="ringing", **wanted)["id"])
        self.do("answer", call)
        self.toolbar.await_call(id=call, state="connected")
        return call

    def talk_with(self, customer: BaresipPhone) -> str:
        """The customer calls, the agent answers; the id of the call."""
        self._customer = customer
        customer.call(self.extension)
        call = self.answer(number=customer.number)
        wait_until(lambda: self.pbx.talks() == [[self.extension, customer.user]], 5, "the talk")
        return call

    def talk_anew(self) -> None:
        """All legs end, and the customer of the last talk calls again."""
        assert self._customer is not None
        self.pbx.cli("channel request hangup all")
        self.toolbar.await_no_calls()
        wait_until(lambda: not self.pbx.channels(), 5, "all legs to end")
        self.talk_with(self._customer)

    def history(self) -> list[Status]:
        """The records of the journal, newest first."""
        return list(json.loads(self.toolbar.do("history", "--json"))["records"])

    # ---------------------------------------------------------------- what came of it

    def await_state(self, state: str) -> Status:
        """The transfer, once it stands there."""
        now = self.toolbar.await_status(lambda now: _of(now).get("state") == state, what=f"the transfer to be {state}")
        return dict(now["transfer"])

    def await_progress(self, *progress: str) -> str:
        """The first of these that is heard."""
        now = self.toolbar.await_status(
            lambda now: _of(now).get("progress") in progress, what=f"to hear of {' or '.join(progress)}"
        )
        return str(now["transfer"]["progress"])

    def outcome(self, timeout_s: float = 10.0) -> str:
        """How the transfer ended, or why it became a conference."""
        now = self.toolbar.await_status(
            lambda now: _of(now).get("state") in _LASTING and _of(now)["outcome"], timeout_s, "an outcome"
        )
        return str(now["transfer"]["outcome"])

    # ---------------------------------------------------------------- where the customer is

    def await_back(self, call: str, customer: str, timeout_s: float = 10.0) -> None:
        """The agent talks with the customer, off hold, and has no other call."""
        self.toolbar.await_status(
            lambda now: [(one["id"], one["state"]) for one in now["calls"]] == [(call, "connected")],
            timeout_s,
            "to talk with the customer only",
        )
        wait_until(
            lambda: self.pbx.talks() == [sorted([self.extension, customer])],
            5,
            lambda: f"{customer} to be back at {self.extension}, but {self.pbx.channels()} {self.pbx.talks()}",
        )

    def await_handed_over(self, customer: str, to: str) -> None:
        """The customer talks with somebody else, and the agent has no call."""
        wait_until(
            lambda: self.pbx.talks() == [sorted([to, customer])],
            10,
            lambda: f"{customer} to talk with {to}, but {self.pbx.channels()} {self.pbx.talks()}",
        )
        self.toolbar.await_no_calls()


def _of(status: Status) -> Status:
    return status["transfer"] or {}


# -------------------------------------------------------------------- phases

Phase = Callable[[TransferDesk, Colleague], None]


def undoable(desk: TransferDesk, colleague: Colleague) -> None:
    """A blind transfer that has not left yet."""
    desk.do("transfer", colleague.user)
    desk.await_state("undoable")


def referring(desk: TransferDesk, colleague: Colleague) -> None:
    """A blind transfer whose target rings, as the PBX says. Its call may be another one than before.

    Asterisk takes sound that it writes to the customer just when the transfer begins for the answer of the target:
    about once in a hundred transfers it says 200 while the target rings, and nothing else. Then it is begun anew.
    """
    for _ in range(_TRIES):
        desk.do("transfer", colleague.user, "--now")
        colleague.await_ring()
        if desk.await_progress("ringing", "answered") == "ringing":
            return
        desk.talk_anew()
    raise AssertionError(f"the PBX said {_TRIES} times that {colleague.user} had answered, who only rang")


def calling(desk: TransferDesk, colleague: Colleague) -> None:
    """A consultation that rings."""
    desk.do("consult", colleague.user)
    colleague.await_ring()
    desk.toolbar.await_call(state="alerting")


def consulting(desk: TransferDesk, colleague: Colleague) -> None:
    """The agent talks with the second person, the customer is on hold."""
    desk.do("consult", colleague.user)
    colleague.answer_when_it_rings()
    desk.await_state("consulting")
    desk.toolbar.await_call(state="held")


def with_customer(desk: TransferDesk, colleague: Colleague) -> None:
    """The agent talks with the customer, the second person is on hold."""
    consulting(desk, colleague)
    desk.do("swap")
    desk.await_state("with_customer")


def conference(desk: TransferDesk, colleague: Colleague) -> None:
    """All three talk."""
    consulting(desk, colleague)
    desk.do("conference")
    desk.await_state("conference")
    desk.toolbar.await_status(
        lambda now: len(now["calls"]) == 2 and all(call["in_conference"] for call in now["calls"]), what="all three"
    )
