"""What the engine says: events, and the snapshots that they carry. ports.telephony is the language as a whole."""

from __future__ import annotations

import msgspec

from agent_toolbar.application.ports.engine_commands import Message
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import CallSnapshot
from agent_toolbar.domain.colleague import ExtensionPresence
from agent_toolbar.domain.registration import RegistrationSnapshot


class Event(Message, frozen=True, kw_only=True):
    """Something that happened in the engine."""


class EngineSnapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole engine at one moment. `has_account`: SetAccount came already; the password never comes back."""

    pid: int
    started_s: float
    registration: RegistrationSnapshot
    audio: AudioSnapshot
    calls: tuple[CallSnapshot, ...] = ()
    has_account: bool = False
    presence: tuple[ExtensionPresence, ...] = ()


class Attached(Event, frozen=True, kw_only=True, tag="attached"):
    """The answer to Attach. A protocol that differs from ours means: let it finish its calls, then start a new one."""

    protocol: int
    engine: EngineSnapshot


class CallChanged(Event, frozen=True, kw_only=True, tag="call_changed"):
    """A call is new, has changed or has ended (state "ended", sent once; the engine then forgets it)."""

    call: CallSnapshot


class RegistrationChanged(Event, frozen=True, kw_only=True, tag="registration_changed"):
    registration: RegistrationSnapshot


class AudioChanged(Event, frozen=True, kw_only=True, tag="audio_changed"):
    audio: AudioSnapshot


class PresenceChanged(Event, frozen=True, kw_only=True, tag="presence_changed"):
    """Every watched extension and what its telephone is doing."""

    presence: tuple[ExtensionPresence, ...]


class ExtensionsAnswered(Event, frozen=True, kw_only=True, tag="extensions_answered"):
    """What the extensions of the AskExtensions of `request` are doing now; one that did not answer is unknown."""

    request: int
    presence: tuple[ExtensionPresence, ...]


class TextReceived(Event, frozen=True, kw_only=True, tag="text_received"):
    """A MESSAGE (RFC 3428) that came from the account's PBX; from anywhere else none is reported.

    Attributes:
        sender: user part of the From address, plain text. body: text/plain, at most 1,000 characters, plain text.
    """

    sender: str
    body: str


class TextAnswered(Event, frozen=True, kw_only=True, tag="text_answered"):
    """The final answer to the SendText of `request`. sip_status 408: none came within 32 s (RFC 3261 timer F)."""

    request: int
    sip_status: int
    sip_reason: str = ""


class FeatureCodeAnswered(Event, frozen=True, kw_only=True, tag="feature_code_answered"):
    """The PBX answered the SayFeatureCode of `request`; it may go on speaking until FeatureCodeEnded."""

    request: int


class FeatureCodeEnded(Event, frozen=True, kw_only=True, tag="feature_code_ended"):
    """The call of the SayFeatureCode of `request` is over.

    Attributes:
        answered: it was answered; sip_status is then 200.
        sip_status: final answer of the PBX, from 300 on a refusal; 408 when none came in time, 487 when the engine
            ended first.
    """

    request: int
    sip_status: int
    sip_reason: str = ""
    answered: bool = False


class RegistrationProved(Event, frozen=True, kw_only=True, tag="registration_proved"):
    """How a ProveRegistration went.

    Attributes:
        sip_status: final answer to the REGISTER, 408 when none came in time, 0 when nothing could be sent.
        took_ms: from the request to its final answer.
        server: the Server or User-Agent header of that answer, plain text, "" if there was none.
        contact: our own address as the registrar gives it back (host:port), "" if not.
        via_received: our address as the PBX sees it (RFC 3581: received and rport), "" if it did not say.
    """

    request: int
    sip_status: int
    sip_reason: str = ""
    took_ms: float = 0.0
    server: str = ""
    contact: str = ""
    via_received: str = ""


class LevelsMeasured(Event, frozen=True, kw_only=True, tag="levels_measured"):
    """Loudness 0.0 to 1.0 of what the microphone gives and what the speaker gets."""

    microphone: float
    speaker: float


class DtmfReceived(Event, frozen=True, kw_only=True, tag="dtmf_received"):
    call: str
    digit: str


class CommandRefused(Event, frozen=True, kw_only=True, tag="command_refused"):
    """`code` is an error code of i18n; `detail` is for the log."""

    request: int
    code: str
    detail: str = ""


class EngineStopping(Event, frozen=True, kw_only=True, tag="engine_stopping"):
    """The engine ends on purpose; what follows is the end of the connection."""


AnyEvent = (
    Attached
    | CallChanged
    | RegistrationChanged
    | AudioChanged
    | PresenceChanged
    | ExtensionsAnswered
    | TextReceived
    | TextAnswered
    | FeatureCodeAnswered
    | FeatureCodeEnded
    | RegistrationProved
    | LevelsMeasured
    | DtmfReceived
    | CommandRefused
    | EngineStopping
)
