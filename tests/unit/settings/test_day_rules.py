"""What cannot be in the settings of the agent's day, and that the built-in values can."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.settings_file import parse_settings, write_settings

DIALS = "[availability]\nadapter = 'feature_code'\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[availability]\nhours = 'nine to five'", "availability.hours"),
        ("[availability]\nhours = '24:00-25:00'", "availability.hours"),
        ("[availability]\ndays = [7]", "availability.days"),
        ("[availability]\ncontrol = 'sip:x@y'", "availability.control"),
        ("[availability]\nidle_min = 10\nidle_reason = 'other'", "availability.idle_reason"),
        ("[availability]\nidle_min = 10\nidle_reason = 'none'", "availability.idle_reason"),
        ("[[availability.reasons]]\ncode = 'a b'", "availability.reasons"),
        ("[[availability.reasons]]\ncode = 'a'\n[[availability.reasons]]\ncode = 'a'", "availability.reasons"),
        ("[[availability.reasons]]\ncode = 'a'\ncolour = 'red'", "availability.reasons"),
        ("[availability]\nhint = '*46{extention}'", "availability.hint"),
        ("[availability.codes]\npreset = '3cx'", "availability.codes.preset"),
        ("[availability.codes]\npause = '*46{reson}'", "availability.codes.pause"),
        ("[availability.codes]\npause = '*46@elsewhere'", "availability.codes.pause"),
        ("[availability.codes]\nunpause = '*47{reason}'", "availability.codes.unpause"),
        ("[availability.codes]\nlogin = '*48 sales'", "availability.codes.login"),
        ("[availability.codes]\nlogout = '*49;sales'", "availability.codes.logout"),
        ("[availability.codes]\nqueue = 'a b'", "availability.codes.queue"),
        (f"{DIALS}", "availability.codes.pause"),
        (f"{DIALS}codes.pause = '*46'", "availability.codes.unpause"),
        (f"{DIALS}codes.preset = 'yeastar'", "availability.codes.queue"),
        (f"{DIALS}codes.preset = 'freepbx'\nhint = ''", "availability.hint"),
        (f"{DIALS}codes = {{pause = '1', unpause = '2', login = '3', logout = '3'}}", "availability.codes.logout"),
        ("[wrap_up]\nseconds = -1", "wrap_up.seconds"),
        ("[wrap_up]\nextend_s = 0", "wrap_up.extend_s"),
        ("[wrap_up]\nreason = 'wrap up'", "wrap_up.reason"),
        ("[[wrap_up.dispositions]]\ncode = ''", "wrap_up.dispositions"),
        ("[handover]\nundo_s = 11", "handover.undo_s"),
    ],
)
def test_what_cannot_be_is_named(text: str, key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(f"version = 1\n{text}\n")

    assert refused.value.params["key"] == key


@pytest.mark.parametrize(
    "text",
    [
        "codes.preset = 'freepbx'\nhint = '*46*{extension}'",
        "codes = {pause = '*46{reason}', unpause = '*47'}\nhint = ''",
        "codes = {preset = 'yeastar', queue = '6400'}\nhint = 'pause{extension}'",
        "codes = {preset = 'freepbx', pause = '*46{reason}', unpause = '*47{queue}', queue = 'sales'}",
    ],
)
def test_these_codes_can_be(text: str) -> None:
    settings = parse_settings(f"version = 1\n{DIALS}{text}\n")

    assert parse_settings(write_settings(settings)) == settings


def test_the_built_in_values_can_be() -> None:
    assert parse_settings(write_settings(Settings())) == Settings()
