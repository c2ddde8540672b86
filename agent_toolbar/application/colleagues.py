"""The colleagues that calls are handed to: who they are (settings), what their telephones do (engine). GUI thread."""

from __future__ import annotations

import msgspec

from agent_toolbar.application.ports.settings import Colleague, HandoverSettings, Settings, SettingsStore
from agent_toolbar.application.ports.telephony import EngineLink, TelephonyEngine, WatchExtensions
from agent_toolbar.application.toolbar_state import ColleagueView
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.phone_number import NumberKind, canonical_number, dial_string, display_number
from agent_toolbar.domain.transfer import TransferTarget


class Colleagues:
    """Keeps the engine watching just the extensions of the settings, and reads what was typed as a target."""

    def __init__(self, engine: TelephonyEngine, settings: SettingsStore) -> None:
        self._engine = engine
        self._settings = settings
        self._presence: dict[str, Presence] = {}
        self._watched: tuple[str, ...] | None = None
        self._link = EngineLink.STOPPED

    def link_changed(self, link: EngineLink) -> None:
        """A new engine watches nobody yet, and what an old one said is no longer true."""
        self._link = link
        if link is not EngineLink.ATTACHED:
            self._watched, self._presence = None, {}
        self.watch()

    def watch(self) -> None:
        """Tells the engine whom to watch, when that has changed."""
        wanted = tuple(colleague.extension for colleague in self._settings.current.handover.colleagues)
        if self._link is EngineLink.ATTACHED and wanted != (self._watched or ()):
            self._watched = wanted
            self._engine.send(WatchExtensions(extensions=wanted))

    def presence_changed(self, presence: tuple[ExtensionPresence, ...]) -> None:
        self._presence = {one.extension: one.presence for one in presence}

    def views(self) -> tuple[ColleagueView, ...]:
        """Favourites first, otherwise in the order of the settings; without the own extension."""
        settings = self._settings.current
        listed = [
            ColleagueView(one.extension, one.name, one.favourite, self._presence.get(one.extension, Presence.UNKNOWN))
            for one in settings.handover.colleagues
            if one.extension != settings.account.extension
        ]
        return tuple(sorted(listed, key=lambda one: not one.favourite))

    def resolve(self, text: str) -> TransferTarget | None:
        """A colleague's name or extension, else a number or SIP address; None for what is neither."""
        typed = text.strip()
        named = [one for one in self.views() if typed and typed.casefold() in {one.name.casefold(), one.extension}]
        if len(named) == 1:
            return TransferTarget(named[0].extension, named[0].name, named[0].extension)
        plan = self._settings.current.numbers.plan()
        number = canonical_number(typed, plan)
        if number.kind in {NumberKind.ANONYMOUS, NumberKind.INVALID}:
            return None
        return TransferTarget(dial_string(number, plan), "", display_number(typed, plan))

    def set_favourite(self, extension: str, favourite: bool, name: str) -> None:
        """One that was not listed is added."""
        settings = self._settings.current
        known = settings.handover.colleagues
        if any(one.extension == extension for one in known):
            changed = tuple(
                msgspec.structs.replace(one, favourite=favourite) if one.extension == extension else one
                for one in known
            )
        else:
            changed = (*known, Colleague(extension, name, favourite))
        self._put(settings, msgspec.structs.replace(settings.handover, colleagues=changed))

    def _put(self, settings: Settings, handover: HandoverSettings) -> None:
        self._settings.put(msgspec.structs.replace(settings, handover=handover))
        self.watch()
