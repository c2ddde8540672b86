"""The codes that come with the toolbar: complete, named, and honest about what toggles."""

from __future__ import annotations

import pytest

from agent_toolbar.application.feature_code_presets import (
    preset_codes,
    preset_hint,
    preset_label,
    preset_names,
    toggles,
    with_preset,
)
from agent_toolbar.application.ports.settings import FeatureCodes


def test_the_names_of_the_presets() -> None:
    assert preset_names() == ("freepbx", "fusionpbx", "mikopbx", "yeastar")
    assert [preset_label(name) for name in preset_names()] == ["FreePBX", "FusionPBX", "MikoPBX", "Yeastar P-Series"]
    assert (preset_label("3cx"), preset_hint("3cx"), preset_codes("3cx")) == ("3cx", "", FeatureCodes())


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_pauses_and_ends_the_pause(name: str) -> None:
    codes = with_preset(FeatureCodes(preset=name))

    assert codes.preset == name
    assert codes.pause
    assert codes.unpause


def test_one_s_own_codes_come_before_those_of_the_preset() -> None:
    codes = with_preset(FeatureCodes(preset="yeastar", pause="*90", queue="6400"))

    assert (codes.pause, codes.unpause, codes.queue) == ("*90", "*07{queue}", "6400")


@pytest.mark.parametrize(
    ("pause", "unpause", "same"),
    [("*46", "*46", True), ("*46{reason}", "*46", True), ("*46{reason}", "*47", False), ("", "", False)],
)
def test_a_code_for_both_toggles(pause: str, unpause: str, same: bool) -> None:
    assert toggles(FeatureCodes(pause=pause, unpause=unpause)) is same
