"""Keeps a later offer of ours to the codec that the call already has (RFC 3264 section 8.3.2). Pure.

A hold is no reason to change the codec: a PBX that changes it while the other side still sends the old one may take
that for a fault and end the call, as Asterisk 22.10.1 does now and then (asterisk/asterisk issue 2059).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_AUDIO = "m=audio "
_BESIDE_CODECS = frozenset({"TELEPHONE-EVENT", "CN"})  # RFC 4733, RFC 3389
_OF_A_FORMAT = re.compile(r"a=(?:rtpmap|fmtp|rtcp-fb):(\S+)")
_RTPMAP = re.compile(r"a=rtpmap:(\S+) ([^/\s]+)/(\d+)")


@dataclass(frozen=True, slots=True)
class _Format:
    """One entry of the media line. payload: its number in this offer; clock_hz as the rtpmap says it."""

    payload: str
    name: str
    clock_hz: int


def only_codec(sdp: str, codec: str) -> str:
    """The offer with `codec` (its RTP name) and what goes beside any codec; unchanged if that codec is not in it."""
    return _change(sdp, codec, lambda agreed, others: [agreed, *_beside(agreed, others)])


def codec_first(sdp: str, codec: str) -> str:
    """The offer with everything in it, `codec` before the others."""
    return _change(sdp, codec, lambda agreed, others: [agreed, *others])


def _beside(agreed: _Format, others: list[_Format]) -> list[_Format]:
    """Those of the codec's own clock; all of them if there are none, or no digit could be sent after a hold."""
    beside = [one for one in others if one.name in _BESIDE_CODECS]
    return [one for one in beside if one.clock_hz == agreed.clock_hz] or beside


def _change(sdp: str, codec: str, choose: Callable[[_Format, list[_Format]], list[_Format]]) -> str:
    lines = sdp.splitlines(keepends=True)
    begin = next((at for at, line in enumerate(lines) if line.startswith(_AUDIO)), len(lines))
    end = next((at for at in range(begin + 1, len(lines)) if lines[at].startswith("m=")), len(lines))
    formats = _formats(lines[begin:end])
    agreed = next((one for one in formats if one.name == codec.upper()), None)
    if agreed is None:
        return sdp
    chosen = [one.payload for one in choose(agreed, [one for one in formats if one is not agreed])]
    kind, port, protocol, *_ = lines[begin].split()
    media = " ".join([kind, port, protocol, *chosen]) + "\r\n"
    described = [line for line in lines[begin + 1 : end] if _is_of(line, chosen)]
    return "".join([*lines[:begin], media, *described, *lines[end:]])


def _formats(section: list[str]) -> list[_Format]:
    """Those of an audio section that its rtpmap lines describe, in the order of the media line."""
    described = {}
    for line in section:
        if found := _RTPMAP.match(line):
            described[found[1]] = _Format(found[1], found[2].upper(), int(found[3]))
    payloads = section[0].split()[3:] if section else []
    return [described[one] for one in payloads if one in described]


def _is_of(line: str, payloads: list[str]) -> bool:
    """A line of the whole section, or of one of these formats."""
    found = _OF_A_FORMAT.match(line)
    return found is None or found[1] == "*" or found[1] in payloads
