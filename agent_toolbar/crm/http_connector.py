"""One CRM over the declarative connector. Called and answering on the GUI thread; two threads of its own work."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.runtime import Dispatcher, Timers
from agent_toolbar.connector.client import ManifestClient, settings_of
from agent_toolbar.connector.manifest import Manifest, load_manifest, shipped_manifest
from agent_toolbar.connector.oauth import GrantBook, Keep, SharedGrant
from agent_toolbar.connector.token_endpoint import TokenEndpoint
from agent_toolbar.crm.connector_inputs import Inputs, call_inputs, phone_inputs
from agent_toolbar.crm.connector_rows import Row, contact_of, contacts_of, deal_of, history_of, text_of, user_of
from agent_toolbar.crm.number_match import match_level
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.crm import CallEntry, CrmContact, CrmOperation, CrmUser, Deal, PastContact
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text
from agent_toolbar.storage.serial_worker import SerialWorker

FIND_BUDGET_S = 1.5
UNKNOWN_CONTACT = "unknown_contact"  # a manifest that asks for it files calls under contacts only
_T = TypeVar("_T")
_Answer = Callable[[_T | AgentToolbarError], None]


def crm_manifest(name: str) -> Path:
    """A manifest's file: by name where it comes with the toolbar, else by its path."""
    written = Path(name)
    return written if written.suffix == ".toml" or len(written.parts) > 1 else shipped_manifest("crm", name)


def load_crm_manifest(access: CrmAccess) -> Manifest:
    """Raises CrmError("no_connector") or ManifestError."""
    file = crm_manifest(access.manifest)
    if not file.is_file():
        raise CrmError("no_connector", manifest=plain_text(access.manifest, 60))
    return load_manifest(file)


def crm_settings(access: CrmAccess) -> dict[str, str]:
    """What a ManifestClient is based on."""
    return {**dict(access.values), "url": access.url, "user": access.user}


def open_grant(manifest: Manifest, access: CrmAccess, grants: GrantBook, keep: Keep) -> SharedGrant | None:
    """None where the manifest does not sign in with the browser. Raises CrmError("crm_unauthorized")."""
    if manifest.oauth is None:
        return None
    endpoint = TokenEndpoint(manifest, {"s": settings_of(manifest, crm_settings(access))})
    return grants.open(access.account, access.secret, endpoint, keep)


class HttpCrm:
    """Implements application.ports.crm.Crm.

    Look-ups of numbers have a lane of their own, so that no slow record can hold up whom a call is from.
    """

    def __init__(
        self,
        access: CrmAccess,
        dispatcher: Dispatcher,
        timers: Timers,
        plan: Callable[[], NumberPlan],
        *,
        grants: GrantBook | None = None,
        keep: Keep = lambda _: False,
    ) -> None:
        """`grants`, `keep`: for a sign-in with the browser, whose secret changes; `keep` waits for the keyring.

        Raises CrmError("no_connector"), or ManifestError where the manifest or what it is given cannot be used;
        CrmError("crm_unauthorized") where nobody signed in with the browser yet.
        """
        manifest = load_crm_manifest(access)
        base = crm_settings(access)
        grant = open_grant(manifest, access, grants or GrantBook(), keep)
        self._account = access.account
        self._name = manifest.name
        self._dispatcher = dispatcher
        self._timers = timers
        self._plan = plan
        self._unknown_contact = base.get(UNKNOWN_CONTACT, "")
        self._needs_contact = UNKNOWN_CONTACT in manifest.wanted
        self._finder = ManifestClient(manifest, base=base, secret=access.secret, verify=self._judge, grant=grant)
        self._clerk = ManifestClient(manifest, base=base, secret=access.secret, verify=self._judge, grant=grant)
        known = {operation.value for operation in CrmOperation}
        self._operations = frozenset(CrmOperation(name) for name in self._clerk.operations & known)
        self._closed = False
        self._find_lane = SerialWorker("crm-find")
        self._lane = SerialWorker("crm")

    @property
    def operations(self) -> frozenset[CrmOperation]:
        return self._operations

    @property
    def name(self) -> str:
        return self._name

    def who_am_i(self, on_result: _Answer[CrmUser]) -> None:
        def read(rows: list[Row]) -> CrmUser:
            user = user_of(rows, self._account)
            if user is None:
                raise CrmError("crm_unauthorized")  # a key that works, but of somebody else
            return user

        self._ask(CrmOperation.WHOAMI, {}, read, on_result)

    def find(self, number: CanonicalNumber, on_result: _Answer[tuple[CrmContact, ...]]) -> None:
        """Extensions, service and withheld numbers are nobody's in a CRM, and it is not asked for them."""
        asked_s = time.monotonic()
        answer = self._once(on_result)
        if number.kind is not NumberKind.E164:
            self._dispatcher.post(lambda: answer(()))
            return
        timer = self._timers.after_ms(round(FIND_BUDGET_S * 1000), lambda: answer(CrmError("crm_slow")))

        def told(result: tuple[CrmContact, ...] | AgentToolbarError) -> None:
            timer.cancel()
            answer(result)

        def work() -> tuple[CrmContact, ...]:
            left_s = max(0.0, FIND_BUDGET_S - (time.monotonic() - asked_s))
            inputs = {"phone": phone_inputs(number)}
            return contacts_of(self._finder.run(CrmOperation.FIND.value, inputs, budget_s=left_s))

        self._find_lane.submit(lambda: self._told(work, told))

    def find_by_name(self, text: str, on_result: _Answer[tuple[CrmContact, ...]]) -> None:
        wanted = plain_text(text)
        if not wanted:
            self._dispatcher.post(lambda: self._once(on_result)(()))
            return
        self._ask(CrmOperation.FIND_BY_NAME, {"text": wanted}, contacts_of, on_result)

    def deals(self, contact_id: str, on_result: _Answer[tuple[Deal, ...]]) -> None:
        self._ask(CrmOperation.DEALS, _contact(contact_id), lambda rows: tuple(map(deal_of, rows)), on_result)

    def history(self, contact_id: str, on_result: _Answer[tuple[PastContact, ...]]) -> None:
        self._ask(CrmOperation.HISTORY, _contact(contact_id), history_of, on_result)

    def owner(self, contact_id: str, on_result: _Answer[str]) -> None:
        def read(rows: list[Row]) -> str:
            return text_of(rows[0], "name") if rows else ""

        self._ask(CrmOperation.OWNER, _contact(contact_id), read, on_result)

    def create(self, name: str, number: CanonicalNumber, on_result: _Answer[CrmContact]) -> None:
        inputs = {"contact": {"name": plain_text(name)}, "phone": phone_inputs(number)}
        self._ask(CrmOperation.CREATE, inputs, lambda rows: contact_of(_only(rows)), on_result)

    def log_call(self, entry: CallEntry, on_result: _Answer[str]) -> None:
        self._about_call(CrmOperation.LOG_CALL, entry, {}, lambda rows: text_of(_only(rows), "id"), on_result)

    def find_logged(self, entry: CallEntry, on_result: _Answer[str]) -> None:
        def read(rows: list[Row]) -> str:
            return text_of(rows[0], "id") if rows else ""

        self._about_call(CrmOperation.FIND_LOGGED, entry, {}, read, on_result)

    def update_call(self, record: str, entry: CallEntry, on_result: _Answer[str]) -> None:
        def read(rows: list[Row]) -> str:
            return text_of(_only(rows), "id") or record

        self._about_call(CrmOperation.UPDATE_CALL, entry, {"record": record}, read, on_result)

    def update_number(self, contact_id: str, before: str, after: CanonicalNumber, on_result: _Answer[str]) -> None:
        """Puts `after` in the place of `before`, as the CRM gave it; what it keeps now.

        CrmError "crm_number_changed" where the number is not `before` any more.
        """

        def read(rows: list[Row]) -> str:
            if not rows:
                raise CrmError("crm_number_changed")
            return text_of(rows[0], "number") or after.key

        inputs = {**_contact(contact_id), "number": {"before": before, "after": after.key}}
        self._ask(CrmOperation.UPDATE_NUMBER, {**inputs, "phone": phone_inputs(after)}, read, on_result)

    def retire_number(self, contact_id: str, before: str, on_result: _Answer[str]) -> None:
        def read(rows: list[Row]) -> str:
            if not rows:
                raise CrmError("crm_number_changed")
            return ""

        self._ask(CrmOperation.RETIRE_NUMBER, {**_contact(contact_id), "number": {"before": before}}, read, on_result)

    def add_number(self, contact_id: str, number: CanonicalNumber, on_result: _Answer[str]) -> None:
        def read(rows: list[Row]) -> str:
            if not rows:
                raise CrmError("crm_number_changed")
            return text_of(rows[0], "number") or number.key

        self._ask(CrmOperation.ADD_NUMBER, {**_contact(contact_id), "phone": phone_inputs(number)}, read, on_result)

    def close(self) -> None:
        """Signed out. What is under way ends by itself, and is not answered."""
        self._closed = True
        for lane, client in ((self._find_lane, self._finder), (self._lane, self._clerk)):
            lane.submit(client.close)
            lane.close(timeout_s=0.0)

    # ------------------------------------------------------------------ asking

    def _about_call(
        self,
        operation: CrmOperation,
        entry: CallEntry,
        more: Inputs,
        read: Callable[[list[Row]], str],
        on_result: _Answer[str],
    ) -> None:
        answer = self._once(on_result)
        plan = self._plan()

        def about(contact_id: str) -> str:
            inputs = {**call_inputs(entry, contact_id), **more}
            return read(list(self._clerk.run(operation.value, inputs)))

        def work() -> str:
            if operation not in self._operations:
                raise CrmError("crm_cannot", operation=operation.value)
            known = entry.contact_id or self._certain_contact(entry, plan)
            places = list(dict.fromkeys(place for place in (known, self._unknown_contact) if place))
            if not places and self._needs_contact:
                raise CrmError("crm_needs_contact")
            if operation is CrmOperation.FIND_LOGGED and not entry.contact_id:
                # whom the number belongs to may have been found out only after the call was written
                return next((record for place in places or [""] if (record := about(place))), "")
            return about(places[0] if places else "")

        self._lane.submit(lambda: self._told(work, answer))

    def _certain_contact(self, entry: CallEntry, plan: NumberPlan) -> str:
        """On the lane: whose the number certainly is, "" if that is nobody or could be several."""
        number = canonical_number(entry.number, plan)
        if number.kind is not NumberKind.E164:
            return ""
        found = contacts_of(self._clerk.run(CrmOperation.FIND.value, {"phone": phone_inputs(number)}))
        certain = [contact.id for contact in found if contact.level.certain]
        return certain[0] if len(certain) == 1 else ""

    def _ask(
        self, operation: CrmOperation, inputs: Inputs, read: Callable[[list[Row]], _T], on_result: _Answer[_T]
    ) -> None:
        answer = self._once(on_result)
        self._lane.submit(lambda: self._told(lambda: read(list(self._clerk.run(operation.value, inputs))), answer))

    def _once(self, on_result: _Answer[_T]) -> _Answer[_T]:
        """On the GUI thread: only the first answer is passed on, and none after `close`."""
        answered = False

        def answer(result: _T | AgentToolbarError) -> None:
            nonlocal answered
            if not answered and not self._closed:
                answered = True
                on_result(result)

        return answer

    # ------------------------------------------------------------------ on a lane

    def _told(self, work: Callable[[], _T], answer: _Answer[_T]) -> None:
        if self._closed:
            return
        result: _T | AgentToolbarError
        try:
            result = work()
        except CrmError as error:
            result = error
        self._dispatcher.post(lambda: answer(result))

    def _judge(self, stored: str, inputs: Inputs) -> MatchLevel | None:
        phone = inputs.get("phone")
        assert isinstance(phone, dict), "only what is asked by number is verified"
        number = CanonicalNumber(
            NumberKind.E164, key=str(phone["e164"]), extension=str(phone["ext"]), national=str(phone["nsn"])
        )
        return match_level(stored, number, self._plan())


def _contact(contact_id: str) -> dict[str, object]:
    return {"contact": {"id": contact_id}}


def _only(rows: list[Row]) -> Row:
    if not rows:
        raise CrmError("crm_broken_answer", detail="0")
    return rows[0]
