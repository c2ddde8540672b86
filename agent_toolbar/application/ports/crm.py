"""A CRM as the application asks it, and the outbox of what it must still be told. Answers come on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from agent_toolbar.domain.crm import CallEntry, CrmContact, CrmOperation, CrmUser, Deal, PastContact
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import NumberCorrection
from agent_toolbar.domain.phone_number import CanonicalNumber


@dataclass(frozen=True, slots=True)
class CrmAccess:
    """How to sign in. secret: API key or password, from the keyring; never written anywhere."""

    manifest: str
    url: str
    user: str
    values: tuple[tuple[str, str], ...]
    secret: str = field(repr=False)

    @property
    def account(self) -> str:
        """Tells one sign-in from every other; holds no secret."""
        return f"{self.manifest}|{self.url.rstrip('/')}|{dict(self.values).get('database', '')}|{self.user}"


class Crm(Protocol):
    """A CRM that one person is signed in to. Nothing waits, nothing raises; each callback comes once.

    An error is a CrmError: "crm_unreachable" (detail; sent 0: the request certainly never left, else it may have
    arrived), "crm_slow" (no answer in time), "crm_unauthorized" (the key is wrong or has expired), "crm_forbidden",
    "crm_refused" (text: the CRM's own words, plain and short), "crm_busy" (retry_after_s), "crm_broken_answer"
    (detail), "crm_cannot" (operation: this connector does not do it), "crm_needs_contact" (calls are written to
    contacts only, and no single one has the number for certain), "crm_number_changed" (see `update_number`).
    """

    @property
    def operations(self) -> frozenset[CrmOperation]: ...

    @property
    def name(self) -> str:
        """The product, as its manifest says."""

    def who_am_i(self, on_result: Callable[[CrmUser | AgentToolbarError], None]) -> None: ...

    def find(
        self, number: CanonicalNumber, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]
    ) -> None:
        """Whom a number belongs to, within 1.5 s: only records whose number was verified, surest first."""

    def find_by_name(
        self, text: str, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]
    ) -> None: ...

    def deals(self, contact_id: str, on_result: Callable[[tuple[Deal, ...] | AgentToolbarError], None]) -> None: ...

    def history(
        self, contact_id: str, on_result: Callable[[tuple[PastContact, ...] | AgentToolbarError], None]
    ) -> None:
        """The newest first, three at most."""

    def owner(self, contact_id: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        """Who looks after a contact, by name; "" for nobody. Asked where `find` does not say."""

    def create(
        self, name: str, number: CanonicalNumber, on_result: Callable[[CrmContact | AgentToolbarError], None]
    ) -> None: ...

    def log_call(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        """The CRM's id of the new record. After a timeout it may be there all the same: ask `find_logged` first.

        Without a contact it goes to the one that certainly has the number, if there is exactly one.
        """

    def find_logged(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        """The id of the record that was made with the entry's key, "" if there is none."""

    def update_call(
        self, record: str, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None: ...

    def update_number(
        self,
        contact_id: str,
        before: str,
        after: CanonicalNumber,
        on_result: Callable[[str | AgentToolbarError], None],
    ) -> None:
        """Puts `after` in the place of `before`, as the CRM gave it; the number that it keeps now.

        "crm_number_changed" where the number is not `before` any more: somebody was quicker, and nothing is written.
        """

    def retire_number(self, contact_id: str, before: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        """The contact has the number `before`, as the CRM gave it, no more; answers "".

        "crm_number_changed" where it has no such number any more.
        """

    def add_number(
        self, contact_id: str, number: CanonicalNumber, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None:
        """The contact has `number` beside those that it has; as the CRM keeps it. Ask first whether it has it already.

        "crm_number_changed" where the record has no room for it: nothing is overwritten.
        """

    def close(self) -> None:
        """Signed out: what is under way is not answered any more."""


class BrowserAttempt(Protocol):
    """Somebody is asked to sign in."""

    @property
    def url(self) -> str:
        """What the browser must show; holds no secret that outlives the attempt."""

    def cancel(self) -> None: ...


class BrowserSignIn(Protocol):
    """Signing in at a CRM in the system's browser (RFC 8252)."""

    def uses_browser(self, access: CrmAccess) -> bool:
        """Raises AgentToolbarError where the connector cannot be used."""

    def signed_in_before(self, secret: str) -> bool:
        """Whether a kept secret is what an attempt gave, and not a key that was typed."""

    def begin(self, access: CrmAccess, on_result: Callable[[str | AgentToolbarError], None]) -> BrowserAttempt:
        """The secret to keep for the account, or a CrmError: sign_in_timeout (three minutes), sign_in_cancelled,
        sign_in_denied, or as of Crm.

        Raises CrmError("crm_no_key") where the connector needs a secret of its own that nobody typed,
        CrmError("sign_in_no_port", ports), ManifestError.
        """


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A call that the CRM must still be told.

    Attributes:
        account: CrmAccess.account; nobody else's sign-in sends it.
        user: CRM's id of who was signed in when it was written, "" if nobody ever was with this account.
        tries: how often it was sent in vain. next_s: not before this time, seconds since the epoch.
        doubtful: the last try may have reached the CRM; ask before sending again.
        changed: the entry is not the one of the doubtful try any more.
        record: the CRM's id once it is known; then the item is a change of it.
        error: code of what went wrong last, "" for nothing; error_text: the CRM's own words.
        stuck: only a person helps.
        held: its call lives, or its record is being finished; not to be sent yet.
        correction: it is no call, but a number to be corrected; `entry` then only says whom it is about.
    """

    entry: CallEntry
    account: str
    user: str = ""
    tries: int = 0
    next_s: float = 0.0
    doubtful: bool = False
    changed: bool = False
    record: str = ""
    error: str = ""
    error_text: str = ""
    stuck: bool = False
    held: bool = False
    correction: NumberCorrection | None = None


class Outbox(Protocol):
    """What waits for the CRM, on disk. Writing never raises; what the disk refuses now stays in memory and is tried
    again, and the fault is told to the watcher. Writes are on disk in the order in which they were asked for.
    """

    def put(self, item: OutboxItem, on_written: Callable[[], None] | None = None) -> None:
        """Adds it or puts it in place of the one with the same key; `on_written` once it is on the disk."""

    def sent(self, item: OutboxItem) -> None:
        """It is at the CRM as `item.record` ("" where the CRM does not say); the key is kept, so that nothing that was
        sent is ever sent as new again.
        """

    def discard(self, key: str) -> None: ...

    def waiting(self, on_result: Callable[[tuple[OutboxItem, ...]], None]) -> None:
        """All that wait, of every account, oldest first."""

    def find_sent(self, key: str, on_result: Callable[[OutboxItem | None], None]) -> None:
        """The call as it was sent last, None if it never was."""

    def remember_user(self, account: str, user: str) -> None:
        """The CRM's id of who signed in with this account last."""

    def users(self, on_result: Callable[[dict[str, str]], None]) -> None:
        """What `remember_user` was told, by account."""

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None: ...

    def close(self) -> None:
        """Writes what is queued and closes; waits two seconds at most."""


class CallerChoices(Protocol):
    """Which contact of the CRM the agent said a number belongs to, per CRM account, on disk. Never raises."""

    def remember(self, account: str, number: str, contact_id: str) -> None:
        """`account`: CrmAccess.account. `number`: canonical key."""

    def recall(self, account: str, number: str, on_result: Callable[[tuple[str, ...]], None]) -> None:
        """Ids of the contacts that were chosen, the latest first; each once."""

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None: ...

    def close(self) -> None:
        """Writes what is queued and closes; waits two seconds at most."""
