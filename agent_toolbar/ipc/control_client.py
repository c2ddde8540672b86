"""Asks the running toolbar of this profile and waits for its answer. Standard library only."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator

from agent_toolbar.ipc.control_protocol import (
    ENDPOINT_NAME,
    Argument,
    BadRequestError,
    ControlAnswer,
    Verb,
    encode_request,
    parse_answer,
)
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.json_lines import LineSplitter, LineTooLongError

CONNECT_S = 2.0
SILENCE_S = 15.0
_RETRY_S = 0.05
_MAX_ANSWER_BYTES = 1 << 26


class NoToolbarError(Exception):
    """No toolbar of this profile runs."""


class NoAnswerError(Exception):
    """A toolbar runs, but it does not answer, answered nonsense, or ended meanwhile."""


def ask(
    verb: Verb,
    args: dict[str, Argument],
    *,
    on_progress: Callable[[dict[str, int]], None] | None = None,
    silence_s: float = SILENCE_S,
    endpoint: Endpoint | None = None,
) -> ControlAnswer:
    """The toolbar's answer. Waits `silence_s` at most for each line.

    Raises NoToolbarError, NoAnswerError, and OSError if the folder for sockets cannot be used.
    """
    endpoint = endpoint or Endpoint.of_profile(ENDPOINT_NAME)
    try:
        connected, secret = endpoint.connect(CONNECT_S)
    except (FileNotFoundError, ConnectionRefusedError) as fault:
        raise NoToolbarError from fault
    except OSError as fault:
        raise NoAnswerError(str(fault)) from fault
    with connected:
        connected.settimeout(silence_s)
        try:
            for line in _exchange(connected, encode_request(verb, args, secret)):
                answer = parse_answer(line)
                if isinstance(answer, ControlAnswer):
                    return answer
                if on_progress is not None:
                    on_progress(answer)
        except (OSError, LineTooLongError, BadRequestError) as fault:
            raise NoAnswerError(str(fault)) from fault
    raise NoAnswerError("the connection was closed")


def follow_link(link: str, activation_token: str) -> ControlAnswer:
    """Gives the running toolbar a link that was clicked; one that is only starting gets time to answer.

    Raises as `ask` does.
    """
    return ask(Verb.LINK, {"uri": link, "activation_token": activation_token})


def raise_running(activation_token: str, wait_s: float = 0.0) -> bool:
    """Brings the window of the running toolbar to the front; False if none runs.

    With `wait_s` a toolbar that is only starting up gets time to answer. Raises NoAnswerError.
    """
    deadline = time.monotonic() + wait_s
    while True:
        try:
            ask(Verb.SHOW, {"activation_token": activation_token})
        except NoToolbarError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_RETRY_S)
        else:
            return True


def _exchange(connected: socket.socket, request: bytes) -> Iterator[bytes]:
    """Sends `request` and gives back each line that comes until the end of the stream."""
    splitter = LineSplitter(_MAX_ANSWER_BYTES)
    with contextlib.suppress(ConnectionError):  # refused before it was read: the answer that says why is waiting
        connected.sendall(request)
    while received := connected.recv(65536):
        yield from splitter.feed(received)
