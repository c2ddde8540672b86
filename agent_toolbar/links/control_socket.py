"""The owner-only control socket of the running toolbar, on a thread of its own; see ipc.control_protocol.

Owns the lock that keeps a profile to one toolbar. Requests are handled on the GUI thread.
"""

from __future__ import annotations

import hmac
import logging
import os
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.ipc.alarm import Alarm
from agent_toolbar.ipc.control_client import NoAnswerError, NoToolbarError, follow_link, raise_running
from agent_toolbar.ipc.control_protocol import (
    ENDPOINT_NAME,
    LOCK_NAME,
    BadRequestError,
    ControlRequest,
    RequestFault,
    encode_refusal,
    parse_request,
)
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.links.control_caller import Caller, Reply

_log = logging.getLogger(__name__)

_MAX_CALLERS = 16
_CLAIM_AGAIN_S = 0.05
_TOUCH_S = 4 * 3600.0  # cleaners of temporary folders remove what nobody touched for long (XDG base directories)

ControlHandler = Callable[[ControlRequest, Reply], None]


class ControlServer:
    """Answers `agent-toolbar VERB` and the second start of this profile.

    `claim` first, before anything of the profile is opened; `serve` when requests can be handled; then `close`.
    """

    def __init__(self, *, dispatcher: Dispatcher, handler: ControlHandler, endpoint: Endpoint | None = None) -> None:
        """`handler` is called on the GUI thread for each request and answers through the Reply, now or later."""
        self._dispatcher = dispatcher
        self._handler = handler
        self._endpoint = endpoint or Endpoint.of_profile(ENDPOINT_NAME)
        self._lock = InstanceLock(LOCK_NAME, self._endpoint.folder)
        self._alarm = Alarm()
        self._selector = selectors.DefaultSelector()
        self._callers: set[Caller] = set()
        self._answers: deque[tuple[Caller, bytes, bool]] = deque()
        self._closing = False
        self._server: socket.socket | None = None
        self._secret = ""
        self._thread = threading.Thread(target=self._run, name="control-socket", daemon=True)

    def claim(self) -> bool:
        """True if this process now is the toolbar of the profile; False if another one is.

        From here on others can connect; they wait until `serve`. Raises OSError if the socket cannot be made.
        """
        if not self._lock.acquire():
            return False
        self._server, self._secret = self._endpoint.listen()
        self._server.setblocking(False)
        return True

    def claim_or_raise_other(self, activation_token: str, patience_s: float = 10.0, link: str = "") -> bool:
        """True if this process now is the toolbar; False if another one is and its window came to the front.

        The other one gets the `link` that this process was started with, if any, and shows what it refuses.
        Waits for one that is just starting or ending. Raises NoAnswerError if neither comes about.
        """
        deadline = time.monotonic() + patience_s
        while not self.claim():
            if _hand_over(link, activation_token) if link else raise_running(activation_token):
                return False
            if time.monotonic() >= deadline:
                raise NoAnswerError("it holds the profile without listening")
            self._alarm.wait(_CLAIM_AGAIN_S)
        return True

    def serve(self) -> None:
        assert self._server is not None, "claim comes first"
        self._selector.register(self._server, selectors.EVENT_READ)
        self._selector.register(self._alarm, selectors.EVENT_READ)
        self._thread.start()

    def close(self) -> None:
        """Sends the answers that were given, ends the thread and gives the profile free. Returns within a second."""
        self._closing = True
        self._alarm.ring()
        if self._thread.ident is not None:
            self._thread.join()
        if self._server is not None:
            self._endpoint.remove()
            self._server.close()
            self._server = None
        self._selector.close()
        self._alarm.close()
        self._lock.release()

    def _run(self) -> None:
        next_touch = time.monotonic() + _TOUCH_S
        while not self._closing:
            deadlines = [caller.deadline_s for caller in self._callers if caller.deadline_s is not None]
            wait_s = max(0.0, min([next_touch, *deadlines]) - time.monotonic())
            for key, _ in self._selector.select(wait_s):
                if key.fileobj is self._server:
                    self._accept()
                elif key.fileobj is self._alarm:
                    self._alarm.clear()
                else:
                    self._exchange(key.data)
            self._take_answers()
            self._end_overdue()
            if time.monotonic() >= next_touch:
                next_touch = time.monotonic() + _TOUCH_S
                if self._endpoint.path.exists():
                    os.utime(self._endpoint.path)
        self._take_answers()
        for caller in set(self._callers):
            self._drop(caller)

    def _accept(self) -> None:
        assert self._server is not None
        try:
            connected, _ = self._server.accept()
        except OSError as fault:  # it left again, or this process has no descriptor free
            _log.warning("control socket: %s", fault)
            return
        caller = Caller(connected)
        self._callers.add(caller)
        self._selector.register(connected, selectors.EVENT_READ, caller)
        if len(self._callers) > _MAX_CALLERS:
            self._refuse(caller, RequestFault.TOO_MANY)

    def _exchange(self, caller: Caller) -> None:
        try:
            caller.send()
            line = caller.receive()
        except (OSError, BadRequestError) as fault:
            if isinstance(fault, BadRequestError):
                self._refuse(caller, fault.fault)
            else:
                self._drop(caller)
            return
        if line is not None:
            self._take_request(caller, line)
        self._watch(caller)

    def _take_request(self, caller: Caller, line: bytes) -> None:
        try:
            request = parse_request(line)
        except BadRequestError as fault:
            _log.warning("control socket: %s", fault)
            self._refuse(caller, fault.fault)
            return
        if not hmac.compare_digest(request.secret, self._secret):
            _log.warning("control socket: a request with a wrong secret")
            self._refuse(caller, RequestFault.WRONG_SECRET)
            return
        reply = Reply(partial(self._queue_answer, caller))
        caller.reply = reply
        self._dispatcher.post(partial(self._handle, request, reply))

    def _handle(self, request: ControlRequest, reply: Reply) -> None:
        """On the GUI thread."""
        try:
            self._handler(request, reply)
        except Exception:
            reply.refuse(RequestFault.INTERNAL, "")
            raise

    def _queue_answer(self, caller: Caller, line: bytes, is_last: bool) -> None:
        """From any thread."""
        self._answers.append((caller, line, is_last))
        self._alarm.ring()

    def _take_answers(self) -> None:
        while self._answers:
            caller, line, is_last = self._answers.popleft()
            if caller in self._callers:
                caller.put(line, is_last=is_last)
                self._flush(caller)

    def _refuse(self, caller: Caller, fault: RequestFault) -> None:
        caller.put(encode_refusal(fault, ""), is_last=True)
        self._flush(caller)

    def _flush(self, caller: Caller) -> None:
        try:
            caller.send()
        except OSError:
            self._drop(caller)
        else:
            self._watch(caller)

    def _watch(self, caller: Caller) -> None:
        """Closes a caller that has its whole answer, else waits for what it has to do next."""
        if caller not in self._callers:
            return
        if caller.done:
            self._drop(caller)
            return
        if caller.gone and caller.reply is not None:
            self._dispatcher.post(caller.reply.note_gone)
        events = caller.events
        registered = caller.connected in self._selector.get_map()
        if events and registered:
            self._selector.modify(caller.connected, events, caller)
        elif events:
            self._selector.register(caller.connected, events, caller)
        elif registered:
            self._selector.unregister(caller.connected)

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for caller in set(self._callers):
            if caller.deadline_s is not None and now >= caller.deadline_s:
                if caller.answering:
                    self._drop(caller)
                else:
                    self._refuse(caller, RequestFault.TOO_SLOW)

    def _drop(self, caller: Caller) -> None:
        if caller.connected in self._selector.get_map():
            self._selector.unregister(caller.connected)
        caller.connected.close()
        self._callers.discard(caller)
        if caller.reply is not None:
            self._dispatcher.post(caller.reply.note_gone)


def _hand_over(link: str, activation_token: str) -> bool:
    """False if no toolbar runs. Raises NoAnswerError."""
    try:
        follow_link(link, activation_token)
    except NoToolbarError:
        return False
    return True
