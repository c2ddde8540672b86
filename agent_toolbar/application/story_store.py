"""Which database keeps the stories of calls, and its password. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from urllib.parse import unquote, urlsplit

import msgspec

from agent_toolbar.application.ports.context import ContextStore
from agent_toolbar.application.ports.settings import SecretVault, Settings, SettingsStore
from agent_toolbar.domain.errors import AgentToolbarError


def keyring_name(url: str) -> tuple[str, str] | None:
    """Server and user under which the keyring keeps the password of a store's URL, None where there is none to keep."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgresql") or not parts.username:
        return None
    return f"context-store:{parts.hostname or ''}", unquote(parts.username)


class ChoosesStoryStore(Protocol):
    """The part of toolbar_port.Toolbar that is about the store."""

    def choose_story_store(self, url: str, password: str | None, on_done: Callable[[bool], None]) -> None:
        """Keeps the stories of calls in this database; see StoryStoreChoice.choose. Raises SettingsError."""

    def check_story_store(self, on_result: Callable[[AgentToolbarError | None], None]) -> None:
        """Whether the store works now; see ports.context.ContextStore.check."""


class StoryStoreChoice:
    """Moves the store whenever the settings name another database."""

    def __init__(self, settings: SettingsStore, vault: SecretVault, store: ContextStore) -> None:
        self._settings = settings
        self._vault = vault
        self._store = store
        self._in_use = settings.current.handover.store_url
        settings.watch(self._settings_changed)

    def choose(self, url: str, password: str | None, on_done: Callable[[bool], None]) -> None:
        """Keeps the URL in the settings and the password, if one is given, in the keyring, and uses both at once.

        Answers whether a password was put where it survives this process. Raises SettingsError for a URL that cannot
        be; then nothing changes.
        """
        before, self._in_use = self._in_use, url  # the settings tell of their change before the password is kept
        current = self._settings.current
        try:
            handover = msgspec.structs.replace(current.handover, store_url=url)
            self._settings.put(msgspec.structs.replace(current, handover=handover))
        except BaseException:
            self._in_use = before
            raise
        secret = keyring_name(url)
        if secret is None or not password:
            self._store.use(url)
            on_done(False)
            return

        def kept(lasting: bool) -> None:
            self._store.use(url)
            on_done(lasting)

        self._vault.save(*secret, password, kept)

    def _settings_changed(self, settings: Settings) -> None:
        if settings.handover.store_url != self._in_use:
            self._in_use = settings.handover.store_url
            self._store.use(self._in_use)
