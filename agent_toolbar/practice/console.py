"""The practice exchange as a process: one JSON line per event on stdout, one JSON line per wish on stdin.

The asyncio loop runs in the main thread; a daemon thread waits for stdin, because not every system can poll it.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import threading
from dataclasses import dataclass
from typing import Any

from agent_toolbar.practice.exchange import EXTENSION, Exchange
from agent_toolbar.practice.people import People
from agent_toolbar.practice.script_files import load_scripts
from agent_toolbar.practice.scripts import Language
from agent_toolbar.practice.traffic import Pace, Traffic


@dataclass(frozen=True, slots=True)
class Options:
    """seed: of the order of customers after the first round; None for another one each time."""

    language: Language = Language.EN
    quiet: bool = False
    pace: Pace = Pace()
    seed: int | None = None


class Console:
    """Runs the exchange until stdin ends or SIGTERM comes."""

    def __init__(self, options: Options) -> None:
        self._scripts = load_scripts()
        self._exchange = Exchange(self._scripts, People.load(), options.language, say)
        lessons = [scenario for scenario in self._scripts.scenarios.values() if scenario.is_lesson]
        self._traffic = Traffic(
            lessons,
            options.pace,
            options.seed,
            is_registered=lambda: self._exchange.is_registered,
            is_busy=lambda: self._exchange.is_busy,
            call=self._exchange.call_agent,
        )
        self._traffic.set_quiet(quiet=options.quiet)
        self._exchange.on_change = self._traffic.changed

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(stop.set))
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop.set))
        await self._exchange.open()
        say_line(sip_port=self._exchange.sip_port, extension=EXTENSION, password=self._exchange.password)
        threading.Thread(target=self._read_wishes, args=(loop, stop), name="stdin", daemon=True).start()
        traffic = asyncio.create_task(self._traffic.run())
        await stop.wait()
        traffic.cancel()
        await self._exchange.close()

    def _read_wishes(self, loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(self._obey, line)
        loop.call_soon_threadsafe(stop.set)

    def _obey(self, line: str) -> None:
        """{"call": scenario} or {"quiet": true|false}; anything else is answered with a "refused" event."""
        try:
            wish: Any = json.loads(line)
        except ValueError:
            wish = None
        match wish:
            case {"call": str(name)} if name in self._scripts.scenarios:
                if not self._exchange.call_agent(self._scripts.scenarios[name]):
                    say("refused", reason="not_registered")
            case {"call": str(name)}:
                say("refused", reason="unknown_scenario", scenario=name[:64])
            case {"quiet": bool(quiet)}:
                self._traffic.set_quiet(quiet=quiet)
            case _:
                say("refused", reason="unknown_wish")


def say(event: str, **facts: str | int | bool) -> None:
    """Tells an event to whoever started the process."""
    say_line(event=event, **facts)


def say_line(**members: str | int | bool) -> None:
    print(json.dumps(members), flush=True)
