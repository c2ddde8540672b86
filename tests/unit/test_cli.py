"""The command line by itself: its grammar, its words and its weight."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

import pytest

import agent_toolbar
from agent_toolbar.cli import texts
from agent_toolbar.cli.arguments import parse
from agent_toolbar.cli.entry import MISUSE, NOT_RUNNING, run
from agent_toolbar.cli.output import ProgressBar
from agent_toolbar.ipc.control_protocol import ARGUMENTS, Verb, encode_request, parse_request

WRAP_UP = dict(ARGUMENTS[Verb.WRAP_UP])

EVERY_VERB = [
    (["status"], Verb.STATUS, {}),
    (["status", "--json"], Verb.STATUS, {}),
    (["dial", "+33123"], Verb.DIAL, {"number": "+33123"}),
    (["dial", "+33", "1", "23"], Verb.DIAL, {"number": "+33 1 23"}),
    (["call-selection"], Verb.CALL_SELECTION, {"activation_token": "token"}),
    (["dial", "*21*5#"], Verb.DIAL, {"number": "*21*5#"}),
    (["answer"], Verb.ANSWER, {"call": ""}),
    (["answer", "c1"], Verb.ANSWER, {"call": "c1"}),
    (["hangup", "c1"], Verb.HANG_UP, {"call": "c1", "confirmed": False}),
    (["hangup", "--yes"], Verb.HANG_UP, {"call": "", "confirmed": True}),
    (["hold"], Verb.HOLD, {"call": ""}),
    (["resume"], Verb.RESUME, {"call": ""}),
    (["mute"], Verb.MUTE, {"call": ""}),
    (["unmute"], Verb.UNMUTE, {"call": ""}),
    (["dtmf", "12#,*"], Verb.DTMF, {"digits": "12#,*", "call": ""}),
    (
        ["transfer", "Paul", "Martin", "--call", "c1", "--now"],
        Verb.TRANSFER,
        {"target": "Paul Martin", "now": True, "confirmed": False, "call": "c1"},
    ),
    (["transfer", "--now"], Verb.TRANSFER, {"target": "", "now": True, "confirmed": False, "call": ""}),
    (["undo"], Verb.UNDO, {}),
    (["consult", "1002"], Verb.CONSULT, {"target": "1002", "confirmed": False, "call": ""}),
    (["complete"], Verb.COMPLETE, {}),
    (["swap"], Verb.SWAP, {}),
    (["back"], Verb.BACK, {}),
    (["conference"], Verb.CONFERENCE, {}),
    (["join", "c1", "c2"], Verb.JOIN, {"call": "c1", "other": "c2"}),
    (["silence", "c1"], Verb.SILENCE, {"call": "c1"}),
    (["unsilence", "c1"], Verb.UNSILENCE, {"call": "c1"}),
    (["redirect", "112", "--yes"], Verb.REDIRECT, {"target": "112", "confirmed": True, "call": ""}),
    (["move", "accept"], Verb.MOVE, {"accepted": True, "confirmed": False, "call": ""}),
    (["move", "decline", "--call", "c1"], Verb.MOVE, {"accepted": False, "confirmed": False, "call": "c1"}),
    (["note", "wants", "a refund"], Verb.NOTE, {"text": "wants a refund", "call": ""}),
    (["cti", "on"], Verb.CTI, {"on": True, "confirmed": False}),
    (["cti", "off", "--yes"], Verb.CTI, {"on": False, "confirmed": True}),
    (["ready"], Verb.READY, {}),
    (["not-ready"], Verb.NOT_READY, {"reason": "", "note": ""}),
    (["not-ready", "other", "--note", "dentist"], Verb.NOT_READY, {"reason": "other", "note": "dentist"}),
    (["wrap-up"], Verb.WRAP_UP, WRAP_UP),
    (
        [
            *("wrap-up", "--subject", "wants an offer", "--disposition", "done", "--follow-up", "2026-12-01"),
            *("--wrong-number", "--finish"),
        ],
        Verb.WRAP_UP,
        {
            **WRAP_UP,
            "subject": "wants an offer",
            "disposition": "done",
            "follow_up": "2026-12-01",
            "wrong_number": True,
            "finish": True,
        },
    ),
    (["wrap-up", "--extend", "--call", "c1"], Verb.WRAP_UP, {**WRAP_UP, "extend": True, "call": "c1"}),
    (["wrap-up", "--not-ready"], Verb.WRAP_UP, {**WRAP_UP, "not_ready": True}),
    (["wrap-up", "--not-ready", "lunch"], Verb.WRAP_UP, {**WRAP_UP, "not_ready": True, "reason": "lunch"}),
    (
        ["account", "set", "--server", "pbx.example:5070", "--extension", "200", "--transport", "tcp"],
        Verb.ACCOUNT_SET,
        {"server": "pbx.example", "port": 5070, "extension": "200", "transport": "tcp", "password": ""},
    ),
    (
        ["account", "set", "--server", "192.0.2.1", "--extension", "200"],
        Verb.ACCOUNT_SET,
        {"server": "192.0.2.1", "port": 0, "extension": "200", "transport": "udp", "password": ""},
    ),
    (["queue-password"], Verb.QUEUE_PASSWORD, {"password": ""}),
    (["account", "show"], Verb.ACCOUNT_SHOW, {}),
    (["contacts", "import", "/a/b.csv"], Verb.CONTACTS_IMPORT, {"file": "/a/b.csv", "mapping": {}}),
    (
        ["contacts", "import", "/a/b.csv", "--map", "name=Full name", "--map", "phone=A=B"],
        Verb.CONTACTS_IMPORT,
        {"file": "/a/b.csv", "mapping": {"name": "Full name", "phone": "A=B"}},
    ),
    (["contacts", "sync"], Verb.CONTACTS_SYNC, {"name": "", "password": ""}),
    (["contacts", "sync", "Head office", "--json"], Verb.CONTACTS_SYNC, {"name": "Head office", "password": ""}),
    (["contacts", "lookup", "0123", "--json"], Verb.CONTACTS_LOOKUP, {"number": "0123"}),
    (["store", "set", "--url", ""], Verb.STORE_SET, {"url": "", "password": ""}),
    (
        ["store", "set", "--url", "postgresql+psycopg://ann@db/stories"],
        Verb.STORE_SET,
        {"url": "postgresql+psycopg://ann@db/stories", "password": ""},
    ),
    (["store", "show", "--json"], Verb.STORE_SHOW, {}),
    (["history", "--missed", "--search", "Zoé"], Verb.HISTORY, {"text": "Zoé", "missed": True, "limit": 200}),
    (["doctor", "--json"], Verb.DOCTOR, {"audit": "", "bundle": "", "language": ""}),
    (["doctor", "--audit", "/a"], Verb.DOCTOR, {"audit": "/a", "bundle": "", "language": ""}),
    (
        ["doctor", "--audit", "/a", "--language", "fr"],
        Verb.DOCTOR,
        {"audit": "/a", "bundle": "", "language": "fr"},
    ),
    (["doctor", "--bundle", "/a/b.zip"], Verb.DOCTOR, {"audit": "", "bundle": "/a/b.zip", "language": ""}),
    (["crm", "connect"], Verb.CRM_CONNECT, {}),
    (["crm", "disconnect"], Verb.CRM_DISCONNECT, {}),
    (["crm", "status", "--json"], Verb.CRM_STATUS, {}),
    (
        ["crm", "account", "set", "--manifest", "tryton", "--url", "https://crm.example"],
        Verb.CRM_ACCOUNT_SET,
        {"manifest": "tryton", "url": "https://crm.example", "user": "", "values": {}, "key": ""},
    ),
    (
        [
            *("crm", "account", "set", "--manifest", "/a/b.toml", "--url", "https://crm.example"),
            *("--user", "marie", "--value", "database=base", "--value", "a=b=c"),
        ],
        Verb.CRM_ACCOUNT_SET,
        {
            "manifest": "/a/b.toml",
            "url": "https://crm.example",
            "user": "marie",
            "values": {"database": "base", "a": "b=c"},
            "key": "",
        },
    ),
    (["pop"], Verb.POP, {"call": "", "choose": "", "create": ""}),
    (["pop", "c1", "--create", "Nora"], Verb.POP, {"call": "c1", "choose": "", "create": "Nora"}),
    (
        ["contacts", "correct", "+33 1", "--to", "+33 2", "--yes"],
        Verb.CONTACTS_CORRECT,
        {"number": "+33 1", "to": "+33 2", "retire": False, "contact": 0, "confirmed": True},
    ),
    (
        ["contacts", "correct", "+33 1", "--retire", "--contact", "7", "--json"],
        Verb.CONTACTS_CORRECT,
        {"number": "+33 1", "to": "", "retire": True, "contact": 7, "confirmed": False},
    ),
    (["wrap-up", "--number", "out-of-use"], Verb.WRAP_UP, {**WRAP_UP, "number": "out-of-use"}),
    (["outbox", "--json"], Verb.OUTBOX, {"retry": False, "key": "", "discard": ""}),
    (["outbox", "--retry"], Verb.OUTBOX, {"retry": True, "key": "", "discard": ""}),
    (["outbox", "--retry", "c1"], Verb.OUTBOX, {"retry": True, "key": "c1", "discard": ""}),
    (["outbox", "--discard", "c1"], Verb.OUTBOX, {"retry": False, "key": "", "discard": "c1"}),
    (["show"], Verb.SHOW, {"activation_token": "token"}),
    (["quit"], Verb.QUIT, {"confirmed": False}),
]

MISUSES = [
    ["launch"],
    ["consult"],
    ["redirect"],
    ["join", "c1"],
    ["silence"],
    ["note"],
    ["stat"],
    ["dial"],
    ["cti"],
    ["cti", "maybe"],
    ["account"],
    ["account", "set", "--server", "pbx.example"],
    ["account", "set", "--server", "pbx.example:0", "--extension", "1"],
    ["account", "set", "--server", "pbx.example:", "--extension", "1"],
    ["account", "set", "--server", "[::1]:5060", "--extension", "1"],
    ["account", "set", "--server", "--yes", "--extension", "1"],
    ["account", "set", "--server", "a b", "--extension", "1"],
    ["account", "set", "--server", "pbx.example", "--extension", "1", "--transport", "tls"],
    ["account", "set", "--server", "pbx.example", "--extension", "1", "--password", "secret"],
    ["store", "set"],
    ["store", "set", "--url", "x", "--password", "secret"],
    ["contacts", "import"],
    ["contacts", "import", "x.csv", "--map", "name"],
    ["crm"],
    ["crm", "account"],
    ["crm", "account", "set", "--manifest", "tryton"],
    ["crm", "account", "set", "--manifest", "tryton", "--url", "x", "--key", "secret"],
    ["crm", "account", "set", "--manifest", "tryton", "--url", "x", "--value", "database"],
    ["outbox", "--discard"],
    ["contacts", "correct", "+33 1"],
    ["contacts", "correct", "+33 1", "--to", "+33 2", "--retire"],
    ["wrap-up", "--number", "maybe"],
    ["history", "--miss"],
    ["status", "--platform", "offscreen"],
    ["-platform", "offscreen"],
    ["practice", "--language", "xx"],
]


def refuse_to_start(**_: object) -> int:
    raise AssertionError("the toolbar must not start")


@pytest.mark.parametrize(("words", "verb", "args"), EVERY_VERB)
def test_words_become_a_request_that_the_toolbar_understands(
    monkeypatch: pytest.MonkeyPatch, words: list[str], verb: Verb, args: dict
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    given = parse(words)
    assert given.start is None
    request = parse_request(encode_request(given.verb, given.arguments(given)))
    assert (request.verb, request.args) == (verb, args)


def test_every_verb_of_the_protocol_can_be_said() -> None:
    assert {verb for _, verb, _ in EVERY_VERB} | {Verb.LINK} == set(ARGUMENTS) == set(Verb)  # a link is no word


def test_a_file_is_named_by_its_absolute_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    given = parse(["contacts", "import", "people.csv"])
    assert given.arguments(given)["file"] == str(tmp_path / "people.csv")


def test_an_audit_is_written_here_unless_another_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    given = parse(["doctor", "--audit"])
    assert given.arguments(given) == {"audit": str(tmp_path), "bundle": "", "language": ""}
    given = parse(["doctor", "--bundle"])
    assert given.arguments(given) == {
        "audit": "",
        "bundle": str(tmp_path / "agent-toolbar-support.zip"),
        "language": "",
    }


@pytest.mark.parametrize("words", MISUSES)
def test_misuse_leaves_with_status_2_and_says_how_it_is_used(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(words, refuse_to_start)
    assert left.value.code == MISUSE
    assert "usage: agent-toolbar" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "practice", "language"),
    [([], False, None), (["practice"], True, None), (["--language", "fr", "practice"], True, "fr")],
)
def test_without_a_running_toolbar_it_starts(
    monkeypatch: pytest.MonkeyPatch, words: list[str], practice: bool, language: str | None
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    started: list[dict] = []

    def start(**options: object) -> int:
        started.append(options)
        return 7

    assert run(words, start) == 7
    assert started == [{"practice": practice, "language": language, "activation_token": "token"}]


def test_a_verb_without_a_running_toolbar_leaves_with_status_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--json"], refuse_to_start) == NOT_RUNNING
    said = capsys.readouterr()
    assert said.out == ""
    assert "No toolbar is running" in said.err


def test_it_speaks_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    assert texts.text("not_running").startswith("Aucune barre")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert texts.text("not_running").startswith("No toolbar")


def test_both_languages_say_the_same_with_the_same_values() -> None:
    assert texts._ENGLISH.keys() == texts._FRENCH.keys()
    for key, english in texts._ENGLISH.items():
        assert fields_of(english) == fields_of(texts._FRENCH[key]), key


def fields_of(sentence: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


def test_progress_is_drawn_only_where_a_person_looks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    unseen = ProgressBar()
    unseen.show({"done": 1, "total": 2, "rows": 3})
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = ProgressBar()
    bar.show({"done": 1, "total": 2, "rows": 3})
    assert "50%  3 contacts" in capsys.readouterr().err
    bar.clear()
    assert capsys.readouterr().err.endswith("\r")


@pytest.mark.parametrize("words", [["status"], ["--uri", "tel:0123456789"]])
def test_a_verb_and_a_link_load_neither_qt_nor_any_package_of_others(words: list[str]) -> None:
    asked = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(agent_toolbar.__file__).parents[1])!r})\n"  # this tree
        f"sys.argv = ['agent-toolbar', *{words}]\n"
        "import agent_toolbar.__main__ as program\n"
        f"program._start_toolbar = lambda **_: {NOT_RUNNING}\n"
        "status = program.main()\n"
        "print(status, *{name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names)\n"
        "print(*sorted(name for name in sys.modules if name.startswith('agent_toolbar')))\n"
    )
    finished = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, text=True, check=True)
    outcome, modules = finished.stdout.splitlines()
    status, *foreign = outcome.split()
    assert int(status) == NOT_RUNNING
    # _distutils_hack comes with setuptools, sitecustomize with Debian: neither is of our choice
    assert set(foreign) <= {"__main__", "agent_toolbar", "_distutils_hack", "sitecustomize"}
    assert {name.split(".")[1] for name in modules.split() if "." in name} == {"__main__", "cli", "ipc", "paths"}
