"""Everything that is wrong at this moment, worst first. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application import faults
from agent_toolbar.application.agent_session import AgentSession
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.ports.telephony import CommandRefused, EngineLink
from agent_toolbar.application.toolbar_state import CallView, Fault, FaultPlace, Remedy
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.errors import AgentToolbarError

REFUSAL_SHOWN_MS = 8_000


class StandingFaults:
    """Collects what parts report and what states show.

    Attributes:
        reported: a fault of a part that the toolbar does not know; stays until it is dismissed.
    """

    def __init__(self, timers: Timers, settings: SettingsStore, on_change: Callable[[], None]) -> None:
        self._timers = timers
        self._settings = settings
        self._on_change = on_change
        self._standing: dict[FaultPlace, AgentToolbarError] = {}
        self._refusal: CommandRefused | None = None
        self.reported: AgentToolbarError | None = None

    def watcher(self, place: FaultPlace) -> Callable[[AgentToolbarError | None], None]:
        """For the `watch_faults` of an adapter: its fault stands at `place` until it is taken back."""

        def told(error: AgentToolbarError | None) -> None:
            if error is None:
                self._standing.pop(place, None)
            else:
                self._standing[place] = error
            self._on_change()

        return told

    def show_refusal(self, refused: CommandRefused) -> None:
        """For some seconds: the engine could not do what it was told."""
        self._refusal = refused

        def gone() -> None:
            if self._refusal is refused:
                self._refusal = None
                self._on_change()

        self._timers.after_ms(REFUSAL_SHOWN_MS, gone)

    def faults(
        self,
        link: EngineLink,
        session: AgentSession,
        just_ended: tuple[CallView, ...],
        audio: AudioSnapshot,
        availability: list[Fault],
    ) -> tuple[Fault, ...]:
        telephony = faults.link_fault(link) or faults.registration_fault(
            session.cti_on, session.registration, session.account_view()
        )
        found = [telephony] if telephony is not None else []
        found += faults.policy_faults(self._settings.policy_fault)
        found += faults.error_fault(self.reported, FaultPlace.TELEPHONY, Remedy.DISMISS)
        found += availability
        found += faults.call_faults(just_ended)
        if self._refusal is not None:
            found.append(Fault(self._refusal.code, FaultPlace.CALL))
        found += faults.audio_faults(audio)
        for place, error in self._standing.items():
            found += faults.error_fault(error, place)
        found += faults.error_fault(self._settings.fault, FaultPlace.SETTINGS, Remedy.OPEN_SETTINGS)
        return tuple(found)
