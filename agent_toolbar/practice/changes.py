"""Lets coroutines wait until something has become true. asyncio, one loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Whoever changes a state calls `notify`; whoever waits names the fact that it waits for."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, fact: Callable[[], bool], timeout_s: float | None = None) -> bool:
        """Returns True as soon as the fact holds, False when the time is over before."""
        try:
            async with asyncio.timeout(timeout_s):
                while not fact():
                    waiter = asyncio.get_running_loop().create_future()
                    self._waiting.add(waiter)
                    try:
                        await waiter
                    finally:
                        self._waiting.discard(waiter)
        except TimeoutError:
            return fact()
        return True
