"""Hands the party of a call to somebody else: REFER, REFER with Replaces, 302. Runs on the asyncio loop.

As Asterisk does it: a REFER is accepted before anybody is asked, its host is not looked at, the leg on which it came is
left to the transferer to end, and the one that is replaced is ended by us.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from agent_toolbar.practice.call_leg import CallLeg
from agent_toolbar.practice.dialog import DialogName
from agent_toolbar.practice.outgoing_leg import OutgoingLeg
from agent_toolbar.practice.refer_subscription import ReferSubscription
from agent_toolbar.practice.scripts import Colleague
from agent_toolbar.practice.switchboard import Switchboard, within
from agent_toolbar.practice.transactions import ServerTransaction
from agent_toolbar.sip_text.sip_message import parse_address, parse_uri, uri_headers

_SAYS_AFTER_S = 2.0  # nobody hears it: what the two say to each other is only reported


class Handovers:
    """Decides where a party goes, and lets them talk there for a moment."""

    def __init__(
        self,
        switchboard: Switchboard,
        find: Callable[[DialogName], CallLeg | None],
        start: Callable[[Coroutine[None, None, None]], None],
    ) -> None:
        """find: the live leg of a dialog. start: runs a coroutine beside us."""
        self._switchboard = switchboard
        self._find = find
        self._start = start

    def refer(self, leg: CallLeg, refer: ServerTransaction) -> None:
        """Takes a REFER of the agent in the dialog of `leg`."""
        targets = refer.request.every("refer-to")
        address = parse_address(targets[0]).uri if len(targets) == 1 else ""
        number = parse_uri(address).user
        if not number:
            refer.respond(400)  # RFC 3515 section 2.4.1
            return
        if not leg.answered or leg.away or leg.handed_over:
            refer.respond(491)
            return
        replaces = uri_headers(address).get("replaces", "")
        subscription = leg.accept_refer(refer)
        leg.report("refer_received", number=number, attended=bool(replaces))
        subscription.notify(100)
        if replaces:
            self._start(self._join(leg, subscription, DialogName.of_replaces(replaces)))
        else:
            self._start(self._put_through(leg, subscription, number))

    async def redirected(self, leg: OutgoingLeg) -> None:
        """Follows a 302 of the agent's telephone; the customer's leg is over by then."""
        leg.report("redirected", number=leg.redirected_to)
        callee = self._switchboard.find(leg.redirected_to)
        if callee is None:
            leg.report("customer_left", sip_status=404)
            return

        def ring() -> None:
            leg.report("colleague_rings", callee=callee.name)

        with self._switchboard.telephones.use(callee.extension) as phone:
            status = await self._switchboard.put_through(callee, phone, ring, within(leg.changes, lambda: False))
            if status == 200:
                await self._talk(leg, callee)
            else:
                leg.report("customer_left", sip_status=status)

    async def _put_through(self, leg: CallLeg, subscription: ReferSubscription, number: str) -> None:
        callee = self._switchboard.find(number)
        if callee is None:
            self._keep(leg, subscription, 404)
            return

        def ring() -> None:
            leg.report("colleague_rings", callee=callee.name)
            subscription.notify(180)

        resumes = leg.resumes
        with self._switchboard.telephones.use(callee.extension) as phone:
            given_up = within(leg.changes, lambda: leg.resumes > resumes)
            status = await self._switchboard.put_through(callee, phone, ring, given_up)
            if status != 200:
                self._keep(leg, subscription, status)
                return
            leg.hand_over()
            subscription.notify(200)
            await self._talk(leg, callee)

    async def _join(self, leg: CallLeg, subscription: ReferSubscription, replaced: DialogName) -> None:
        other = self._find(replaced)
        if other is None or other is leg or not other.answered or other.away or other.handed_over:
            self._keep(leg, subscription, 481)
            return
        with self._switchboard.telephones.use(other.party.extension) as phone:
            phone.talk()
            leg.hand_over()
            other.hand_over()
            other.hang_up()
            subscription.notify(200)
            await self._talk(leg, other.party)

    def _keep(self, leg: CallLeg, subscription: ReferSubscription, status: int) -> None:
        """Nobody takes the party, who goes on with the agent; one whom the agent has left is alone."""
        leg.report("handover_failed", sip_status=status)
        leg.stay()
        subscription.notify(status)
        if leg.ended:
            leg.report("customer_left", sip_status=status)

    async def _talk(self, leg: CallLeg, callee: Colleague) -> None:
        leg.report("handed_over", number=callee.extension, callee=callee.name)
        script = leg.party.script
        for line in (script.thanks, script.goodbye) if script is not None else ():
            await asyncio.sleep(_SAYS_AFTER_S)
            leg.report("said", line=line.recording, heard_by=callee.name)
        leg.report("customer_left", sip_status=200)
