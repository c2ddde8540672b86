"""The colleagues that calls are handed to: who they are (settings), what their telephones do (engine). GUI thread."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from agent_toolbar.application.ports.settings import Colleague, HandoverSettings, Settings, SettingsStore
from agent_toolbar.application.ports.telephony import EngineLink, TelephonyEngine, WatchExtensions
from agent_toolbar.application.toolbar_state import ColleagueView
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.folded_text import search_words
from agent_toolbar.domain.phone_number import NumberKind, canonical_number, dial_string, display_number
from agent_toolbar.domain.transfer import TransferTarget


class Colleagues:
    """Keeps the engine watching just the extensions of the settings, and reads what was typed as a target."""

    def __init__(
        self, engine: TelephonyEngine, settings: SettingsStore, hints: Callable[[], tuple[str, ...]] = lambda: ()
    ) -> None:
        """`hints`: further extensions whose state somebody else reads."""
        self._hints = hints
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
        colleagues = self._settings.current.handover.colleagues
        wanted = tuple(dict.fromkeys((*(colleague.extension for colleague in colleagues), *self._hints())))
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
        """A colleague's extension or name, else a number or SIP address; None for what is neither.

        The beginning of a name is enough where it can mean one colleague only.
        """
        typed = text.strip()
        named = self._named(typed)
        if named is not None:
            return TransferTarget(named.extension, named.name, named.extension)
        plan = self._settings.current.numbers.plan()
        number = canonical_number(typed, plan)
        if number.kind in {NumberKind.ANONYMOUS, NumberKind.INVALID}:
            return None
        return TransferTarget(dial_string(number, plan), "", display_number(typed, plan))

    def _named(self, typed: str) -> ColleagueView | None:
        words = search_words(typed)
        if not words:
            return None
        listed = self.views()
        exact = [one for one in listed if one.extension == typed or search_words(one.name) == words]
        if len(exact) == 1:
            return exact[0]
        if not any(char.isalpha() for char in typed) or "@" in typed:
            return None
        like = [one for one in listed if _begins(search_words(one.name), words)]
        return like[0] if len(like) == 1 else None

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


def _begins(name: list[str], typed: list[str]) -> bool:
    """Each typed word is the beginning of a word of the name, in order."""
    left = iter(name)
    return all(any(word.startswith(wanted) for word in left) for wanted in typed)
