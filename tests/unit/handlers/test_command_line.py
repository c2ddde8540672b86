"""The words of `agent-toolbar handlers`, and what it prints."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from agent_toolbar import link_handlers
from agent_toolbar.application.ports.scheme_handlers import HandlersFound, Offer, SchemeHolder, Scope
from agent_toolbar.cli.arguments import parse
from agent_toolbar.cli.entry import run
from agent_toolbar.domain.errors import SchemeError
from tests.fakes.link_handlers import LINPHONE


class System:
    """Implements SchemeHandlers."""

    def __init__(self, found: HandlersFound = LINPHONE) -> None:
        self.state = found
        self.done = list[tuple[object, ...]]()
        self.refuses: SchemeError | None = None

    def found(self) -> HandlersFound:
        return self.state

    def register(self, scope: Scope, *, default: bool = False) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.done.append(("register", scope, default))

    def unregister(self, scope: Scope) -> None:
        self.done.append(("unregister", scope))


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    here = System()
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(link_handlers, "handlers_here", lambda: here)
    return here


def say(*words: str) -> int:
    return run(["handlers", *words], lambda **_: 99, arrange_handlers=link_handlers.arrange_handlers)


@pytest.mark.parametrize(
    ("words", "deed"),
    [
        (["status"], None),
        (["register"], ("register", Scope.USER, False)),
        (["register", "--default"], ("register", Scope.USER, True)),
        (["register", "--machine", "--default"], ("register", Scope.MACHINE, True)),
        (["unregister"], ("unregister", Scope.USER)),
        (["unregister", "--machine", "--json"], ("unregister", Scope.MACHINE)),
    ],
)
def test_each_word_does_what_it_says(system: System, words: list[str], deed: tuple[object, ...] | None) -> None:
    assert say(*words) == 0
    assert system.done == ([deed] if deed else [])


@pytest.mark.parametrize("words", [[], ["status", "--default"], ["status", "--machine"], ["unregister", "--default"]])
def test_other_words_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["handlers", *words])
    assert left.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (LINPHONE, "The toolbar is not offered for links. To offer it: agent-toolbar handlers register"),
        (replace(LINPHONE, user=Offer.CURRENT), "The toolbar is offered for links, to this user."),
        (replace(LINPHONE, machine=Offer.CURRENT), "The toolbar is offered for links, to everybody at this computer."),
        (
            replace(LINPHONE, user=Offer.OTHER_PROGRAM, machine=Offer.CURRENT),
            "The toolbar is offered for links, to everybody at this computer.\n"
            "Another copy of the toolbar is offered for links. To offer this one: agent-toolbar handlers register",
        ),
        (
            replace(LINPHONE, page="ms-settings:defaultapps"),
            "The toolbar is not offered for links. To offer it: agent-toolbar handlers register\n"
            "A person chooses who opens links here: ms-settings:defaultapps",
        ),
    ],
)
def test_status_says_who_and_whether(
    system: System, capsys: pytest.CaptureFixture[str], found: HandlersFound, said: str
) -> None:
    system.state = found
    say("status")
    holders = "tel: Linphone\ncallto: nobody\nsip: Linphone\nsips: nobody\nagent-toolbar: nobody\n"
    assert capsys.readouterr().out == f"{holders}{said}\n"


def test_what_nobody_chose_is_not_called_nobody(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = replace(LINPHONE.holders[1], known=False)
    system.state = replace(LINPHONE, holders=(unknown,))
    say("status")
    assert capsys.readouterr().out.startswith("callto: not chosen yet; the system asks at the next link\n")


def test_status_is_told_as_json(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    say("status", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["offered"] == {"user": "none", "machine": "none"}
    assert told["schemes"][0] == {
        "scheme": "tel",
        "name": "Linphone",
        "id": "linphone.desktop",
        "ours": False,
        "known": True,
    }


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (
            SchemeError("handlers_not_allowed", place="/etc/xdg"),
            "This account may not write there: /etc/xdg. For --machine, an administrator must do it.\n",
        ),
        (SchemeError("handlers_failed", detail="disk full"), "The system could not be told (disk full).\n"),
        (
            SchemeError("handlers_overruled", scheme="tel", place="/a/gnome-mimeapps.list"),
            "The toolbar is offered, but this file gives tel links to somebody else: /a/gnome-mimeapps.list\n",
        ),
        (
            SchemeError("handlers_bad_path", place="/a%b"),
            "The system cannot start a program that lies in such a place: /a%b\n",
        ),
    ],
)
def test_a_refusal_is_said_in_words(
    system: System, capsys: pytest.CaptureFixture[str], refusal: SchemeError, said: str
) -> None:
    system.refuses = refusal
    assert say("register") == 1
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("code", ["handlers_person_chooses", "handlers_in_application"])
@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8"])
def test_what_a_system_does_not_do_is_explained(
    system: System, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, code: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    system.refuses = SchemeError(code)
    assert say("register", "--default") == 1
    assert len(capsys.readouterr().err) > 80


def test_records_that_cannot_be_read_are_told_with_the_reason(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = SchemeError("handlers_unreadable", place="/home/ann/records", detail="LSHandlers")
    system.state = replace(LINPHONE, holders=(SchemeHolder("tel", known=False),), problem=problem)

    assert say("status") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("tel: not known\n")
    assert printed.err == "Who opens links is not known, as this file cannot be read (LSHandlers): /home/ann/records\n"

    assert say("status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["problem"] == "handlers_unreadable"
