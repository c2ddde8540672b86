"""Who is behind a dialled number, and how they take the call. Runs on the asyncio loop."""

from __future__ import annotations

from agent_toolbar.practice.conversation import Conversation
from agent_toolbar.practice.incoming_leg import IncomingLeg
from agent_toolbar.practice.people import People
from agent_toolbar.practice.scripts import Colleague, Language, Manner, PracticeScripts, Voice
from agent_toolbar.practice.speech import Speech

_CUSTOMER_RINGS_S = 3.0
_LONGEST_RING_S = 60.0


class Switchboard:
    """Colleagues by extension, customers by their outside number."""

    def __init__(self, scripts: PracticeScripts, people: People, language: Language) -> None:
        self._scripts = scripts
        self._people = people
        numbers = ((scenario.caller[language], scenario.script.voice) for scenario in scripts.scenarios.values())
        self._voices = {number: voice for number, voice in numbers if number}

    def find(self, dialled: str) -> Colleague | None:
        """Whoever answers this number; None if it is nobody's."""
        colleague = self._scripts.colleagues.get(dialled)
        if colleague is not None:
            return colleague
        person = self._people.find(dialled)
        if person is None:
            return None
        known = (self._voices[number] for number in person.numbers if number in self._voices)
        voice = next(known, Voice.FIRST_WOMAN if person.is_woman else Voice.FIRST_MAN)
        script = self._scripts.called_back[voice]
        return Colleague(dialled, person.name, Manner.ANSWERS, _CUSTOMER_RINGS_S, script)

    async def take(self, leg: IncomingLeg, callee: Colleague, speech: Speech) -> None:
        """Takes the call in the callee's manner; returns when it has ended."""
        if callee.manner is Manner.BUSY:
            leg.refuse(486)
            return
        leg.ring()
        never = callee.manner is Manner.NEVER_ANSWERS
        await leg.changes.until(lambda: leg.ended, _LONGEST_RING_S if never else callee.rings_s)
        if leg.ended:
            return
        if never:
            leg.refuse(480)
        elif callee.manner is Manner.DECLINES:
            leg.refuse(603)
        else:
            leg.answer()
            if callee.manner is Manner.ECHOES:
                leg.media.echo()
            if callee.script is not None:
                await Conversation(leg, callee.script, speech).run()
