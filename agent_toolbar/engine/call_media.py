"""The sound of one call in the conference bridge: what it is joined with and how loud. SIP thread only."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pjsua2 as pj

from agent_toolbar.engine.pj_call import LibraryCall
from agent_toolbar.engine.quality import StreamCounters

_log = logging.getLogger(__name__)
_WITH_SOUND = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD, pj.PJSUA_CALL_MEDIA_LOCAL_HOLD)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """The audio stream of a call as negotiated. index: of the media line; codec: its RTP name."""

    index: int
    codec: str
    flows: bool
    held_by_remote: bool


def audio_stream(call: LibraryCall) -> AudioStream | None:
    """The first audio stream that is up, None before there is one."""
    info = call.getInfo()  # kept: its `media` must not outlive it
    for media in info.media:
        if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status in _WITH_SOUND:
            try:
                codec = str(call.getStreamInfo(media.index).codecName)
            except pj.Error:
                codec = ""
            return AudioStream(
                index=int(media.index),
                codec=codec,
                flows=int(media.audioConfSlot) >= 0,
                held_by_remote=media.status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD,
            )
    return None


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes between a call and the bridge.

    Attributes:
        audible: the call is heard. hears: anything is heard by it. microphone: the desk is among that.
    """

    audible: bool
    hears: bool
    microphone: bool = True


def join(call: LibraryCall, stream: AudioStream, desk: pj.AudioMedia, passing: Passing) -> None:
    """Joins the call with the desk's microphone and speaker, both ways; the levels decide what passes.

    A call that nobody listens to would fill its jitter buffer, and one that nobody speaks to would stop sending RTP:
    the microphone is only taken away where others speak to the call. A re-INVITE may have moved the call to another
    slot, so this is done anew after each change of media.
    """
    media = port_of(call, stream)
    if media is None:
        return
    connect(media, desk, connected=True)
    connect(desk, media, connected=passing.microphone)
    try:
        media.adjustTxLevel(1.0 if passing.audible else 0.0)
        media.adjustRxLevel(1.0 if passing.hears else 0.0)
    except pj.Error as error:
        _log.warning("the level of a call cannot be set: %s", error.reason)


def port_of(call: LibraryCall, stream: AudioStream) -> pj.AudioMedia | None:
    """The call's place in the bridge, None while it has none."""
    if not stream.flows:
        return None
    media = call.getAudioMedia(stream.index)
    return media if int(media.getPortId()) >= 0 else None


def connect(source: pj.AudioMedia, sink: pj.AudioMedia, *, connected: bool) -> None:
    """Lets one place of the bridge hear another, or no longer."""
    try:
        if connected:
            source.startTransmit(sink)
        else:
            source.stopTransmit(sink)
    except pj.Error as error:
        _log.warning("two places cannot be %s: %s", "joined" if connected else "parted", error.reason)


def stream_counters(call: LibraryCall, stream: AudioStream) -> StreamCounters | None:
    """RTP and RTCP totals of the received stream, None when the stream is gone."""
    try:
        statistics = call.getStreamStat(stream.index)
    except pj.Error:
        return None
    rtcp, buffer = statistics.rtcp, statistics.jbuf
    received, round_trip = rtcp.rxStat, rtcp.rttUsec
    return StreamCounters(
        packets=int(received.pkt),
        lost=int(received.loss),
        discarded=int(buffer.discard),
        jitter_ms=float(received.jitterUsec.mean) / 1000.0 if received.jitterUsec.n else 0.0,
        round_trip_ms=float(round_trip.last) / 1000.0 if round_trip.n else 0.0,
        jitter_buffer_ms=float(buffer.avgDelayMsec),
    )
