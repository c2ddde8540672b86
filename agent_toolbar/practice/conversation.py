"""One person on the practice line talks by a script: speaks, waits, gives hints, says goodbye. On the asyncio loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from agent_toolbar.practice.call_leg import CallLeg
from agent_toolbar.practice.scripts import Line, Reaction, Script, Step
from agent_toolbar.practice.sdp import Direction
from agent_toolbar.practice.speech import Speech

_BREATH_S = 0.5  # before the first word, and between two
_MUTE_MS = 2_500


class Conversation:
    """The talk of one answered call. It ends with the script or with the call."""

    def __init__(self, leg: CallLeg, script: Script, speech: Speech) -> None:
        self._leg = leg
        self._script = script
        self._speech = speech
        self._holds_before = 0
        self._holds_thanked = 0
        self._digits_before = 0
        self._failures_before = 0

    async def run(self) -> None:
        """Talks to the end, then hangs up; returns when the call has ended, or its party was handed over."""
        leg = self._leg
        talk = asyncio.create_task(self._talk())
        ended = asyncio.create_task(leg.changes.until(lambda: leg.ended or leg.handed_over))
        try:
            await asyncio.wait({talk, ended}, return_when=asyncio.FIRST_COMPLETED)
            if talk.done():
                talk.result()  # a fault in a script is not hidden
        finally:
            if not leg.handed_over:
                leg.hang_up()
            talk.cancel()
            await asyncio.wait({talk, ended})

    async def _talk(self) -> None:
        for step in self._script.steps:
            await asyncio.sleep(_BREATH_S)
            self._holds_before, self._digits_before = self._leg.holds, len(self._leg.digits)
            self._failures_before = self._leg.failed_handovers
            self._leg.media.listening.start_over()
            fact = self._fact_of(step)
            if step.say is not None:
                await self._say(step.say, unless=fact)
            if step.holds_s:
                await self._put_on_hold(step.holds_s)
            await self._react(step, fact)
            if step.then in {Reaction.HOLD, Reaction.RESUME}:
                self._holds_thanked = self._leg.holds  # the script itself speaks of it
        await asyncio.sleep(_BREATH_S)

    async def _react(self, step: Step, fact: Callable[[], bool]) -> None:
        if step.then is Reaction.NOTHING:
            return
        self._leg.report("waiting", reaction=str(step.then))
        if await self._hears(step, fact):
            return
        if step.hint is not None:
            await self._say(step.hint, unless=fact)
            await self._hears(step, fact)

    async def _hears(self, step: Step, fact: Callable[[], bool]) -> bool:
        """Waits for what the step wants; what went wrong is talked about as often as it does."""
        leg = self._leg
        if step.then not in {Reaction.DIGITS, Reaction.HAND_OVER}:
            return await leg.changes.until(fact, step.within_s)
        while await self._has_patience(lambda: fact() or self._went_wrong(step), step):
            if fact():
                return True
            self._digits_before, self._failures_before = len(leg.digits), leg.failed_handovers
            if step.wrong is not None:
                await self._say(step.wrong, unless=fact)
        return False

    async def _has_patience(self, fact: Callable[[], bool], step: Step) -> bool:
        """Who waits to be put through does not count the time on hold."""
        leg = self._leg
        while not await leg.changes.until(fact, step.within_s):
            if leg.present or step.then is not Reaction.HAND_OVER:
                return False
            await leg.changes.until(lambda: leg.present or fact())
        return True

    def _went_wrong(self, step: Step) -> bool:
        if step.then is Reaction.HAND_OVER:
            return self._leg.failed_handovers > self._failures_before
        return step.wrong is not None and len(self._new_digits()) >= len(step.digits)

    async def _say(self, line: Line, unless: Callable[[], bool]) -> None:
        """Says the line to its end, or until `unless` is true. A hold stops it; it is then said again."""
        leg = self._leg
        while not unless():
            await leg.changes.until(lambda: leg.present)
            if leg.holds > self._holds_thanked:
                self._holds_thanked = leg.holds
                await self._say(self._script.thanks, unless=lambda: False)
            leg.media.play(self._speech.of(line))
            leg.report("said", line=line.recording)
            await leg.changes.until(lambda: not leg.media.playing or not leg.present or unless())
            finished = not leg.media.playing
            leg.media.stop_playing()
            if finished:
                break
        leg.media.listening.start_over()

    async def _put_on_hold(self, seconds: float) -> None:
        leg = self._leg
        if not await leg.offer(Direction.SENDONLY):
            leg.report("hold_refused")
            return
        leg.report("agent_put_on_hold")
        leg.media.play(self._speech.music(seconds))
        await leg.changes.until(lambda: not leg.media.playing)
        await leg.offer(Direction.SENDRECV)
        leg.report("agent_taken_back")

    def _new_digits(self) -> str:
        return self._leg.digits[self._digits_before :]

    def _fact_of(self, step: Step) -> Callable[[], bool]:
        leg = self._leg
        facts: dict[Reaction, Callable[[], bool]] = {
            Reaction.NOTHING: lambda: False,
            Reaction.SPEECH: lambda: not leg.media.playing and leg.media.listening.has_finished,
            Reaction.HOLD: lambda: leg.holds > self._holds_before,
            Reaction.RESUME: lambda: not leg.held,
            Reaction.DIGITS: lambda: self._new_digits().endswith(step.digits),
            Reaction.MUTE: lambda: not leg.media.playing and leg.media.listening.still_ms >= _MUTE_MS,
            Reaction.HANG_UP: lambda: leg.ended,
            Reaction.HAND_OVER: lambda: leg.handed_over,
        }
        return facts[step.then]
