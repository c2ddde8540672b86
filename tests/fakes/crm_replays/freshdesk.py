"""Freshdesk's interface, version 2, as its documentation (developers.freshdesk.com/api) describes it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import KEY, Answer, Asked, Person, Replay

PHONE = 3


class FreshdeskReplay(Replay):
    manifest = "freshdesk"
    marks_vip = False
    knows_likely = False

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == "Basic " + base64.b64encode(f"{KEY}:X".encode()).decode()

    def refusal(self, status: int, text: str) -> Answer:
        if status == 401:
            return status, {
                "code": "invalid_credentials",
                "message": "You have to be logged in to perform this action.",
            }
        return status, {"description": "Validation failed", "errors": [{"field": "x", "message": text, "code": "y"}]}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            "GET /api/v2/agents/me": lambda _: (200, {"id": 1, "contact": {"name": "Alice Agent", "email": "a@b.c"}}),
            "GET /api/v2/contacts": self._contacts,
            "GET /api/v2/contacts/autocomplete": self._complete,
            "POST /api/v2/contacts": self._create,
            "GET /api/v2/tickets": self._tickets,
            "GET /api/v2/search/tickets": self._search,
            "POST /api/v2/tickets": self._log,
            "PUT /api/v2/tickets/(\\d+)": self._update_call,
        }

    def _contacts(self, asked: Asked) -> Answer:
        found = [person for person in self.people if person.number == asked.one("phone")]
        return 200, [self._contact(person) for person in found]

    def _contact(self, person: Person) -> dict[str, Any]:
        return {"id": person.id, "name": person.name, "phone": person.number, "mobile": None, "company_id": None}

    def _complete(self, asked: Asked) -> Answer:
        term = asked.one("term").lower()
        return 200, [{"id": one.id, "name": one.name} for one in self.people if term in one.name.lower()]

    def _create(self, asked: Asked) -> Answer:
        return 201, self._contact(self.add_person(asked.body["name"], asked.body["phone"]))

    def _tickets(self, asked: Asked) -> Answer:
        found = [self._ticket(call.id) for call in self.calls if call.person == asked.one("requester_id")]
        return 200, found[::-1][: int(asked.one("per_page"))]

    def _search(self, asked: Asked) -> Answer:
        query = re.fullmatch(r"\"tag:'([^']{1,32})'\"", asked.one("query"))
        assert query is not None
        found = [self._ticket(call.id) for call in self.calls if query[1] in call.fields["tags"]]
        return 200, {"total": len(found), "results": found}

    def _ticket(self, call_id: object) -> dict[str, Any]:
        call = self.call(call_id)
        assert call is not None
        return {"id": call.id, "created_at": f"2026-11-25T20:38:{call.id:02}Z", "subject": call.fields["subject"]}

    def _log(self, asked: Asked) -> Answer:
        assert asked.body["source"] == PHONE
        if any(len(tag) > 32 for tag in asked.body["tags"]):
            return self.refusal(400, "It should be at most 32 characters")
        return 201, self._ticket(self.add_call(asked.body["requester_id"], asked.body).id)

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body)
        return 200, self._ticket(call.id)
