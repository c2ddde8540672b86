"""What people on the practice line say, and what they wait for. Pure values; script_files.py reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    EN = "en"
    FR = "fr"


class Voice(StrEnum):
    FIRST_WOMAN = "f1"
    SECOND_WOMAN = "f2"
    FIRST_MAN = "m1"
    SECOND_MAN = "m2"


class Reaction(StrEnum):
    """What the agent does that a step waits for."""

    NOTHING = "nothing"
    SPEECH = "speech"  # says something and pauses
    HOLD = "hold"
    RESUME = "resume"
    DIGITS = "digits"
    MUTE = "mute"  # nothing is heard for a while
    HANG_UP = "hang_up"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Line:
    """Something said. `recording` names the audio file; texts are what was spoken into it."""

    recording: str
    voice: Voice
    texts: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Step:
    """Says a line, then waits for a reaction for `within_s` seconds.

    Attributes:
        holds_s: after the line the agent is put on hold, with music, for so long.
        hint: said when the time is over; the wait then starts once more.
        wrong: said when other digits came, or when nobody took the call that was handed over.
    """

    say: Line | None = None
    then: Reaction = Reaction.NOTHING
    digits: str = ""
    holds_s: float = 0.0
    within_s: float = 8.0
    hint: Line | None = None
    wrong: Line | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """thanks: said when the agent comes back from a hold that nobody asked for. goodbye: the last words."""

    name: str
    voice: Voice
    steps: tuple[Step, ...]
    thanks: Line
    goodbye: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        spoken = [line for step in self.steps for line in (step.say, step.hint, step.wrong)]
        return tuple(line for line in [*spoken, self.thanks, self.goodbye] if line is not None)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A customer's call.

    Attributes:
        caller: number as the trunk sends it, per language; "" withholds it.
        shows_name: the caller's name of the contact file goes along as display name.
        diverted_from: number that was dialled first, per language; "" if the call was not diverted.
        gives_up_after_s: how long the caller lets it ring.
        joined_by: scenario that calls some seconds later, "" for none.
        is_lesson: part of the spontaneous traffic.
    """

    name: str
    script: Script
    caller: Mapping[Language, str]
    shows_name: bool = False
    diverted_from: Mapping[Language, str] | None = None
    gives_up_after_s: float = 30.0
    joined_by: str = ""
    joined_after_s: float = 4.0
    is_lesson: bool = True


class Manner(StrEnum):
    """How somebody takes a call."""

    ANSWERS = "answers"
    BUSY = "busy"
    NEVER_ANSWERS = "never_answers"
    DECLINES = "declines"
    ECHOES = "echoes"
    DOES_NOT_EXIST = "does_not_exist"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody behind an extension of the practice line; `script` is None for those that never speak."""

    extension: str
    name: str
    manner: Manner
    rings_s: float = 2.0
    script: Script | None = None


@dataclass(frozen=True, slots=True)
class PracticeScripts:
    """All scripts. called_back: how a customer of each voice answers the agent's call."""

    scenarios: Mapping[str, Scenario]
    colleagues: Mapping[str, Colleague]
    called_back: Mapping[Voice, Script]

    @property
    def lines(self) -> dict[str, Line]:
        """Every line by its recording."""
        scripts = [scenario.script for scenario in self.scenarios.values()]
        scripts += [colleague.script for colleague in self.colleagues.values() if colleague.script is not None]
        scripts += self.called_back.values()
        return {line.recording: line for script in scripts for line in script.lines}
