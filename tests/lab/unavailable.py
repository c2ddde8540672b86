"""What a test does when a real peer cannot be had on this machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def unavailable(reason: str) -> NoReturn:
    """The lab lacks something: a skip with its reason for a developer, a failure in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"the lab must be complete in CI: {reason}", pytrace=False)
    pytest.skip(f"LAB NOT RUN: {reason}")
