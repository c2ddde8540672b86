"""Zoho CRM's interface, version 8, as its documentation (developer/docs/api/v8) describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import Answer, Asked, OAuthReplay, Person

API = "/crm/v8"


class ZohoReplay(OAuthReplay):
    manifest = "zoho"
    marks_vip = False
    scheme = "Zoho-oauthtoken"
    rotates = False
    token_path = "/oauth/v2/token"

    @property
    def token_answer(self) -> dict[str, str]:
        return {"api_domain": self.url}

    @property
    def login_values(self) -> tuple[tuple[str, str], ...]:
        return (("accounts", self.url),)

    def shows_client(self, told: dict[str, str]) -> bool:
        return super().shows_client(told) and told.get("client_secret") == "client-secret"

    def refusal(self, status: int, text: str) -> Answer:
        code = {401: "INVALID_TOKEN", 429: "TOO_MANY_REQUESTS"}.get(status, "INVALID_DATA")
        return status, {"code": code, "details": {}, "message": text, "status": "error"}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            f"GET {API}/users": lambda _: (200, {"users": [{"id": "1", "full_name": "Alice Agent"}]}),
            f"GET {API}/Contacts/search": self._search,
            f"POST {API}/Contacts": self._create,
            f"POST {API}/Calls": self._log,
            f"PUT {API}/Calls/(\\d+)": self._update_call,
        }

    def _search(self, asked: Asked) -> Answer:
        phone, word = asked.one("phone"), asked.one("word").lower()
        people = [one for one in self.people if (one.number == phone if phone else word in one.name.lower())]
        if not people:
            return 204, None
        return 200, {"data": [self._contact(person) for person in people], "info": {"more_records": False}}

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "id": str(person.id),
            "Full_Name": person.name,
            "Phone": person.number,
            "Mobile": None,
            "Account_Name": None,
            "Owner": {"name": "Alice Agent", "id": "1"},
        }

    def _create(self, asked: Asked) -> Answer:
        (told,) = asked.body["data"]
        return 201, _done(self.add_person(told["Last_Name"], told["Phone"]).id)

    def _log(self, asked: Asked) -> Answer:
        (told,) = asked.body["data"]
        assert told["$se_module"] == "Contacts"
        assert re.fullmatch(r"\d\d:\d\d", told["Call_Duration"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", told["Call_Start_Time"])
        return 201, _done(self.add_call(told["Who_Id"]["id"], told).id)

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        (told,) = asked.body["data"]
        call.fields.update(told)
        return 200, _done(call.id)


def _done(record: int) -> dict[str, Any]:
    return {"data": [{"code": "SUCCESS", "details": {"id": str(record)}, "message": "record", "status": "success"}]}
