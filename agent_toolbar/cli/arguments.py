"""The grammar of the command line: words to a verb with its arguments."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from agent_toolbar import __version__
from agent_toolbar.cli.contact_arguments import FINDINGS, add_contact_correcting, add_contact_reading
from agent_toolbar.cli.crm_arguments import add_crm, add_outbox, add_pop, outbox_arguments, pop_arguments
from agent_toolbar.cli.foreground import activation_token
from agent_toolbar.cli.handler_arguments import add_handlers
from agent_toolbar.cli.texts import text
from agent_toolbar.ipc.control_protocol import Verb
from agent_toolbar.ipc.process_roles import URI_SWITCH

TYPE_CHECKING = False  # as of typing, whose import costs a tenth of the time of a verb
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from agent_toolbar.ipc.control_protocol import Argument

    Arguments = dict[str, Argument]
    Verbs = argparse._SubParsersAction["_Parser"]

LANGUAGES = ("en", "fr")
PRACTICE = "practice"
_MAX_HISTORY = 200
_BUNDLE = "agent-toolbar-support.zip"
_NO_TERMINAL_COLUMNS = 100


def parse(argv: list[str]) -> Namespace:
    """Members `start` ("", PRACTICE or None), `verb` and `arguments`, which makes the arguments of the verb.

    Leaves the process with status 2 for what is no command, and 0 after --help and --version.
    """
    parser = _Parser(prog="agent-toolbar", description=text("about"))
    parser.add_argument("--version", action="version", version=f"agent-toolbar {__version__}", help=text("version"))
    parser.add_argument(URI_SWITCH, action=_TooLate, metavar="TEXT", help=text("uri"))
    parser.add_argument("--language", choices=LANGUAGES, help=text("language"))
    parser.set_defaults(start="", verb=None)
    verbs = parser.add_subparsers(title=text("verbs"), metavar="VERB")
    # Making all parsers takes longer than asking the toolbar, so where the verb is plain only its own is made.
    for word in argv[:1] if argv and argv[0] in _GRAMMAR else _GRAMMAR:
        _GRAMMAR[word](verbs)
    return parser.parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """With help in the language of the terminal, and without guessing at shortened options."""

    def __init__(self, prog: str, description: str, **others: object) -> None:
        super().__init__(
            prog=prog, description=description, allow_abbrev=False, add_help=False, formatter_class=_formatter
        )
        self._words = self.add_argument_group(text("arguments"))
        self.add_argument("-h", "--help", action="help", help=text("help"))

    def of(self, **counts: str | None) -> None:
        """Adds positional arguments by name and count, as argparse writes counts."""
        for name, count in counts.items():
            self._words.add_argument(name, nargs=count, metavar=name.upper(), help=text(name))


class _TooLate(argparse.Action):
    """Of an option that another part of the program takes where it stands first, as it must."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        parser.error(text("uri_misuse"))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """argparse makes one even when no help is shown, and would load `shutil` to ask for the width."""
    try:
        columns = os.get_terminal_size().columns
    except OSError:  # no terminal
        columns = 0
    return argparse.HelpFormatter(prog, width=(columns or _NO_TERMINAL_COLUMNS) - 2)


def _add(verbs: Verbs, name: str, described: str = "") -> _Parser:
    sentence = text(described or name)
    return verbs.add_parser(name, help=sentence, description=sentence)


def _add_verb(
    verbs: Verbs, verb: Verb, arguments: Callable[[Namespace], Arguments] = lambda _: {}, name: str = ""
) -> _Parser:
    parser = _add(verbs, name or verb.value, verb)
    parser.set_defaults(start=None, verb=verb, arguments=arguments, json=False)
    return parser


def _add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=text("json"))


def _add_practice(verbs: Verbs) -> None:
    _add(verbs, PRACTICE).set_defaults(start=PRACTICE)


def _add_status(verbs: Verbs) -> None:
    _add_json(_add_verb(verbs, Verb.STATUS))


def _add_dial(verbs: Verbs) -> None:
    _add_verb(verbs, Verb.DIAL, lambda given: {"number": " ".join(given.number)}).of(number="+")


def _of_a_call(verb: Verb) -> Callable[[Verbs], None]:
    return lambda verbs: _add_verb(verbs, verb, lambda given: {"call": given.call or ""}).of(call="?")


def _add_hang_up(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.HANG_UP, lambda given: {"call": given.call or "", "confirmed": given.yes})
    parser.of(call="?")
    _add_yes(parser)


def _add_transfer(verbs: Verbs) -> None:
    parser = _add_verb(
        verbs,
        Verb.TRANSFER,
        lambda given: {
            "target": " ".join(given.target),
            "now": given.now,
            "confirmed": given.yes,
            "call": given.call,
        },
    )
    parser.of(target="*")
    parser.add_argument("--now", action="store_true", help=text("now"))
    _add_call_option(parser)
    _add_yes(parser)


def _to_a_target(verb: Verb) -> Callable[[Verbs], None]:
    def add(verbs: Verbs) -> None:
        parser = _add_verb(
            verbs,
            verb,
            lambda given: {"target": " ".join(given.target), "confirmed": given.yes, "call": given.call},
        )
        parser.of(target="+")
        _add_call_option(parser)
        _add_yes(parser)

    return add


def _plain(verb: Verb) -> Callable[[Verbs], None]:
    def add(verbs: Verbs) -> None:
        _add_verb(verbs, verb)

    return add


def _of_a_named_call(verb: Verb) -> Callable[[Verbs], None]:
    return lambda verbs: _add_verb(verbs, verb, lambda given: {"call": given.call}).of(call=None)


def _add_join(verbs: Verbs) -> None:
    _add_verb(verbs, Verb.JOIN, lambda given: {"call": given.call, "other": given.other}).of(call=None, other=None)


def _add_move(verbs: Verbs) -> None:
    parser = _add_verb(
        verbs,
        Verb.MOVE,
        lambda given: {"accepted": given.answer == "accept", "confirmed": given.yes, "call": given.call},
    )
    parser.add_argument("answer", choices=("accept", "decline"))
    _add_call_option(parser)
    _add_yes(parser)


def _add_note(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.NOTE, lambda given: {"text": " ".join(given.text), "call": given.call})
    parser.of(text="+")
    _add_call_option(parser)


def _add_call_option(parser: ArgumentParser) -> None:
    parser.add_argument("--call", default="", metavar="ID", help=text("call"))


def _add_dtmf(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.DTMF, lambda given: {"digits": given.digits, "call": given.call or ""})
    parser.of(digits=None, call="?")


def _add_cti(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.CTI, lambda given: {"on": given.on == "on", "confirmed": given.yes})
    parser.add_argument("on", choices=("on", "off"))
    _add_yes(parser)


def _add_not_ready(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.NOT_READY, lambda given: {"reason": given.reason or "", "note": given.note})
    parser.of(reason="?")
    parser.add_argument("--note", default="", metavar="TEXT", help=text("reason-note"))


def _add_wrap_up(verbs: Verbs) -> None:
    parser = _add_verb(
        verbs,
        Verb.WRAP_UP,
        lambda given: {
            "call": given.call,
            "subject": given.subject,
            "disposition": given.disposition,
            "follow_up": given.follow_up,
            "wrong_number": given.wrong_number,
            "number": given.number,
            "extend": given.extend,
            "finish": given.finish,
            "not_ready": given.not_ready is not None,
            "reason": given.not_ready or "",
        },
    )
    parser.add_argument("--subject", default="", metavar="TEXT", help=text("subject"))
    parser.add_argument("--disposition", default="", metavar="CODE", help=text("disposition"))
    parser.add_argument("--follow-up", default="", metavar="YYYY-MM-DD", help=text("follow-up"))
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--wrong-number", action="store_true", help=text("wrong-number"))
    about.add_argument("--number", choices=FINDINGS, default="", help=text("number-finding"))
    parser.add_argument("--extend", action="store_true", help=text("extend"))
    parser.add_argument("--finish", action="store_true", help=text("finish"))
    parser.add_argument("--not-ready", nargs="?", const="", metavar="REASON", help=text("finish-not-ready"))
    _add_call_option(parser)


def _add_quit(verbs: Verbs) -> None:
    _add_yes(_add_verb(verbs, Verb.QUIT, lambda given: {"confirmed": given.yes}))


def _add_show(verbs: Verbs) -> None:
    _add_verb(verbs, Verb.SHOW, lambda _: {"activation_token": activation_token()})


def _add_call_selection(verbs: Verbs) -> None:
    _add_verb(verbs, Verb.CALL_SELECTION, lambda _: {"activation_token": activation_token()})


def _add_yes(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help=text("yes"))


def _add_queue_password(verbs: Verbs) -> None:
    _add_verb(verbs, Verb.QUEUE_PASSWORD, lambda _given: {"password": ""})  # read from standard input later


def _add_account(verbs: Verbs) -> None:
    account = _add(verbs, "account").add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    parser = _add_verb(account, Verb.ACCOUNT_SET, _account_arguments, "set")
    parser.add_argument("--server", type=_server, required=True, metavar="HOST[:PORT]", help=text("server"))
    parser.add_argument("--extension", required=True, metavar="EXT", help=text("extension"))
    parser.add_argument("--transport", choices=("udp", "tcp"), default="udp", help=text("transport"))
    parser.add_argument("--password-stdin", action="store_true", help=text("password-stdin"))
    _add_json(_add_verb(account, Verb.ACCOUNT_SHOW, name="show"))


def _account_arguments(given: Namespace) -> Arguments:
    host, port = given.server
    return {"server": host, "port": port, "extension": given.extension, "transport": given.transport}


def _add_contacts(verbs: Verbs) -> None:
    contacts = _add(verbs, "contacts").add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    importing = _add_verb(contacts, Verb.CONTACTS_IMPORT, _import_arguments, "import")
    importing.of(file=None)
    importing.add_argument(
        "--map", type=_mapping, action="append", default=[], metavar="FIELD=COLUMN", help=text("map")
    )
    lookup = _add_verb(contacts, Verb.CONTACTS_LOOKUP, lambda given: {"number": " ".join(given.number)}, "lookup")
    lookup.of(number="+")
    _add_json(lookup)
    add_contact_reading(contacts, _add_json)
    add_contact_correcting(contacts, _add_verb, _add_json)
    syncing = _add_verb(contacts, Verb.CONTACTS_SYNC, lambda given: {"name": given.directory or ""}, "sync")
    syncing.of(directory="?")
    syncing.add_argument("--password-stdin", action="store_true", help=text("sync-password"))
    _add_json(syncing)


def _import_arguments(given: Namespace) -> Arguments:
    return {"file": os.path.abspath(given.file), "mapping": dict(given.map)}  # noqa: PTH100  # must not follow links


def _add_history(verbs: Verbs) -> None:
    history = _add_verb(
        verbs,
        Verb.HISTORY,
        lambda given: {"text": given.search, "missed": given.missed, "limit": _MAX_HISTORY},
    )
    _add_json(history)
    history.add_argument("--search", default="", metavar="TEXT", help=text("search"))
    history.add_argument("--missed", action="store_true", help=text("missed"))


def _add_store(verbs: Verbs) -> None:
    store = _add(verbs, "store").add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    parser = _add_verb(store, Verb.STORE_SET, lambda given: {"url": given.url}, "set")
    parser.add_argument("--url", required=True, metavar="URL", help=text("url"))
    parser.add_argument("--password-stdin", action="store_true", help=text("password-stdin"))
    _add_json(_add_verb(store, Verb.STORE_SHOW, name="show"))


def _add_doctor(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.DOCTOR, _doctor_arguments)
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--audit", nargs="?", const=".", metavar="FOLDER", help=text("audit"))
    parser.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=text("report-language"))
    instead.add_argument("--bundle", nargs="?", const=_BUNDLE, metavar="FILE", help=text("bundle"))
    _add_json(parser)


def _add_crm(verbs: Verbs) -> None:
    add_crm(_add(verbs, "crm"), _add_verb, _add_json)


def _add_pop(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.POP, pop_arguments)
    add_pop(parser)
    _add_json(parser)


def _add_outbox(verbs: Verbs) -> None:
    parser = _add_verb(verbs, Verb.OUTBOX, outbox_arguments)
    add_outbox(parser)
    _add_json(parser)


def _doctor_arguments(given: Namespace) -> Arguments:
    named = {"audit": given.audit, "bundle": given.bundle}
    paths = {name: os.path.abspath(path) if path is not None else "" for name, path in named.items()}  # noqa: PTH100
    return {**paths, "language": given.language or ""}


def _server(word: str) -> tuple[str, int]:
    """HOST[:PORT]; port 0 when none is given."""
    host, colon, port = word.partition(":")
    usable = host and not host.startswith("-") and all(char.isalnum() or char in "-._" for char in host)
    if not usable or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
        raise argparse.ArgumentTypeError(text("bad_server", value=word))
    return host, int(port or 0)


def _mapping(word: str) -> tuple[str, str]:
    field, _, column = word.partition("=")
    if not field or not column:
        raise argparse.ArgumentTypeError(text("bad_map", value=word))
    return field, column


_GRAMMAR: dict[str, Callable[[Verbs], None]] = {
    PRACTICE: _add_practice,
    "status": _add_status,
    "dial": _add_dial,
    "call-selection": _add_call_selection,
    **{verb.value: _of_a_call(verb) for verb in (Verb.ANSWER, Verb.HOLD, Verb.RESUME)},
    "hangup": _add_hang_up,
    **{verb.value: _of_a_call(verb) for verb in (Verb.MUTE, Verb.UNMUTE)},
    "dtmf": _add_dtmf,
    "transfer": _add_transfer,
    **{verb.value: _to_a_target(verb) for verb in (Verb.CONSULT, Verb.REDIRECT)},
    **{verb.value: _plain(verb) for verb in (Verb.UNDO, Verb.COMPLETE, Verb.SWAP, Verb.BACK, Verb.CONFERENCE)},
    **{verb.value: _of_a_named_call(verb) for verb in (Verb.SILENCE, Verb.UNSILENCE)},
    "join": _add_join,
    "move": _add_move,
    "note": _add_note,
    "cti": _add_cti,
    "ready": _plain(Verb.READY),
    "not-ready": _add_not_ready,
    "wrap-up": _add_wrap_up,
    "queue-password": _add_queue_password,
    "account": _add_account,
    "contacts": _add_contacts,
    "history": _add_history,
    "store": _add_store,
    "crm": _add_crm,
    "pop": _add_pop,
    "outbox": _add_outbox,
    "doctor": _add_doctor,
    "handlers": lambda verbs: add_handlers(_add(verbs, "handlers"), _add_json),
    "show": _add_show,
    "quit": _add_quit,
}
