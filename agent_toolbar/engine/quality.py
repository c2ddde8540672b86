"""How well a call sounds: loss, jitter, delay and MOS of the last interval, by the E-model (ITU-T G.107). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from agent_toolbar.domain.call import CallQuality, QualityGrade

_DEFAULT_R = 93.2
_GOOD_MOS = 3.6
_FAIR_MOS = 3.1


@dataclass(frozen=True, slots=True)
class CodecImpairment:
    """ie: equipment impairment; bpl: robustness to loss (ITU-T G.113 appendix I); delay_ms: of coding and framing."""

    ie: float
    bpl: float
    delay_ms: float


# G.722 has no place in the narrow-band model; zero impairment shows a clean wide-band call as good as G.711.
_IMPAIRMENTS = {
    "PCMU": CodecImpairment(0.0, 25.1, 20.0),
    "PCMA": CodecImpairment(0.0, 25.1, 20.0),
    "G722": CodecImpairment(0.0, 25.1, 22.0),
}
_UNKNOWN_CODEC = CodecImpairment(10.0, 15.0, 25.0)


@dataclass(frozen=True, slots=True)
class StreamCounters:
    """Running totals of one received stream, and the present jitter and delays in ms."""

    packets: int = 0
    lost: int = 0
    discarded: int = 0
    jitter_ms: float = 0.0
    round_trip_ms: float = 0.0
    jitter_buffer_ms: float = 0.0


def mos(codec: str, loss_percent: float, one_way_ms: float) -> float:
    """Mean opinion score 1.0 to 4.5 by the short form of ITU-T G.107 with random loss."""
    impairment = _IMPAIRMENTS.get(codec, _UNKNOWN_CODEC)
    delay = 0.024 * one_way_ms + (0.11 * (one_way_ms - 177.3) if one_way_ms > 177.3 else 0.0)
    equipment = impairment.ie + (95.0 - impairment.ie) * loss_percent / (loss_percent + impairment.bpl)
    r = max(0.0, min(100.0, _DEFAULT_R - delay - equipment))
    return max(1.0, 1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6)


def grade_of(score: float) -> QualityGrade:
    if score >= _GOOD_MOS:
        return QualityGrade.GOOD
    return QualityGrade.FAIR if score >= _FAIR_MOS else QualityGrade.POOR


def measure(codec: str, before: StreamCounters, now: StreamCounters) -> CallQuality:
    """Quality between two readings. A packet that came too late for the jitter buffer counts as lost."""
    received = max(0, now.packets - before.packets)
    lost = max(0, now.lost - before.lost)
    wasted = lost + max(0, now.discarded - before.discarded)
    loss_percent = min(100.0, 100.0 * wasted / max(1, received + lost))
    codec_delay = _IMPAIRMENTS.get(codec, _UNKNOWN_CODEC).delay_ms
    score = mos(codec, loss_percent, now.round_trip_ms / 2 + now.jitter_buffer_ms + codec_delay)
    return CallQuality(
        mos=round(score, 2),
        loss_percent=round(loss_percent, 1),
        jitter_ms=round(now.jitter_ms, 1),
        round_trip_ms=round(now.round_trip_ms, 1),
        grade=grade_of(score),
    )
