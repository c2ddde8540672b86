"""Pipedrive's interface, version 2, as its documentation (api/v1/Persons, Deals, Activities) describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, KEY, Answer, Asked, Person, Replay


class PipedriveReplay(Replay):
    manifest = "pipedrive"
    marks_vip = False

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("x-api-token") == KEY

    def refusal(self, status: int, text: str) -> Answer:
        return status, {"success": False, "error": text, "error_info": "Please check developers.pipedrive.com"}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            "GET /api/v1/users/me": lambda _: (200, {"success": True, "data": {"id": 1, "name": "Alice Agent"}}),
            "GET /api/v2/persons/search": self._search,
            "POST /api/v2/persons": self._create,
            "GET /api/v2/deals": self._deals,
            "GET /api/v2/activities": self._activities,
            "POST /api/v2/activities": self._log,
            "PATCH /api/v2/activities/(\\d+)": self._update_call,
        }

    def _search(self, asked: Asked) -> Answer:
        term, where = asked.one("term").lower(), asked.one("fields")
        if len(term) < 2:
            return self.refusal(400, "term must be at least 2 characters")
        found = [
            person for person in self.people if term in (person.number if where == "phone" else person.name.lower())
        ]
        items = [{"result_score": 0.6, "item": self._item(person)} for person in found]
        return 200, {"success": True, "data": {"items": items}, "additional_data": {"next_cursor": None}}

    def _item(self, person: Person) -> dict[str, Any]:
        return {
            "id": person.id,
            "type": "person",
            "name": person.name,
            "phones": [person.number],
            "emails": [],
            "organization": None,
        }

    def _create(self, asked: Asked) -> Answer:
        (phone,) = asked.body["phones"]
        person = self.add_person(asked.body["name"], phone["value"])
        return 201, {"success": True, "data": {"id": person.id, "name": person.name, "phones": [phone]}}

    def _deals(self, asked: Asked) -> Answer:
        assert asked.one("status") == "open"
        mine = asked.one("person_id") == str(self.people[0].id)
        rows = [
            {"id": number, "title": "Deal", "value": float(amount), "currency": currency, "stage_id": 2}
            for number, (amount, currency) in enumerate(DEALS)
            if mine
        ]
        return 200, {"success": True, "data": rows}

    def _activities(self, asked: Asked) -> Answer:
        found = [{"id": call.id, **call.fields} for call in self.calls if call.person == asked.one("person_id")]
        return 200, {"success": True, "data": found[::-1][: int(asked.one("limit"))]}

    def _log(self, asked: Asked) -> Answer:
        (participant,) = asked.body["participants"]
        if self.person(participant["person_id"]) is None:
            return self.refusal(400, "Person not found")
        call = self.add_call(participant["person_id"], asked.body)
        return 201, {"success": True, "data": {"id": call.id, **call.fields}}

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body)
        return 200, {"success": True, "data": {"id": call.id, **call.fields}}
