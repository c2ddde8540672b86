"""What the engine is told: commands, and the values that they carry. ports.telephony is the language as a whole."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from agent_toolbar.domain.audio import FOLLOW_SYSTEM
from agent_toolbar.domain.registration import Transport

PROTOCOL_VERSION = 4


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of everything on the wire."""


class Command(Message, frozen=True, kw_only=True):
    """Something the engine is to do.

    Attributes:
        request: chosen by the toolbar; a refusal (CommandRefused) names it. 0: no answer is awaited.
    """

    request: int = 0


class DtmfMethod(StrEnum):
    RFC4733 = "rfc4733"
    SIP_INFO = "sip_info"


class AccountConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One account at one PBX.

    Attributes:
        server: host name or IPv4 address; port 0 means SRV (RFC 3263), then 5060.
        password: kept in the engine's memory only.
        auth_user: digest user when it is not the extension.
        trusts_identity: P-Asserted-Identity and Remote-Party-ID of this PBX are believed (RFC 3325 trust domain).
        asks_refer: a REFER in a call is put to the agent (CallSnapshot.transfer_request); else it is refused.
        expires_s: asked lifetime of the registration; short, so that a PBX that lost it is soon told again.
    """

    server: str
    extension: str
    password: str = ""
    port: int = 0
    transport: Transport = Transport.UDP
    auth_user: str = ""
    display_name: str = ""
    trusts_identity: bool = True
    asks_refer: bool = False
    expires_s: int = 60
    dtmf: DtmfMethod = DtmfMethod.RFC4733
    codecs: tuple[str, ...] = ("G722", "PCMA", "PCMU")

    def __repr__(self) -> str:  # the password must not reach a log by accident
        return f"AccountConfig(server={self.server!r}, port={self.port}, extension={self.extension!r})"


class AudioConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Chosen devices by id and name (ids change on some desktops) and volumes 0.0 to 1.5."""

    microphone_id: str = FOLLOW_SYSTEM
    microphone_name: str = ""
    speaker_id: str = FOLLOW_SYSTEM
    speaker_name: str = ""
    ringer_id: str = FOLLOW_SYSTEM
    ringer_name: str = ""
    microphone_volume: float = 1.0
    speaker_volume: float = 1.0
    ringer_volume: float = 1.0


class Attach(Command, frozen=True, kw_only=True, tag="attach"):
    """The first message of a connection. A second toolbar takes the place of the first."""

    protocol: int = PROTOCOL_VERSION
    secret: str = ""
    toolbar_pid: int = 0


class SetAccount(Command, frozen=True, kw_only=True, tag="set_account"):
    """Replaces the account; None forgets it. Live calls go on. Registers only if CTI is on (see Register)."""

    account: AccountConfig | None


class SetAudio(Command, frozen=True, kw_only=True, tag="set_audio"):
    audio: AudioConfig


class Register(Command, frozen=True, kw_only=True, tag="register"):
    """CTI on: register now and keep registered. Said again while retrying, it tries at once."""


class Unregister(Command, frozen=True, kw_only=True, tag="unregister"):
    """CTI off: take the registration back. Live calls go on until they end."""


class Dial(Command, frozen=True, kw_only=True, tag="dial"):
    """Calls a number of the PBX or a SIP address. `call` is the id that the new call will have.

    Attributes:
        context: key of the story that goes with the call, 32 hexadecimal digits, sent as X-CTI-Key and User-to-User
            (RFC 7433); "" sends neither.
        consult_for: id of the call that this one is made about.
    """

    call: str
    target: str
    display_name: str = ""
    context: str = ""
    consult_for: str = ""


class Answer(Command, frozen=True, kw_only=True, tag="answer"):
    call: str


class HangUp(Command, frozen=True, kw_only=True, tag="hang_up"):
    """Ends, cancels or declines, whichever fits. sip_status 0 lets the engine choose (603 for a ringing call)."""

    call: str
    sip_status: int = 0


class Hold(Command, frozen=True, kw_only=True, tag="hold"):
    call: str


class Resume(Command, frozen=True, kw_only=True, tag="resume"):
    """Takes the call off hold; other calls in talk are put on hold first by the toolbar, not by the engine."""

    call: str


class Refer(Command, frozen=True, kw_only=True, tag="refer"):
    """Sends the other party of `call` to `target` (RFC 3515), or to the other party of `replaces` (RFC 5589 section 7).

    A `replaces` that is not answered yet is cancelled first, and its target is then named without Replaces. What comes
    of it shows in `CallSnapshot.refer`; our own legs are left as they are.
    """

    call: str
    target: str = ""
    replaces: str = ""
    context: str = ""


class Redirect(Command, frozen=True, kw_only=True, tag="redirect"):
    """Sends a ringing call elsewhere before it is answered: 302 with Contact (RFC 3261 section 21.3.3)."""

    call: str
    target: str
    context: str = ""


class AnswerTransferRequest(Command, frozen=True, kw_only=True, tag="answer_transfer_request"):
    """The agent's word on CallSnapshot.transfer_request: calls the target as `new_call`, or stays (RFC 3515).

    The old call is left as it is: whoever asked ends it when the new one is answered.
    """

    call: str
    accepted: bool
    new_call: str = ""


class Confer(Command, frozen=True, kw_only=True, tag="confer"):
    """These connected calls and the desk hear each other, off hold; a call that is left out is in no conference.

    Fewer than two calls: the conference ends, and its calls stay in talk.
    """

    calls: tuple[str, ...]


class Silence(Command, frozen=True, kw_only=True, tag="silence"):
    """Nobody hears this party of a conference, or they do again."""

    call: str
    silenced: bool


class WatchExtensions(Command, frozen=True, kw_only=True, tag="watch_extensions"):
    """Subscribes to the dialog state of just these extensions (RFC 4235); what is said comes as PresenceChanged."""

    extensions: tuple[str, ...]


class AskExtensions(Command, frozen=True, kw_only=True, tag="ask_extensions"):
    """Subscribes anew to some of the watched extensions, as a PBX that was started anew says nothing by itself.

    Answered by ExtensionsAnswered within a few seconds.
    """

    extensions: tuple[str, ...]


class SendText(Command, frozen=True, kw_only=True, tag="send_text"):
    """Sends a MESSAGE (RFC 3428) of type text/plain to `target` at the account's PBX. Answered by TextAnswered.

    Attributes:
        target: number or SIP address; body: at most 1,000 characters without control characters.
    """

    target: str
    body: str


class SayFeatureCode(Command, frozen=True, kw_only=True, tag="say_feature_code"):
    """Calls a code of the PBX that does something and is talked with by nobody. `request` is not 0.

    Such a call is none of the agent's: no snapshot shows it, no sound goes to or comes from it, no tone is heard. The
    engine ends it a few seconds after the answer at the latest, and gives up when no answer comes. It needs one of the
    four lines of the library: where all are taken it is refused ("no_line_for_code"). Answered by FeatureCodeAnswered
    where the PBX answers, and in any case by one FeatureCodeEnded.

    Attributes:
        code: user part of a SIP address, such as "*46lunch".
    """

    code: str


class RefuseCalls(Command, frozen=True, kw_only=True, tag="refuse_calls"):
    """While `refusing`, new incoming calls are answered 480 (RFC 3261 section 21.4.18) and make no call of ours.

    A call that gives an earlier one back (Replaces) still comes in. A new engine refuses nothing.
    """

    refusing: bool


class ProveRegistration(Command, frozen=True, kw_only=True, tag="prove_registration"):
    """Sends a REGISTER now that refreshes the binding, and answers with RegistrationProved."""


class Mute(Command, frozen=True, kw_only=True, tag="mute"):
    call: str
    muted: bool


class SendDtmf(Command, frozen=True, kw_only=True, tag="send_dtmf"):
    """digits: of 0-9 A-D * # and "," for a pause of one second."""

    call: str
    digits: str


class StartAudioTest(Command, frozen=True, kw_only=True, tag="start_audio_test"):
    """Records for `seconds`, then plays it back. Refused during a call."""

    seconds: float = 3.0


class StopAudioTest(Command, frozen=True, kw_only=True, tag="stop_audio_test"):
    pass


class WatchLevels(Command, frozen=True, kw_only=True, tag="watch_levels"):
    """Asks for LevelsMeasured ten times a second, or for no more of them. Opens the microphone while watching."""

    watching: bool


class Shutdown(Command, frozen=True, kw_only=True, tag="shutdown"):
    """Ends all calls, unregisters and ends the process."""


AnyCommand = (
    Attach
    | SetAccount
    | SetAudio
    | Register
    | Unregister
    | Dial
    | Answer
    | HangUp
    | Hold
    | Resume
    | Refer
    | Redirect
    | AnswerTransferRequest
    | Confer
    | Silence
    | WatchExtensions
    | AskExtensions
    | SendText
    | SayFeatureCode
    | RefuseCalls
    | ProveRegistration
    | Mute
    | SendDtmf
    | StartAudioTest
    | StopAudioTest
    | WatchLevels
    | Shutdown
)
