"""Writes the file for support, on a short thread; answers on the GUI thread."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import platform
import sys
import threading
import zipfile
from collections.abc import Callable, Collection, Iterable
from importlib import metadata
from pathlib import Path

from agent_toolbar import __version__
from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.support import SupportSources
from agent_toolbar.diagnostics.support.facts import (
    OTHER,
    Fact,
    error_facts,
    examination_facts,
    known,
    settings_facts,
    state_facts,
    timing_facts,
)
from agent_toolbar.domain.errors import AgentToolbarError, StorageError

_log = logging.getLogger(__name__)

_READ_BYTES = 256 * 1024  # the newest of a log
_SYSTEMS = frozenset({"Linux", "Windows", "Darwin"})
_MACHINES = frozenset({"x86_64", "AMD64", "arm64", "aarch64"})
_DISTRIBUTIONS = ("PySide6-Essentials", "pjsua2-python", "msgspec", "phonenumbers", "keyring", "SQLAlchemy")
_ABOUT = """This file was made by agent-toolbar {version} for support.

It holds: versions, the system and its processor, states and counters of the toolbar, which settings were changed
(their values only where they are numbers, switches or choices from a list), what the doctor found (codes), times
between moments, and classes of errors.

It holds no telephone numbers, no names, no addresses, no texts and no passwords: such values are never put in.
"""

OnWritten = Callable[[Path | AgentToolbarError], None]


class SupportFile:
    """Implements application.ports.support.SupportBundle."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        codes: Collection[str],
        error_log: Path,
        trace: Path | None,
    ) -> None:
        """`codes`: every code of errors, faults and findings that has a sentence; trace: None if there is none."""
        self._dispatcher = dispatcher
        self._clock = clock
        self._codes = frozenset(codes)
        self._error_log = error_log
        self._trace = trace

    def write(self, file: Path, sources: SupportSources, on_written: OnWritten) -> None:
        threading.Thread(target=self._run, args=(file, sources, on_written), name="support-file", daemon=True).start()

    def _run(self, file: Path, sources: SupportSources, on_written: OnWritten) -> None:
        outcome: Path | AgentToolbarError
        try:
            self.pack(file, sources)
            outcome = file
        except AgentToolbarError as error:
            outcome = error
        except Exception:  # noqa: BLE001  whoever waits for the answer must not wait for ever
            _log.exception("the file for support failed")
            outcome = StorageError("bundle_not_written", file=str(file), reason="")
        self._dispatcher.post(lambda: on_written(outcome))

    def pack(self, file: Path, sources: SupportSources) -> None:
        """Whole or not at all. Raises StorageError."""
        parts: dict[str, Fact] = {
            "versions.json": {**_versions()},
            "state.json": state_facts(sources.state, self._codes, self._clock.now_s()),
            "settings.json": settings_facts(sources.settings),
            "doctor.json": examination_facts(sources.examination, self._codes),
            "timings.json": timing_facts(_newest_lines(self._trace)),
            "engine-errors.json": error_facts(_newest_lines(self._error_log)),
        }
        fresh = file.with_name(f".{file.name}.new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(zipfile.ZipInfo("README.txt"), _ABOUT.format(version=__version__))
                for name, facts in parts.items():
                    packed.writestr(zipfile.ZipInfo(name), json.dumps(facts, indent=1) + "\n")
            fresh.replace(file)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            reason = error.strerror or type(error).__name__
            raise StorageError("bundle_not_written", file=str(file), reason=reason) from error


def _versions() -> dict[str, Fact]:
    """Nothing of it is free text: a kernel's or a distribution's own name may be a company's."""
    release = [int(part) for part in platform.release().split(".")[:2] if part.isascii() and part.isdigit()]
    return {
        "toolbar": __version__,
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "system": known(platform.system(), _SYSTEMS),
        "system_release": [*release],
        "machine": known(platform.machine(), _MACHINES),
        "processors": os.cpu_count() or 0,
        "libraries": {name: _version_of(name) for name in _DISTRIBUTIONS},
    }


def _version_of(distribution: str) -> str:
    """Digits and dots of it."""
    try:
        version = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return OTHER
    return version if all(part.isalnum() and part.isascii() for part in version.split(".")) else OTHER


def _newest_lines(file: Path | None) -> Iterable[str]:
    """None of them where there is no such file or it cannot be read: the rest is worth having all the same."""
    if file is None:
        return ()
    try:
        with file.open("rb") as read:
            read.seek(0, os.SEEK_END)
            read.seek(max(0, read.tell() - _READ_BYTES))
            return read.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
