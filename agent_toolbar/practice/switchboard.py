"""Who is behind a dialled number, and how they take the call. Runs on the asyncio loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from agent_toolbar.practice.changes import Changes
from agent_toolbar.practice.conversation import Conversation
from agent_toolbar.practice.incoming_leg import IncomingLeg
from agent_toolbar.practice.people import People
from agent_toolbar.practice.scripts import Colleague, Language, Manner, PracticeScripts, Voice
from agent_toolbar.practice.speech import Speech
from agent_toolbar.practice.telephones import PhoneState, PhoneUse, Telephones

_CUSTOMER_RINGS_S = 3.0
_LONGEST_RING_S = 60.0
LONGEST_RING_OF_TRANSFER_S = 20.0

GivenUp = Callable[[float], Awaitable[bool]]  # waits so many seconds at most; True if the caller has given up


class Switchboard:
    """Colleagues by extension, customers by their outside number.

    Attributes:
        telephones: of the colleagues.
    """

    def __init__(self, scripts: PracticeScripts, people: People, language: Language) -> None:
        self._scripts = scripts
        self._people = people
        numbers = ((scenario.caller[language], scenario.script.voice) for scenario in scripts.scenarios.values())
        existing = (one for one in scripts.colleagues.values() if one.manner is not Manner.DOES_NOT_EXIST)
        self.telephones = Telephones({one.extension: one.manner is Manner.BUSY for one in existing})
        self._voices = {number: voice for number, voice in numbers if number}

    def find(self, dialled: str) -> Colleague | None:
        """Whoever answers this number; None if it is nobody's."""
        colleague = self._scripts.colleagues.get(dialled)
        if colleague is not None:
            return colleague if self.telephones.exists(dialled) else None
        person = self._people.find(dialled)
        if person is None:
            return None
        known = (self._voices[number] for number in person.numbers if number in self._voices)
        voice = next(known, Voice.FIRST_WOMAN if person.is_woman else Voice.FIRST_MAN)
        script = self._scripts.called_back[voice]
        return Colleague(dialled, person.name, Manner.ANSWERS, _CUSTOMER_RINGS_S, script)

    async def take(self, leg: IncomingLeg, speech: Speech) -> None:
        """Takes the agent's call in the manner of its party; returns when it has ended."""
        callee = leg.party
        with self.telephones.use(callee.extension) as phone:
            status = await self._ask(callee, phone, leg.ring, within(leg.changes, lambda: leg.ended), _LONGEST_RING_S)
            if leg.ended:
                return
            if status != 200:
                leg.refuse(status)
                return
            leg.answer()
            if callee.manner is Manner.ECHOES:
                leg.media.echo()
            if callee.script is not None:
                await Conversation(leg, callee.script, speech).run()

    async def put_through(self, callee: Colleague, phone: PhoneUse, ring: Callable[[], None], given_up: GivenUp) -> int:
        """The status with which the callee takes a call that is handed over; `ring` is called when it rings there.

        487: it was given up before. With 200 the telephone is in a talk until its use ends.
        """
        return await self._ask(callee, phone, ring, given_up, LONGEST_RING_OF_TRANSFER_S)

    async def _ask(
        self, callee: Colleague, phone: PhoneUse, ring: Callable[[], None], given_up: GivenUp, longest_s: float
    ) -> int:
        if self.telephones.state(callee.extension) is PhoneState.BUSY:
            return 486
        phone.ring()
        ring()
        never = callee.manner is Manner.NEVER_ANSWERS
        if await given_up(longest_s if never else callee.rings_s):
            return 487
        if never:
            return 480
        if callee.manner is Manner.DECLINES:
            return 603
        phone.talk()
        return 200


def within(changes: Changes, fact: Callable[[], bool]) -> GivenUp:
    """For who gives up when the fact holds."""
    return lambda seconds: changes.until(fact, seconds)
