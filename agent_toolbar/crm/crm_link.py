"""Builds connections to CRMs, and signs in there in the browser; secrets that change go into the keyring.

Called on the GUI thread. HTTP is loaded when it is first needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from agent_toolbar.application.ports.crm import BrowserAttempt, Crm, CrmAccess
from agent_toolbar.application.ports.crm_trial import Trial
from agent_toolbar.application.ports.runtime import Dispatcher, Timers
from agent_toolbar.application.ports.settings import SecretVault
from agent_toolbar.crm.background_trial import BackgroundTrial
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.i18n.crm_sentences import sign_in_page_text

if TYPE_CHECKING:
    from agent_toolbar.connector.oauth import GrantBook
    from agent_toolbar.crm.browser_sign_in import OAuthBrowserSignIn
    from agent_toolbar.crm.connector_trial import ConnectorTrial

KEEP_S = 25.0  # longer than the vault gives a person to unlock the keyring


class CrmLink:
    """`connect` makes a Crm; implements ports.crm.BrowserSignIn and ports.crm_trial.ConnectorTrials besides."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        timers: Timers,
        vault: SecretVault,
        plan: Callable[[], NumberPlan],
        *,
        language: Callable[[], str],
    ) -> None:
        """`language`: "en" or "fr", of the page that the browser shows in the end."""
        self._dispatcher = dispatcher
        self._timers = timers
        self._vault = vault
        self._plan = plan
        self._language = language
        self._guard = threading.Lock()
        self._grants: GrantBook | None = None
        self._sign_in: OAuthBrowserSignIn | None = None

    def connect(self, access: CrmAccess) -> Crm:
        """Raises AgentToolbarError for settings that no connector can be made of."""
        from agent_toolbar.crm.http_connector import HttpCrm  # noqa: PLC0415  # HTTP takes its time to load

        keep = _Keeper(self._vault, self._dispatcher, access)
        return HttpCrm(access, self._dispatcher, self._timers, self._plan, grants=self._book(), keep=keep)

    def try_out(
        self,
        access: CrmAccess,
        number: str,
        on_tried: Callable[[Trial], None],
        on_done: Callable[[AgentToolbarError | None], None],
    ) -> BackgroundTrial:
        plan, keep = self._plan(), _Keeper(self._vault, self._dispatcher, access)

        def make() -> ConnectorTrial:
            from agent_toolbar.crm.connector_trial import ConnectorTrial  # noqa: PLC0415

            return ConnectorTrial(access, number, plan, writes=False, grants=self._book(), keep=keep)

        return BackgroundTrial(make, self._dispatcher, on_tried, on_done)

    def uses_browser(self, access: CrmAccess) -> bool:
        return self._browser().uses_browser(access)

    def signed_in_before(self, secret: str) -> bool:
        return self._browser().signed_in_before(secret)

    def begin(self, access: CrmAccess, on_result: Callable[[str | AgentToolbarError], None]) -> BrowserAttempt:
        return self._browser().begin(access, on_result)

    def _book(self) -> GrantBook:
        """From any thread."""
        from agent_toolbar.connector.oauth import GrantBook  # noqa: PLC0415

        with self._guard:
            self._grants = self._grants or GrantBook()
            return self._grants

    def _browser(self) -> OAuthBrowserSignIn:
        from agent_toolbar.connector.loopback_redirect import PageTexts  # noqa: PLC0415
        from agent_toolbar.crm.browser_sign_in import OAuthBrowserSignIn  # noqa: PLC0415

        def texts() -> PageTexts:
            words = {name: sign_in_page_text(name) for name in ("done", "failed", "refused")}
            return PageTexts(self._language(), "agent-toolbar", **words)

        self._sign_in = self._sign_in or OAuthBrowserSignIn(self._dispatcher, texts)
        return self._sign_in


class _Keeper:
    """On a lane of a connector: puts the changed secret of one account into the keyring, and waits for that."""

    def __init__(self, vault: SecretVault, dispatcher: Dispatcher, access: CrmAccess) -> None:
        self._vault = vault
        self._dispatcher = dispatcher
        self._account, self._user = access.account, access.user

    def __call__(self, secret: str) -> bool:
        answered = threading.Event()
        kept = False

        def told(lasting: bool) -> None:
            nonlocal kept
            kept = lasting
            answered.set()

        self._dispatcher.post(lambda: self._vault.save(self._account, self._user, secret, told))
        answered.wait(KEEP_S)
        return kept
