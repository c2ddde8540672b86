"""Switches at the PBX that keep calls away and that it tells by a hint: do-not-disturb and call forwarding. GUI thread.

A telephone cannot ask for them otherwise: the PBX sends the call elsewhere before the telephone hears of it.
"""

from __future__ import annotations

from agent_toolbar.application.ports.settings import Settings, SettingsStore
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    Attached,
    EngineLink,
    EngineLinkChanged,
    PresenceChanged,
    TelephonyEngine,
)
from agent_toolbar.domain.colleague import ExtensionPresence, Presence


class PbxSwitches:
    """What the hints of the settings said last: BUSY is set, FREE is not, None where no hint is named."""

    def __init__(self, engine: TelephonyEngine, settings: SettingsStore) -> None:
        self._settings = settings
        self._presence: dict[str, Presence] = {}
        engine.listen(self._heard)

    @property
    def do_not_disturb(self) -> Presence | None:
        return self._told(self._settings.current.availability.dnd_hint)

    @property
    def forwarding(self) -> Presence | None:
        return self._told(self._settings.current.availability.forward_hint)

    def _told(self, template: str) -> Presence | None:
        hint = _hint(template, self._settings.current)
        return self._presence.get(hint, Presence.UNKNOWN) if hint else None

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        match event:
            case PresenceChanged(presence=presence):
                self._keep(presence)
            case Attached(engine=engine):
                self._keep(engine.presence)
            case EngineLinkChanged(link=link) if link is not EngineLink.ATTACHED:
                self._keep(())

    def _keep(self, presence: tuple[ExtensionPresence, ...]) -> None:
        self._presence = {one.extension: one.presence for one in presence}


def switch_hints(settings: Settings) -> tuple[str, ...]:
    """The extensions to be watched for them."""
    day = settings.availability
    return tuple(hint for template in (day.dnd_hint, day.forward_hint) if (hint := _hint(template, settings)))


def _hint(template: str, settings: Settings) -> str:
    extension = settings.account.extension
    return template.replace("{extension}", extension) if template and extension else ""
