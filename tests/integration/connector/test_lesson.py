"""The lesson of docs/connectors.md, done against a server that answers as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from agent_toolbar.domain.contact import MatchLevel
from tests.integration.connector.web_server import Reply, WebServer

TEXT = (Path(__file__).parents[3] / "docs/connectors.md").read_text("utf-8")
FIND, LOG = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)
(ANSWER,) = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)


def same_digits(stored: str, inputs: Any) -> MatchLevel | None:
    same = stored.replace(" ", "") == inputs["phone"]["e164"]
    return MatchLevel.EXACT if same else None


def test_the_first_five_minutes_find_somebody(connect: Any, server: WebServer) -> None:
    server.reply(Reply("", 404), Reply(ANSWER))
    client = connect(FIND, secret="k", verify=same_digits)

    assert client.run("find", {"phone": {"e164": "+441134960001", "nsn": "1134960001"}}, budget_s=30) == [
        {
            "id": 7,
            "name": "Ann Miller",
            "company": "Acme",
            "number": "+44 113 496 0001",
            "url": f"{server.url}/people/7",
            "level": MatchLevel.EXACT,
        }
    ]
    assert [seen.query for seen in server.seen] == [(("phone", "+441134960001"),), (("search", "1134960001"),)]
    assert server.seen[0].headers["x-api-key"] == "k"


def test_the_next_five_write_a_call(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"user": {"id": 5}}'), Reply('{"id": 99}', 201))
    call = {"key": "c1", "direction": "in", "subject": "", "duration_s": 65}

    assert connect(LOG).run("log_call", {"call": call, "contact": {"id": 7}}, budget_s=30) == [{"id": 99}]
    assert server.seen[1].body == (
        b'{"owner":5,"team":1,"person":7,"direction":"Inbound","text":"Telephone call (00:01:05)"}'
    )
