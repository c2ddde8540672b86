"""A whole toolbar as an agent runs it, driven through its command line and watched through its control socket."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from agent_toolbar.ipc.control_client import NoAnswerError, NoToolbarError, ask
from agent_toolbar.ipc.control_protocol import ENDPOINT_NAME, Verb
from agent_toolbar.ipc.endpoint import Endpoint
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until

START_TIMEOUT_S = 20.0
VERB_TIMEOUT_S = 20.0

Status = dict[str, Any]


class ToolbarProcess:
    """One profile and the toolbar that runs in it, if one does.

    Attributes:
        python, environ: what runs it, and with which environment.
    """

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.python = sys.executable
        self.environ = dict(environ)
        self._folder = folder
        self._process: ChildProcess | None = None

    # ---------------------------------------------------------------- process

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *arguments: str) -> None:
        """Starts the toolbar and waits until it answers its command line."""
        self.launch(*arguments)
        wait_until(self._answers, START_TIMEOUT_S, f"the toolbar to answer, see {self._folder}/toolbar.log")

    def launch(self, *arguments: str) -> None:
        """Starts the toolbar and does not wait."""
        self._process = ChildProcess(
            [self.python, "-m", "agent_toolbar", *arguments], self._folder / "toolbar.log", self.environ
        )

    def running(self) -> bool:
        return self._process is not None and self._process.running()

    def kill(self) -> None:
        """kill -9 of the toolbar; its engine lives on."""
        assert self._process is not None
        self._process.kill()

    def kill_engine(self) -> int:
        """kill -9 of the engine that is attached, now or in a moment; its pid."""
        pid = int(self.await_status(lambda now: now["engine"]["pid"], what="an engine")["engine"]["pid"])
        os.kill(pid, signal.SIGKILL)
        return pid

    def stop(self) -> None:
        """Quits, and leaves no engine behind."""
        engine = self._engine_pid()
        if self.running():
            self.say("quit", "--yes")
        if self._process is not None:
            self._process.stop()
            self._process = None
        if engine:
            _end(engine)

    # ---------------------------------------------------------------- command line

    def say(self, *verb: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `agent-toolbar VERB`; look at its returncode: 0 done, 1 refused, 2 misuse, 3 no toolbar runs."""
        return subprocess.run(
            [self.python, "-m", "agent_toolbar", *verb],
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=VERB_TIMEOUT_S,
            check=False,
        )

    def do(self, *verb: str, stdin: str = "") -> str:
        """Says a verb that must succeed; what it printed."""
        done = self.say(*verb, stdin=stdin)
        assert done.returncode == 0, f"{verb}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def set_account(self, pbx: AsteriskPbx, extension: str = "1001", *, password: str | None = None) -> None:
        server = f"{pbx.host}:{pbx.port}"
        said = pbx.password_of(extension) if password is None else password
        self.do("account", "set", "--server", server, "--extension", extension, "--password-stdin", stdin=said)

    def log_in(self, pbx: AsteriskPbx, extension: str = "1001") -> None:
        """Gives the account, switches CTI on and waits until the PBX knows the telephone."""
        self.set_account(pbx, extension)
        self.do("cti", "on")
        self.await_registered()

    # ---------------------------------------------------------------- status

    def status(self) -> Status:
        """As `agent-toolbar status --json` prints it, without a process: this is asked many times a second."""
        with patch.dict(os.environ, self.environ, clear=True):
            endpoint = Endpoint.of_profile(ENDPOINT_NAME)
        answer = ask(Verb.STATUS, {}, endpoint=endpoint)
        assert answer.ok, f"status: {answer}"
        return dict(answer.result)

    def await_status(self, condition: Callable[[Status], Any], timeout_s: float = 10.0, what: str = "") -> Status:
        """The first status for which `condition` holds; a status that the toolbar cannot give now is none."""
        newest: Status = {}

        def holds() -> bool:
            now = self._status_if_any()
            if now is None:
                return False
            newest.clear()
            newest.update(now)
            return bool(condition(newest))

        try:
            wait_until(holds, timeout_s, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self._what_happened(newest)}") from None
        return newest

    def await_registered(self, timeout_s: float = 10.0) -> Status:
        return self.await_status(lambda now: now["cti"]["registration"] == "registered", timeout_s, "to be registered")

    def await_call(self, timeout_s: float = 10.0, **wanted: Any) -> Status:
        """The first call whose members are as wanted, such as state="ringing"."""

        def found(now: Status) -> list[Status]:
            return [call for call in now["calls"] if all(call[name] == value for name, value in wanted.items())]

        return found(self.await_status(found, timeout_s, f"a call with {wanted}"))[0]

    def await_no_calls(self, timeout_s: float = 10.0) -> None:
        self.await_status(lambda now: not now["calls"], timeout_s, "all calls to end")

    # ---------------------------------------------------------------- inside

    def _what_happened(self, newest: Status) -> str:
        """The status without what is the same in every test, and how the newest calls ended."""
        shown = {name: value for name, value in newest.items() if name not in {"devices", "version", "practice"}}
        history = self.say("history", "--json")
        lately = json.loads(history.stdout)["records"][:4] if history.returncode == 0 else history.stderr
        return f"history: {json.dumps(lately)}\nstatus: {json.dumps(shown)}"

    def _answers(self) -> bool:
        if not self.running():
            assert self._process is not None
            raise AssertionError(f"the toolbar ended: {self._process.output()[-3000:]}")
        return self._status_if_any() is not None

    def _status_if_any(self) -> Status | None:
        try:
            return self.status()
        except (NoToolbarError, NoAnswerError):
            return None

    def _engine_pid(self) -> int:
        now = self._status_if_any()
        return int(now["engine"]["pid"] or 0) if now is not None else 0


def _end(pid: int) -> None:
    """Waits for a process that is not our child, and ends it when it does not end by itself."""
    stat = Path(f"/proc/{pid}")
    try:
        wait_until(lambda: not stat.exists(), 5)
    except AssertionError:
        os.kill(pid, signal.SIGKILL)
