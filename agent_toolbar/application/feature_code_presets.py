"""Telephone systems whose dialling codes come with the toolbar; the codes are in availability.feature_code_presets."""

from __future__ import annotations

_NAMES = {"freepbx": "FreePBX", "fusionpbx": "FusionPBX", "mikopbx": "MikoPBX", "yeastar": "Yeastar P-Series"}


def preset_names() -> tuple[str, ...]:
    """What FeatureCodes.preset may be besides "", sorted."""
    return tuple(sorted(_NAMES))


def preset_label(name: str) -> str:
    """The product's name, as its maker writes it; `name` itself for none of ours."""
    return _NAMES.get(name, name)
