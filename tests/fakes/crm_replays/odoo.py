"""Odoo 19's JSON-2 interface, as its documentation (reference/external_api) describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, KEY, USER, Answer, Asked, Replay


class OdooReplay(Replay):
    manifest = "odoo"
    values = (("database", "lab"),)
    marks_vip = False

    def allowed(self, asked: Asked) -> bool:
        assert asked.headers.get("x-odoo-database") == "lab"
        return asked.headers.get("authorization") == f"Bearer {KEY}"

    def refusal(self, status: int, text: str) -> Answer:
        return status, {
            "name": "werkzeug.exceptions.Unauthorized",
            "message": text,
            "arguments": [text, status],
            "context": {},
            "debug": "Traceback ...",
        }

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            "POST /json/2/res.users/search_read": self._users,
            "POST /json/2/res.partner/search_read": self._partners,
            "POST /json/2/res.partner/create": self._create,
            "POST /json/2/res.partner/write": self._write,
            "POST /json/2/res.partner/message_post": self._post_message,
            "POST /json/2/crm.lead/search_read": self._leads,
            "POST /json/2/mail.message/search_read": self._messages,
        }

    def _users(self, asked: Asked) -> Answer:
        return 200, [{"id": 2, "name": "Alice Agent"}] if asked.body["domain"] == [["login", "=", USER]] else []

    def _partners(self, asked: Asked) -> Answer:
        rows = [
            {
                "id": person.id,
                "name": person.name,
                "phone": person.number or False,
                "phone_mobile_search": person.number,
                "user_id": 2,
            }
            for person in self.people
        ]
        found = [row for row in rows if all(_holds(row, *clause) for clause in asked.body["domain"])]
        return 200, [
            {
                "id": row["id"],
                "name": row["name"],
                "phone": row["phone"],
                "parent_id": False,
                "user_id": [2, "Alice Agent"],
            }
            for row in found
        ]

    def _create(self, asked: Asked) -> Answer:
        (values,) = asked.body["vals_list"]
        return 200, [self.add_person(values["name"], values["phone"]).id]

    def _write(self, asked: Asked) -> Answer:
        for person_id in asked.body["ids"]:
            person = self.person(person_id)
            assert person is not None
            person.number = asked.body["vals"]["phone"] or ""
        return 200, True

    def _post_message(self, asked: Asked) -> Answer:
        assert asked.body["message_type"] == "comment"
        (person,) = asked.body["ids"]
        return 200, [self.add_call(person, asked.body).id]

    def _leads(self, asked: Asked) -> Answer:
        if asked.body["domain"][0] != ["partner_id", "=", self.people[0].id]:
            return 200, []
        return 200, [
            {
                "id": number,
                "name": "Deal",
                "expected_revenue": float(amount),
                "company_currency": [1, currency],
                "stage_id": [3, "Proposition"],
            }
            for number, (amount, currency) in enumerate(DEALS, start=1)
        ]

    def _messages(self, asked: Asked) -> Answer:
        clauses = asked.body["domain"]
        assert clauses[0] == ["model", "=", "res.partner"]
        rows = [
            {
                "id": call.id,
                "res_id": int(call.person),
                "body": call.fields["body"],
                "preview": " ".join(call.fields["body"].split()),
                "date": "2026-11-25 20:38:50",
                "author_id": [3, "Alice Agent"],
                "message_type": "comment",
            }
            for call in self.calls
        ]
        found = [row for row in rows if all(_holds(row, *clause) for clause in clauses[1:])]
        if "desc" in asked.body["order"]:
            found.reverse()
        return 200, [
            {name: row[name] for name in ("id", *asked.body["fields"])} for row in found[: asked.body["limit"]]
        ]


def _holds(row: dict[str, Any], name: str, operator: str, value: Any) -> bool:
    mine = row[name]
    if operator == "=":
        return bool(mine == value)
    if operator == "!=":
        return bool(mine != value)
    if operator == "in":
        return mine in value
    assert operator in {"like", "ilike"}
    wanted = str(value).replace("\\%", "%").replace("\\_", "_").replace("\\\\", "\\")
    return wanted.lower() in str(mine).lower()
