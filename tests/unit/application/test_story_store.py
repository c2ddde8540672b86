"""The choice of a database for stories: URL in the settings, password in the keyring, both in use at once."""

from __future__ import annotations

import msgspec
import pytest

from agent_toolbar.application.ports.settings import HandoverSettings, Settings
from agent_toolbar.application.story_store import StoryStoreChoice, keyring_name
from agent_toolbar.domain.errors import SettingsError
from tests.fakes.context import FakeContextStore
from tests.fakes.runtime import ManualClock
from tests.fakes.settings import FakeSecretVault, FakeSettingsStore

TEAM = "postgresql+psycopg://ann@db.example.com:5433/stories"


class StrictSettings(FakeSettingsStore):
    def put(self, settings: Settings) -> None:
        if settings.handover.store_url == "wrong":
            raise SettingsError("settings_wrong_value", key="handover.store_url", expected="")
        super().put(settings)


class Desk:
    def __init__(self) -> None:
        self.settings = StrictSettings()
        self.vault = FakeSecretVault(slow=True)
        self.store = FakeContextStore(ManualClock())
        self.choice = StoryStoreChoice(self.settings, self.vault, self.store)
        self.kept: list[bool] = []

    def choose(self, url: str, password: str | None = None) -> None:
        self.choice.choose(url, password, self.kept.append)

    def change_elsewhere(self, url: str) -> None:
        self.settings.put(msgspec.structs.replace(Settings(), handover=HandoverSettings(store_url=url)))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (TEAM, ("context-store:db.example.com", "ann")),
        ("postgresql+psycopg://ann%40here@[2001:db8::1]/x", ("context-store:2001:db8::1", "ann@here")),
        ("postgresql+psycopg://db/stories", None),
        ("sqlite:////srv/stories.sqlite", None),
        ("", None),
    ],
)
def test_a_password_is_kept_by_host_and_user(url: str, name: tuple[str, str] | None) -> None:
    assert keyring_name(url) == name


def test_the_store_moves_once_the_password_is_kept() -> None:
    desk = Desk()
    desk.choose(TEAM, "s3cret")
    before = list(desk.store.used)
    desk.vault.answer()

    assert (before, desk.store.used, desk.kept) == ([], [TEAM], [True])
    assert desk.settings.current.handover.store_url == TEAM
    assert desk.vault.secrets == {("context-store:db.example.com", "ann"): "s3cret"}


def test_without_a_password_the_one_that_is_kept_stays() -> None:
    desk = Desk()
    desk.choose(TEAM)

    assert (desk.store.used, desk.kept, desk.vault.secrets) == ([TEAM], [False], {})


def test_a_url_that_cannot_be_changes_nothing() -> None:
    desk = Desk()
    with pytest.raises(SettingsError):
        desk.choose("wrong", "s3cret")
    desk.change_elsewhere(TEAM)

    assert (desk.store.used, desk.kept, desk.vault.secrets) == ([TEAM], [], {})


def test_settings_that_name_another_database_move_the_store_and_others_do_not() -> None:
    desk = Desk()
    desk.change_elsewhere(TEAM)
    desk.settings.put(msgspec.structs.replace(desk.settings.current, version=1))
    desk.change_elsewhere("")

    assert desk.store.used == [TEAM, ""]
