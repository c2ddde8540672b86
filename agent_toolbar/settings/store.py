"""The settings in force and their file. GUI thread; the file is written on the executor that it is given."""

from __future__ import annotations

import logging
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
from agent_toolbar.settings.flat_values import BUILT_IN, FlatValues, values_of
from agent_toolbar.settings.policy import read_policy
from agent_toolbar.settings.settings_file import checked, checked_values, line_of, parse_values, write_values
from agent_toolbar.whole_file import replaced_whole

_log = logging.getLogger(__name__)


class TomlSettingsStore:
    """Implements application.ports.settings.SettingsStore.

    Built-in values < the policy's default ones < the user's file < what the policy forces. The file holds only what the
    user chose; also a choice that the policy overrides for now stays in it.

    A file that cannot be used stays as it is until the user saves settings; then it is set aside beside the new one.
    The listeners are also told when writing fails or works again, which `fault` then says.
    """

    def __init__(self, path: Path, *, io: Executor, dispatcher: Dispatcher, policy: Path | None = None) -> None:
        """Reads `path` and the policy; a missing file is no fault.

        `io` runs the writing; shut down, it has finished it.
        """
        self._path = path
        self._io = io
        self._dispatcher = dispatcher
        self._policy_file = policy
        self._policy = read_policy(policy)
        self._listeners: list[Callable[[Settings], None]] = []
        self._fault: AgentToolbarError | None = None
        self._unusable = False
        self._guard = threading.Lock()
        self._unwritten: FlatValues | None = None
        self._writing = False
        self._chosen = self._read()
        self._current, self._overruled = self._merged(self._chosen)

    @property
    def current(self) -> Settings:
        return self._current

    @property
    def fault(self) -> AgentToolbarError | None:
        return self._fault or self._overruled

    @property
    def policy_fault(self) -> AgentToolbarError | None:
        return self._policy.fault

    @property
    def forced(self) -> frozenset[str]:
        return frozenset(self._policy.forced)

    def put(self, settings: Settings) -> None:
        wanted = checked(msgspec.to_builtins(settings))
        before, after = values_of(self._current), values_of(wanted)
        changed = {key: value for key, value in after.items() if value != before[key]}
        for key in changed:
            if key in self._policy.forced:
                raise SettingsError("settings_forced", key=key)
        self._chosen = self._worth_keeping({**self._standing(changed), **changed})
        self._current = wanted
        self._overruled = self._merged(self._chosen)[1]
        if self._unusable:
            self._fault = None
        with self._guard:
            self._unwritten = self._chosen
            if not self._writing:
                self._writing = True
                self._io.submit(self._write_all)
        self._tell()

    def watch(self, listener: Callable[[Settings], None]) -> None:
        self._listeners.append(listener)

    def read_policy(self) -> None:
        self._policy = read_policy(self._policy_file)
        self._current, self._overruled = self._merged(self._chosen)
        self._tell()

    # ------------------------------------------------------------------ laying values over each other

    def _merged(self, chosen: FlatValues) -> tuple[Settings, SettingsError | None]:
        """The settings in force, and what of the user's own choices cannot stand beside the policy.

        Such a choice takes the others of its table with it, because they belong together; all else holds.
        """
        fault: SettingsError | None = None
        left = dict(chosen)
        while True:
            try:
                return checked_values({**self._policy.default, **left, **self._policy.forced}), fault
            except SettingsError as refusal:
                key = str(refusal.params["key"])
                table = key.partition(".")[0]
                kept = {name: value for name, value in left.items() if name.partition(".")[0] != table}
                if len(kept) == len(left):
                    raise  # the policy was checked when it was read, so this one has a mistake of ours
                _log.warning("%s of %s is not in force: %s", table, self._path, refusal)
                fault = fault or SettingsError("settings_overruled", key=key, table=table, file=str(self._path))
                left = kept

    def _standing(self, changed: FlatValues) -> FlatValues:
        """What the user chose before. Who changes a table that was overruled has seen what is in force in its place."""
        table = str(self._overruled.params["table"]) if self._overruled is not None else ""
        if table not in {key.partition(".")[0] for key in changed}:
            return self._chosen
        return {
            key: value
            for key, value in self._chosen.items()
            if key.partition(".")[0] != table or key in self._policy.forced
        }

    def _worth_keeping(self, chosen: FlatValues) -> FlatValues:
        """Without what is so anyway, so that a better value can come later. What the policy hides stays."""
        if self._policy.fault is not None:
            return chosen  # nobody knows what is so anyway
        usual = {**BUILT_IN, **self._policy.default}
        return {key: value for key, value in chosen.items() if value != usual[key] or key in self._policy.forced}

    # ------------------------------------------------------------------ the file

    def _read(self) -> FlatValues:
        """What the user chose; nothing if the file cannot be used."""
        try:
            text = self._path.read_text(encoding="utf-8")
            chosen = parse_values(text)
            self._require_usable(chosen, text)
        except FileNotFoundError:
            return {}
        except SettingsError as fault:
            line = fault.params.get("line", 0)
            place = f"{self._path}:{line}" if line else str(self._path)
            self._refuse_file(SettingsError(fault.code, **{**fault.params, "file": place}))
            return {}
        except (OSError, UnicodeDecodeError) as fault:
            self._refuse_file(SettingsError("settings_broken", file=str(self._path), line=0, reason=str(fault)))
            return {}
        return chosen

    def _require_usable(self, chosen: FlatValues, text: str) -> None:
        """Raises SettingsError for values that can be neither with the policy nor without it."""
        try:
            checked_values(chosen)
        except SettingsError as refusal:
            if self._merged(chosen)[1] is None:
                return  # they need the policy, and have it
            line = line_of(text, str(refusal.params["key"]))
            raise SettingsError(refusal.code, **{**refusal.params, "line": line}) from refusal

    def _refuse_file(self, fault: SettingsError) -> None:
        _log.warning("the settings of the user are not in force: %s", fault)
        self._fault = fault
        self._unusable = True

    def _write_all(self) -> None:
        """On the executor: writes the newest settings until there are no newer ones."""
        while True:
            with self._guard:
                chosen, self._unwritten = self._unwritten, None
                if chosen is None:
                    self._writing = False
                    return
            try:
                if self._unusable:
                    self._set_aside()
                _write_atomically(self._path, write_values(chosen))
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
    with replaced_whole(target, lasting=True) as file:
        file.write(text.encode())
