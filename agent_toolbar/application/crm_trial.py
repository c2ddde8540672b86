"""Trying the connection to a CRM as somebody typed it; nothing is changed anywhere. GUI thread.

A trial is no sign-in: who is signed in stays so, and what is wrong shows only to who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from agent_toolbar.application.ports.crm import BrowserSignIn, CrmAccess
from agent_toolbar.application.ports.crm_catalog import Connector, ConnectorCatalog
from agent_toolbar.application.ports.crm_trial import ConnectorTrials, Trial, TrialTask
from agent_toolbar.application.ports.settings import SecretVault
from agent_toolbar.application.toolbar_entries import CrmEntry
from agent_toolbar.domain.crm import CrmOperation
from agent_toolbar.domain.crm_entry import checked_manifest, checked_url, checked_values
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text

CARD_WAITS_MS = 1_500  # for the name of a caller, see ports.crm.Crm.find


@dataclass(frozen=True, slots=True)
class CrmTrialView:
    """How far a trial is.

    Attributes:
        tried: so far, in the order of LOOK_UPS. done: nothing more comes; what is missing in `tried` was not tried.
        error: why nothing could be tried, else None. with_number: one was given to look up.
    """

    tried: tuple[Trial, ...] = ()
    done: bool = False
    error: AgentToolbarError | None = None
    with_number: bool = False

    @property
    def failed(self) -> tuple[Trial, ...]:
        return tuple(one for one in self.tried if one.error is not None)

    @property
    def answered(self) -> tuple[Trial, ...]:
        return tuple(one for one in self.tried if one.error is None and one.skip is None)


def too_slow(trial: Trial) -> bool:
    """It works, but the card of a caller would be shown without a name."""
    return trial.operation is CrmOperation.FIND and trial.error is None and trial.took_ms > CARD_WAITS_MS


class TriesCrm(Protocol):
    """The part of toolbar_port.Toolbar that is about trials."""

    def try_crm(self, entry: CrmEntry, number: str, on_change: Callable[[CrmTrialView], None]) -> TrialTask:
        """Tries every look-up with what was typed, with the kept key where none was; see ports.crm_trial.

        `number`: of somebody who is in the CRM, "" for nobody. `on_change` is told after each look-up, the last time
        with done. Raises as `set_crm` and `read_connector` do, or CrmError("trial_no_number", number).
        """


class CrmTrials:
    """Any number of trials, each with its own course."""

    def __init__(
        self,
        trials: ConnectorTrials,
        catalog: ConnectorCatalog,
        vault: SecretVault,
        browser: BrowserSignIn,
        plan: Callable[[], NumberPlan],
    ) -> None:
        self.trials = trials
        self.vault = vault
        self.browser = browser
        self._catalog = catalog
        self._plan = plan

    def begin(self, entry: CrmEntry, number: str, on_change: Callable[[CrmTrialView], None]) -> TrialTask:
        """See TriesCrm.try_crm."""
        manifest, url, values = checked_manifest(entry.manifest), checked_url(entry.url), checked_values(entry.values)
        access = CrmAccess(manifest, url, plain_text(entry.user), tuple(sorted(values.items())), "")
        typed = plain_text(number)
        if typed and canonical_number(typed, self._plan()).kind is not NumberKind.E164:
            raise CrmError("trial_no_number", number=typed)
        course = _Course(self, self._catalog.read(manifest), access, typed, on_change)
        course.begin((entry.key or "").strip())
        return course


class _Course:
    """One trial. Implements ports.crm_trial.TrialTask."""

    def __init__(
        self,
        trials: CrmTrials,
        connector: Connector,
        access: CrmAccess,
        number: str,
        on_change: Callable[[CrmTrialView], None],
    ) -> None:
        self._trials = trials
        self._connector = connector
        self._access = access
        self._number = number
        self._on_change = on_change
        self._view = CrmTrialView(with_number=bool(number))
        self._task: TrialTask | None = None
        self._cancelled = False

    def begin(self, typed_key: str) -> None:
        """What is typed for a connector of the browser is not what signs in there."""
        if typed_key and not self._connector.in_browser:
            self._try(typed_key)
        else:
            self._trials.vault.load(self._access.account, self._access.user, self._loaded)

    def cancel(self) -> None:
        self._cancelled = True
        if self._task is not None:
            self._task.cancel()

    # ------------------------------------------------------------------ inside

    def _loaded(self, key: str | None) -> None:
        if self._cancelled:
            return
        if self._connector.in_browser and not self._trials.browser.signed_in_before(key or ""):
            self._done(CrmError("trial_sign_in_first", name=plain_text(self._connector.name, 60)))
        elif not key:
            self._done(CrmError("trial_no_key"))
        else:
            self._try(key)

    def _try(self, key: str) -> None:
        access = replace(self._access, secret=key)
        self._task = self._trials.trials.try_out(access, self._number, self._tried, self._done)

    def _tried(self, trial: Trial) -> None:
        self._show(replace(self._view, tried=(*self._view.tried, trial)))

    def _done(self, error: AgentToolbarError | None) -> None:
        self._show(replace(self._view, done=True, error=error))

    def _show(self, view: CrmTrialView) -> None:
        if not self._cancelled:
            self._view = view
            self._on_change(view)
