"""Starts the practice exchange as a child of the toolbar and hears when it is ready. One reader thread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.paths import HOME_VARIABLE, moved_home


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """How the toolbar registers at the exchange on loopback."""

    sip_port: int
    extension: str
    password: str


def practice_command(language: str) -> list[str]:
    return [sys.executable, "-m", "agent_toolbar", *(["--language", language] if language else []), "practice"]


def open_practice_toolbar(language: str) -> None:
    """Starts a second toolbar on the practice line, with a profile of its own; it outlives this one.

    `language` is that of this toolbar ("" follows the system), as the practice profile knows no wish yet.
    Raises AgentToolbarError("practice_failed").
    """
    environ = dict(os.environ)
    home = moved_home()
    if home is not None:
        environ[HOME_VARIABLE] = str(home / "practice")
    try:
        subprocess.Popen(
            practice_command(language),
            env=environ,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise AgentToolbarError("practice_failed", detail=error.strerror or "") from error


class PracticeProcess:
    """The child ends with the toolbar, because its standard input ends then."""

    def __init__(self, dispatcher: Dispatcher, options: list[str]) -> None:
        self._dispatcher = dispatcher
        self._options = options
        self._child: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """Of the exchange, 0 while there is none."""
        return self._child.pid if self._child is not None else 0

    def start(self, on_ready: Callable[[PracticeLine], None], on_failed: Callable[[AgentToolbarError], None]) -> None:
        """on_ready with the line, then on_failed("practice_failed") if it ends unasked; both on the GUI thread."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "agent_toolbar.practice", *self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        reader = threading.Thread(target=self._read, args=(self._child, on_ready, on_failed), name="practice")
        reader.daemon = True
        reader.start()

    def stop(self) -> None:
        """Ends the exchange; waits two seconds at most before it is killed."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _read(
        self,
        child: subprocess.Popen[str],
        on_ready: Callable[[PracticeLine], None],
        on_failed: Callable[[AgentToolbarError], None],
    ) -> None:
        assert child.stdout is not None
        detail = ""
        with child.stdout as lines:
            first = lines.readline()
            try:
                said = json.loads(first)
                line = PracticeLine(int(said["sip_port"]), str(said["extension"]), str(said["password"]))
            except (ValueError, KeyError, TypeError):
                detail = first.strip()[:120]
            else:
                self._dispatcher.post(lambda: on_ready(line))
            for _event in lines:  # the exchange tells what it does; nobody here needs it, but the pipe must not fill
                pass
        child.wait()
        if child.stdin is not None:
            child.stdin.close()
        if self._child is child:
            error = AgentToolbarError("practice_failed", detail=detail)
            self._dispatcher.post(lambda: on_failed(error))
