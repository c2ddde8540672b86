from __future__ import annotations

import pytest

from agent_toolbar.application.ports.settings import LocalApiSettings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.settings_file import parse_settings


def test_pages_of_the_crm_are_named_by_their_exact_origins() -> None:
    text = """
    [local_api]
    enabled = true
    origins = ["https://crm.example.com", "http://127.0.0.1:8080"]
    port = 50000
    wrap_up = true
    """
    assert parse_settings(text).local_api == LocalApiSettings(
        enabled=True, port=50_000, origins=("https://crm.example.com", "http://127.0.0.1:8080"), wrap_up=True
    )


def test_nobody_may_connect_unless_somebody_says_so() -> None:
    assert parse_settings("").local_api == LocalApiSettings(enabled=False, port=47_824, origins=(), wrap_up=False)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("port = 80", "local_api.port"),
        ("port = 0", "local_api.port"),
        ("port = 65536", "local_api.port"),
        ('origins = ["*"]', "local_api.origins"),
        ('origins = ["null"]', "local_api.origins"),
        ('origins = [""]', "local_api.origins"),
        ('origins = ["crm.example.com"]', "local_api.origins"),
        ('origins = ["http://crm.example.com"]', "local_api.origins"),
        ('origins = ["https://crm.example.com/"]', "local_api.origins"),
        ('origins = ["https://CRM.example.com"]', "local_api.origins"),
        ('origins = ["https://crm.example.com:443"]', "local_api.origins"),
        ('origins = ["https://*.example.com"]', "local_api.origins"),
        ('origins = ["https://a.example", "https://a.example"]', "local_api.origins"),
        (f"origins = {[f'https://c{n}.example' for n in range(21)]}", "local_api.origins"),
    ],
)
def test_what_lets_in_more_than_one_page_or_none_is_refused(line: str, key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(f"[local_api]\n{line}\n")
    assert (refused.value.code, refused.value.params["key"]) == ("settings_wrong_value", key)
    assert refused.value.params["line"] == 2
