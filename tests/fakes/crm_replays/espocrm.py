"""EspoCRM 8's REST interface, as its documentation (development/api) describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, KEY, Answer, Asked, Person, Replay


class EspoReplay(Replay):
    manifest = "espocrm"
    marks_vip = False

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("x-api-key") == KEY

    def refusal(self, status: int, text: str) -> Answer:
        return status, None

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        api = "/api/v1"
        return {
            f"GET {api}/App/user": lambda _: (200, {"user": {"id": "u1", "userName": "alice", "name": "Alice Agent"}}),
            f"GET {api}/Contact": self._contacts,
            f"GET {api}/Contact/(\\w+)": self._one_contact,
            f"POST {api}/Contact": self._create,
            f"PUT {api}/Contact/(\\w+)": self._update,
            f"GET {api}/Contact/(\\w+)/opportunities": self._opportunities,
            f"GET {api}/Contact/(\\w+)/calls": self._calls_of,
            f"GET {api}/Call": self._calls,
            f"POST {api}/Call": self._log,
            f"PUT {api}/Call/(\\w+)": self._update_call,
        }

    def _contacts(self, asked: Asked) -> Answer:
        rows = [{**self._contact(person), "phoneNumberNumeric": person.number.lstrip("+")} for person in self.people]
        return 200, _listed([row for row in rows if _chosen(asked, row)])

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "id": str(person.id),
            "name": person.name,
            "phoneNumber": person.number,
            "accountName": None,
            "assignedUserName": "Alice Agent",
        }

    def _one_contact(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        if person is None:
            return self.refusal(404, "Not found")
        return 200, {**self._contact(person), "assignedUserId": "u1"}

    def _create(self, asked: Asked) -> Answer:
        return 200, self._contact(self.add_person(asked.body["lastName"], asked.body["phoneNumber"]))

    def _update(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        if person is None:
            return self.refusal(404, "Not found")
        person.number = asked.body["phoneNumber"]
        return 200, self._contact(person)

    def _opportunities(self, asked: Asked) -> Answer:
        assert asked.one("where[0][type]") == "notIn"
        mine = asked.path[0] == str(self.people[0].id)
        return 200, _listed(
            [
                {
                    "id": f"o{amount}",
                    "name": "Deal",
                    "amount": float(amount),
                    "amountCurrency": currency,
                    "stage": "Open",
                }
                for amount, currency in DEALS
                if mine
            ]
        )

    def _calls_of(self, asked: Asked) -> Answer:
        assert (asked.one("orderBy"), asked.one("order")) == ("dateStart", "desc")
        found = [self._call(call.id) for call in self.calls if call.person == asked.path[0]]
        return 200, _listed(found[::-1][: int(asked.one("maxSize"))])

    def _calls(self, asked: Asked) -> Answer:
        return 200, _listed([row for row in map(self._call, [one.id for one in self.calls]) if _chosen(asked, row)])

    def _call(self, call_id: object) -> dict[str, Any]:
        call = self.call(call_id)
        assert call is not None
        return {"id": str(call.id), "assignedUserName": "Alice Agent", **call.fields}

    def _log(self, asked: Asked) -> Answer:
        assert asked.body["status"] in {"Planned", "Held", "Not Held"}
        assert asked.body["dateEnd"] >= asked.body["dateStart"]
        contacts = asked.body["contactsIds"]
        return 200, self._call(self.add_call(contacts[0] if contacts else "", asked.body).id)

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        if call is None:
            return self.refusal(404, "Not found")
        call.fields.update(asked.body)
        return 200, self._call(call.id)


def _listed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"total": len(rows), "list": rows}


def _chosen(asked: Asked, row: dict[str, Any]) -> bool:
    number = 0
    while kind := asked.one(f"where[{number}][type]"):
        mine, value = str(row[asked.one(f"where[{number}][attribute]")]), asked.one(f"where[{number}][value]")
        holds = {"equals": mine == value, "endsWith": mine.endswith(value), "contains": value.lower() in mine.lower()}
        if not holds[kind]:
            return False
        number += 1
    return True
