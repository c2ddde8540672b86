"""The settings in force and their file. GUI thread; the file is written on the executor that it is given."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import AgentToolbarError, SettingsError
from agent_toolbar.settings.settings_file import checked, parse_settings, write_settings

_log = logging.getLogger(__name__)


class TomlSettingsStore:
    """Implements application.ports.settings.SettingsStore.

    A file that cannot be used stays as it is until the user saves settings; then it is set aside beside the new one.
    The listeners are also told when writing fails or works again, which `fault` then says.
    """

    def __init__(self, path: Path, *, io: Executor, dispatcher: Dispatcher) -> None:
        """Reads `path`; a missing file is no fault. `io` runs the writing; shut down, it has finished it."""
        self._path = path
        self._io = io
        self._dispatcher = dispatcher
        self._listeners: list[Callable[[Settings], None]] = []
        self._current = Settings()
        self._fault: AgentToolbarError | None = None
        self._unusable = False
        self._guard = threading.Lock()
        self._unwritten: Settings | None = None
        self._writing = False
        self._read()

    @property
    def current(self) -> Settings:
        return self._current

    @property
    def fault(self) -> AgentToolbarError | None:
        return self._fault

    def put(self, settings: Settings) -> None:
        self._current = checked(msgspec.to_builtins(settings))
        if self._unusable:
            self._fault = None
        with self._guard:
            self._unwritten = self._current
            if not self._writing:
                self._writing = True
                self._io.submit(self._write_all)
        self._tell()

    def watch(self, listener: Callable[[Settings], None]) -> None:
        self._listeners.append(listener)

    def _read(self) -> None:
        try:
            self._current = parse_settings(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except SettingsError as fault:
            line = fault.params.get("line", 0)
            place = f"{self._path}:{line}" if line else str(self._path)
            self._refuse_file(SettingsError(fault.code, **{**fault.params, "file": place}))
        except (OSError, UnicodeDecodeError) as fault:
            self._refuse_file(SettingsError("settings_broken", file=str(self._path), line=0, reason=str(fault)))

    def _refuse_file(self, fault: SettingsError) -> None:
        _log.warning("built-in settings are in force: %s", fault)
        self._fault = fault
        self._unusable = True

    def _write_all(self) -> None:
        """On the executor: writes the newest settings until there are no newer ones."""
        while True:
            with self._guard:
                settings, self._unwritten = self._unwritten, None
                if settings is None:
                    self._writing = False
                    return
            try:
                if self._unusable:
                    self._set_aside()
                _write_atomically(self._path, write_settings(settings))
            except OSError as fault:
                _log.warning("settings are not written: %s", fault)
                self._dispatcher.post(partial(self._note_written, str(fault.strerror or fault)))
            else:
                self._dispatcher.post(partial(self._note_written, ""))

    def _set_aside(self) -> None:
        kept = self._path.with_name(f"{self._path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
        if self._path.exists():
            self._path.rename(kept)
            _log.warning("the settings file that could not be used is kept as %s", kept)
        self._unusable = False

    def _note_written(self, reason: str) -> None:
        """On the GUI thread. The settings are in force either way."""
        before = self._fault
        self._fault = SettingsError("settings_not_written", file=str(self._path), reason=reason) if reason else None
        if (before is None) != (self._fault is None):
            self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(self._current)


def _write_atomically(path: Path, text: str) -> None:
    """After a crash at any moment there is the old file or the new one, whole; only the owner can read it."""
    target = path.resolve()  # people link their settings to where they keep them
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(target)
    except OSError:
        Path(written).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
