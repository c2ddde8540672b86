"""The agent's second switch: signed in at the CRM or not, whatever CTI does. Owns key, connection and retries.

GUI thread. What the agent wants (`on`) is kept apart from what came of it (`state`).
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.crm_browser import CrmBrowser
from agent_toolbar.application.outbox_course import SignedIn
from agent_toolbar.application.ports.crm import Crm, CrmAccess
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.application.ports.settings import CrmSettings, SecretVault, SettingsStore
from agent_toolbar.domain.crm import CrmOperation, CrmState, CrmUser
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.text import plain_text

FIRST_WAIT_S = 5.0
LONGEST_WAIT_S = 300.0
ANSWER_LIMIT_MS = 60_000  # longer than a request may take, should a connector never answer
STEADY_S = 60.0  # so long signed in, a lost connection is not the same trouble as before
_ONLY_A_KEY_HELPS = frozenset({"crm_unauthorized", "crm_no_key", "crm_sign_in_needed"})


def access_of(crm: CrmSettings, secret: str = "") -> CrmAccess:
    return CrmAccess(crm.manifest, crm.url, crm.user, tuple(sorted(crm.values.items())), secret)


class CrmSession:
    """Signed in or not, and as whom.

    Attributes:
        on: the switch; state: what became of it; fault: why not, None if nothing is wrong.
        retry_at_s: when it is tried again by itself (seconds since the epoch), 0.0 if it is not.
        signed_in: the connection while there is one. name: the product, "" before it is known; user: who signed in.
        key_kept: the key survives this process. uses_browser: keys are not typed, but come of signing in there.
    """

    def __init__(
        self,
        connect: Callable[[CrmAccess], Crm],
        settings: SettingsStore,
        vault: SecretVault,
        clock: Clock,
        timers: Timers,
        *,
        browser: CrmBrowser,
        chance: Callable[[], float],
        on_signed_in: Callable[[SignedIn], None],
        on_signed_out: Callable[[], None],
        on_change: Callable[[], None],
    ) -> None:
        """`connect` may raise AgentToolbarError for settings that no connector can be made of."""
        self._connect = connect
        self._settings = settings
        self._vault = vault
        self._clock = clock
        self._timers = timers
        self._chance = chance
        self._by_person = False
        self.browser = browser
        self.uses_browser = False
        self._on_signed_in = on_signed_in
        self._on_signed_out = on_signed_out
        self._on_change = on_change
        self._wanted = access_of(settings.current.crm)
        self._crm: Crm | None = None
        self._attempts = 0
        self._signed_in_s = 0.0
        self._timer: Timer | None = None
        self._course = 0  # late answers belong to an earlier one
        self.on = False
        self.state = CrmState.SIGNED_OUT
        self.fault: AgentToolbarError | None = None
        self.retry_at_s = 0.0
        self.signed_in: SignedIn | None = None
        self.name = ""
        self.user = CrmUser("")
        self.key_kept = False

    @property
    def account(self) -> str:
        """CrmAccess.account of the settings, "" where no CRM is set up."""
        return self._wanted.account if self._settings.current.crm.configured else ""

    def start(self) -> None:
        crm = self._settings.current.crm
        if crm.configured and crm.sign_in_at_start:
            self._by_person = False
            self._switch(True)

    def switch(self, on: bool) -> None:
        """Raises CrmError("no_crm") where none is set up."""
        self._by_person = True
        self._switch(on)

    def _switch(self, on: bool) -> None:
        if on and not self._settings.current.crm.configured:
            raise CrmError("no_crm")
        if on == self.on and (self.state is not CrmState.FAULT or not on):
            return
        self.on = on
        self._attempts = 0
        self._leave(CrmState.SIGNING_IN if on else CrmState.SIGNED_OUT)
        if on:
            self._sign_in()
        self._on_change()

    def try_again(self) -> None:
        """A person does: at once instead of when its time has come, and in the browser where that is needed."""
        self._by_person = True
        self._try_again()

    def _try_again(self) -> None:
        if self.on and self.state is CrmState.FAULT:
            self._leave(CrmState.SIGNING_IN)
            self._sign_in()
            self._on_change()

    def enter_key(self, key: str) -> None:
        """For this session, and in the keyring where there is one; then signs in, if the switch is on.

        Raises CrmError("no_crm") or CrmError("crm_no_key") for an empty one.
        """
        if not self._settings.current.crm.configured:
            raise CrmError("no_crm")
        if not key.strip():
            raise CrmError("crm_no_key")
        self._vault.save(self._wanted.account, self._wanted.user, key.strip(), self._kept)
        self._by_person = True
        if self.on:
            self._attempts = 0
            self._leave(CrmState.SIGNING_IN)
            self._sign_in()
        self._on_change()

    def settings_changed(self) -> None:
        """Another account: the one that was signed in is signed out, and nothing of it goes to the new one."""
        wanted = access_of(self._settings.current.crm)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.name, self.user, self.key_kept = "", CrmUser(""), False
        self.browser.over = False
        self.on = self.on and self._settings.current.crm.configured
        self._attempts = 0
        self._leave(CrmState.SIGNING_IN if self.on else CrmState.SIGNED_OUT)
        if self.on:
            self._sign_in()
        self._on_change()

    def lost(self, error: AgentToolbarError) -> None:
        """Whoever used the connection heard that the CRM is out of reach or does not know us any more."""
        if self.signed_in is None:
            return
        if self._clock.now_s() - self._signed_in_s >= STEADY_S:
            self._attempts = 0
        self._refused(error)

    def close(self) -> None:
        """The toolbar ends."""
        self._leave(CrmState.SIGNED_OUT)

    # ------------------------------------------------------------------ inside

    def _kept(self, kept: bool) -> None:
        self.key_kept = kept
        self._on_change()

    def _leave(self, state: CrmState) -> None:
        """Ends what there is of a connection or of tries; `state` is what comes now."""
        self._course += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.state, self.fault, self.retry_at_s = state, None, 0.0
        self.browser.cancel()
        was_signed_in, self.signed_in = self.signed_in is not None, None
        if self._crm is not None:
            self._crm.close()
            self._crm = None
        if was_signed_in:
            self._on_signed_out()

    def _sign_in(self) -> None:
        course = self._course
        try:
            self.uses_browser = self.browser.uses(self._wanted)
        except AgentToolbarError as error:
            self._refused(error, lasting=True)
            return

        def loaded(key: str | None) -> None:
            if course != self._course:
                return
            if self.uses_browser and self.browser.needed(key or ""):
                self._browse(course, key or "")
            elif not key:
                self._refused(CrmError("crm_no_key"))
            else:
                self._open(course, key)

        self._vault.load(self._wanted.account, self._wanted.user, loaded)

    def _browse(self, course: int, key: str) -> None:
        """Only because a person wants it now: no browser opens by itself."""
        if not self._by_person:
            self._refused(CrmError("crm_unauthorized" if self.browser.over else "crm_sign_in_needed"))
            return

        def kept(secret: str, kept: bool) -> None:
            self.key_kept = kept
            if course == self._course:
                self._open(course, secret)

        def told(result: str | AgentToolbarError) -> None:
            if course != self._course:
                return
            if isinstance(result, AgentToolbarError):
                self._refused(result, lasting=True)
                return
            self.browser.over = False
            self.state = CrmState.SIGNING_IN
            self._vault.save(self._wanted.account, self._wanted.user, result, lambda lasting: kept(result, lasting))
            self._on_change()

        self.state = CrmState.BROWSER
        try:
            self.browser.begin(access_of(self._settings.current.crm, key), told)
        except AgentToolbarError as error:
            self._refused(error, lasting=True)
            return
        self._on_change()

    def _open(self, course: int, key: str) -> None:
        try:
            self._crm = self._connect(access_of(self._settings.current.crm, key))
        except AgentToolbarError as error:
            self._refused(error, lasting=True)
            return
        self.name = self._crm.name
        if CrmOperation.WHOAMI in self._crm.operations:
            late = CrmError("crm_slow")
            self._timer = self._timers.after_ms(ANSWER_LIMIT_MS, lambda: self._answered(course, late))
            self._crm.who_am_i(lambda answer: self._answered(course, answer))
        else:
            self._answered(course, CrmUser(self._wanted.account, name=self._wanted.user))

    def _answered(self, course: int, answer: CrmUser | AgentToolbarError) -> None:
        if course != self._course or self._crm is None:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if isinstance(answer, AgentToolbarError):
            self._refused(answer)
            return
        self.user = answer
        self.state = CrmState.SIGNED_IN
        self._signed_in_s = self._clock.now_s()
        self.signed_in = SignedIn(self._crm, self._wanted.account, plain_text(answer.id))
        self._on_signed_in(self.signed_in)
        self._on_change()

    def _refused(self, error: AgentToolbarError, *, lasting: bool = False) -> None:
        self._leave(CrmState.FAULT)
        self.fault = error
        if self.uses_browser and error.code == "crm_unauthorized":
            self.browser.over, self._by_person = True, False
        if not lasting and error.code not in _ONLY_A_KEY_HELPS:
            self._attempts += 1
            wait_s = self._wait_s(error)
            self.retry_at_s = self._clock.now_s() + wait_s
            self._timer = self._timers.after_ms(round(wait_s * 1000) + 1, self._try_again)
        self._on_change()

    def _wait_s(self, error: AgentToolbarError) -> float:
        """5 to 300 s; longer only where the CRM says so, up to an hour."""
        doubled_s = FIRST_WAIT_S * 2.0 ** min(self._attempts - 1, 10) * (0.8 + 0.4 * self._chance())
        wait_s = max(FIRST_WAIT_S, min(LONGEST_WAIT_S, doubled_s))
        return max(wait_s, min(3600.0, float(error.params.get("retry_after_s", 0.0))))
