"""The language between toolbar and engine: commands in, events out, each a frozen message that stands for itself.

On the wire each message is one line of JSON with its kind in the member "type". Times are seconds since the epoch.
Every event carries a whole snapshot of what it is about, so a toolbar that attaches late is complete after `Attached`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from agent_toolbar.application.ports.engine_commands import (
    PROTOCOL_VERSION,
    AccountConfig,
    Answer,
    AnswerTransferRequest,
    AnyCommand,
    AskExtensions,
    Attach,
    AudioConfig,
    Command,
    Confer,
    Dial,
    DtmfMethod,
    HangUp,
    Hold,
    Message,
    Mute,
    ProveRegistration,
    Redirect,
    Refer,
    RefuseCalls,
    Register,
    Resume,
    SayFeatureCode,
    SendDtmf,
    SendText,
    SetAccount,
    SetAudio,
    Shutdown,
    Silence,
    StartAudioTest,
    StopAudioTest,
    Unregister,
    WatchExtensions,
    WatchLevels,
)
from agent_toolbar.application.ports.engine_events import (
    AnyEvent,
    Attached,
    AudioChanged,
    CallChanged,
    CommandRefused,
    DtmfReceived,
    EngineSnapshot,
    EngineStopping,
    Event,
    ExtensionsAnswered,
    FeatureCodeAnswered,
    FeatureCodeEnded,
    LevelsMeasured,
    PresenceChanged,
    RegistrationChanged,
    RegistrationProved,
    TextAnswered,
    TextReceived,
)

__all__ = [
    "PROTOCOL_VERSION",
    "AccountConfig",
    "Answer",
    "AnswerTransferRequest",
    "AnyCommand",
    "AnyEvent",
    "AskExtensions",
    "Attach",
    "Attached",
    "AudioChanged",
    "AudioConfig",
    "CallChanged",
    "Command",
    "CommandRefused",
    "Confer",
    "Dial",
    "DtmfMethod",
    "DtmfReceived",
    "EngineLink",
    "EngineLinkChanged",
    "EngineSnapshot",
    "EngineStopping",
    "Event",
    "ExtensionsAnswered",
    "FeatureCodeAnswered",
    "FeatureCodeEnded",
    "HangUp",
    "Hold",
    "LevelsMeasured",
    "Message",
    "Mute",
    "PresenceChanged",
    "ProveRegistration",
    "Redirect",
    "Refer",
    "RefuseCalls",
    "Register",
    "RegistrationChanged",
    "RegistrationProved",
    "Resume",
    "SayFeatureCode",
    "SendDtmf",
    "SendText",
    "SetAccount",
    "SetAudio",
    "Shutdown",
    "Silence",
    "StartAudioTest",
    "StopAudioTest",
    "TelephonyEngine",
    "TextAnswered",
    "TextReceived",
    "Unregister",
    "WatchExtensions",
    "WatchLevels",
]


class EngineLink(StrEnum):
    """Whether there is an engine to speak to."""

    STOPPED = "stopped"
    STARTING = "starting"
    ATTACHED = "attached"
    LOST = "lost"  # it died; a new one is being started
    FAILED = "failed"  # it dies again and again; `retry` starts it once more


class EngineLinkChanged(msgspec.Struct, frozen=True):
    """Said by the adapter, not by the engine: never on the wire.

    Attributes:
        pid: of the engine, 0 if there is none.
        started_s: seconds since the epoch, 0.0 if there is none.
        detail: for the log.
    """

    link: EngineLink
    pid: int = 0
    started_s: float = 0.0
    detail: str = ""


class TelephonyEngine(Protocol):
    """The engine as the application sees it. All calls on the GUI thread; none waits.

    Listeners are called on the GUI thread, in the order in which the engine spoke. The adapter starts the engine,
    attaches, starts it again when it dies; who owns the account and the devices says them again after each ATTACHED.
    """

    def listen(self, listener: Callable[[AnyEvent | EngineLinkChanged], None]) -> None:
        """Adds a listener for as long as the adapter lives."""

    def send(self, command: AnyCommand) -> None:
        """Gives a command to the engine. Raises EngineError("engine_not_attached") when there is none."""

    def start(self) -> None:
        """Looks for a running engine and attaches to it, else starts one. Outcome comes as EngineLinkChanged."""

    def stop(self, *, keep_engine: bool) -> None:
        """Closes the link; the engine ends, or with keep_engine goes on with its calls."""
