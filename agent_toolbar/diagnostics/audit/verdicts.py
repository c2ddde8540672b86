"""What each function of the toolbar can expect of this PBX, and by what evidence. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.diagnostics.audit.facts import AnswerHeard, AuditFacts, TransportHeard
from agent_toolbar.diagnostics.audit.words import ENGLISH, Words


class Verdict(StrEnum):
    WORKS = "works"
    DOES_NOT = "does not"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class FunctionVerdict:
    """evidence: what was heard. advice: what an administrator can do, "" if nothing is to be done."""

    function: str
    verdict: Verdict
    evidence: str
    advice: str = ""


_NO_NUMBER = "no test number was given"
_CALL_AGAIN = "Run the audit again with a test number that answers, such as an echo."


def verdicts_of(facts: AuditFacts, words: Words = ENGLISH) -> list[FunctionVerdict]:
    """In the order of the report; function and advice are keys of `words`, the evidence is in its language."""
    return [
        _registration(facts, words),
        *_call(facts, words),
        _by_token(
            facts,
            words,
            "Blind transfer",
            method="REFER",
            advice="Allow REFER for this extension (Asterisk: allow_transfer=yes).",
        ),
        _by_token(
            facts,
            words,
            "Consultation transfer",
            method="REFER",
            option="replaces",
            advice="Allow REFER and Replaces for this extension.",
        ),
        _by_token(
            facts, words, "Taking calls back after a crash", option="replaces", advice="Allow Replaces (RFC 3891)."
        ),
        _by_token(
            facts,
            words,
            "Session timers (dead calls are noticed)",
            option="timer",
            advice="Switch session timers on (RFC 4028).",
        ),
        _package(facts, words, "dialog", "Presence of colleagues", "Give the extensions a hint, and allow SUBSCRIBE."),
        _package(facts, words, "presence", "Presence as a status text", ""),
        _package(facts, words, "message-summary", "Messages waiting", "Give the extension a mailbox."),
        _package(
            facts,
            words,
            "as-feature-event",
            "Queue state by as-feature-event",
            "Choose pausing by MESSAGE or by feature codes in the settings instead.",
        ),
        _package(facts, words, "conference", "Who is in a conference", ""),
        _package(facts, words, "reg", "State of registrations", ""),
        _message(facts, words),
        _encrypted_sound(facts, words),
        _encrypted_signalling(facts, words),
        _tcp(facts, words),
        _outbound(facts, words),
    ]


def _registration(facts: AuditFacts, words: Words) -> FunctionVerdict:
    answer = facts.registration.answer
    advice = {
        401: "Check user name and password of the extension.",
        407: "Check user name and password of the extension.",
        403: "The extension is known but not admitted, or its password is wrong. Check it at the telephone system.",
        404: "Check the number of the extension.",
    }
    verdict = Verdict.WORKS if answer.accepted else Verdict.DOES_NOT if answer.status else Verdict.NOT_KNOWN
    missing = "" if answer.accepted else advice.get(answer.status, "Check that the extension may register.")
    return FunctionVerdict("Signing on (password)", verdict, f"REGISTER: {words.heard(answer.heard)}", missing)


def _call(facts: AuditFacts, words: Words) -> list[FunctionVerdict]:
    call = facts.call
    names = ("Calls", "Sound", "Wideband sound", "Putting on hold", "Hold music")
    if not call.answer.accepted:
        evidence = f"INVITE: {words.heard(call.answer.heard)}" if facts.has_test_number else words.say(_NO_NUMBER)
        refused = facts.has_test_number and call.answer.status > 0
        first = FunctionVerdict(names[0], Verdict.DOES_NOT if refused else Verdict.NOT_KNOWN, evidence, _CALL_AGAIN)
        return [first, *(FunctionVerdict(name, Verdict.NOT_KNOWN, evidence, _CALL_AGAIN) for name in names[1:])]
    codecs = ", ".join(call.codecs) or words.say("none of ours")
    sound = FunctionVerdict(
        names[1],
        Verdict.WORKS if call.packets else Verdict.DOES_NOT,
        words.say("{count} packets in a second", count=call.packets),
        "" if call.packets else "Check the firewall and NAT for RTP, and that the test number is an echo.",
    )
    wide = {"G722", "opus"} & set(call.codecs)
    wideband = FunctionVerdict(
        names[2],
        Verdict.WORKS if wide else Verdict.DOES_NOT,
        words.say("codecs taken: {codecs}", codecs=codecs),
        "" if wide else "Allow the codec G722 or opus for this extension.",
    )
    return [
        FunctionVerdict(names[0], Verdict.WORKS, f"INVITE: {call.answer.heard}; BYE: {words.heard(call.ended)}"),
        sound,
        wideband,
        _hold(facts, words),
        _hold_music(facts, words),
    ]


def _hold(facts: AuditFacts, words: Words) -> FunctionVerdict:
    call, function = facts.call, "Putting on hold"
    if not call.hold.status:
        return FunctionVerdict(function, Verdict.NOT_KNOWN, f"re-INVITE: {words.heard(call.hold.heard)}")
    stops = call.hold.accepted and call.hold_direction in {"recvonly", "inactive"}
    evidence = f"re-INVITE sendonly: {call.hold.heard}, {call.hold_direction or words.say('no answer to it')}"
    advice = "" if stops else "Allow re-INVITE (RFC 3264 section 8.4) for this extension."
    return FunctionVerdict(function, Verdict.WORKS if stops else Verdict.DOES_NOT, evidence, advice)


def _hold_music(facts: AuditFacts, words: Words) -> FunctionVerdict:
    """Who puts a call on hold by "sendonly" is sent nothing (RFC 3264 section 8.4), so no single telephone can tell."""
    call, function = facts.call, "Hold music"
    evidence = words.say(
        "{count} packets came to this side in a second on hold; music is for the other side", count=call.hold_packets
    )
    return FunctionVerdict(
        function,
        Verdict.NOT_KNOWN,
        evidence,
        "Put a call to a second telephone on hold and listen there.",
    )


def _by_token(
    facts: AuditFacts, words: Words, function: str, *, method: str = "", option: str = "", advice: str
) -> FunctionVerdict:
    """Judged by Allow and Supported: of the call where there was one, else of OPTIONS."""
    in_call = facts.call.answer.accepted
    allow = facts.call.allow if in_call and facts.call.allow else facts.allow
    supported = {word.lower() for word in (*facts.supported, *facts.call.supported)}
    if option == "timer" and facts.call.session_expires:
        return FunctionVerdict(function, Verdict.WORKS, f"Session-Expires: {facts.call.session_expires}")
    parts: list[bool] = []
    evidence: list[str] = []
    if method:
        parts.append(method in allow)
        evidence.append(
            _named(words, "Allow", method, found=method in allow) if allow else words.say("no Allow was heard")
        )
    if option:
        parts.append(option in supported)
        evidence.append(
            _named(words, "Supported", option, found=option in supported)
            if supported
            else words.say("no Supported was heard")
        )
    if all(parts):
        return FunctionVerdict(function, Verdict.WORKS, "; ".join(evidence))
    known = (not method or bool(allow)) and (not option or bool(supported))
    return FunctionVerdict(function, Verdict.DOES_NOT if known else Verdict.NOT_KNOWN, "; ".join(evidence), advice)


def _package(facts: AuditFacts, words: Words, package: str, function: str, advice: str) -> FunctionVerdict:
    answer = facts.subscriptions.get(package, AnswerHeard())
    evidence = f"SUBSCRIBE {package}: {words.heard(answer.heard)}"
    if answer.accepted:
        return FunctionVerdict(function, Verdict.WORKS, evidence)
    if answer.status in {405, 489, 501}:  # the method or the package is not known there at all
        return FunctionVerdict(function, Verdict.DOES_NOT, evidence, advice)
    return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, advice)


def _message(facts: AuditFacts, words: Words) -> FunctionVerdict:
    answer, function = facts.message, "Pausing in queues by MESSAGE"
    evidence = words.say("MESSAGE to nobody: {heard}", heard=words.heard(answer.heard))
    if answer.accepted:
        advice = "Messages are taken. Check that the control name of the settings pauses."
        return FunctionVerdict(function, Verdict.WORKS, evidence, advice)
    if answer.status in {404, 480}:
        advice = "Messages are read, but this name is nobody's. Give the control name a place in the dialplan."
        return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, advice)
    if answer.status in {405, 415, 501}:
        advice = "Let the telephone system take MESSAGE with plain text, or pause by feature codes."
        return FunctionVerdict(function, Verdict.DOES_NOT, evidence, advice)
    return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, "Ask who runs the telephone system.")


def _encrypted_sound(facts: AuditFacts, words: Words) -> FunctionVerdict:
    answer, function = facts.call.srtp, "Encrypted sound (SRTP)"
    if not answer.status:
        evidence = words.say("INVITE with RTP/SAVP: {heard}", heard=words.heard(answer.heard))
        return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, "" if facts.has_test_number else _CALL_AGAIN)
    evidence = words.say("INVITE with RTP/SAVP: {heard}", heard=words.heard(answer.heard))
    if facts.call.srtp_taken:
        advice = "" if facts.transport == "tls" else "Its keys are safe over TLS only."
        return FunctionVerdict(function, Verdict.WORKS, evidence, advice)
    advice = "Switch SRTP with SDES on for this extension (Asterisk: media_encryption=sdes)."
    return FunctionVerdict(function, Verdict.DOES_NOT, evidence, advice)


def _encrypted_signalling(facts: AuditFacts, words: Words) -> FunctionVerdict:
    tried = [heard for heard in facts.transports if heard.transport == "tls"]
    evidence = _ports(words, tried)
    if any(heard.answers for heard in tried):
        return FunctionVerdict("Encrypted signalling (TLS)", Verdict.WORKS, evidence)
    verdict = Verdict.DOES_NOT if tried else Verdict.NOT_KNOWN
    return FunctionVerdict(
        "Encrypted signalling (TLS)", verdict, evidence, "Give the telephone system a TLS transport."
    )


def _tcp(facts: AuditFacts, words: Words) -> FunctionVerdict:
    tried = [heard for heard in facts.transports if heard.transport == "tcp"]
    evidence = _ports(words, tried)
    if any(heard.answers for heard in tried):
        return FunctionVerdict("Long messages (TCP)", Verdict.WORKS, evidence)
    return FunctionVerdict(
        "Long messages (TCP)",
        Verdict.DOES_NOT if tried else Verdict.NOT_KNOWN,
        evidence,
        "Give the telephone system a TCP transport: UDP loses long messages.",
    )


def _outbound(facts: AuditFacts, words: Words) -> FunctionVerdict:
    registration, function = facts.registration, "Registrations behind NAT (outbound, RFC 5626)"
    if not registration.answer.accepted:
        return FunctionVerdict(function, Verdict.NOT_KNOWN, f"REGISTER: {words.heard(registration.answer.heard)}")
    said = [
        name
        for name, found in (
            ("outbound", registration.outbound),
            ("Path", registration.path),
            ("Service-Route", registration.service_route),
        )
        if found
    ]
    evidence = (
        words.say("REGISTER names {names}", names=", ".join(said))
        if said
        else words.say("REGISTER names neither outbound, Path nor Service-Route")
    )
    return FunctionVerdict(function, Verdict.WORKS if registration.outbound else Verdict.DOES_NOT, evidence)


def _named(words: Words, field: str, word: str, *, found: bool) -> str:
    return words.say("{field} has {word}" if found else "{field} has no {word}", field=field, word=word)


def _ports(words: Words, tried: list[TransportHeard]) -> str:
    told = [words.say("port {port}: {heard}", port=one.port, heard=words.heard(one.heard)) for one in tried]
    return "; ".join(told) or words.heard("")
