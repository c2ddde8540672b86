"""A CRM that keeps calls in memory and fails as a test says, and an outbox in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from agent_toolbar.application.ports.crm import CrmAccess, OutboxItem
from agent_toolbar.domain.crm import CallEntry, CrmContact, CrmOperation, CrmUser, Deal, PastContact
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import CanonicalNumber

ALL_OPERATIONS = frozenset(CrmOperation)


@dataclass
class CrmServer:
    """What stands at the CRM, whoever is signed in; shared by all connections of a test.

    Attributes:
        keys: the key that each account accepts. calls: every record that was made, by its id.
        numbers: the number of each contact, by the contact's id.
        failing: what the next requests fail with; "slow" stands for one that arrives and is never answered in time.
        full: ids of contacts that have no room for one more number.
        contacts: by number; open_deals, past, owners: by contact.
        silent: keeps all answers back until `answer`. asked: every request as (operation, key of the call).
    """

    operations: frozenset[CrmOperation] = ALL_OPERATIONS
    keys: dict[str, str] = field(default_factory=dict)
    users: dict[str, CrmUser] = field(default_factory=dict)
    calls: dict[str, CallEntry] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    full: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    failing: list[AgentToolbarError | None] = field(default_factory=list)
    down: AgentToolbarError | None = None
    silent: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    contacts: dict[str, tuple[CrmContact, ...]] = field(default_factory=dict)
    open_deals: dict[str, tuple[Deal, ...]] = field(default_factory=dict)
    past: dict[str, tuple[PastContact, ...]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    connections: list[FakeCrm] = field(default_factory=list)
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def connect(self, access: CrmAccess) -> FakeCrm:
        crm = FakeCrm(self, access)
        self.connections.append(crm)
        return crm

    def answer(self) -> None:
        waiting, self.waiting = self.waiting, []
        for answer in waiting:
            answer()

    def renumber(self, contact_id: str, number: str) -> None:
        """The contact is found by this number now, "" for by none."""
        known = {one.id: one for found in self.contacts.values() for one in found}
        self.contacts = {
            key: tuple(one for one in found if one.id != contact_id) for key, found in self.contacts.items()
        }
        if number and contact_id in known:
            contact = replace(known[contact_id], number=number)
            self.contacts[number] = (*self.contacts.get(number, ()), contact)

    def logged(self, key: str) -> list[str]:
        return [record for record, entry in self.calls.items() if entry.key == key]


class FakeBrowser:
    """Implements application.ports.crm.BrowserSignIn, and is the browser.

    Attributes:
        used: the connector signs in with it. there: a browser opens. opened: what it showed.
        attempts: with `told`, which ends them, and `cancelled`.
    """

    def __init__(self) -> None:
        self.used = False
        self.there = True
        self.refusal: AgentToolbarError | None = None
        self.opened: list[str] = []
        self.attempts: list[FakeAttempt] = []

    def uses_browser(self, access: CrmAccess) -> bool:
        return self.used

    def signed_in_before(self, secret: str) -> bool:
        return secret.startswith("grant")

    def begin(self, access: CrmAccess, on_result: Callable[[str | AgentToolbarError], None]) -> FakeAttempt:
        if self.refusal is not None:
            raise self.refusal
        self.attempts.append(FakeAttempt(f"https://login.test/{len(self.attempts)}", access, on_result))
        return self.attempts[-1]

    def open_page(self, url: str) -> bool:
        self.opened.append(url)
        return self.there


@dataclass
class FakeAttempt:
    url: str
    access: CrmAccess
    told: Callable[[str | AgentToolbarError], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeCrm:
    """Implements application.ports.crm.Crm."""

    def __init__(self, server: CrmServer, access: CrmAccess) -> None:
        self._server = server
        self.access = access
        self.closed = False

    @property
    def operations(self) -> frozenset[CrmOperation]:
        return self._server.operations

    @property
    def name(self) -> str:
        return "Test CRM"

    def who_am_i(self, on_result: Callable[[CrmUser | AgentToolbarError], None]) -> None:
        user = self._server.users.get(self.access.secret) or CrmUser(self.access.account, "7", "Marie Agent")
        self._answer("whoami", "", lambda: user, on_result)

    def find(
        self, number: CanonicalNumber, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]
    ) -> None:
        self._answer("find", number.key, lambda: self._server.contacts.get(number.key, ()), on_result)

    def find_by_name(self, text: str, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]) -> None:
        known = {one.id: one for found in self._server.contacts.values() for one in found if text in one.name}
        self._answer("find_by_name", text, lambda: tuple(known.values()), on_result)

    def deals(self, contact_id: str, on_result: Callable[[tuple[Deal, ...] | AgentToolbarError], None]) -> None:
        self._answer("deals", contact_id, lambda: self._server.open_deals.get(contact_id, ()), on_result)

    def history(
        self, contact_id: str, on_result: Callable[[tuple[PastContact, ...] | AgentToolbarError], None]
    ) -> None:
        self._answer("history", contact_id, lambda: self._server.past.get(contact_id, ()), on_result)

    def owner(self, contact_id: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        self._answer("owner", contact_id, lambda: self._server.owners.get(contact_id, ""), on_result)

    def create(
        self, name: str, number: CanonicalNumber, on_result: Callable[[CrmContact | AgentToolbarError], None]
    ) -> None:
        def made() -> CrmContact:
            contact = CrmContact(f"new{len(self._server.contacts) + 1}", name, number=number.key)
            self._server.contacts[number.key] = (*self._server.contacts.get(number.key, ()), contact)
            return contact

        self._answer("create", name, made, on_result)

    def log_call(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        def made() -> str:
            record = f"r{len(self._server.calls) + 1}"
            self._server.calls[record] = entry
            self._server.authors[record] = self.access.account
            return record

        self._answer("log_call", entry.key, made, on_result)

    def find_logged(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        self._answer("find_logged", entry.key, lambda: "".join(self._server.logged(entry.key)[:1]), on_result)

    def update_call(self, record: str, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        def changed() -> str:
            self._server.calls[record] = entry
            return record

        self._answer("update_call", entry.key, changed, on_result)

    def update_number(
        self,
        contact_id: str,
        before: str,
        after: CanonicalNumber,
        on_result: Callable[[str | AgentToolbarError], None],
    ) -> None:
        def changed() -> str | AgentToolbarError:
            if self._server.numbers.get(contact_id) != before:
                return CrmError("crm_number_changed")
            self._server.numbers[contact_id] = after.key
            self._server.renumber(contact_id, after.key)
            return after.key

        self._answer("update_number", contact_id, changed, on_result)

    def retire_number(self, contact_id: str, before: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        def changed() -> str | AgentToolbarError:
            if self._server.numbers.get(contact_id) != before:
                return CrmError("crm_number_changed")
            del self._server.numbers[contact_id]
            self._server.renumber(contact_id, "")
            return ""

        self._answer("retire_number", contact_id, changed, on_result)

    def add_number(
        self, contact_id: str, number: CanonicalNumber, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None:
        def changed() -> str | AgentToolbarError:
            server = self._server
            if contact_id in server.full:
                return CrmError("crm_number_changed")
            known = next(one for found in server.contacts.values() for one in found if one.id == contact_id)
            server.contacts[number.key] = (*server.contacts.get(number.key, ()), replace(known, number=number.key))
            return number.key

        self._answer("add_number", contact_id, changed, on_result)

    def close(self) -> None:
        self.closed = True

    def _answer(self, operation: str, key: str, deed: Callable, on_result: Callable) -> None:
        server = self._server
        server.asked.append((operation, key))
        failure = server.down or (server.failing.pop(0) if server.failing else None)
        if failure is None and server.keys.get(self.access.account, self.access.secret) != self.access.secret:
            failure = CrmError("crm_unauthorized")
        arrives = failure is None or failure.code == "crm_slow" or failure.params.get("sent") == 1
        result = deed() if arrives else None

        def tell() -> None:
            if not self.closed:
                on_result(result if failure is None else failure)

        if server.silent:
            server.waiting.append(tell)
        else:
            tell()


class FakeCallerChoices:
    """Implements application.ports.crm.CallerChoices. `silent` keeps answers back, in `waiting`."""

    def __init__(self) -> None:
        self.chosen: list[tuple[str, str, str]] = []
        self.silent = False
        self.waiting: list[Callable[[], None]] = []

    def remember(self, account: str, number: str, contact_id: str) -> None:
        self.chosen.append((account, number, contact_id))

    def recall(self, account: str, number: str, on_result: Callable[[tuple[str, ...]], None]) -> None:
        found = [contact for one, of, contact in reversed(self.chosen) if (one, of) == (account, number)]
        answer = tuple(dict.fromkeys(found))
        if self.silent:
            self.waiting.append(lambda: on_result(answer))
        else:
            on_result(answer)

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        del listener

    def close(self) -> None:
        pass


class FakeOutbox:
    """Implements application.ports.crm.Outbox. `full` plays a disk that refuses until `make_room`."""

    def __init__(self) -> None:
        self.items: dict[str, OutboxItem] = {}
        self.sent_items: dict[str, OutboxItem] = {}
        self.known_users: dict[str, str] = {}
        self.full = False
        self.closed = False
        self._listeners: list[Callable[[AgentToolbarError | None], None]] = []
        self._late: list[Callable[[], None]] = []

    def put(self, item: OutboxItem, on_written: Callable[[], None] | None = None) -> None:
        def write() -> None:
            if item.record or item.entry.key not in self.sent_items:
                self.items[item.entry.key] = item
            if on_written is not None:
                on_written()

        self._write(write)

    def sent(self, item: OutboxItem) -> None:
        def write() -> None:
            self.sent_items[item.entry.key] = item
            self.items.pop(item.entry.key, None)

        self._write(write)

    def discard(self, key: str) -> None:
        self._write(lambda: self.items.pop(key, None) and None)

    def waiting(self, on_result: Callable[[tuple[OutboxItem, ...]], None]) -> None:
        on_result(tuple(self.items.values()))

    def find_sent(self, key: str, on_result: Callable[[OutboxItem | None], None]) -> None:
        on_result(self.sent_items.get(key))

    def remember_user(self, account: str, user: str) -> None:
        self.known_users[account] = user

    def users(self, on_result: Callable[[dict[str, str]], None]) -> None:
        on_result(dict(self.known_users))

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        self._listeners.append(listener)

    def show_fault(self, fault: AgentToolbarError | None) -> None:
        for listener in self._listeners:
            listener(fault)

    def make_room(self) -> None:
        self.full = False
        late, self._late = self._late, []
        for write in late:
            write()

    def after_crash(self) -> FakeOutbox:
        """What the next life finds: only what was written."""
        found = FakeOutbox()
        found.items = {key: replace(item) for key, item in self.items.items()}
        found.sent_items = dict(self.sent_items)
        found.known_users = dict(self.known_users)
        return found

    def close(self) -> None:
        self.closed = True

    def _write(self, write: Callable[[], None]) -> None:
        if self.full:
            self._late.append(write)
        else:
            write()
