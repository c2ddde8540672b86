"""The engine as the last events show it, for a toolbar that attaches late. Control thread only."""

from __future__ import annotations

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import CallSnapshot
from agent_toolbar.domain.colleague import ExtensionPresence
from agent_toolbar.domain.registration import RegistrationSnapshot


class Bulletin:
    """Folds events and accepted commands into one EngineSnapshot."""

    def __init__(self, pid: int, started_s: float) -> None:
        self._pid = pid
        self._started_s = started_s
        self._registration = RegistrationSnapshot()
        self._audio = AudioSnapshot()
        self._calls: dict[str, CallSnapshot] = {}
        self._presence: tuple[ExtensionPresence, ...] = ()
        self._has_account = False

    @property
    def has_live_calls(self) -> bool:
        return bool(self._calls)

    def note_command(self, command: port.AnyCommand) -> None:
        if isinstance(command, port.SetAccount):
            self._has_account = command.account is not None

    def note_event(self, event: port.AnyEvent) -> None:
        match event:
            case port.CallChanged(call=call) if call.live:
                self._calls[call.id] = call
            case port.CallChanged(call=call):
                self._calls.pop(call.id, None)
            case port.RegistrationChanged(registration=registration):
                self._registration = registration
            case port.AudioChanged(audio=audio):
                self._audio = audio
            case port.PresenceChanged(presence=presence):
                self._presence = presence
            case _:
                pass

    def snapshot(self) -> port.EngineSnapshot:
        return port.EngineSnapshot(
            pid=self._pid,
            started_s=self._started_s,
            registration=self._registration,
            audio=self._audio,
            calls=tuple(self._calls.values()),
            has_account=self._has_account,
            presence=self._presence,
        )
