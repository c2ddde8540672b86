"""What an audit heard, as values without any secret. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """text: a sentence of ours, with a place for the detail, which may come from anywhere."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TransportHeard:
    """heard: a status line, or why nothing came."""

    transport: str
    port: int
    answers: bool
    heard: str


@dataclass(frozen=True, slots=True)
class AnswerHeard:
    """An answer to one question. status 0: none came, or it was not asked (heard "")."""

    status: int = 0
    heard: str = ""

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class RegistrationHeard:
    """bindings: how many telephones are registered at this extension; expires_s: the longest of them, 0 if unknown."""

    answer: AnswerHeard = AnswerHeard()
    bindings: int = 0
    expires_s: int = 0
    service_route: bool = False
    path: bool = False
    outbound: bool = False


@dataclass(slots=True)
class CallHeard:
    """The test call. Packets of sound are counted within one second each."""

    answer: AnswerHeard = AnswerHeard()
    codecs: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    session_expires: str = ""
    packets: int = 0
    hold: AnswerHeard = AnswerHeard()
    hold_direction: str = ""
    hold_packets: int = 0
    srtp: AnswerHeard = AnswerHeard()
    srtp_taken: bool = False
    ended: str = ""


@dataclass(slots=True)
class AuditFacts:
    """Attributes:
    subscriptions: by event package (RFC 6665).
    remarks: what kept the audit from asking more, in words.
    """

    server: str
    port: int
    transport: str
    extension: str
    has_test_number: bool = False
    product: str = ""
    options: AnswerHeard = AnswerHeard()
    allow: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    allow_events: tuple[str, ...] = ()
    transports: list[TransportHeard] = field(default_factory=list)
    registration: RegistrationHeard = RegistrationHeard()
    registration_after: RegistrationHeard = RegistrationHeard()
    subscriptions: dict[str, AnswerHeard] = field(default_factory=dict)
    message: AnswerHeard = AnswerHeard()
    call: CallHeard = field(default_factory=CallHeard)
    remarks: list[Remark] = field(default_factory=list)
