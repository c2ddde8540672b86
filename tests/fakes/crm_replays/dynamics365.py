"""The Web API of Dataverse, version 9.2, as its documentation (power-apps, data-platform, webapi) describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, Answer, Asked, OAuthReplay, Person, Record

API = "/api/data/v9\\.2"
_ID = r"\(00000000-0000-0000-0000-0*(\d+)\)"
_UNCHANGED = re.compile(r"contactid eq 0{8}-0{4}-0{4}-0{4}-0*(\d+) and telephone1 eq '(?P<phone>(?:[^']|'')*)'")
_TERM = re.compile(r"(?:(?P<field>\w+) eq '(?P<same>(?:[^']|'')*)'|contains\((?P<of>\w+),'(?P<part>(?:[^']|'')*)'\))")


def guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012}"


class DynamicsReplay(OAuthReplay):
    manifest = "dynamics365"
    marks_vip = False
    token_path = "/our-tenant/oauth2/v2.0/token"
    values = (("tenant", "our-tenant"),)

    def __init__(self) -> None:
        super().__init__()
        self.colleague: Callable[[], None] | None = None  # writes after the next question

    @property
    def login_values(self) -> tuple[tuple[str, str], ...]:
        return (("login", self.url),)

    def refusal(self, status: int, text: str) -> Answer:
        return status, {"error": {"code": "0x80040217", "message": text}}

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            f"GET {API}/WhoAmI": lambda _: (200, {"BusinessUnitId": guid(1), "UserId": guid(7)}),
            f"GET {API}/systemusers{_ID}": lambda _: (200, {"systemuserid": guid(7), "fullname": "Alice Agent"}),
            f"GET {API}/contacts": self._contacts,
            f"POST {API}/contacts": self._create,
            f"PATCH {API}/contacts{_ID}": self._update_contact,
            f"GET {API}/contacts{_ID}/opportunity_parent_contact": self._deals,
            f"GET {API}/contacts{_ID}/Contact_Phonecalls": self._past,
            f"GET {API}/phonecalls": self._logged,
            f"POST {API}/phonecalls": self._log,
            f"PATCH {API}/phonecalls{_ID}": self._update_call,
        }

    def _contacts(self, asked: Asked) -> Answer:
        written = asked.one("$filter")
        if found_id := _UNCHANGED.fullmatch(written):
            person = self.person(found_id[1])
            phone = found_id["phone"].replace("''", "'")
            rows = [self._contact(person)] if person is not None and person.number == phone else []
            if self.colleague is not None:
                self.colleague()
            return 200, {"@odata.context": "x", "value": rows}
        terms = list(_TERM.finditer(written))
        if " or ".join(term[0] for term in terms) != written:
            return self.refusal(400, "Syntax error at position 12")
        found = [person for person in self.people if any(self._fits(person, term) for term in terms)]
        return 200, {"@odata.context": "x", "value": [self._contact(person) for person in found]}

    def _fits(self, person: Person, term: re.Match[str]) -> bool:
        values = {"telephone1": person.number, "mobilephone": None, "fullname": person.name.lower()}
        value = values[term["field"] or term["of"]]
        if value is None:
            return False
        if term["field"]:
            return value == term["same"].replace("''", "'")
        return term["part"].replace("''", "'").lower() in value

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "@odata.etag": _version(person),
            "contactid": guid(person.id),
            "fullname": person.name,
            "telephone1": person.number or None,
            "mobilephone": None,
            "parentcustomerid_account": None,
        }

    def _create(self, asked: Asked) -> Answer:
        assert asked.headers["prefer"] == "return=representation"
        return 201, self._contact(self.add_person(asked.body["lastname"], asked.body["telephone1"]))

    def _update_contact(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        assert person is not None
        if asked.headers["if-match"] != _version(person):
            return self.refusal(
                412, "The version of the existing record doesn't match the RowVersion property provided."
            )
        person.number = asked.body["telephone1"] or ""
        return 204, None

    def _deals(self, asked: Asked) -> Answer:
        assert asked.one("$filter") == "statecode eq 0"
        rows = [
            {
                "opportunityid": guid(number),
                "name": "Deal",
                "estimatedvalue": float(amount),
                "stepname": "2-Develop",
                "transactioncurrencyid": {"isocurrencycode": currency},
            }
            for number, (amount, currency) in enumerate(DEALS)
        ]
        return 200, {"value": rows if asked.path[0] == str(self.people[0].id) else []}

    def _past(self, asked: Asked) -> Answer:
        found = [self._row(call) for call in self.calls if call.person == asked.path[0]]
        return 200, {"value": found[::-1][: int(asked.one("$top"))]}

    def _row(self, call: Record) -> dict[str, Any]:
        created = f"2026-11-25T20:38:{call.id:02}Z"
        return {"activityid": guid(call.id), "subject": call.fields["subject"], "createdon": created}

    def _logged(self, asked: Asked) -> Answer:
        term = _TERM.fullmatch(asked.one("$filter"))
        assert term is not None
        assert term["field"] == "category"
        return 200, {"value": [self._row(one) for one in self.calls if one.fields["category"] == term["same"]]}

    def _log(self, asked: Asked) -> Answer:
        told = asked.body
        assert told["directioncode"] is False
        assert isinstance(told["actualdurationminutes"], int)
        found = re.fullmatch(f"/contacts{_ID}", told["regardingobjectid_contact@odata.bind"])
        if found is None:
            return self.refusal(400, "Invalid URI")
        return 201, self._row(self.add_call(found[1], told))

    def _update_call(self, asked: Asked) -> Answer:
        assert asked.headers["if-match"] == "*"  # else a PATCH would make a new one
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body)
        return 204, None


def _version(person: Person) -> str:
    return f'W/"{person.id}{person.number.lstrip("+")}"'
