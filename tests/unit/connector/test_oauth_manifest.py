"""The `[oauth]` table of a manifest: what it may say, and faults with file, line and key."""

from __future__ import annotations

import pytest

from agent_toolbar.connector.oauth_plan import host_fits
from agent_toolbar.domain.errors import ManifestError
from tests.unit.connector.sample_manifest import manifest

TEXT = """\
schema = 1
name = "Cloud"
base_url = "{{token.instance_url}}/api"

[auth]
kind = "oauth"

[oauth]
authorize_url = "https://login.example/authorize"
token_url = "{{s.login}}/token"
client_id = "{{s.client}}"
scopes = ["api", "offline_access"]
redirect_ports = [17170, 17171]
params = { prompt = "login" }
save = { instance_url = "instance_url" }
hosts = ["*.cloud.example"]
rotate = true

[settings.client]
en = "Client"

[settings.login]
en = "Login"
default = "https://login.example"

[op.find]
url = "/find"
"""


def test_a_sign_in_with_the_browser_is_read() -> None:
    plan = manifest(TEXT).oauth

    assert plan is not None
    assert [scope.text({}) for scope in plan.scopes] == ["api", "offline_access"]
    assert (plan.redirect_ports, plan.rotate) == ((17170, 17171), True)
    assert plan.client_id.text({"s": {"client": "abc"}}) == "abc"
    assert plan.token_url.address({"s": {"login": "https://login.example/"}}) == "https://login.example/token"
    assert (plan.client_secret, plan.redirect_host, plan.redirect_path) == ("none", "127.0.0.1", "/callback")


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "where"),
    [
        ("rotate = true", "rotates = true", "manifest_unknown_key", "oauth.rotates", "rotates"),
        ("rotate = true", 'client_secret = "maybe"', "manifest_wrong_value", "oauth.client_secret", "client_secret"),
        (
            '"https://login.example/authorize"',
            '"http://login.example/a"',
            "manifest_wrong_value",
            "oauth.authorize_url",
            "",
        ),
        ("{{s.login}}/token", "{{token.x}}/token", "manifest_wrong_value", "oauth.token_url", ""),
        ("{{s.login}}/token", "{{secret.key}}/token", "manifest_wrong_value", "oauth.token_url", ""),
        ("{{s.client}}", "{{s.client|shout}}", "manifest_unknown_filter", "oauth.client_id", ""),
        ("17171", "80", "manifest_wrong_value", "oauth.redirect_ports", ""),
        ('"*.cloud.example"', '"*.example/x"', "manifest_wrong_value", "oauth.hosts", "hosts"),
        ('"*.cloud.example"', '"*"', "manifest_wrong_value", "oauth.hosts", "hosts"),
        ('"*.cloud.example"', '"*.com"', "manifest_wrong_value", "oauth.hosts", "hosts"),
        ('["*.cloud.example"]', "[]", "manifest_wrong_value", "oauth.hosts", "hosts"),
        ('= "instance_url"', '= "refresh_token"', "manifest_wrong_value", "oauth.save", "save"),
        ("save = { instance_url", "save = { other", "manifest_wrong_value", "base_url", "base_url"),
        ('kind = "oauth"', 'kind = "bearer"', "manifest_wrong_value", "auth.kind", "kind"),
        ("rotate = true", 'redirect_path = "callback"', "manifest_wrong_value", "oauth.redirect_path", "redirect_path"),
    ],
)
def test_a_fault_names_code_key_and_line(old: str, new: str, code: str, key: str, where: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    with pytest.raises(ManifestError) as refused:
        manifest(text)

    lines = text.splitlines()
    assert (refused.value.code, refused.value.params["key"]) == (code, key)
    assert lines[int(refused.value.params["line"]) - 1].startswith(where or key.rpartition(".")[2])


def test_a_key_of_kind_oauth_needs_the_table() -> None:
    text = TEXT.replace("{{token.instance_url}}", "{{s.url}}")
    begin, end = text.index("[oauth]"), text.index("[settings.client]")
    with pytest.raises(ManifestError) as refused:
        manifest(text[:begin] + text[end:])

    assert refused.value.params["key"] == "auth.kind"


@pytest.mark.parametrize(
    ("host", "fits"),
    [
        ("eu1.cloud.example", True),
        ("a.b.cloud.example", True),
        ("cloud.example", False),
        ("evilcloud.example", False),
        ("cloud.example.evil.test", False),
        ("exact.test", True),
        ("x.exact.test", False),
        ("", False),
    ],
)
def test_a_pattern_fits_hosts_below_it_only(host: str, fits: bool) -> None:
    assert host_fits(host, ("*.cloud.example", "exact.test")) is fits
