"""Dolibarr's REST interface (api/index.php), as its API explorer describes it: nothing found is a 404."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, KEY, Answer, Asked, Person, Replay

_CLAUSE = re.compile(r"\(t\.(\w+):(like|=):'?([^']*)'?\)")
_COLUMNS = {"phone": "phone_pro", "phone_mobile": "phone_mobile", "rowid": "id", "ref_ext": "ref_ext"}


class DolibarrReplay(Replay):
    manifest = "dolibarr"
    marks_vip = False

    def allowed(self, asked: Asked) -> bool:
        return asked.headers.get("dolapikey") == KEY

    def refusal(self, status: int, text: str) -> Answer:
        return status, {"error": {"code": status, "message": text}}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        api = "/api/index.php"
        return {
            f"GET {api}/users/info": lambda _: (200, {"id": "5", "firstname": "Alice", "lastname": "Agent"}),
            f"GET {api}/contacts": self._contacts,
            f"GET {api}/contacts/(\\d+)": self._one_contact,
            f"POST {api}/contacts": self._create,
            f"PUT {api}/contacts/(\\d+)": self._update,
            f"GET {api}/proposals": self._proposals,
            f"GET {api}/agendaevents": self._events,
            f"POST {api}/agendaevents": self._log,
            f"PUT {api}/agendaevents/(\\d+)": self._update_call,
        }

    def _listed(self, rows: list[dict[str, Any]], what: str) -> Answer:
        return (200, rows) if rows else self.refusal(404, f"Not Found: No {what} found")

    def _contacts(self, asked: Asked) -> Answer:
        rows = [self._contact(person) for person in self.people]
        return self._listed([row for row in rows if _chosen(asked.one("sqlfilters"), row)], "contacts")

    def _one_contact(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        return (200, self._contact(person)) if person else self.refusal(404, "Not Found: Contact not found")

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "id": str(person.id),
            "firstname": "",
            "lastname": person.name,
            "socname": None,
            "socid": str(person.id + 100),
            "phone_pro": person.number,
            "phone_mobile": "",
            "phone_perso": "",
        }

    def _create(self, asked: Asked) -> Answer:
        return 200, self.add_person(asked.body["lastname"], asked.body["phone_pro"]).id

    def _update(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        assert person is not None
        person.number = asked.body["phone_pro"]
        return 200, self._contact(person)

    def _proposals(self, asked: Asked) -> Answer:
        mine = asked.one("thirdparty_ids") == str(self.people[0].id + 100)
        rows = [
            {
                "id": str(number),
                "ref": f"PR{number}",
                "total_ttc": amount,
                "multicurrency_code": currency,
                "statut": "1",
            }
            for number, (amount, currency) in enumerate(DEALS)
            if mine
        ]
        return self._listed(rows, "proposals")

    def _events(self, asked: Asked) -> Answer:
        rows = [{"id": str(call.id), **call.fields} for call in self.calls]
        return self._listed([row for row in rows if _chosen(asked.one("sqlfilters"), row)], "events")

    def _log(self, asked: Asked) -> Answer:
        assert (asked.body["type_code"], asked.body["userownerid"]) == ("AC_TEL", "5")
        return 200, self.add_call(asked.body.get("contact_id", ""), asked.body).id

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body)
        return 200, {"id": str(call.id), **call.fields}


def _chosen(filters: str, row: dict[str, Any]) -> bool:
    """Clauses of Dolibarr's "universal search criteria", all joined by "or" or all by "and"."""
    holds = [
        str(row[_COLUMNS[column]]).endswith(value.lstrip("%"))
        if operator == "like"
        else str(row[_COLUMNS[column]]) == value
        for column, operator, value in _CLAUSE.findall(filters)
    ]
    return any(holds) if " or " in filters else all(holds)
