"""Finds out what is wrong: doctor, audit, file for support. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from agent_toolbar.application.doctor import Doctor
from agent_toolbar.application.examination import Examination
from agent_toolbar.application.level_watch import LevelWatch
from agent_toolbar.application.microphone_ear import MicrophoneEar
from agent_toolbar.application.ports.doctor import ProbeResult
from agent_toolbar.application.ports.support import SupportSources
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.domain.errors import AgentToolbarError


class Diagnosis:
    """See toolbar_port.Toolbar, "the doctor", for what each method does and raises.

    Attributes:
        levels: of microphone and speaker, for whoever wants to see them.
    """

    def __init__(self, ground: ToolbarGround) -> None:
        parts = ground.parts
        self.levels = LevelWatch(parts.engine)
        self._auditor = parts.auditor
        self._support = parts.support
        self._shown = ground.state
        self._settings = parts.settings
        self._account = ground.session
        self._doctor = Doctor(
            ground.state,
            parts.settings,
            parts.engine,
            parts.probes,
            timers=parts.timers,
            ear=MicrophoneEar(self.levels, parts.timers),
            try_codecs=self._try_codecs,
        )

    def examine(self, on_change: Callable[[Examination], None]) -> None:
        self._doctor.examine(on_change)

    def audit(
        self,
        folder: Path,
        on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None],
        *,
        language: str = "",
    ) -> None:
        self._auditor.audit(replace(self._account.audit_request(folder), language=language), on_result)

    def write_support_file(
        self, file: Path, examination: Examination, on_written: Callable[[Path | AgentToolbarError], None]
    ) -> None:
        self._support.write(file, SupportSources(self._shown(), self._settings.current, examination), on_written)

    def _try_codecs(self, codecs: tuple[str, ...], on_result: Callable[[ProbeResult], None]) -> None:
        self._auditor.try_codecs(self._account.audit_request(Path()), codecs, on_result)
