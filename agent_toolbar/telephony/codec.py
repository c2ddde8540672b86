"""Turns commands into lines and lines into events (JSON, strict). Pure; used on the engine link's thread."""

from __future__ import annotations

import msgspec

from agent_toolbar.application.ports.telephony import AnyCommand, AnyEvent
from agent_toolbar.domain.call import CallState

_encoder = msgspec.json.Encoder()
_event_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


class EngineSpeechError(ValueError):
    """The engine said something that is not in the language of this version."""


class _PeekedCall(msgspec.Struct, frozen=True):
    id: str
    state: str = ""


class _PeekedEngine(msgspec.Struct, frozen=True):
    pid: int = 0
    calls: tuple[_PeekedCall, ...] = ()


class Peek(msgspec.Struct, frozen=True):
    """What can be understood of an event of any version: read tolerantly, unknown members ignored."""

    type: str
    protocol: int = 0
    engine: _PeekedEngine = _PeekedEngine()
    call: _PeekedCall | str = ""

    @property
    def ended_call(self) -> str:
        """Id of the call that this event reports as ended, "" if none."""
        return self.call.id if isinstance(self.call, _PeekedCall) and self.call.state == CallState.ENDED else ""


_peek_decoder = msgspec.json.Decoder(Peek)


def encode_command(command: AnyCommand) -> bytes:
    """One line with its end."""
    return _encoder.encode(command) + b"\n"


def decode_event(line: bytes) -> AnyEvent:
    """Raises EngineSpeechError for what no event of this version looks like."""
    try:
        return _event_decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise EngineSpeechError(str(fault)) from fault


def peek(line: bytes) -> Peek:
    """Raises EngineSpeechError for what no event of any version looks like."""
    try:
        return _peek_decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise EngineSpeechError(str(fault)) from fault
