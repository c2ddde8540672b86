"""The practice exchange: registers the agent's telephone, routes its calls, lets customers call. One asyncio loop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine

from agent_toolbar.practice.call_leg import CallLeg
from agent_toolbar.practice.conversation import Conversation
from agent_toolbar.practice.dialog import DialogName
from agent_toolbar.practice.handovers import Handovers
from agent_toolbar.practice.incoming_leg import IncomingLeg
from agent_toolbar.practice.outgoing_leg import AgentAddress, Caller, OutgoingLeg
from agent_toolbar.practice.people import People
from agent_toolbar.practice.presence_subscriptions import PresenceSubscriptions
from agent_toolbar.practice.registrar import Binding, Registrar, is_admitted
from agent_toolbar.practice.scripts import Colleague, Language, Manner, PracticeScripts, Scenario
from agent_toolbar.practice.sdp import AudioStream, parse_sdp
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.sip_sockets import SipSockets
from agent_toolbar.practice.site import CAPABILITIES, Reporter, Site
from agent_toolbar.practice.speech import Speech
from agent_toolbar.practice.switchboard import Switchboard
from agent_toolbar.practice.transactions import ServerTransaction
from agent_toolbar.sip_text.digest import DigestGate
from agent_toolbar.sip_text.sip_message import parse_uri

ADDRESS = "127.0.0.1"
EXTENSION = "200"
REALM = "practice"
_FAREWELL_S = 0.3
_FORGOTTEN_AFTER_S = 30.0  # a leg whose party was handed over, and that the transferer does not end


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
        self._legs: list[CallLeg] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._handovers = Handovers(self._switchboard, self._find, self._start)
        self._presence = PresenceSubscriptions(self._endpoint, self._switchboard.telephones, lambda: self._host)
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
        for leg in list(self._legs):
            leg.hang_up()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL_S)
        for task in self._tasks:
            task.cancel()
        self._registrar.close()
        self._presence.close()
        self._endpoint.close()
        if self._sockets is not None:
            self._sockets.close()

    @property
    def _host(self) -> str:
        return f"{ADDRESS}:{self.sip_port}"

    @property
    def _site(self) -> Site:
        return Site(self._endpoint, self._host, self._report)

    def _find(self, dialog: DialogName) -> CallLeg | None:
        return next((leg for leg in self._legs if leg.name == dialog), None)

    async def _keep(self, leg: CallLeg, talk: Coroutine[None, None, None]) -> None:
        """The life of a leg: found by its dialog until its talk is over, and ended then."""
        leg.on_refer = lambda refer: self._handovers.refer(leg, refer)
        self._legs.append(leg)
        try:
            await talk
            if leg.handed_over:
                await leg.changes.until(lambda: leg.ended, _FORGOTTEN_AFTER_S)
        finally:
            leg.hang_up()
            self._legs.remove(leg)

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
        customer = Colleague(number, caller.name or number, Manner.ANSWERS, script=scenario.script)
        leg = OutgoingLeg(self._site, agent, caller, customer)
        await leg.open_media()
        await self._keep(leg, self._customer_talks(leg, scenario))

    async def _customer_talks(self, leg: OutgoingLeg, scenario: Scenario) -> None:
        leg.report("call_placed", scenario=scenario.name, number=leg.party.extension)
        leg.place()
        await leg.changes.until(lambda: leg.answered or leg.ended, scenario.gives_up_after_s)
        if leg.answered:
            await Conversation(leg, scenario.script, self._speech).run()
        elif leg.redirected_to:
            await self._handovers.redirected(leg)

    # ---------------------------------------------------------------- requests of the agent

    def _receive(self, transaction: ServerTransaction) -> None:
        request = transaction.request
        if request.to_tag:
            leg = self._find(DialogName.of_request(request))
            if leg is not None:
                leg.receive(transaction)
            elif request.method == "SUBSCRIBE":
                self._presence.renew(transaction)
            else:
                transaction.respond(481)
        elif request.method == "REGISTER":
            self._registrar.receive(transaction)
        elif request.method == "INVITE":
            self._route(transaction)
        elif request.method == "SUBSCRIBE":
            if is_admitted(transaction, self._gate):
                self._presence.begin(transaction)
        else:
            transaction.respond(200 if request.method == "OPTIONS" else 405, CAPABILITIES)

    def _route(self, invite: ServerTransaction) -> None:
        if not is_admitted(invite, self._gate):
            return
        offer = parse_sdp(invite.request.body)
        if offer is None or not offer.codecs:
            invite.respond(488)
            return
        replaces = invite.request.first("replaces")
        if replaces:
            self._give_back(invite, offer, replaces)
            return
        dialled = parse_uri(invite.request.uri).user
        callee = self._switchboard.find(dialled)
        if callee is None:
            self._report("unknown_number", call=invite.request.call_id, number=dialled)
            invite.respond(404)
            return
        leg = IncomingLeg(self._site, invite, offer, callee)
        self._start(self._keep(leg, self._agent_calls(leg, dialled)))

    def _give_back(self, invite: ServerTransaction, offer: AudioStream, replaces: str) -> None:
        """The agent's telephone lost a call, and takes its place again (RFC 3891 section 3)."""
        leg = self._find(DialogName.of_replaces(replaces))
        if leg is None or not leg.answered:
            invite.respond(481)
        elif leg.handed_over:
            invite.respond(603)
        else:
            leg.take_over(invite, offer)

    async def _agent_calls(self, leg: IncomingLeg, dialled: str) -> None:
        await leg.open_media()
        leg.report("call_received", number=dialled, callee=leg.party.name)
        await self._switchboard.take(leg, self._speech)
