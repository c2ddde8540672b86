from __future__ import annotations

import pytest

from agent_toolbar.practice.g711 import (
    ALAW_SILENCE,
    ALAW_TO_LINEAR,
    ULAW_SILENCE,
    ULAW_TO_LINEAR,
    alaw_to_ulaw,
    linear_to_alaw,
    linear_to_ulaw,
    ulaw_to_alaw,
)


@pytest.mark.parametrize(
    ("octet", "sample"), [(0xD5, 8), (0x55, -8), (0xD4, 24), (0xAA, 32256), (0x2A, -32256), (0xC5, 264), (0xF5, 528)]
)
def test_alaw_values_of_g711(octet: int, sample: int) -> None:
    assert ALAW_TO_LINEAR[octet] == sample


@pytest.mark.parametrize(
    ("octet", "sample"), [(0xFF, 0), (0x7F, 0), (0xFE, 8), (0x80, 32124), (0x00, -32124), (0xEF, 132), (0x8F, 16764)]
)
def test_ulaw_values_of_g711(octet: int, sample: int) -> None:
    assert ULAW_TO_LINEAR[octet] == sample


def test_a_decoded_octet_is_encoded_to_itself() -> None:
    assert [linear_to_alaw(sample) for sample in ALAW_TO_LINEAR] == [*range(256)]
    two_zeros = [octet if octet != 0x7F else 0xFF for octet in range(256)]
    assert [linear_to_ulaw(sample) for sample in ULAW_TO_LINEAR] == two_zeros


@pytest.mark.parametrize("sample", [-32768, -32767, -12345, -1000, -33, -1, 0, 1, 31, 4095, 32767])
def test_encoding_errs_by_half_a_step_at_most(sample: int) -> None:
    assert abs(ALAW_TO_LINEAR[linear_to_alaw(sample)] - sample) <= max(8, abs(sample) // 32 + 1)
    assert abs(ULAW_TO_LINEAR[linear_to_ulaw(sample)] - sample) <= max(8, abs(sample) // 32 + 132 // 32 + 1)


def test_silence_stays_silence_from_law_to_law() -> None:
    assert ULAW_TO_LINEAR[alaw_to_ulaw(bytes([ALAW_SILENCE]))[0]] == 8
    assert abs(ALAW_TO_LINEAR[ulaw_to_alaw(bytes([ULAW_SILENCE]))[0]]) == 8
