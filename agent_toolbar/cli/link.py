"""`agent-toolbar --uri TEXT`, as the desktop calls it for a link that was clicked. Quick: no argparse, no Qt.

Exactly one form is known, and everything behind `--uri` is data: a link may hold quotes, blanks and options.
"""

from __future__ import annotations

import os
import sys

from agent_toolbar.cli.foreground import activation_token, let_the_first_come_to_the_front
from agent_toolbar.ipc.control_client import NoAnswerError, NoToolbarError, follow_link
from agent_toolbar.ipc.control_protocol import ControlAnswer

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 1024  # characters; the toolbar refuses a link long before that, and says so

DONE = 0
REFUSED = 1
MISUSE = 2


def run(words: list[str], start: Callable[[str, str], int]) -> int:
    """The exit status for the words behind `--uri`.

    DONE when the running toolbar took the link; REFUSED with the reason on standard error when it did not, or does not
    answer; MISUSE for any other number of words. Where no toolbar runs, `start` becomes the toolbar with the link and
    the activation token, and its status is given back.
    """
    if len(words) != 1:
        return _fail("uri_misuse", MISUSE)
    link, token = _bounded(words[0]), activation_token()
    let_the_first_come_to_the_front()
    try:
        answer = follow_link(link, token)
    except NoToolbarError:
        return _start(link, token, start)
    except NoAnswerError as fault:
        return _fail("no_answer", REFUSED, detail=fault)
    except OSError as fault:
        return _fail("runtime_folder", REFUSED, detail=fault)
    return _told(answer)


def _start(link: str, token: str, start: Callable[[str, str], int]) -> int:
    try:
        return start(link, token)
    except NoAnswerError as fault:  # another one was starting, and does not answer
        return _fail("no_answer", REFUSED, detail=fault)
    except OSError as fault:
        return _fail("runtime_folder", REFUSED, detail=fault)


def _told(answer: ControlAnswer) -> int:
    if answer.ok:
        return DONE
    if answer.text:
        _print(answer.text)
        return REFUSED
    return _fail("refused", REFUSED, code=answer.code)


def _bounded(word: str) -> str:
    """Bytes that are no text in this locale become signs that no link may hold."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in word[:LONGEST])


def _fail(sentence: str, status: int, **values: object) -> int:
    from agent_toolbar.cli.texts import text  # noqa: PLC0415  # both languages of all verbs, rarely needed

    _print(text(sentence, **values))
    return status


def _print(sentence: str) -> None:
    if sys.stderr is None:  # a program without a console (Windows)
        return
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace") if hasattr(sys.stderr, "reconfigure") else None
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:  # nobody listens: the toolbar shows it, too
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
