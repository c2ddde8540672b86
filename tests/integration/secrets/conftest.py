"""A session bus of its own per test, with or without a real Secret Service (GNOME Keyring)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.secrets import vault_process

UNLOCK = "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null && "
STEPS = 'for step in "$@"; do "$PYTHON" "$PROCESS" $step || exit; done'


@pytest.fixture
def in_session(tmp_path: Path) -> Callable[..., list[str]]:
    """Runs each step in a process of its own, all in one desktop session; gives back what each of them said."""
    for program in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{program} is missing")
            pytest.skip(f"{program} is not installed")

    def run(*steps: str, before: str = "") -> list[str]:
        environment = {
            name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "AGENT_TOOLBAR_HOME"}
        }
        folders = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")}
        python = {"PYTHON": sys.executable, "PROCESS": vault_process.__file__}
        finished = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", before + STEPS, "sh", *steps],
            env={**environment, **folders, **python},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.splitlines()

    return run
