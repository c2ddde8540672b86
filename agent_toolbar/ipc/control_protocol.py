"""What can be said to a running toolbar over its control socket. Standard library only, and quick to import.

One request per connection, each message one line of JSON:
    request   {"v": 1, "verb": "dial", "args": {"number": "+33123456789"}, "secret": ""}
    progress  {"v": 1, "progress": {"done": 1024, "total": 4096, "rows": 12}}      any number, only where it takes long
    answer    {"v": 1, "ok": true, "result": {...}}
           or {"v": 1, "ok": false, "error": {"code": "call_not_found", "text": "There is no such call."}}
`text` is in the toolbar's language, and empty for the codes of RequestFault, which concern programs, not people.
"""

from __future__ import annotations

import json
from enum import StrEnum

VERSION = 1
ENDPOINT_NAME = "control"
LOCK_NAME = "toolbar"
MAX_REQUEST_BYTES = 65536
MAX_TEXT = 4096


class Verb(StrEnum):
    """Every verb with its result."""

    STATUS = "status"  # {cti, agent, wrap_up, crm, outbox, calls, dial_request, transfer, devices, engine, ...}
    DIAL = "dial"  # {call}
    ANSWER = "answer"  # {call}, as for all verbs about a call
    HANG_UP = "hangup"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    DTMF = "dtmf"
    TRANSFER = "transfer"  # {transfer}, as for all verbs about handing over: see status
    UNDO = "undo"
    CONSULT = "consult"  # {call, transfer}
    COMPLETE = "complete"
    SWAP = "swap"
    BACK = "back"
    CONFERENCE = "conference"
    JOIN = "join"
    SILENCE = "silence"  # {call}
    UNSILENCE = "unsilence"  # {call}
    REDIRECT = "redirect"  # {call}
    MOVE = "move"  # {call}
    NOTE = "note"  # {call}
    CTI = "cti"  # {state}
    READY = "ready"  # the member "agent" of status
    NOT_READY = "not-ready"  # the same
    WRAP_UP = "wrap-up"  # {wrap_up}
    QUEUE_PASSWORD = "queue-password"  # {kept_in_keyring}
    ACCOUNT_SET = "account-set"  # {password_known}
    ACCOUNT_SHOW = "account-show"  # {server, port, extension, transport, has_password, kept_in_keyring}
    CONTACTS_IMPORT = (
        "contacts-import"  # {added, updated, unchanged, skipped_count, skipped: [{line, reason, text, shown}]}
    )
    CONTACTS_LOOKUP = "contacts-lookup"  # {number, matches: [{name, company, phone, level, ...}]}
    CONTACTS_CORRECT = "contacts-correct"  # {name, before, after, kind, places: [{place, outcome, text, ...}]}
    CONTACTS_SYNC = "contacts-sync"  # {failed: how many, directories: as of status}
    HISTORY = "history"  # {records: [...]}
    STORE_SET = "store-set"  # {kept_in_keyring}
    STORE_SHOW = "store-show"  # {url}
    DOCTOR = "doctor"  # {answer, wrong, cause, checks: [{check, name, finding, code, text, ...}]}, of an audit {files}
    CRM_CONNECT = "crm-connect"  # the member "crm" of status
    CRM_DISCONNECT = "crm-disconnect"  # the same
    CRM_STATUS = "crm-status"  # the same
    CRM_ACCOUNT_SET = "crm-account-set"  # the same
    POP = "pop"  # {call, crm: as of a call of status}
    OUTBOX = "outbox"  # {outbox: as of status, with `text` and `party` in words}
    CALL_SELECTION = "call-selection"  # {request: as of link}; for the text that is selected in any program
    LINK = "link"  # {request: "" when nobody is asked}; for a link that was clicked anywhere
    SHOW = "show"  # {}
    QUIT = "quit"  # {}


class RequestFault(StrEnum):
    """Why a request was refused before anybody acted on it."""

    MALFORMED = "malformed_request"
    VERSION = "unsupported_version"
    UNKNOWN_VERB = "unknown_verb"
    BAD_ARGUMENT = "bad_argument"
    WRONG_SECRET = "wrong_secret"
    TOO_SLOW = "request_too_slow"
    TOO_MANY = "too_many_requests"
    INTERNAL = "internal_error"


Argument = str | bool | int | dict[str, str]

_OF_A_CALL: dict[str, Argument | type] = {"call": ""}  # "": the one call that the verb can mean

# A type stands for an argument that must be given, a value for the default of one that may be left out.
ARGUMENTS: dict[Verb, dict[str, Argument | type]] = {
    Verb.STATUS: {},
    Verb.DIAL: {"number": str},
    Verb.ANSWER: _OF_A_CALL,
    Verb.HANG_UP: {**_OF_A_CALL, "confirmed": False},
    Verb.HOLD: _OF_A_CALL,
    Verb.RESUME: _OF_A_CALL,
    Verb.MUTE: _OF_A_CALL,
    Verb.UNMUTE: _OF_A_CALL,
    Verb.DTMF: {"digits": str, **_OF_A_CALL},
    Verb.TRANSFER: {"target": str, "now": False, "confirmed": False, **_OF_A_CALL},  # target "" with now: do not wait
    Verb.UNDO: {},
    Verb.CONSULT: {"target": str, "confirmed": False, **_OF_A_CALL},
    Verb.COMPLETE: {},
    Verb.SWAP: {},
    Verb.BACK: {},
    Verb.CONFERENCE: {},
    Verb.JOIN: {"call": str, "other": str},
    Verb.SILENCE: {"call": str},
    Verb.UNSILENCE: {"call": str},
    Verb.REDIRECT: {"target": str, "confirmed": False, **_OF_A_CALL},
    Verb.MOVE: {"accepted": bool, "confirmed": False, **_OF_A_CALL},
    Verb.NOTE: {"text": str, **_OF_A_CALL},
    Verb.CTI: {"on": bool, "confirmed": False},
    Verb.READY: {},
    Verb.NOT_READY: {"reason": "", "note": ""},
    # begins one where none is open; "" leaves a field as it is; follow_up as YYYY-MM-DD
    Verb.WRAP_UP: {
        **_OF_A_CALL,
        "subject": "",
        "disposition": "",
        "follow_up": "",
        "wrong_number": False,
        "number": "",  # wrong, somebody-else, out-of-use, or right to take that back
        "extend": False,
        "finish": False,
        "not_ready": False,
        "reason": "",
    },
    Verb.QUEUE_PASSWORD: {"password": str},  # of availability.rest.user
    # port 0: SRV, then 5060; password "": the one that is kept stays
    Verb.ACCOUNT_SET: {"server": str, "port": 0, "extension": str, "transport": "udp", "password": ""},
    Verb.ACCOUNT_SHOW: {},
    Verb.CONTACTS_IMPORT: {"file": str, "mapping": {}},  # an absolute path; column header by field name
    Verb.CONTACTS_LOOKUP: {"number": str},
    # to: the right number, or retire; contact: id where several have it, 0 else
    Verb.CONTACTS_CORRECT: {"number": str, "to": "", "retire": False, "contact": 0, "confirmed": False},
    Verb.CONTACTS_SYNC: {"name": "", "password": ""},  # "": all of them; the password that is kept stays
    Verb.HISTORY: {"text": "", "missed": False, "limit": 200},
    Verb.STORE_SET: {"url": str, "password": ""},  # "": the file of this profile; the password that is kept stays
    Verb.STORE_SHOW: {},
    # both "": examine; audit: absolute path of the folder for the report on the PBX; bundle: of the file for support
    Verb.DOCTOR: {"audit": "", "bundle": "", "language": ""},  # language of the report, "" for the toolbar's
    Verb.CRM_CONNECT: {},
    Verb.CRM_DISCONNECT: {},
    Verb.CRM_STATUS: {},
    # key "": the one that is kept stays
    Verb.CRM_ACCOUNT_SET: {"manifest": str, "url": str, "user": "", "values": {}, "key": ""},
    # opens the page; choose: id of a contact; create: name of a new one; these two open nothing
    Verb.POP: {**_OF_A_CALL, "choose": "", "create": ""},
    # retry: the call that `key` names, "" for all; discard: key of a call
    Verb.OUTBOX: {"retry": False, "key": "", "discard": ""},
    Verb.CALL_SELECTION: {"activation_token": ""},
    Verb.LINK: {"uri": str, "activation_token": ""},
    Verb.SHOW: {"activation_token": ""},  # of XDG activation or X11 start-up notification
    Verb.QUIT: {"confirmed": False},
}


class BadRequestError(ValueError):
    """A line that is no request of this version."""

    def __init__(self, fault: RequestFault, text: str) -> None:
        super().__init__(f"{fault}: {text}")
        self.fault = fault


class ControlRequest:
    """One request, checked: `args` holds exactly the arguments of the verb, with defaults filled in."""

    __slots__ = ("args", "secret", "verb")

    def __init__(self, verb: Verb, args: dict[str, Argument], secret: str = "") -> None:
        self.verb = verb
        self.args = args
        self.secret = secret

    def __repr__(self) -> str:  # passwords and numbers must not reach a log by accident
        return f"ControlRequest({self.verb})"

    def text(self, name: str) -> str:
        value = self.args[name]
        assert isinstance(value, str)
        return value

    def flag(self, name: str) -> bool:
        return self.args[name] is True

    def number(self, name: str) -> int:
        value = self.args[name]
        assert isinstance(value, int)
        return value

    def mapping(self, name: str) -> dict[str, str]:
        value = self.args[name]
        assert isinstance(value, dict)
        return value


class ControlAnswer:
    """How a request ended: `result` when `ok`, else `code` and `text`."""

    __slots__ = ("code", "ok", "result", "text")

    def __init__(self, *, ok: bool, result: dict[str, object], code: str = "", text: str = "") -> None:
        self.ok = ok
        self.result = result
        self.code = code
        self.text = text


def encode_request(verb: Verb, args: dict[str, Argument], secret: str = "") -> bytes:
    return _line({"v": VERSION, "verb": verb, "args": args, "secret": secret})


def encode_progress(progress: dict[str, int]) -> bytes:
    return _line({"v": VERSION, "progress": progress})


def encode_result(result: dict[str, object]) -> bytes:
    return _line({"v": VERSION, "ok": True, "result": result})


def encode_refusal(code: str, text: str) -> bytes:
    return _line({"v": VERSION, "ok": False, "error": {"code": code, "text": text}})


def parse_request(line: bytes) -> ControlRequest:
    """Raises BadRequestError for everything that is not exactly a request of this version."""
    message = _parse_object(line)
    if message.get("v") != VERSION:
        raise BadRequestError(RequestFault.VERSION, "only version 1 is spoken here")
    unknown = sorted(message.keys() - {"v", "verb", "args", "secret"})
    if unknown:
        raise BadRequestError(RequestFault.MALFORMED, "unknown member")
    try:
        verb = Verb(message.get("verb"))  # type: ignore[arg-type]  # any other type is no verb either
    except ValueError:
        raise BadRequestError(RequestFault.UNKNOWN_VERB, "no such verb") from None
    args = message.get("args", {})
    secret = message.get("secret", "")
    if not isinstance(args, dict) or not isinstance(secret, str) or not secret.isascii():
        raise BadRequestError(RequestFault.MALFORMED, "args must be an object and secret ASCII text")
    return ControlRequest(verb, _check_arguments(verb, args), secret)


def parse_answer(line: bytes) -> ControlAnswer | dict[str, int]:
    """An answer, or the numbers of a progress line. Raises BadRequestError for anything else."""
    message = _parse_object(line)
    match message:
        case {"progress": dict(progress)}:
            return {str(name): value for name, value in progress.items() if isinstance(value, int)}
        case {"ok": True, "result": dict(result)}:
            return ControlAnswer(ok=True, result=result)
        case {"ok": False, "error": {"code": str(code), "text": str(text)}}:
            return ControlAnswer(ok=False, result={}, code=code, text=text)
    raise BadRequestError(RequestFault.MALFORMED, "neither answer nor progress")


def _parse_object(line: bytes) -> dict[str, object]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise BadRequestError(RequestFault.MALFORMED, type(fault).__name__) from fault
    if not isinstance(message, dict):
        raise BadRequestError(RequestFault.MALFORMED, "not an object")
    return message


def _check_arguments(verb: Verb, given: dict[str, object]) -> dict[str, Argument]:
    known = ARGUMENTS[verb]
    if given.keys() - known.keys():
        raise BadRequestError(RequestFault.BAD_ARGUMENT, f"unknown argument of {verb}")
    checked: dict[str, Argument] = {}
    for name, expected in known.items():
        wanted = expected if isinstance(expected, type) else type(expected)
        if name not in given:
            if isinstance(expected, type):
                raise BadRequestError(RequestFault.BAD_ARGUMENT, f"{verb} needs {name}")
            checked[name] = expected
        else:
            checked[name] = _check_value(verb, name, given[name], wanted)
    return checked


def _check_value(verb: Verb, name: str, value: object, wanted: type) -> Argument:
    if type(value) is not wanted:  # bool must not pass for int
        raise BadRequestError(RequestFault.BAD_ARGUMENT, f"{verb} {name} must be {wanted.__name__}")
    texts = [value] if isinstance(value, str) else []
    if isinstance(value, dict):
        texts = [*value.keys(), *value.values()]
    if any(not isinstance(text, str) or len(text) > MAX_TEXT or not _well_formed(text) for text in texts):
        raise BadRequestError(RequestFault.BAD_ARGUMENT, f"{verb} {name} is not well-formed text of bounded length")
    assert isinstance(value, str | bool | int | dict)
    return value


def _well_formed(text: str) -> bool:
    """No half of a surrogate pair, which JSON lets through, and no NUL."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _line(message: dict[str, object]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"
