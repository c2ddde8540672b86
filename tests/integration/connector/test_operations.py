"""What a connector says to a server and makes of its answers, by manifests of every shape."""

from __future__ import annotations

import base64
import json
import logging
from typing import Any

import pytest

from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.errors import CrmError, ManifestError
from tests.fakes.runtime import ManualClock
from tests.integration.connector.conftest import MANIFEST
from tests.integration.connector.web_server import Reply, Seen, WebServer
from tests.unit.connector.sample_manifest import WHOLE

SAMPLE = {"base": {"database": "sales"}, "verify": lambda number, _inputs: MatchLevel.EXACT if "9" in number else None}
PHONE = {"phone": {"e164": "+441134960009"}}


def rows(*found: object) -> Reply:
    return Reply(json.dumps({"rows": list(found)}))


# ------------------------------------------------------------------ requests


def test_a_request_carries_key_query_and_no_more(connect: Any, server: WebServer) -> None:
    server.reply(rows())
    connect(WHOLE, **SAMPLE).run("find", {"phone": {"e164": "+44 & ?"}})

    first = server.seen[0]
    assert (first.method, first.path, first.query) == ("GET", "/sales/party", (("q", "+44 & ?"),))
    assert first.headers["x-key"] == "key"
    assert first.headers["accept-encoding"] == "identity"
    assert "authorization" not in first.headers


def test_a_body_keeps_types_and_drops_what_has_no_value(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"id": 3}'), Reply('{"id": 77}'))
    call = {"key": "c1", "subject": 'Ünïcode "quoted"', "seconds": 61}

    assert connect(WHOLE, **SAMPLE).run("log_call", {"call": call}) == [{"id": 77}]
    assert json.loads(server.seen[1].body) == {"text": 'Ünïcode "quoted" (00:01:01)', "seconds": 61}
    assert server.seen[1].headers["content-type"] == "application/json"


def test_a_form_is_a_form(connect: Any, server: WebServer) -> None:
    server.reply(Reply("{}"))
    connect(
        MANIFEST + '[op.form]\nmethod = "POST"\nurl = "/f"\nencoding = "form"\nbody = { a = "{{q}}", b = ["1", "2"] }\n'
    ).run("form", {"q": "x&y=z"})

    assert server.seen[0].body == b"a=x%26y%3Dz&b=1&b=2"
    assert server.seen[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_what_a_caller_sends_cannot_add_a_header(connect: Any, server: WebServer) -> None:
    server.reply(Reply("{}"))
    text = MANIFEST + '[op.h]\nurl = "/h"\n[op.h.headers]\nX-Subject = "{{q}}"\n'
    connect(text).run("h", {"q": "a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1 é"})

    assert "x-evil" not in server.seen[0].headers
    assert len(server.seen) == 1


@pytest.mark.parametrize("contact", ["..", "", None])
def test_an_address_with_a_hole_is_not_asked_for(connect: Any, server: WebServer, contact: object) -> None:
    with pytest.raises(CrmError) as refused:
        connect(WHOLE, **SAMPLE).run("touch", {"contact": {"id": contact}})

    assert (refused.value.code, refused.value.params) == ("crm_cannot", {"operation": "touch"})
    assert server.seen == []


def test_an_operation_that_the_manifest_lacks_cannot_be_done(client: ManifestClient) -> None:
    with pytest.raises(CrmError) as refused:
        client.run("deals", {})

    assert refused.value.code == "crm_cannot"
    assert "deals" not in client.operations


def test_a_value_that_the_manifest_needs_is_asked_for(connect: Any) -> None:
    with pytest.raises(ManifestError) as refused:
        connect(WHOLE, verify=SAMPLE["verify"])

    assert (refused.value.code, refused.value.params["key"]) == ("manifest_needs_value", "settings.database")


# ------------------------------------------------------------------ variants, steps, verification


def test_variants_are_tried_until_one_gives_a_verified_row(connect: Any, server: WebServer) -> None:
    server.reply(rows({"id": 1, "phone": "1"}), rows({"id": 2, "phone": "2"}, {"id": 3, "phone": "09", "name": "Ann"}))
    (found,) = connect(WHOLE, **SAMPLE).run("find", PHONE)

    assert [seen.query for seen in server.seen] == [(("q", "+441134960009"),), (("q", "%34960009"),)]
    assert found == {
        "id": 3,
        "name": "Ann",
        "number": "09",
        "level": MatchLevel.EXACT,
        "url": f"{server.url}/#party/3",
    }


def test_the_first_variant_that_finds_is_the_last_one_asked(connect: Any, server: WebServer) -> None:
    server.reply(rows({"id": 1, "phone": "9"}))
    connect(WHOLE, **SAMPLE).run("find", PHONE)

    assert len(server.seen) == 1


def test_a_status_of_nothing_found_goes_on_to_the_next_variant(connect: Any, server: WebServer) -> None:
    server.reply(Reply("", 204), rows({"id": 1, "phone": "9"}))

    assert len(connect(WHOLE, **SAMPLE).run("find", PHONE)) == 1


def test_a_manifest_that_verifies_needs_somebody_who_can(connect: Any) -> None:
    with pytest.raises(ManifestError) as refused:
        connect(WHOLE, base={"database": "x"})

    assert refused.value.params["key"] == "op.find.verify"


def test_a_step_that_finds_nothing_ends_the_operation(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"nobody": 1}'))

    assert connect(WHOLE, **SAMPLE).run("log_call", {"call": {"key": "c1"}}) == []
    assert [seen.path for seen in server.seen] == ["/sales/me"]


def test_what_a_step_saved_is_used_by_the_next_request(connect: Any, server: WebServer) -> None:
    text = MANIFEST + (
        '[op.deals]\nurl = "/user/{{save.me}}/deals"\nmap = { id = "{{it.id}}", who = "{{save.me}}" }\n'
        '[[op.deals.steps]]\nurl = "/me"\nsave = { me = "user.id" }\n'
    )
    server.reply(Reply('{"user": {"id": 5}}'), Reply('[{"id": 1}, {"id": 2}]'))

    assert connect(text).run("deals", {}) == [{"id": 1, "who": 5}, {"id": 2, "who": 5}]
    assert server.seen[1].path == "/api/user/5/deals"


# ------------------------------------------------------------------ never twice, never too fast


def test_what_was_done_under_a_key_is_not_done_again(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"id": 3}'), Reply('{"id": 77}'), Reply('{"id": 3}'), Reply('{"id": 78}'))
    client = connect(WHOLE, **SAMPLE)

    assert client.run("log_call", {"call": {"key": "c1"}}) == [{"id": 77}]
    assert client.run("log_call", {"call": {"key": "c1"}}) == [{"id": 77}]
    assert client.run("log_call", {"call": {"key": "c2"}}) == [{"id": 78}]
    assert [seen.headers.get("idempotency-key") for seen in server.seen] == [None, "c1", None, "c2"]


def test_what_failed_under_a_key_is_tried_again(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"id": 3}'), Reply("", 500), Reply('{"id": 3}'), Reply('{"id": 77}'))
    client = connect(WHOLE, **SAMPLE)
    with pytest.raises(CrmError):
        client.run("log_call", {"call": {"key": "c1"}})

    assert client.run("log_call", {"call": {"key": "c1"}}) == [{"id": 77}]


def test_requests_keep_to_the_rate_of_the_manifest(connect: Any, server: WebServer) -> None:
    clock = ManualClock()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(round(seconds, 3))
        clock.seconds += seconds

    server.reply(rows({"id": 1, "phone": "9"}))
    client = connect(WHOLE, monotonic=clock.now_s, wait=wait, **SAMPLE)
    for _ in range(7):
        client.run("find", PHONE)
    with pytest.raises(CrmError) as refused:
        client.run("find", PHONE, budget_s=0.1)

    assert waits == [0.4, 0.4]
    assert refused.value.code == "crm_busy"
    assert len(server.seen) == 7


def test_what_came_to_nothing_under_a_key_is_tried_again(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"nobody": 1}'), Reply('{"id": 3}'), Reply('{"id": 77}'))
    client = connect(WHOLE, **SAMPLE)
    assert client.run("log_call", {"call": {"key": "c1"}}) == []

    assert client.run("log_call", {"call": {"key": "c1"}}) == [{"id": 77}]


def test_neither_key_nor_number_reaches_a_log(
    connect: Any, server: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.reply(rows({"id": 1, "phone": "9"}))
    connect(WHOLE, secret="s3cret", **SAMPLE).run("find", PHONE)

    assert "s3cret" not in caplog.text
    assert "1134960009" not in caplog.text


# ------------------------------------------------------------------ signing in

TOKEN = (
    MANIFEST
    + """
[op.mine]
url = "/accounts/{{session.account}}/mine"
map = { id = "{{it.id}}", account = "{{session.account}}" }

[auth]
kind = "token"
header = "X-Auth-Token"
value = "{{secret.token}}"
basic = true
save = { token = "data.token", account = "data.account" }

[auth.request]
method = "POST"
url = "/token"
body = { expiration = 60, credentials = { "$pipe" = "sha1", "$v" = "{{s.user}}:{{secret.key}}" } }
"""
)


class Sessions:
    """A server with tokens: each sign-in gives a new one, and only the newest counts."""

    def __init__(self, server: WebServer, password: str = "key") -> None:
        self.valid = ""
        self.signed_in = 0
        self._basic = "Basic " + base64.b64encode(f"ann:{password}".encode()).decode()
        server.answers = self

    def __call__(self, seen: Seen) -> Reply:
        if seen.path == "/api/token":
            if seen.headers.get("authorization") != self._basic:
                return Reply('{"reason": ["Authentication Failed"]}', 401)
            self.signed_in += 1
            self.valid = f"t{self.signed_in}"
            return Reply(json.dumps({"data": {"token": self.valid, "account": "a/1"}}))
        if seen.headers.get("x-auth-token") != self.valid:
            return Reply("{}", 401)
        return Reply('{"id": 1}')


def test_a_session_is_begun_when_it_is_first_needed_and_kept(connect: Any, server: WebServer) -> None:
    sessions = Sessions(server)
    client = connect(TOKEN)

    assert client.run("mine", {}) == [{"id": 1, "account": "a/1"}]
    assert client.run("mine", {}) == [{"id": 1, "account": "a/1"}]
    assert sessions.signed_in == 1
    assert json.loads(server.seen[0].body)["credentials"] == "e41d02259607937427b0d82605b62a7c7e86b505"


def test_a_session_that_is_over_is_begun_anew(connect: Any, server: WebServer) -> None:
    sessions = Sessions(server)
    client = connect(TOKEN)
    client.run("mine", {})
    sessions.valid = "expired"

    assert client.run("mine", {}) == [{"id": 1, "account": "a/1"}]
    assert sessions.signed_in == 2


def test_a_session_that_is_refused_is_begun_anew_only_once(connect: Any, server: WebServer) -> None:
    client = connect(TOKEN)
    server.answers = lambda seen: (
        Reply('{"data": {"token": "t", "account": "a"}}') if seen.path == "/api/token" else Reply("{}", 401)
    )
    with pytest.raises(CrmError):
        client.run("mine", {})
    server.seen.clear()
    with pytest.raises(CrmError) as refused:
        client.run("mine", {})

    assert refused.value.code == "crm_unauthorized"
    assert [seen.path for seen in server.seen] == ["/api/accounts/a/mine", "/api/token", "/api/accounts/a/mine"]


def test_a_wrong_password_is_said_and_not_tried_again(connect: Any, server: WebServer) -> None:
    Sessions(server, password="other")
    with pytest.raises(CrmError) as refused:
        connect(TOKEN).run("mine", {})

    assert refused.value.code == "crm_unauthorized"
    assert len(server.seen) == 1


@pytest.mark.parametrize("answer", ['{"data": {}}', "[]", '{"data": {"token": 5}}'])
def test_a_sign_in_without_a_token_is_a_broken_answer(connect: Any, server: WebServer, answer: str) -> None:
    server.reply(Reply(answer))
    with pytest.raises(CrmError) as refused:
        connect(TOKEN).run("mine", {})

    assert refused.value.params == {"detail": "token"}


@pytest.mark.parametrize(
    ("auth", "name", "value"),
    [
        ('kind = "bearer"', "authorization", "Bearer s3cret"),
        ('kind = "basic"', "authorization", "Basic " + base64.b64encode(b"ann:s3cret").decode()),
        ('kind = "header"\nheader = "X-Api-Key"', "x-api-key", "s3cret"),
        ('kind = "header"\nvalue = "Zoho-oauthtoken {{secret.key}}"', "authorization", "Zoho-oauthtoken s3cret"),
    ],
)
def test_a_key_is_sent_as_the_manifest_says(connect: Any, server: WebServer, auth: str, name: str, value: str) -> None:
    server.reply(Reply("{}"))
    connect(MANIFEST + f"[auth]\n{auth}\n", secret="s3cret").run("touch", {})

    assert server.seen[0].headers[name] == value
