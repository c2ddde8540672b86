"""Tryton 8.2's REST interface, as recorded from a real one (tests/lab/test_tryton.py runs against that)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import KEY, USER, Answer, Asked, Person, Replay

DEALS = (("12500.00", "opportunity"), ("900.50", "lead"), ("7000.00", "lost"))
VIP_CATEGORY = {"id": 1, "name": "VIP", "__name__": "party.category"}


class TrytonReplay(Replay):
    manifest = "tryton"
    values = (("database", "lab"),)

    def __init__(self) -> None:
        super().__init__()
        self.more: list[Person] = []  # further numbers of people

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Bearer {KEY}"

    def refusal(self, status: int, text: str) -> Answer:
        return status, {"status": status, "message": text, "description": ""}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        model = "/lab/rest/model"
        return {
            f"GET {model}/res.user": self._user,
            f"GET {model}/party.contact_mechanism": self._mechanisms,
            f"PUT {model}/party.contact_mechanism/(\\d+)": self._put_mechanism,
            f"POST {model}/party.contact_mechanism": self._add_mechanism,
            f"GET {model}/party.party": self._parties,
            f"POST {model}/party.party": self._create,
            f"GET {model}/sale.opportunity": self._deals,
            f"GET {model}/ir.note": self._notes,
            f"POST {model}/ir.note": self._write,
        }

    def _user(self, asked: Asked) -> Answer:
        found = _domain(asked) == [["login", "=", USER]]
        return 200, [{"id": 1, "name": "Alice Agent", "login": USER, "__name__": "res.user"}] if found else []

    def _mechanisms(self, asked: Asked) -> Answer:
        clauses = _domain(asked)
        rows = [
            {"party": str(person.id), "value_compact": person.number, "_": person}
            for person in (*self.people, *self.more)
        ]
        found = [row["_"] for row in rows if all(_holds(row, *clause) for clause in clauses)]
        return 200, [self._mechanism(person) for person in found]

    def _mechanism(self, person: Person) -> dict[str, Any]:
        party = {
            "id": person.id,
            "name": person.name,
            "__name__": "party.party",
            "categories": [VIP_CATEGORY] if person.vip else [],
        }
        return {"value_compact": person.number, "id": person.id + 100, "party": party}

    def _put_mechanism(self, asked: Asked) -> Answer:
        person = self.person(int(asked.path[0]) - 100)
        assert person is not None
        if "active" in asked.body:  # Tryton keeps it, and no search finds it
            assert asked.body == {"active": False}
            gone, person.number = self._mechanism(person), ""
            return 200, gone
        person.number = asked.body["value"]
        return 200, self._mechanism(person)

    def _add_mechanism(self, asked: Asked) -> Answer:
        person = self.person(asked.body["party"])
        assert asked.body["type"] == "phone"
        if person is None:
            return self.refusal(400, 'The value for field "Party" in record of "Contact Mechanism" does not exist.')
        self.more.append(Person(person.id, person.name, asked.body["value"], person.vip))
        return 200, self._mechanism(self.more[-1])

    def _parties(self, asked: Asked) -> Answer:
        clauses = _domain(asked)
        found = [person for person in self.people if all(_holds({"name": person.name}, *one) for one in clauses)]
        return 200, [self._party(person) for person in found]

    def _party(self, person: Person) -> dict[str, Any]:
        party: dict[str, Any] = self._mechanism(person)["party"]
        return {**party, "phone": person.number, "mobile": ""}

    def _create(self, asked: Asked) -> Answer:
        ((verb, (mechanism,)),) = asked.body["contact_mechanisms"]
        assert (verb, mechanism["type"]) == ("create", "phone")
        return 200, self._party(self.add_person(asked.body["name"], mechanism["value"]))

    def _deals(self, asked: Asked) -> Answer:
        clauses = _domain(asked)
        assert clauses[0][:2] == ["party", "="]
        states = clauses[1][2] if len(clauses) > 1 else [state for _, state in DEALS]
        return 200, [
            {
                "id": number,
                "number": str(number),
                "description": None,
                "amount": {"__class__": "Decimal", "decimal": amount},
                "state": state,
                "employee": {"id": 1, "party": {"id": 2, "name": "Alice Agent", "__name__": "party.party"}},
                "currency": {"id": 1, "code": "EUR", "__name__": "currency.currency"},
                "__name__": "sale.opportunity",
            }
            for number, (amount, state) in enumerate(DEALS, start=1)
            if state in states and clauses[0][2] == self.people[0].id
        ]

    def _notes(self, asked: Asked) -> Answer:
        clauses = _domain(asked)
        if not any(clause[:2] == ["resource", "="] for clause in clauses):
            return self.refusal(400, 'You are not allowed to search on the "ir.note" resource.')
        found = [call for call in self.calls if all(_holds(call.fields, *clause) for clause in clauses)]
        if asked.one("o") and _decoded(asked.one("o"))[-1] == ["id", "DESC"]:
            found.reverse()
        return 200, [
            {
                "id": call.id,
                "message": call.fields["message"],
                "create_date": {
                    "__class__": "datetime",
                    "year": 2026,
                    "month": 11,
                    "day": 25,
                    "hour": 20,
                    "minute": 38,
                    "second": call.id,
                    "microsecond": 45149,
                },
                "create_uid": {"id": 1, "name": "Alice Agent", "__name__": "res.user"},
                "__name__": "ir.note",
            }
            for call in found[: int(asked.one("s", "100"))]
        ]

    def _write(self, asked: Asked) -> Answer:
        model, _, party = str(asked.body.get("resource", "")).partition(",")
        if model != "party.party" or self.person(party) is None:
            return self.refusal(400, 'A value is required for field "Resource" in record "(2)" of "Note".')
        return 200, {"id": self.add_call(party, asked.body).id, "__name__": "ir.note"}


def _decoded(value: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(value))


def _domain(asked: Asked) -> Any:
    return _decoded(asked.one("d", "W10="))


def _holds(row: dict[str, Any], name: str, operator: str, value: Any) -> bool:
    """A clause of a domain, with the wildcards of LIKE at the ends only."""
    mine = str(row[name])
    if operator == "=":
        return mine == str(value)
    assert operator == "ilike"
    wanted = value.removeprefix("%").removesuffix("%").replace("\\%", "%").replace("\\_", "_").replace("\\\\", "\\")
    return mine.lower().endswith(wanted.lower()) if not value.endswith("%") else wanted.lower() in mine.lower()
