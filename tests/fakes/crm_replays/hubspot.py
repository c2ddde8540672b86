"""HubSpot's CRM interface, version 3, as its documentation (docs/api/crm) describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, KEY, USER, Answer, Asked, Person, Replay

CALL_TO_CONTACT = 194


class HubSpotReplay(Replay):
    manifest = "hubspot"
    values = (("portal", "4711"),)
    marks_vip = False
    pages = "https://app.hubspot.com/"

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Bearer {KEY}"

    def refusal(self, status: int, text: str) -> Answer:
        return status, {"status": "error", "message": text, "correlationId": "c0ffee", "category": "INVALID"}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        objects = "/crm/v3/objects"
        return {
            "GET /crm/v3/owners": self._owners,
            f"POST {objects}/contacts/search": self._contacts,
            f"POST {objects}/contacts": self._create,
            f"PATCH {objects}/contacts/(\\d+)": self._update,
            f"POST {objects}/deals/search": self._deals,
            f"POST {objects}/calls/search": self._calls,
            f"POST {objects}/calls": self._log,
            f"PATCH {objects}/calls/(\\d+)": self._update_call,
        }

    def _owners(self, asked: Asked) -> Answer:
        found = asked.one("email") == USER
        return 200, {"results": [{"id": "7", "firstName": "Alice", "lastName": "Agent"}] if found else []}

    def _contacts(self, asked: Asked) -> Answer:
        if text := asked.body.get("query"):
            found = [person for person in self.people if text.lower() in person.name.lower()]
        else:
            found = [person for person in self.people if _any_group(asked.body, _properties(person))]
        return 200, _found([self._contact(person) for person in found])

    def _contact(self, person: Person) -> dict[str, Any]:
        names = {"firstname": None, "lastname": person.name, "company": None}
        return {"id": str(person.id), "properties": {**names, "phone": person.number or None, "mobilephone": None}}

    def _create(self, asked: Asked) -> Answer:
        told = asked.body["properties"]
        return 201, self._contact(self.add_person(told["lastname"], told["phone"]))

    def _update(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        assert person is not None
        person.number = asked.body["properties"]["phone"]
        return 200, self._contact(person)

    def _deals(self, asked: Asked) -> Answer:
        vip = {"associations.contact": str(self.people[0].id), "hs_is_closed": "false"}
        rows = [
            {
                "id": str(number),
                "properties": {
                    "dealname": "Deal",
                    "amount": amount,
                    "deal_currency_code": currency,
                    "dealstage": "appointmentscheduled",
                },
            }
            for number, (amount, currency) in enumerate(DEALS)
        ]
        return 200, _found(rows if _any_group(asked.body, vip) else [])

    def _calls(self, asked: Asked) -> Answer:
        found = [
            {"id": str(call.id), "properties": call.fields}
            for call in self.calls
            if _any_group(asked.body, {**call.fields, "associations.contact": call.person})
        ]
        if asked.body.get("sorts", [{}])[0].get("direction") == "DESCENDING":
            found.reverse()
        return 200, _found(found[: asked.body["limit"]])

    def _log(self, asked: Asked) -> Answer:
        (link,) = asked.body["associations"]
        assert [kind["associationTypeId"] for kind in link["types"]] == [CALL_TO_CONTACT]
        assert asked.body["properties"]["hs_timestamp"].endswith("Z")
        call = self.add_call(link["to"]["id"], asked.body["properties"])
        return 201, {"id": str(call.id), "properties": call.fields}

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body["properties"])
        return 200, {"id": str(call.id), "properties": call.fields}


def _properties(person: Person) -> dict[str, str]:
    """HubSpot keeps the digits without the country for searching."""
    digits = person.number.lstrip("+").lstrip("0")
    national = next(
        (digits[len(code) :] for code in ("33", "44", "49") if person.number.startswith(f"+{code}")), digits
    )
    return {
        "hs_searchable_calculated_phone_number": national,
        "hs_searchable_calculated_mobile_number": "",
        "hs_object_id": str(person.id),
        "phone": person.number,
    }


def _any_group(body: dict[str, Any], row: dict[str, Any]) -> bool:
    return any(all(_holds(row, one) for one in group["filters"]) for group in body["filterGroups"])


def _holds(row: dict[str, Any], told: dict[str, str]) -> bool:
    mine = str(row.get(told["propertyName"], ""))
    if told["operator"] == "EQ":
        return mine == told["value"]
    assert told["operator"] == "CONTAINS_TOKEN"
    wanted = told["value"]
    return mine.endswith(wanted[1:]) if wanted.startswith("*") else wanted in mine.split()


def _found(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"total": len(rows), "results": rows}
