"""Tries what a manifest says against a real CRM, one operation after the other. Waits for each answer; one thread."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_trial import Trial, TrialSkip
from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.connector.oauth import GrantBook, Keep
from agent_toolbar.connector.oauth_grant import grant_of
from agent_toolbar.crm.connector_inputs import Inputs, call_inputs, phone_inputs
from agent_toolbar.crm.connector_rows import contacts_of, deal_of, history_of, text_of
from agent_toolbar.crm.http_connector import crm_settings, load_crm_manifest, open_grant
from agent_toolbar.crm.number_match import match_level
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmContact, CrmOperation
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text

MAX_SHOWN = 5
_NOBODY = "+33199000000"


class ConnectorTrial:
    """A manifest and one sign-in. Attributes: name of the product, as the manifest says."""

    def __init__(
        self,
        access: CrmAccess,
        number: str,
        plan: NumberPlan,
        *,
        writes: bool,
        grants: GrantBook | None = None,
        keep: Keep = lambda _: False,
    ) -> None:
        """`number`: of somebody who is in the CRM, "" for nobody; `writes`: a call may be logged with that contact.

        `grants`, `keep`: as for HttpCrm, where a toolbar shares the sign-in.
        Raises CrmError("no_connector"), ManifestError with file, line and key, or CrmError("trial_in_browser")
        where the manifest signs in with the browser and `access` holds no sign-in.
        """
        manifest = load_crm_manifest(access)
        self.name = manifest.name
        self._number = canonical_number(number or _NOBODY, plan)
        self._plan = plan
        self._writes = writes
        if manifest.oauth is not None and grant_of(access.secret) is None:
            raise CrmError("trial_in_browser", name=plain_text(manifest.name, 60))
        grant = open_grant(manifest, access, grants or GrantBook(), keep)
        base = crm_settings(access)
        self._client = ManifestClient(manifest, base=base, secret=access.secret, verify=self._judge, grant=grant)
        self._contact: CrmContact | None = None
        self._contacts: tuple[CrmContact, ...] = ()
        self._record = ""

    def run(self) -> Generator[Trial]:
        """Each operation once it was tried; close it to stop earlier."""
        try:
            for operation, try_it in self._order():
                yield self._tried(operation, try_it)
        finally:
            self._client.close()

    def _order(self) -> tuple[tuple[CrmOperation, Callable[[], tuple[str, ...] | TrialSkip]], ...]:
        about, writing = self._about_contact, self._writing
        entry = CallEntry(
            key=uuid.uuid4().hex,
            incoming=True,
            number=self._number.key,
            result=CallResult.ANSWERED,
            started_s=time.time(),
            duration_s=60,
            subject="agent-toolbar crm test",
        )

        def call() -> Inputs:
            contact = self._contact
            assert contact is not None
            return {**call_inputs(entry, contact.id), "record": self._record}

        return (
            (CrmOperation.WHOAMI, self._who_am_i),
            (CrmOperation.FIND, self._find),
            (CrmOperation.FIND_BY_NAME, about(self._find_by_name)),
            (CrmOperation.DEALS, about(self._deals)),
            (CrmOperation.OWNER, about(lambda: self._texts(CrmOperation.OWNER, self._whom(), "name"))),
            (CrmOperation.HISTORY, about(self._history)),
            (CrmOperation.DISPOSITIONS, lambda: self._texts(CrmOperation.DISPOSITIONS, {}, "name")),
            (CrmOperation.LOG_CALL, writing(lambda: self._logged(CrmOperation.LOG_CALL, call()))),
            (CrmOperation.FIND_LOGGED, about(lambda: self._find_logged(call()))),
            (CrmOperation.UPDATE_CALL, writing(lambda: self._logged(CrmOperation.UPDATE_CALL, call()))),
            (CrmOperation.CREATE, lambda: TrialSkip.WRITES),
            (CrmOperation.UPDATE_NUMBER, lambda: TrialSkip.WRITES),
            (CrmOperation.RETIRE_NUMBER, lambda: TrialSkip.WRITES),
            (CrmOperation.ADD_NUMBER, lambda: TrialSkip.WRITES),
        )

    def _tried(self, operation: CrmOperation, try_it: Callable[[], tuple[str, ...] | TrialSkip]) -> Trial:
        if operation.value not in self._client.operations:
            return Trial(operation, skip=TrialSkip.NOT_OFFERED)
        began_s = time.monotonic()
        try:
            found = try_it()
        except CrmError as error:
            return Trial(operation, error=error, took_ms=_ms_since(began_s))
        if isinstance(found, TrialSkip):
            return Trial(operation, skip=found)
        contacts = self._contacts if operation is CrmOperation.FIND else ()
        return Trial(operation, found[:MAX_SHOWN], _ms_since(began_s), contacts=contacts[:MAX_SHOWN])

    # ------------------------------------------------------------------ operations

    def _who_am_i(self) -> tuple[str, ...]:
        found = self._texts(CrmOperation.WHOAMI, {}, "name")
        if not found:
            raise CrmError("crm_unauthorized")  # a key that works, but of somebody else
        return found

    def _find(self) -> tuple[str, ...]:
        contacts = self._contacts = contacts_of(self._client.run("find", {"phone": phone_inputs(self._number)}))
        self._contact = next((contact for contact in contacts if contact.level.certain), None)
        return tuple(f"{one.name}, {one.number} ({one.level}) {one.url}".strip() for one in contacts)

    def _find_by_name(self) -> tuple[str, ...]:
        assert self._contact is not None
        return self._texts(CrmOperation.FIND_BY_NAME, {"text": self._contact.name}, "name")

    def _deals(self) -> tuple[str, ...]:
        deals = map(deal_of, self._client.run("deals", self._whom()))
        return tuple(" ".join((deal.title, deal.amount, deal.currency, deal.stage)) for deal in deals)

    def _history(self) -> tuple[str, ...]:
        return tuple(f"{past.when} {past.text}" for past in history_of(self._client.run("history", self._whom())))

    def _logged(self, operation: CrmOperation, inputs: Inputs) -> tuple[str, ...]:
        (self._record, *_) = self._texts(operation, inputs, "id") or ("",)
        return (self._record,)

    def _find_logged(self, inputs: Inputs) -> tuple[str, ...]:
        """What was logged a moment ago must be found, and what never was must not."""
        found = self._texts(CrmOperation.FIND_LOGGED, inputs, "id")
        if list(found) != ([self._record] if self._record else []):
            raise CrmError("crm_broken_answer", detail=f"{', '.join(found) or '-'} / {self._record or '-'}")
        return found

    def _texts(self, operation: CrmOperation, inputs: Inputs, name: str) -> tuple[str, ...]:
        return tuple(text_of(row, name) for row in self._client.run(operation.value, inputs))

    # ------------------------------------------------------------------ inside

    def _whom(self) -> Inputs:
        assert self._contact is not None
        return {"contact": {"id": self._contact.id}}

    def _about_contact(self, try_it: Callable[[], tuple[str, ...]]) -> Callable[[], tuple[str, ...] | TrialSkip]:
        return lambda: try_it() if self._contact is not None else TrialSkip.NO_CONTACT

    def _writing(self, try_it: Callable[[], tuple[str, ...]]) -> Callable[[], tuple[str, ...] | TrialSkip]:
        return lambda: self._about_contact(try_it)() if self._writes else TrialSkip.WRITES

    def _judge(self, stored: str, _inputs: Inputs) -> MatchLevel | None:
        return match_level(stored, self._number, self._plan)


def _ms_since(began_s: float) -> int:
    return round((time.monotonic() - began_s) * 1000)
