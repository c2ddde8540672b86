"""What every test gets: a profile of its own, no desktop of the developer's, and no thread left behind."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.postgres_server import PostgresServer, postgres_server
from tests.lab.unavailable import unavailable
from tests.leftover_threads import running_threads, threads_left

HERE = Path(__file__).parent
ORDER = ("unit", "contract", "ui", "integration", "lab", "e2e")
THREAD_GRACE_S = 3.0

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick ones first: what is wrong is known sooner."""
    items.sort(key=lambda item: ORDER.index(item.path.relative_to(HERE).parts[0]))


@pytest.fixture(autouse=True, scope="session")
def _runtime_folder_of_tests() -> Iterator[None]:
    """Sockets and locks of tests lie in a folder of this run; its name is short, as a Unix socket address must be."""
    folder = tempfile.mkdtemp(prefix="at-test-")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        patch.delenv("DISPLAY", raising=False)
        patch.delenv("WAYLAND_DISPLAY", raising=False)
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def profile_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds everything of this test's profile (AGENT_TOOLBAR_HOME)."""
    home = tmp_path / "profile"
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this run; a test that stops it starts it again."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server())
        except LabUnavailableError as error:
            unavailable(str(error))
        yield server


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    before = running_threads()
    yield
    left = threads_left(before, THREAD_GRACE_S)
    assert not left, f"threads left behind: {left}"
