"""Access tokens over real HTTP: refreshed in time, by one thread, and kept before they are used."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.connector.oauth import GrantBook
from agent_toolbar.connector.oauth_grant import Grant, grant_of
from agent_toolbar.domain.errors import CrmError, ManifestError
from tests.fakes.oauth_server import SECRET, OAuthServer, oauth_server
from tests.integration.connector.oauth_desk import MANIFEST, base_of, client_of, endpoint_of, manifest_of, shared_of
from tests.lab.deadline import wait_until

PINNED = MANIFEST.replace('"{{s.url}}/api"', '"{{token.instance_url}}/api"').replace(
    "rotate = true", 'rotate = true\nsave = { instance_url = "instance_url" }\nhosts = ["*.cloud.example"]'
)


@pytest.fixture
def server() -> Iterator[OAuthServer]:
    with oauth_server() as running:
        yield running


def grant_at(server: OAuthServer, **more: Any) -> Grant:
    return Grant("one", server.sign_in().refresh, **more)


class Kept(list[str]):
    """What the keyring was given, and what the API had been asked by then."""

    def __init__(self, server: OAuthServer) -> None:
        super().__init__()
        self.server = server
        self.seen_by_then: list[list[str]] = []

    def __call__(self, secret: str) -> bool:
        self.seen_by_then.append(list(self.server.seen))
        self.append(secret)
        return True


def test_the_next_refresh_token_is_kept_before_the_access_token_is_used(server: OAuthServer) -> None:
    kept = Kept(server)
    client = client_of(server, shared_of(server, grant_at(server), kept))
    assert client.run("whoami", {}) == [{"id": 7, "name": "Alice Agent"}]
    server.end_access()
    client.run("whoami", {})
    client.close()

    tokens = [grant.refresh_token for one in kept if (grant := grant_of(one)) is not None]
    assert [asked["refresh_token"] for asked in server.asked] == ["refresh-1", tokens[0]]
    assert tokens[-1] == server.families[0].refresh
    first, refused, second = server.seen
    assert first == refused != second
    assert kept.seen_by_then == [[], [first, refused]]


def test_a_token_is_used_until_a_minute_before_its_end(server: OAuthServer) -> None:
    now = [0.0]
    client = client_of(server, shared_of(server, grant_at(server), monotonic=lambda: now[0]))
    for now[0] in (0.0, 3539.0, 3540.0, 3541.0):
        client.run("whoami", {})
    client.close()

    assert len(server.asked) == 2
    assert len(set(server.seen)) == 2


def test_a_server_that_says_no_end_is_asked_again_after_a_refusal_only(server: OAuthServer) -> None:
    server.lasts_s = None
    now = [0.0]
    client = client_of(server, shared_of(server, grant_at(server), monotonic=lambda: now[0]))
    client.run("whoami", {})
    now[0] = 1e8
    client.run("whoami", {})
    assert len(server.asked) == 1
    server.end_access()
    client.run("whoami", {})
    client.close()

    assert len(server.asked) == 2


def test_a_401_is_answered_by_one_refresh_and_not_by_another(server: OAuthServer) -> None:
    shared = shared_of(server, grant_at(server))
    client = client_of(server, shared)
    client.run("whoami", {})
    server.end_access()
    begun = len(server.asked)
    server.worthless = True
    with pytest.raises(CrmError, match="crm_unauthorized"):
        client.run("whoami", {})
    client.close()

    assert len(server.asked) == begun + 1


def test_two_lanes_refresh_once_and_use_the_same_token(server: OAuthServer) -> None:
    shared = shared_of(server, grant_at(server))
    lanes = [client_of(server, shared), client_of(server, shared)]
    for lane in lanes:
        lane.run("whoami", {})
    server.end_access()
    server.gate.clear()
    with ThreadPoolExecutor(2) as pool:
        told = [pool.submit(lane.run, "whoami", {}) for lane in lanes]
        wait_until(lambda: len(server.asked) == 2 and server.seen.count(server.seen[0]) >= 3, 30, "a refresh")
        server.gate.set()
        rows = [one.result(30) for one in told]
    for lane in lanes:
        lane.close()

    assert rows == [[{"id": 7, "name": "Alice Agent"}]] * 2
    assert len(server.asked) == 2
    assert not server.families[0].revoked


def test_a_lane_that_has_no_time_does_not_wait_for_the_others_refresh(server: OAuthServer) -> None:
    shared = shared_of(server, grant_at(server))
    server.gate.clear()
    slow = threading.Thread(target=shared.token, args=(30.0,))
    slow.start()
    wait_until(lambda: server.asked, 30, "the refresh")
    with pytest.raises(CrmError, match="crm_slow"):
        client_of(server, shared).run("find", {}, budget_s=0.05)
    server.gate.set()
    slow.join()

    assert shared.token(30.0)
    assert len(server.asked) == 1


def test_a_refresh_is_not_given_up_when_the_time_of_a_look_up_is_over(server: OAuthServer) -> None:
    """Its answer may hold the only refresh token there is."""
    kept = Kept(server)
    client = client_of(server, shared_of(server, grant_at(server), kept))
    server.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(client.run, "find", {}, budget_s=0.2)
        wait_until(lambda: server.asked, 30, "the refresh")
        assert not kept
        opened = threading.Timer(0.3, server.gate.set)
        opened.start()
        assert isinstance(told.exception(30), CrmError)
    client.run("whoami", {})
    client.close()

    assert len(kept) == len(server.asked) == 1


def test_a_sign_in_that_is_over_is_told_once_and_for_all(server: OAuthServer) -> None:
    grant = grant_at(server)
    server.families[0].revoked = True
    with pytest.raises(CrmError) as refused:
        client_of(server, shared_of(server, grant)).run("whoami", {})

    assert str(refused.value) == "crm_unauthorized"
    assert server.seen == []


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": "invalid_grant"}, "crm_unauthorized"),
        (200, {"error": "invalid_code"}, "crm_unauthorized"),
        (401, {"error": "invalid_client", "error_description": "<b>Who</b> are you"}, "crm_refused (text=Who are you)"),
        (400, {"error": "invalid_scope"}, "crm_refused (text=invalid_scope)"),
        (500, {}, "crm_unreachable (detail=500)"),
        (503, {}, "crm_unreachable (detail=503)"),
        (200, {}, "crm_broken_answer (detail=access_token)"),
        (200, {"access_token": "a\nb", "refresh_token": "r"}, "crm_broken_answer (detail=access_token)"),
        (200, {"access_token": 5, "refresh_token": "r"}, "crm_broken_answer (detail=access_token)"),
        (200, {"access_token": "a", "refresh_token": ["r"]}, "crm_broken_answer (detail=refresh_token)"),
        (200, {"access_token": "a"}, "crm_broken_answer (detail=refresh_token)"),
        (302, {}, "crm_broken_answer (detail=302)"),
    ],
)
def test_what_a_token_address_can_answer(server: OAuthServer, status: int, body: dict[str, Any], error: str) -> None:
    server.trouble = (status, body)
    with pytest.raises(CrmError) as refused:
        client_of(server, shared_of(server, grant_at(server))).run("whoami", {})

    assert str(refused.value) == error


def test_a_server_that_does_not_rotate_keeps_its_refresh_token(server: OAuthServer) -> None:
    server.rotates = False
    kept = Kept(server)
    text = MANIFEST.replace("rotate = true", "")
    shared = shared_of(server, grant_at(server), kept, text=text)
    client = client_of(server, shared, text)
    client.run("whoami", {})
    server.end_access()
    client.run("whoami", {})
    client.close()

    assert [asked["refresh_token"] for asked in server.asked] == ["refresh-1", "refresh-1"]
    assert kept == []


@pytest.mark.parametrize("way", ["body", "basic"])
def test_a_client_that_must_show_a_secret_shows_it_as_the_manifest_says(server: OAuthServer, way: str) -> None:
    server.confidential = way
    text = MANIFEST.replace("rotate = true", f'rotate = true\nclient_secret = "{way}"')
    client = client_of(server, shared_of(server, grant_at(server, client_secret=SECRET), text=text), text)

    assert client.run("whoami", {})
    assert ("client_secret" in server.asked[0]) == (way == "body")
    client.close()


def test_the_base_address_may_come_with_the_token(server: OAuthServer) -> None:
    grant = grant_at(server, saved={"instance_url": server.url})
    server.more = {"instance_url": server.url}
    client = client_of(server, shared_of(server, grant, text=PINNED), PINNED)

    assert client.run("whoami", {})
    client.close()


@pytest.mark.parametrize("host", ["evil.test", "cloud.example.evil.test", "cloud.example", "x@eu.cloud.example"])
def test_a_base_address_elsewhere_is_refused_before_a_token_goes_there(server: OAuthServer, host: str) -> None:
    grant = grant_at(server, saved={"instance_url": f"https://{host}"})
    with pytest.raises((CrmError, ManifestError)) as refused:
        client_of(server, shared_of(server, grant, text=PINNED), PINNED)

    assert refused.value.code in {"crm_broken_answer", "manifest_wrong_value"}
    assert server.asked == []


def test_without_a_sign_in_there_is_no_client(server: OAuthServer) -> None:
    with pytest.raises(CrmError, match="crm_unauthorized"):
        ManifestClient(manifest_of(), base=base_of(server), secret="key")
    with pytest.raises(CrmError, match="crm_unauthorized"):
        GrantBook().open("account", "a typed key", endpoint_of(server), lambda _: True)


def test_two_connectors_of_one_sign_in_share_its_tokens(server: OAuthServer) -> None:
    """A new one may be built from what the keyring held before a refresh of the old one was over."""
    book, secret = GrantBook(), grant_at(server).kept_as()
    shared = [book.open("account", secret, endpoint_of(server), lambda _: True) for _ in range(2)]
    assert shared[0].token(30) == shared[1].token(30)
    other = book.open("account", Grant("two", server.sign_in().refresh).kept_as(), endpoint_of(server), lambda _: True)

    assert shared[0] is shared[1] is not other
    assert len(server.asked) == 1


def test_no_token_is_in_a_log_an_error_or_a_repr(server: OAuthServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shared = shared_of(server, grant_at(server, client_secret=SECRET), keep=lambda _: False)
    client_of(server, shared).run("whoami", {})
    server.families[0].refresh = "another"
    server.trouble = (400, {"error": "bad", "error_description": f"no {shared.grant.refresh_token} here"})
    server.end_access()
    with pytest.raises(CrmError) as refused:
        client_of(server, shared).run("whoami", {})

    shown = f"{caplog.text} {refused.value} {shared!r} {shared.grant!r} {vars(refused.value)}"
    assert "kept in memory only" in shown
    assert "no … here" in shown
    for secret in (shared.grant.refresh_token, SECRET, *server.seen, "refresh-1"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("stop", "next_start"),
    [
        ("asking", "Alice Agent"),
        ("kept", "Alice Agent"),
        # The only moment that nothing can help: the server used the old one up, and nobody has the new one.
        ("keeping", "crm_unauthorized"),
    ],
)
def test_killed_in_the_middle_the_next_start_signs_in(
    server: OAuthServer, tmp_path: Path, stop: str, next_start: str
) -> None:
    file = tmp_path / "keyring"
    file.write_text(grant_at(server).kept_as())

    with _process(file, server, stop) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == stop
        process.kill()
    assert server.seen == []
    with _process(file, server, "never") as process:
        told, _ = process.communicate(timeout=60)

    assert told.strip() == next_start


def _process(file: Path, server: OAuthServer, stop: str) -> subprocess.Popen[str]:
    module = "tests.integration.connector.oauth_process"
    return subprocess.Popen(
        [sys.executable, "-m", module, str(file), server.url, stop],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
