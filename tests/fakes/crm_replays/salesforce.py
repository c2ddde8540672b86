"""Salesforce's REST interface, as its documentation (api_rest, soql_sosl) describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.crm_replays.replay_server import DEALS, Answer, Asked, OAuthReplay, Person

DATA = "/services/data/v60\\.0"
_PHRASE = r'"(?:[^\\"]|\\.)*"'
_FIND = re.compile(
    rf"FIND \{{(?P<phrases>{_PHRASE}(?: OR {_PHRASE})*)\}} IN (?P<where>PHONE|NAME) FIELDS RETURNING Contact\(.*"
)
_TEXT = r"'(?P<{}>(?:[^\\']|\\.)*)'"


class SalesforceReplay(OAuthReplay):
    manifest = "salesforce"
    marks_vip = False
    token_path = "/services/oauth2/token"
    values = (("currency", "EUR"),)

    @property
    def token_answer(self) -> dict[str, str]:
        return {"instance_url": self.url, "signature": "x"}

    def refusal(self, status: int, text: str) -> Answer:
        code = {401: "INVALID_SESSION_ID", 429: "REQUEST_LIMIT_EXCEEDED"}.get(status, "FIELD_INTEGRITY_EXCEPTION")
        return status, [{"message": text, "errorCode": code}]

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        return {
            "GET /services/oauth2/userinfo": lambda _: (200, {"user_id": "005A", "name": "Alice Agent"}),
            f"GET {DATA}/search/": self._search,
            f"GET {DATA}/query": self._query,
            f"POST {DATA}/sobjects/Contact": self._create,
            f"PATCH {DATA}/sobjects/Contact/(\\d+)": self._update_contact,
            f"POST {DATA}/sobjects/Task": self._log,
            f"PATCH {DATA}/sobjects/Task/(\\d+)": self._update_call,
        }

    def _search(self, asked: Asked) -> Answer:
        found = _FIND.fullmatch(asked.one("q"))
        if found is None:
            return 400, [{"message": "line 1:12 mismatched character", "errorCode": "MALFORMED_SEARCH"}]
        phrases = [re.sub(r"\\(.)", r"\1", one[1:-1]).lower() for one in re.findall(_PHRASE, found["phrases"])]
        people = [
            person
            for person in self.people
            if (person.number in phrases if found["where"] == "PHONE" else phrases[0] in person.name.lower())
        ]
        return 200, {"searchRecords": [self._contact(person) for person in people]}

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "attributes": {"type": "Contact", "url": f"/services/data/v60.0/sobjects/Contact/{person.id}"},
            "Id": str(person.id),
            "Name": person.name,
            "Phone": person.number or None,
            "MobilePhone": None,
            "Account": None,
            "Owner": {"attributes": {"type": "User"}, "Name": "Alice Agent"},
        }

    def _query(self, asked: Asked) -> Answer:
        query = asked.one("q")
        answers: tuple[tuple[str, Callable[[re.Match[str]], list[dict[str, Any]]]], ...] = (
            (rf"SELECT .* FROM Opportunity WHERE .* WHERE Id = {_TEXT.format('id')}\) LIMIT 50", self._deals),
            (rf"SELECT .* FROM Task WHERE WhoId = {_TEXT.format('id')} ORDER BY CreatedDate DESC LIMIT 3", self._past),
            (rf"SELECT Id FROM Task WHERE CallObject = {_TEXT.format('key')} LIMIT 1", self._logged),
            (
                rf"SELECT Id FROM Contact WHERE Id = {_TEXT.format('id')} AND Phone = {_TEXT.format('phone')} LIMIT 1",
                self._unchanged,
            ),
        )
        for pattern, answer in answers:
            if found := re.fullmatch(pattern, query):
                rows = answer(found)
                return 200, {"totalSize": len(rows), "done": True, "records": rows}
        return 400, [{"message": f"unexpected token: {query}", "errorCode": "MALFORMED_QUERY"}]

    def _deals(self, found: re.Match[str]) -> list[dict[str, Any]]:
        mine = found["id"] == str(self.people[0].id)
        rows = [
            {"Id": f"006{number}", "Name": "Deal", "StageName": "Prospecting", "Amount": float(amount)}
            for number, (amount, _) in enumerate(DEALS)
        ]
        return rows if mine else []

    def _past(self, found: re.Match[str]) -> list[dict[str, Any]]:
        calls = [call for call in self.calls if call.person == found["id"]]
        return [
            {"Subject": one.fields["Subject"], "CreatedDate": f"2026-11-25T20:38:{one.id:02}.000+0000", "Owner": None}
            for one in calls[::-1][:3]
        ]

    def _logged(self, found: re.Match[str]) -> list[dict[str, Any]]:
        return [{"Id": str(call.id)} for call in self.calls if call.fields["CallObject"] == found["key"]]

    def _unchanged(self, found: re.Match[str]) -> list[dict[str, Any]]:
        person = self.person(found["id"])
        return [{"Id": found["id"]}] if person is not None and person.number == found["phone"] else []

    def _create(self, asked: Asked) -> Answer:
        person = self.add_person(asked.body["LastName"], asked.body["Phone"])
        return 201, {"id": str(person.id), "success": True, "errors": []}

    def _update_contact(self, asked: Asked) -> Answer:
        person = self.person(asked.path[0])
        assert person is not None
        person.number = asked.body["Phone"] or ""
        return 204, None

    def _log(self, asked: Asked) -> Answer:
        told = asked.body
        assert told["CallType"] in {"Inbound", "Outbound"}
        assert isinstance(told["CallDurationInSeconds"], int)
        call = self.add_call(told.get("WhoId", ""), told)
        return 201, {"id": str(call.id), "success": True, "errors": []}

    def _update_call(self, asked: Asked) -> Answer:
        call = self.call(asked.path[0])
        assert call is not None
        call.fields.update(asked.body)
        return 204, None
