from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent_toolbar.ipc.instance_lock import InstanceLock

HOLDER = (
    "import sys\n"
    "from pathlib import Path\n"
    "from agent_toolbar.ipc.instance_lock import InstanceLock\n"
    "lock = InstanceLock('role', Path(sys.argv[1]))\n"
    "print(lock.acquire(), flush=True)\n"
    "input()\n"
)


def test_only_one_holds_a_lock_and_each_role_has_its_own(tmp_path: Path) -> None:
    first, second, other = InstanceLock("a", tmp_path), InstanceLock("a", tmp_path), InstanceLock("b", tmp_path)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert other.acquire()
    first.release()
    assert second.acquire()
    second.release()
    other.release()


def test_the_holder_is_known_by_its_process_and_forgotten_when_it_is_killed(tmp_path: Path) -> None:
    lock = InstanceLock("role", tmp_path)
    assert lock.holder_pid() == 0
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        assert lock.holder_pid() == holder.pid
        assert not lock.acquire()
        holder.send_signal(signal.SIGKILL)
    assert lock.holder_pid() == 0
    assert lock.acquire()
    assert lock.holder_pid() == os.getpid()
    lock.release()


def test_a_lock_that_cannot_be_tried_is_an_error_and_not_a_held_lock(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        InstanceLock("role", tmp_path / "missing").acquire()
