"""Tells a telephone system by its HTTP API, signed in as the agent; needs no registration. GUI thread.

It tells nothing by itself, so its state is read back after each order and whenever somebody looks; what a supervisor
changed is found then.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.availability import Abilities, OrderOutcome, OrderVerb, QueueOrder
from agent_toolbar.application.ports.runtime import Clock, Dispatcher, Timer, Timers
from agent_toolbar.application.ports.settings import RestSettings, SecretVault
from agent_toolbar.availability.order_queue import OrderQueue
from agent_toolbar.availability.rest_link import Heard, RestLink, abilities_of
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError
from agent_toolbar.storage.serial_worker import SerialWorker

SETTLING_MS = (300, 1000, 2000)  # a telephone system may accept an order first and carry it out afterwards
_LEADS_TO = {OrderVerb.PAUSE: QueueState.PAUSED, OrderVerb.UNPAUSE: QueueState.READY}
_Job = Callable[[str], Heard]


class RestAvailability:
    """Implements application.ports.availability.Availability.

    Further outcomes: ManifestError, and AvailabilityError "queue_no_password" and "queue_wrong_password". The password
    is the keyring's for the server `url` and the extension `user`; one that was refused is not sent again.
    """

    def __init__(
        self, settings: RestSettings, *, vault: SecretVault, timers: Timers, clock: Clock, dispatcher: Dispatcher
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._timers = timers
        self._clock = clock
        self._dispatcher = dispatcher
        self._queue = OrderQueue(timers)
        self._listener: Callable[[Confirmed], None] = lambda _confirmed: None
        self._abilities = Abilities()
        self._password: str | None = None
        self._refused_password: str | None = None
        self._begun = 0
        self._orders = 0
        self._looking = False
        self._settling: Timer | None = None
        self._closed = False
        self._link = RestLink(settings)  # the worker's own
        self._worker = SerialWorker("availability-rest")
        self._worker.submit(self._read_manifest)

    @property
    def abilities(self) -> Abilities:
        """All of them until the manifest was read."""
        return self._abilities

    @property
    def hints(self) -> tuple[str, ...]:
        return ()

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        self._listener = listener

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        self._orders += 1
        self._stop_settling()
        number = self._orders
        wanted = _LEADS_TO.get(order.verb)

        def begin() -> None:
            self._begin(
                lambda password: self._link.tell(order.verb, order.reason, password),
                lambda heard: self._settle(number, wanted, heard, 0),
            )

        self._queue.add(begin, on_outcome)

    def look(self) -> None:
        self._look(lambda _heard: None)

    def close(self) -> None:
        self._closed = True
        self._queue.close()
        self._stop_settling()
        self._worker.submit(self._link.close)
        self._worker.close(0.0)

    # ------------------------------------------------------------------ one request at a time

    def _look(self, then: Callable[[Heard], None]) -> None:
        if self._looking:
            return
        self._looking = True

        def looked(error: AgentToolbarError | None) -> None:
            self._looking = False
            if error is not None:
                self._tell(Heard(QueueState.UNKNOWN))

        self._queue.add(lambda: self._begin(self._link.look, then), looked)

    def _begin(self, job: _Job, then: Callable[[Heard], None]) -> None:
        """`then` hears last what the telephone system says, and not when it came too late."""
        self._begun += 1
        number = self._begun
        if self._password is not None:
            self._submit(number, job, self._password, then)
            return

        def loaded(password: str | None) -> None:
            refused = password is not None and password == self._refused_password
            self._password = None if refused else password
            if self._closed or number != self._begun:
                return
            if refused:
                self._queue.finish(AvailabilityError("queue_wrong_password", user=self._settings.user))
            elif password is None:
                self._queue.finish(AvailabilityError("queue_no_password", user=self._settings.user))
            else:
                self._submit(number, job, password, then)

        self._vault.load(self._settings.url, self._settings.user, loaded)

    def _submit(self, number: int, job: _Job, password: str, then: Callable[[Heard], None]) -> None:
        def work() -> None:
            try:
                answer: Heard | AgentToolbarError = job(password)
            except AgentToolbarError as error:
                answer = error
            self._dispatcher.post(lambda: self._answered(number, answer, then))

        self._worker.submit(work)

    def _answered(self, number: int, answer: Heard | AgentToolbarError, then: Callable[[Heard], None]) -> None:
        if self._closed or number != self._begun:
            return
        self._begun += 1  # an answer counts once
        if isinstance(answer, AgentToolbarError):
            if answer.code == "queue_wrong_password":
                self._refused_password, self._password = self._password, None
            self._queue.finish(answer)
            return
        self._tell(answer)  # first, so that nobody asks again for what is known already
        self._queue.finish(None)
        then(answer)

    # ------------------------------------------------------------------ what it believes

    def _settle(self, number: int, wanted: QueueState | None, heard: Heard, tries: int) -> None:
        """Looks again until an order that was accepted shows, unless another one was given meanwhile."""
        if wanted is None or heard.state is wanted or number != self._orders or tries == len(SETTLING_MS):
            return

        def again() -> None:
            if self._looking:  # somebody else asks just now
                self._settle(number, wanted, Heard(None), tries + 1)
            else:
                self._look(lambda seen: self._settle(number, wanted, seen, tries + 1))

        self._settling = self._timers.after_ms(SETTLING_MS[tries], again)

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def _tell(self, heard: Heard) -> None:
        if heard.state is not None and not self._closed:
            self._listener(Confirmed(heard.state, heard.reason, self._clock.now_s()))

    def _read_manifest(self) -> None:
        try:
            abilities = abilities_of(self._link.manifest())
        except AgentToolbarError:  # said by the first order
            return
        self._dispatcher.post(lambda: self._now_able(abilities))

    def _now_able(self, abilities: Abilities) -> None:
        self._abilities = abilities
