"""Zendesk Support's interface, version 2, as its documentation (api-reference/ticketing) describes it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import KEY, USER, Answer, Asked, OAuthReplay, Person, Replay


class ZendeskReplay(Replay):
    manifest = "zendesk"
    knows_likely = False

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == "Basic " + base64.b64encode(f"{USER}:{KEY}".encode()).decode()

    def refusal(self, status: int, text: str) -> Answer:
        if status == 401:
            return status, {"error": "Couldn't authenticate you"}
        return status, {"error": "RecordInvalid", "description": text, "details": {}}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            "GET /api/v2/users/me.json": lambda _: (200, {"user": {"id": 1, "name": "Alice Agent"}}),
            "GET /api/v2/users/search.json": self._search,
            "GET /api/v2/users/autocomplete.json": self._complete,
            "POST /api/v2/users.json": self._create,
            "GET /api/v2/users/(\\d+)/tickets/requested.json": self._requested,
            "GET /api/v2/tickets.json": self._tickets,
            "POST /api/v2/tickets.json": self._log,
            "PUT /api/v2/tickets/(\\d+).json": self._update_call,
        }

    def _search(self, asked: Asked) -> Answer:
        field, _, value = asked.one("query").partition(":")
        assert field == "phone"
        return self._users([person for person in self.people if person.number == value])

    def _complete(self, asked: Asked) -> Answer:
        name = asked.one("name").lower()
        if len(name) < 2:
            return self.refusal(400, "name: is too short")
        return self._users([person for person in self.people if person.name.lower().startswith(name)])

    def _users(self, found: list[Person]) -> Answer:
        return 200, {"users": [self._user(person) for person in found], "count": len(found), "next_page": None}

    def _user(self, person: Person) -> dict[str, Any]:
        return {"id": person.id, "name": person.name, "phone": person.number, "tags": ["vip"] if person.vip else []}

    def _create(self, asked: Asked) -> Answer:
        told = asked.body["user"]
        return 201, {"user": self._user(self.add_person(told["name"], told["phone"]))}

    def _requested(self, asked: Asked) -> Answer:
        found = [self._ticket(call.id) for call in self.calls if call.person == asked.path[0]]
        return 200, {"tickets": found[::-1][: int(asked.one("per_page"))]}

    def _tickets(self, asked: Asked) -> Answer:
        wanted = asked.one("external_id")
        return 200, {"tickets": [self._ticket(one.id) for one in self.calls if one.fields["external_id"] == wanted]}

    def _ticket(self, call_id: object) -> dict[str, Any]:
        call = self.call(call_id)
        assert call is not None
        return {"id": call.id, "created_at": f"2026-11-25T20:38:{call.id:02}Z", "subject": call.fields["subject"]}

    def _log(self, asked: Asked) -> Answer:
        ticket = asked.body["ticket"]
        assert ticket["comment"]["public"] is False
        assert asked.headers["idempotency-key"] == ticket["external_id"]
        return 201, {"ticket": self._ticket(self.add_call(ticket.get("requester_id", ""), ticket).id)}

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        if call is None:
            return self.refusal(404, "Not found")
        call.fields.update(asked.body["ticket"])
        return 200, {"ticket": self._ticket(call.id)}


class ZendeskOAuthReplay(OAuthReplay, ZendeskReplay):
    """The same with access tokens (api-reference/ticketing/oauth/grant_type_tokens): each refresh token works once."""

    manifest = "zendesk_oauth"
    token_path = "/oauth/tokens"
