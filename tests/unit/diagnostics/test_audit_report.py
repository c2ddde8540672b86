from __future__ import annotations

import string
from html.parser import HTMLParser

import pytest

from agent_toolbar.diagnostics.audit.facts import (
    AnswerHeard,
    AuditFacts,
    CallHeard,
    RegistrationHeard,
    Remark,
    TransportHeard,
)
from agent_toolbar.diagnostics.audit.french import FRENCH
from agent_toolbar.diagnostics.audit.questions import PACKAGES
from agent_toolbar.diagnostics.audit.report import html, markdown
from agent_toolbar.diagnostics.audit.sound import offer, read_answer
from agent_toolbar.diagnostics.audit.verdicts import FunctionVerdict, Verdict, verdicts_of
from agent_toolbar.diagnostics.audit.words import Words

OK = AnswerHeard(200, "200 OK")
HOSTILE = "<script>alert(1)</script> | [x](http://evil.example) `y`\n# z"


def facts(**known: object) -> AuditFacts:
    asked = AuditFacts("pbx.example.com", 5060, "udp", "204", has_test_number=True)
    for name, value in known.items():
        setattr(asked, name, value)
    return asked


def verdict(function: str, asked: AuditFacts) -> FunctionVerdict:
    return next(one for one in verdicts_of(asked) if one.function.startswith(function))


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_what_the_pbx_says_is_text_and_nothing_else() -> None:
    hostile = facts(
        product=HOSTILE,
        options=AnswerHeard(200, HOSTILE),
        allow=(HOSTILE,),
        remarks=[Remark("The connection was lost ({detail}); what was not asked by then is not known.", HOSTILE)],
    )
    hostile.subscriptions["dialog"] = AnswerHeard(489, HOSTILE)
    hostile.transports.append(TransportHeard("udp", 5060, True, HOSTILE))

    page, text = Tags(html(hostile, "now")), markdown(hostile, "now")

    assert "script" not in page.found
    assert not page.found & {"a", "img", "code"}
    assert page.attributes <= {"lang", "charset", "scope"}
    assert "<script" not in text
    assert not any(line.startswith("# z") for line in text.splitlines())
    row = next(line for line in text.splitlines() if line.startswith("| Product"))
    assert row.replace("\\|", "").count("|") == 3
    assert "[x](" not in text


def test_nothing_heard_is_not_known_and_never_works() -> None:
    assert {one.verdict for one in verdicts_of(facts())} == {Verdict.NOT_KNOWN}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(202, Verdict.WORKS), (404, Verdict.NOT_KNOWN), (405, Verdict.DOES_NOT), (415, Verdict.DOES_NOT)],
)
def test_messages(status: int, expected: Verdict) -> None:
    found = verdict("Pausing", facts(message=AnswerHeard(status, f"{status} x")))
    assert found.verdict is expected
    assert f"{status} x" in found.evidence
    assert found.advice


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, Verdict.WORKS), (489, Verdict.DOES_NOT), (404, Verdict.NOT_KNOWN), (403, Verdict.NOT_KNOWN)],
)
def test_subscriptions(status: int, expected: Verdict) -> None:
    found = verdict("Presence of colleagues", facts(subscriptions={"dialog": AnswerHeard(status, str(status))}))
    assert found.verdict is expected


def test_a_refusal_to_hold_is_told_from_a_call_that_never_was() -> None:
    refused = CallHeard(answer=OK, hold=AnswerHeard(488, "488 Not Acceptable Here"))
    assert verdict("Putting on hold", facts(call=refused)).verdict is Verdict.DOES_NOT
    ignored = CallHeard(answer=OK, hold=OK, hold_direction="sendrecv")
    assert verdict("Putting on hold", facts(call=ignored)).verdict is Verdict.DOES_NOT
    busy = CallHeard(answer=AnswerHeard(486, "486 Busy Here"))
    assert verdict("Putting on hold", facts(call=busy)).verdict is Verdict.NOT_KNOWN


def test_the_allow_of_the_call_counts_more_than_that_of_options() -> None:
    in_call = CallHeard(answer=OK, allow=("INVITE", "BYE"))
    found = verdict("Blind transfer", facts(allow=("INVITE", "REFER"), call=in_call))
    assert (found.verdict, found.evidence) == (Verdict.DOES_NOT, "Allow has no REFER")


def test_a_registration_that_came_meanwhile_is_said() -> None:
    changed = facts(registration=RegistrationHeard(OK, 1, 60), registration_after=RegistrationHeard(OK, 2, 60))
    assert "from 1 to 2" in markdown(changed, "now")


def test_an_encrypted_offer_names_a_key_and_no_plain_profile() -> None:
    description = offer("192.0.2.1", 4000, 1, encrypted=True)
    read = read_answer(description)
    assert read is not None
    assert (read.profile, read.has_key, read.direction) == ("RTP/SAVP", True, "sendrecv")
    assert read.codecs == ("G722", "PCMA", "PCMU", "opus")
    assert read_answer(b"v=0\r\n") is None


class Listening(Words):
    """French, and remembers what it could not say."""

    def __init__(self) -> None:
        super().__init__("fr")
        self.missing: set[str] = set()

    def say(self, sentence: str, **values: str | int) -> str:
        if sentence and sentence not in FRENCH:
            self.missing.add(sentence)
        return super().say(sentence, **values)


def thorough(answer: AnswerHeard, **known: object) -> AuditFacts:
    """Everything was asked and got this answer."""
    asked = facts(options=answer, registration=RegistrationHeard(answer, bindings=1), message=answer, **known)
    asked.subscriptions = dict.fromkeys(PACKAGES, answer)
    asked.call = CallHeard(answer=answer, hold=answer, srtp=answer, ended="200 OK")
    asked.transports = [
        TransportHeard(transport, 5060, answer.accepted, answer.heard) for transport in ("udp", "tcp", "tls")
    ]
    asked.remarks = [Remark(text, "x") for text in REMARKS]
    return asked


REMARKS = [text for text in FRENCH if text.endswith(".") and ("{detail}" in text or "audit was" in text)]
ANSWERS = [AnswerHeard(), OK, *(AnswerHeard(status, f"{status} No") for status in (401, 403, 404, 405, 488, 489, 501))]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer.status))
def test_the_whole_report_is_there_in_french(answer: AnswerHeard) -> None:
    words = Listening()
    asked = [
        thorough(answer),
        thorough(answer, has_test_number=False),
        thorough(answer, allow=("REFER",), supported=("timer",)),
    ]
    asked[1].call = CallHeard()
    asked[2].call.packets = 50
    asked[2].registration_after = RegistrationHeard(OK, bindings=2)
    pages = [markdown(one, "now", words) + html(one, "now", words) for one in asked]

    assert words.missing == set()
    assert '<html lang="fr">' in pages[0]
    assert all("Audit de pbx.example.com" in page for page in pages)
    for english in (" works", "does not", "not known", "What ", "Function", "packets", "telephone system", "not asked"):
        assert not [page for page in pages if english in page], english


def test_every_place_of_a_sentence_is_in_its_translation() -> None:
    for english, french in FRENCH.items():
        assert places(english) == places(french), english


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
