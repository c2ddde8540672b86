"""What each function of the toolbar can expect of this PBX, and by what evidence. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.diagnostics.audit.facts import AnswerHeard, AuditFacts


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


def verdicts_of(facts: AuditFacts) -> list[FunctionVerdict]:
    """In the order of the report."""
    return [
        _registration(facts),
        *_call(facts),
        _by_token(
            facts, "Blind transfer", "REFER", "", "Allow REFER for this extension (Asterisk: allow_transfer=yes)."
        ),
        _by_token(facts, "Consultation transfer", "REFER", "replaces", "Allow REFER and Replaces for this extension."),
        _by_token(facts, "Taking calls back after a crash", "", "replaces", "Allow Replaces (RFC 3891)."),
        _by_token(
            facts, "Session timers (dead calls are noticed)", "", "timer", "Switch session timers on (RFC 4028)."
        ),
        _package(facts, "dialog", "Presence of colleagues", "Give the extensions a hint, and allow SUBSCRIBE."),
        _package(facts, "presence", "Presence as a status text", ""),
        _package(facts, "message-summary", "Messages waiting", "Give the extension a mailbox."),
        _package(
            facts,
            "as-feature-event",
            "Queue state by as-feature-event",
            "Choose pausing by MESSAGE or by feature codes in the settings instead.",
        ),
        _package(facts, "conference", "Who is in a conference", ""),
        _package(facts, "reg", "State of registrations", ""),
        _message(facts),
        _encrypted_sound(facts),
        _encrypted_signalling(facts),
        _tcp(facts),
        _outbound(facts),
    ]


def _registration(facts: AuditFacts) -> FunctionVerdict:
    answer = facts.registration.answer
    advice = {
        401: "Check user name and password of the extension.",
        407: "Check user name and password of the extension.",
        403: "The extension is known but not admitted, or its password is wrong. Check it at the telephone system.",
        404: "Check the number of the extension.",
    }
    verdict = Verdict.WORKS if answer.accepted else Verdict.DOES_NOT if answer.status else Verdict.NOT_KNOWN
    missing = "" if answer.accepted else advice.get(answer.status, "Check that the extension may register.")
    return FunctionVerdict("Signing on (password)", verdict, f"REGISTER: {answer.heard or 'not asked'}", missing)


def _call(facts: AuditFacts) -> list[FunctionVerdict]:
    call = facts.call
    names = ("Calls", "Sound", "Wideband sound", "Putting on hold", "Hold music")
    if not call.answer.accepted:
        evidence = f"INVITE: {call.answer.heard or 'not asked'}" if facts.has_test_number else _NO_NUMBER
        refused = facts.has_test_number and call.answer.status > 0
        first = FunctionVerdict(names[0], Verdict.DOES_NOT if refused else Verdict.NOT_KNOWN, evidence, _CALL_AGAIN)
        return [first, *(FunctionVerdict(name, Verdict.NOT_KNOWN, evidence, _CALL_AGAIN) for name in names[1:])]
    codecs = ", ".join(call.codecs) or "none of ours"
    sound = FunctionVerdict(
        names[1],
        Verdict.WORKS if call.packets else Verdict.DOES_NOT,
        f"{call.packets} packets in a second",
        "" if call.packets else "Check the firewall and NAT for RTP, and that the test number is an echo.",
    )
    wide = {"G722", "opus"} & set(call.codecs)
    wideband = FunctionVerdict(
        names[2],
        Verdict.WORKS if wide else Verdict.DOES_NOT,
        f"codecs taken: {codecs}",
        "" if wide else "Allow the codec G722 or opus for this extension.",
    )
    return [
        FunctionVerdict(names[0], Verdict.WORKS, f"INVITE: {call.answer.heard}; BYE: {call.ended}"),
        sound,
        wideband,
        _hold(facts),
        _hold_music(facts),
    ]


def _hold(facts: AuditFacts) -> FunctionVerdict:
    call, function = facts.call, "Putting on hold"
    if not call.hold.status:
        return FunctionVerdict(function, Verdict.NOT_KNOWN, f"re-INVITE: {call.hold.heard or 'not asked'}")
    stops = call.hold.accepted and call.hold_direction in {"recvonly", "inactive"}
    evidence = f"re-INVITE sendonly: {call.hold.heard}, {call.hold_direction or 'no answer to it'}"
    advice = "" if stops else "Allow re-INVITE (RFC 3264 section 8.4) for this extension."
    return FunctionVerdict(function, Verdict.WORKS if stops else Verdict.DOES_NOT, evidence, advice)


def _hold_music(facts: AuditFacts) -> FunctionVerdict:
    """Who puts a call on hold by "sendonly" is sent nothing (RFC 3264 section 8.4), so no single telephone can tell."""
    call, function = facts.call, "Hold music"
    evidence = f"{call.hold_packets} packets came to this side in a second on hold; music is for the other side"
    return FunctionVerdict(
        function,
        Verdict.NOT_KNOWN,
        evidence,
        "Put a call to a second telephone on hold and listen there.",
    )


def _by_token(facts: AuditFacts, function: str, method: str, option: str, advice: str) -> FunctionVerdict:
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
        evidence.append(f"Allow {'has' if method in allow else 'has no'} {method}" if allow else "no Allow was heard")
    if option:
        parts.append(option in supported)
        has = "has" if option in supported else "has no"
        evidence.append(f"Supported {has} {option}" if supported else "no Supported was heard")
    if all(parts):
        return FunctionVerdict(function, Verdict.WORKS, "; ".join(evidence))
    known = (not method or bool(allow)) and (not option or bool(supported))
    return FunctionVerdict(function, Verdict.DOES_NOT if known else Verdict.NOT_KNOWN, "; ".join(evidence), advice)


def _package(facts: AuditFacts, package: str, function: str, advice: str) -> FunctionVerdict:
    answer = facts.subscriptions.get(package, AnswerHeard())
    evidence = f"SUBSCRIBE {package}: {answer.heard or 'not asked'}"
    if answer.accepted:
        return FunctionVerdict(function, Verdict.WORKS, evidence)
    if answer.status in {405, 489, 501}:  # the method or the package is not known there at all
        return FunctionVerdict(function, Verdict.DOES_NOT, evidence, advice)
    return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, advice)


def _message(facts: AuditFacts) -> FunctionVerdict:
    answer, function = facts.message, "Pausing in queues by MESSAGE"
    evidence = f"MESSAGE to nobody: {answer.heard or 'not asked'}"
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


def _encrypted_sound(facts: AuditFacts) -> FunctionVerdict:
    answer, function = facts.call.srtp, "Encrypted sound (SRTP)"
    if not answer.status:
        evidence = f"INVITE with RTP/SAVP: {answer.heard or 'not asked'}"
        return FunctionVerdict(function, Verdict.NOT_KNOWN, evidence, "" if facts.has_test_number else _CALL_AGAIN)
    evidence = f"INVITE with RTP/SAVP: {answer.heard}"
    if facts.call.srtp_taken:
        advice = "" if facts.transport == "tls" else "Its keys are safe over TLS only."
        return FunctionVerdict(function, Verdict.WORKS, evidence, advice)
    advice = "Switch SRTP with SDES on for this extension (Asterisk: media_encryption=sdes)."
    return FunctionVerdict(function, Verdict.DOES_NOT, evidence, advice)


def _encrypted_signalling(facts: AuditFacts) -> FunctionVerdict:
    tried = [heard for heard in facts.transports if heard.transport == "tls"]
    evidence = "; ".join(f"port {heard.port}: {heard.heard}" for heard in tried) or "not asked"
    if any(heard.answers for heard in tried):
        return FunctionVerdict("Encrypted signalling (TLS)", Verdict.WORKS, evidence)
    verdict = Verdict.DOES_NOT if tried else Verdict.NOT_KNOWN
    return FunctionVerdict(
        "Encrypted signalling (TLS)", verdict, evidence, "Give the telephone system a TLS transport."
    )


def _tcp(facts: AuditFacts) -> FunctionVerdict:
    tried = [heard for heard in facts.transports if heard.transport == "tcp"]
    evidence = "; ".join(f"port {heard.port}: {heard.heard}" for heard in tried) or "not asked"
    if any(heard.answers for heard in tried):
        return FunctionVerdict("Long messages (TCP)", Verdict.WORKS, evidence)
    return FunctionVerdict(
        "Long messages (TCP)",
        Verdict.DOES_NOT if tried else Verdict.NOT_KNOWN,
        evidence,
        "Give the telephone system a TCP transport: UDP loses long messages.",
    )


def _outbound(facts: AuditFacts) -> FunctionVerdict:
    registration, function = facts.registration, "Registrations behind NAT (outbound, RFC 5626)"
    if not registration.answer.accepted:
        return FunctionVerdict(function, Verdict.NOT_KNOWN, f"REGISTER: {registration.answer.heard or 'not asked'}")
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
        f"REGISTER names {', '.join(said)}" if said else "REGISTER names neither outbound, Path nor Service-Route"
    )
    return FunctionVerdict(function, Verdict.WORKS if registration.outbound else Verdict.DOES_NOT, evidence)
