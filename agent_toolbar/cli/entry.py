"""Entry of the command line: says a verb to the running toolbar, or starts or raises the toolbar itself."""

from __future__ import annotations

import os
import sys

from agent_toolbar.cli.arguments import PRACTICE, parse
from agent_toolbar.cli.contact_arguments import AUDIT, SEARCH
from agent_toolbar.cli.crm_arguments import TRIAL
from agent_toolbar.cli.foreground import activation_token, let_the_first_come_to_the_front
from agent_toolbar.cli.handler_arguments import HANDLERS
from agent_toolbar.cli.output import ProgressBar, print_json, print_result
from agent_toolbar.cli.texts import has_text, text
from agent_toolbar.ipc.control_client import NoAnswerError, NoToolbarError, ask, raise_running
from agent_toolbar.ipc.control_protocol import ControlAnswer, Verb
from agent_toolbar.paths import HOME_VARIABLE, moved_home, practice_home

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from typing import Protocol

    from agent_toolbar.ipc.control_protocol import Argument

    class StartToolbar(Protocol):
        def __call__(self, *, practice: bool, language: str | None, activation_token: str | None) -> int:
            """Becomes the toolbar of this profile; gives back the exit status when it has ended."""

    TryConnector = Callable[[Namespace, str], int]
    ReadContacts = Callable[[Namespace], int]
    ArrangeHandlers = Callable[[Namespace], int]


DONE = 0
REFUSED = 1
MISUSE = 2
NOT_RUNNING = 3

_AUDIT_SILENCE_S = 180.0  # test calls take their time
_SYNC_SILENCE_S = 900.0  # a directory of many thousands, behind others
_IMPORT_SILENCE_S = 120.0  # a large file is indexed at its end, without progress


_TAKE_PASSWORD = frozenset({Verb.ACCOUNT_SET, Verb.STORE_SET, Verb.CONTACTS_SYNC})


def run(
    argv: list[str],
    start: StartToolbar,
    try_connector: TryConnector | None = None,
    read_contacts: ReadContacts | None = None,
    arrange_handlers: ArrangeHandlers | None = None,
) -> int:
    """The exit status: DONE, REFUSED with the reason on standard error, MISUSE or NOT_RUNNING.

    REFUSED also says that the doctor found something wrong, or that a directory could not be read.
    """
    _speak_utf8()
    given = parse(argv)
    if given.start is None:
        status = _reach(lambda: _say(given))
        return _fail(text("not_running"), status) if status == NOT_RUNNING else status
    if given.start == TRIAL:
        assert try_connector is not None
        return try_connector(given, _read_password() if given.key_stdin else "")
    if given.start in {SEARCH, AUDIT}:
        assert read_contacts is not None
        return read_contacts(given)
    if given.start == HANDLERS:
        assert arrange_handlers is not None
        return arrange_handlers(given)
    if given.start == PRACTICE and moved_home() is None:
        os.environ[HOME_VARIABLE] = str(practice_home())
    token = activation_token()
    status = _reach(lambda: _raise(token))
    if status != NOT_RUNNING:
        return status
    practice, language = given.start == PRACTICE, given.language
    return _reach(lambda: start(practice=practice, language=language, activation_token=token or None))


def _reach(speak: Callable[[], int]) -> int:
    """What came of speaking to the running toolbar; NOT_RUNNING without a word if there is none."""
    try:
        status = speak()
        sys.stdout.flush()
    except NoToolbarError:
        return NOT_RUNNING
    except NoAnswerError as fault:
        return _fail(text("no_answer", detail=fault), REFUSED)
    except BrokenPipeError:  # whoever reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as fault:
        return _fail(text("runtime_folder", detail=fault), REFUSED)
    return status


def _raise(token: str) -> int:
    let_the_first_come_to_the_front()
    return DONE if raise_running(token) else NOT_RUNNING


def _say(given: Namespace) -> int:
    verb: Verb = given.verb
    args: dict[str, Argument] = given.arguments(given)
    if verb is Verb.QUEUE_PASSWORD or (verb in _TAKE_PASSWORD and given.password_stdin):
        args["password"] = _read_password()
        if not args["password"]:
            return _fail(text("no_password"), MISUSE)
    if verb is Verb.CRM_ACCOUNT_SET and given.key_stdin:
        args["key"] = _read_password()
        if not args["key"]:
            return _fail(text("no_key"), MISUSE)
    if verb in {Verb.SHOW, Verb.CALL_SELECTION}:
        let_the_first_come_to_the_front()
    answer = _ask(verb, args)
    if answer is None:
        return _fail(text("cancelled"), REFUSED)
    if not answer.ok:
        key = answer.code if has_text(answer.code) else "refused"
        return _fail(answer.text or text(key, code=answer.code), REFUSED)
    if given.json:
        print_json(answer.result)
    else:
        print_result(verb, answer.result)
    wrong = {Verb.DOCTOR: "wrong", Verb.CONTACTS_SYNC: "failed"}.get(verb)
    return REFUSED if wrong is not None and answer.result.get(wrong) else DONE


def _ask(verb: Verb, args: dict[str, Argument]) -> ControlAnswer | None:
    if verb is Verb.CONTACTS_IMPORT:
        return _import(args)
    if verb is Verb.CONTACTS_SYNC:
        return ask(verb, args, silence_s=_SYNC_SILENCE_S)
    if verb is Verb.DOCTOR and args["audit"]:
        return ask(verb, args, silence_s=_AUDIT_SILENCE_S)
    if verb is Verb.DOCTOR:
        return ask(verb, args, on_progress=_say_listening)
    return ask(verb, args)


def _say_listening(progress: dict[str, int]) -> None:
    """The microphone is opened, and nobody shall wonder why."""
    if progress.get("listening"):
        print(text("listening"), file=sys.stderr, flush=True)


def _import(args: dict[str, Argument]) -> ControlAnswer | None:
    """None when the person interrupted it; the toolbar then takes the import back."""
    bar = ProgressBar()
    try:
        return ask(Verb.CONTACTS_IMPORT, args, on_progress=bar.show, silence_s=_IMPORT_SILENCE_S)
    except KeyboardInterrupt:
        return None
    finally:
        bar.clear()


def _read_password() -> str:
    """One line of standard input, which is not shown when a person types it."""
    if sys.stdin.isatty():
        import getpass  # noqa: PLC0415  # rarely needed

        return getpass.getpass(text("ask_password"))
    return sys.stdin.readline().rstrip("\r\n")


def _fail(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _speak_utf8() -> None:
    """Names of customers are printed whatever the terminal's locale can write."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
