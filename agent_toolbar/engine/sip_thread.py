"""The SIP thread: makes the user agent, pumps the library, runs what others post, destroys it all at the end."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from agent_toolbar.engine.user_agent import UserAgent

_log = logging.getLogger(__name__)

_POLL_S = 0.2  # only a safety net: network events and posted work end the wait at once
_RING_THE_BELL = b"\r\n\r\n"  # a SIP keep-alive (RFC 5626), which the library's parser drops


class SipThread:
    """Runs work on the SIP thread. Safe to use from any thread."""

    def __init__(self, build: Callable[[Callable[[Callable[[], None]], None]], UserAgent]) -> None:
        """build: makes the user agent on the SIP thread; it is given `post`."""
        self._build = build
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._bell = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._bell_address: tuple[str, int] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sip")
        self.failed: Exception | None = None

    def start(self, on_end: Callable[[], None]) -> None:
        """on_end is called on the SIP thread when it has ended, whatever the reason (see `failed`)."""
        self._on_end = on_end
        self._thread.start()

    def post(self, action: Callable[[], None]) -> None:
        """Runs `action` on the SIP thread soon, in order."""
        self._inbox.put(action)
        address = self._bell_address
        if address is not None:
            self._bell.sendto(_RING_THE_BELL, address)

    def stop(self) -> None:
        """Ends calls, registration and library; `join` waits for it."""
        self._stopping.set()
        self.post(lambda: None)

    def join(self, timeout_s: float) -> bool:
        """True when the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            agent = self._build(self.post)
            self._bell_address = agent.library.bell
            while not self._stopping.is_set():
                self._turn(agent)
            self._bell_address = None
            agent.close()
        except Exception as error:  # noqa: BLE001 - kept in `failed`, the process ends
            _log.exception("SIP thread ended")
            self.failed = error
        finally:
            self._on_end()

    def _turn(self, agent: UserAgent) -> None:
        try:
            self._run_inbox()
            agent.timers.run_due()
            wait_s = agent.timers.next_due_s(_POLL_S) if self._inbox.empty() else 0.0
            agent.library.handle_events(round(wait_s * 1000))
            agent.handle_mailbox()
        except Exception:  # noqa: BLE001 - an own bug in one command must not end the other calls
            _log.exception("work on the SIP thread failed")

    def _run_inbox(self) -> None:
        while True:
            try:
                action = self._inbox.get_nowait()
            except Empty:
                return
            action()
