"""G.711 A-law and mu-law as tables (ITU-T G.711 tables 1 and 2). Pure.

Samples are signed 16-bit; the tables are indexed by the octet on the wire.
"""

from __future__ import annotations


def _alaw_sample(octet: int) -> int:
    octet ^= 0x55  # even bits are inverted on the line
    exponent, mantissa = (octet >> 4) & 7, octet & 15
    magnitude = (mantissa << 4) + 8 if exponent == 0 else ((mantissa << 4) + 0x108) << (exponent - 1)
    return magnitude if octet & 0x80 else -magnitude


def _ulaw_sample(octet: int) -> int:
    octet ^= 0xFF
    exponent, mantissa = (octet >> 4) & 7, octet & 15
    magnitude = (((mantissa << 3) + 0x84) << exponent) - 0x84
    return -magnitude if octet & 0x80 else magnitude


ALAW_TO_LINEAR = tuple(_alaw_sample(octet) for octet in range(256))
ULAW_TO_LINEAR = tuple(_ulaw_sample(octet) for octet in range(256))

ALAW_SILENCE = 0xD5
ULAW_SILENCE = 0xFF


def linear_to_alaw(sample: int) -> int:
    """The octet for one signed 16-bit sample (ITU-T G.711 table 1)."""
    sign = 0x80 if sample >= 0 else 0
    magnitude = min(32_767, sample if sample >= 0 else -sample - 1)
    exponent = max(0, (magnitude >> 8).bit_length())
    mantissa = (magnitude >> 4) & 15 if exponent == 0 else (magnitude >> (exponent + 3)) & 15
    return (sign | exponent << 4 | mantissa) ^ 0x55


def linear_to_ulaw(sample: int) -> int:
    """The octet for one signed 16-bit sample (ITU-T G.711 table 2)."""
    sign = 0x80 if sample < 0 else 0
    magnitude = min(32_635, abs(sample)) + 0x84
    exponent = magnitude.bit_length() - 8
    mantissa = (magnitude >> (exponent + 3)) & 15
    return (sign | exponent << 4 | mantissa) ^ 0xFF


_ALAW_TO_ULAW = bytes(linear_to_ulaw(sample) for sample in ALAW_TO_LINEAR)
_ULAW_TO_ALAW = bytes(linear_to_alaw(sample) for sample in ULAW_TO_LINEAR)


def alaw_to_ulaw(octets: bytes) -> bytes:
    return octets.translate(_ALAW_TO_ULAW)


def ulaw_to_alaw(octets: bytes) -> bytes:
    return octets.translate(_ULAW_TO_ALAW)
