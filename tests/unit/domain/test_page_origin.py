from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.page_origin import checked_origin, is_origin


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://crm.example.com", "https://crm.example.com"),
        (" https://crm.example.com/ ", "https://crm.example.com"),
        ("HTTPS://CRM.Example.COM", "https://crm.example.com"),
        ("https://crm.example.com:443", "https://crm.example.com"),
        ("https://crm.example.com:8443/", "https://crm.example.com:8443"),
        ("https://crm", "https://crm"),
        ("https://192.0.2.7:8443", "https://192.0.2.7:8443"),
        ("https://société.example", "https://xn--socit-esab.example"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_spelled_as_browsers_send_it(typed: str, sent: str) -> None:
    assert checked_origin(typed) == sent
    assert is_origin(sent)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "null",
        "*",
        "crm.example.com",
        "http://crm.example.com",
        "http://127.0.0.1.evil.example",
        "http://[::2]",
        "ftp://crm.example.com",
        "file:///crm",
        "javascript:alert(1)",
        "https://",
        "https:///app",
        "https://crm.example.com/app",
        "https://crm.example.com?x",
        "https://crm.example.com#x",
        "https://user@crm.example.com",
        "https://user:word@crm.example.com",
        "https://*.example.com",
        "https://crm.example.com:",
        "https://crm.example.com:0",
        "https://crm.example.com:99999",
        "https://crm..example.com",
        "https://-crm.example.com",
        "https://crm_.example.com",
        "https://crm.example.com\\evil",
        "https://crm.exam\u202eple.com",
        "https://a.example https://b.example",
        "https://" + "a" * 300,
    ],
)
def test_what_is_no_origin_is_refused(typed: str) -> None:
    with pytest.raises(LinkError) as refused:
        checked_origin(typed)
    assert refused.value.code == "bad_origin"
    assert not is_origin(typed)


@given(st.text(max_size=300))
@settings(deadline=None)  # a busy machine
def test_any_text_is_an_origin_or_refused(text: str) -> None:
    try:
        origin = checked_origin(text)
    except LinkError:
        assert not is_origin(text)
    else:
        assert is_origin(origin)
        assert checked_origin(origin) == origin
