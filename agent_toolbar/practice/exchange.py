"""The practice exchange: registers the agent's telephone, routes its calls, lets customers call. One asyncio loop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine

from agent_toolbar.practice.call_leg import ALLOWED_METHODS, CallLeg, Reporter
from agent_toolbar.practice.conversation import Conversation
from agent_toolbar.practice.digest import DigestGate
from agent_toolbar.practice.incoming_leg import IncomingLeg
from agent_toolbar.practice.outgoing_leg import AgentAddress, Caller, OutgoingLeg
from agent_toolbar.practice.people import People
from agent_toolbar.practice.registrar import Binding, Registrar, is_admitted
from agent_toolbar.practice.scripts import Colleague, Language, PracticeScripts, Scenario
from agent_toolbar.practice.sdp import parse_sdp
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.sip_message import parse_uri
from agent_toolbar.practice.sip_sockets import SipSockets
from agent_toolbar.practice.speech import Speech
from agent_toolbar.practice.switchboard import Switchboard
from agent_toolbar.practice.transactions import ServerTransaction

ADDRESS = "127.0.0.1"
EXTENSION = "200"
REALM = "practice"
_FAREWELL_S = 0.3


class Exchange:
    """Everything of the practice line but its timetable and its console.

    Attributes:
        password: of the extension, new in every run.
        on_change: called when a registration or a call began or ended.
    """

    def __init__(self, scripts: PracticeScripts, people: People, language: Language, report: Reporter) -> None:
        self._scripts = scripts
        self._people = people
        self._language = language
        self._report = report
        self._speech = Speech(language)
        self._switchboard = Switchboard(scripts, people, language)
        self.password = secrets.token_urlsafe(12)
        self._gate = DigestGate(REALM, EXTENSION, self.password)
        self._registrar = Registrar(self._gate, self._registration_changed)
        self._endpoint = SipEndpoint(self._receive)
        self._sockets: SipSockets | None = None
        self._legs: dict[str, CallLeg] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_change: Callable[[], None] = lambda: None

    async def open(self) -> None:
        """Binds the sockets. Raises OSError when loopback has no free port."""
        self._sockets = await SipSockets.open(ADDRESS, self._endpoint.receive)

    @property
    def sip_port(self) -> int:
        assert self._sockets is not None, "opened first"
        return self._sockets.port

    @property
    def is_registered(self) -> bool:
        return self._registrar.binding is not None

    @property
    def is_busy(self) -> bool:
        """There is a call, or a second caller is about to call."""
        return bool(self._tasks)

    def call_agent(self, scenario: Scenario) -> bool:
        """Lets a customer call; False when the agent's telephone is not registered."""
        if self._registrar.binding is None:
            return False
        self._start(self._customer_calls(scenario, self._registrar.binding))
        if scenario.joined_by:
            self._start(self._join(self._scripts.scenarios[scenario.joined_by], scenario.joined_after_s))
        return True

    async def close(self) -> None:
        """Ends all calls with BYE or CANCEL, then the sockets."""
        for leg in list(self._legs.values()):
            leg.hang_up()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL_S)
        for task in self._tasks:
            task.cancel()
        self._registrar.close()
        self._endpoint.close()
        if self._sockets is not None:
            self._sockets.close()

    @property
    def _host(self) -> str:
        return f"{ADDRESS}:{self.sip_port}"

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        self.on_change()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            loop = asyncio.get_running_loop()
            loop.call_exception_handler({"message": "a practice call failed", "exception": fault, "task": task})
        self.on_change()

    def _registration_changed(self, binding: Binding | None) -> None:
        self._report("unregistered" if binding is None else "registered")
        self.on_change()

    # ---------------------------------------------------------------- calls to the agent

    async def _join(self, scenario: Scenario, after_s: float) -> None:
        await asyncio.sleep(after_s)
        if self._registrar.binding is not None:
            await self._customer_calls(scenario, self._registrar.binding)

    async def _customer_calls(self, scenario: Scenario, binding: Binding) -> None:
        number = scenario.caller[self._language]
        person = self._people.find(number)
        diverted = scenario.diverted_from
        caller = Caller(
            number=number,
            name=person.name if person is not None and scenario.shows_name else "",
            diverted_from=diverted[self._language] if diverted is not None else "",
        )
        agent = AgentAddress(f"sip:{EXTENSION}@{self._host}", binding.target, binding.flow)
        leg = OutgoingLeg(self._endpoint, agent, caller, self._host, self._report)
        await leg.open_media()
        self._legs[leg.call_id] = leg
        try:
            leg.report("call_placed", scenario=scenario.name, number=number)
            leg.place()
            await leg.changes.until(lambda: leg.answered or leg.ended, scenario.gives_up_after_s)
            if leg.answered:
                await Conversation(leg, scenario.script, self._speech).run()
        finally:
            leg.hang_up()
            del self._legs[leg.call_id]

    # ---------------------------------------------------------------- requests of the agent

    def _receive(self, transaction: ServerTransaction) -> None:
        request = transaction.request
        if request.to_tag:
            leg = self._legs.get(request.call_id)
            if leg is None:
                transaction.respond(481)
            else:
                leg.receive(transaction)
        elif request.method == "REGISTER":
            self._registrar.receive(transaction)
        elif request.method == "INVITE":
            self._route(transaction)
        elif request.method == "OPTIONS":
            transaction.respond(200, (("Allow", ALLOWED_METHODS),))
        else:
            transaction.respond(405, (("Allow", ALLOWED_METHODS),))

    def _route(self, invite: ServerTransaction) -> None:
        if not is_admitted(invite, self._gate):
            return
        offer = parse_sdp(invite.request.body)
        if offer is None or not offer.codecs:
            invite.respond(488)
            return
        dialled = parse_uri(invite.request.uri).user
        callee = self._switchboard.find(dialled)
        if callee is None:
            self._report("unknown_number", call=invite.request.call_id, number=dialled)
            invite.respond(404)
            return
        leg = IncomingLeg(self._endpoint, invite, offer, self._host, self._report)
        self._start(self._agent_calls(leg, callee, dialled))

    async def _agent_calls(self, leg: IncomingLeg, callee: Colleague, dialled: str) -> None:
        self._legs[leg.call_id] = leg
        try:
            await leg.open_media()
            leg.report("call_received", number=dialled, callee=callee.name)
            await self._switchboard.take(leg, callee, self._speech)
        finally:
            leg.hang_up()
            del self._legs[leg.call_id]
