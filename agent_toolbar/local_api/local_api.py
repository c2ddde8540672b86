"""The local API as a whole: on or off as the settings say, its pairings, its connected pages. GUI thread."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from agent_toolbar.application.ports.pages import PagesView, PairedPage
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.local_api.access_control import is_known, new_token, token_digest
from agent_toolbar.local_api.page_reading import PageView, page_view
from agent_toolbar.local_api.page_server import PageServer, PageSocket
from agent_toolbar.local_api.page_session import POLICY_VIOLATION, PageSession
from agent_toolbar.local_api.pairing import Pairing
from agent_toolbar.storage.paired_pages import KeptPage

_log = logging.getLogger(__name__)

HELLO_MS = 10_000
TRY_PORT_AGAIN_MS = 10_000
MAX_BROWSERS = 5  # per origin; the oldest must be paired again
GOING_AWAY = 1001


class PairedPages(Protocol):
    """See storage.paired_pages."""

    def read(self) -> tuple[KeptPage, ...]: ...

    def write(self, pages: tuple[KeptPage, ...]) -> None: ...


class LocalApi(QObject):
    """Implements application.ports.pages.PageDoor and page_session.PageGate."""

    def __init__(
        self,
        toolbar: Toolbar,
        kept: PairedPages,
        clock: Clock,
        timers: Timers,
        *,
        bring_up: Callable[[], None],
        parent: QObject | None = None,
        new_code: Callable[[], str] = lambda: f"{secrets.randbelow(1_000_000):06d}",
    ) -> None:
        super().__init__(parent)
        self._toolbar = toolbar
        self._kept = kept
        self._clock = clock
        self._timers = timers
        self._bring_up = bring_up
        self._pages = kept.read()
        self._pairing = Pairing(clock, timers, new_code, self._changed)
        self._server: PageServer | None = None
        self._try_again: Timer | None = None
        self._fault = ""
        self._wants_port = 0
        self._sessions: dict[PageSession, PageSocket] = {}
        self._deadlines: dict[PageSession, Timer] = {}
        self._listeners: list[Callable[[], None]] = []
        self._page_view = page_view(toolbar.state, toolbar.settings)

    def start(self) -> None:
        self._toolbar.watch(self._show)
        self._toolbar.watch_settings(self._settings_changed)
        self._settings_changed(self._toolbar.settings)

    def close(self) -> None:
        """Says goodbye to all pages and listens no more."""
        self._listeners.clear()
        self._stop_listening("the toolbar ends")

    # ------------------------------------------------------------------ PageDoor

    @property
    def view(self) -> PagesView:
        allowed = self._toolbar.settings.local_api.origins
        by_origin: dict[str, list[KeptPage]] = {}
        for page in self._pages:
            by_origin.setdefault(page.origin, []).append(page)
        return PagesView(
            port=self._server.port if self._server is not None else 0,
            pairing=self._pairing.view,
            paired=tuple(
                PairedPage(
                    origin,
                    max(page.paired_s for page in pages),
                    len(pages),
                    sum(one.is_open and not one.is_closed and one.origin == origin for one in self._sessions),
                    origin in allowed,
                )
                for origin, pages in sorted(by_origin.items())
            ),
            fault=self._fault,
            fault_params=(("port", self._wants_port),) if self._fault else (),
        )

    def watch(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def forget(self, origin: str) -> None:
        self._keep(tuple(page for page in self._pages if page.origin != origin))
        self._cut_off(lambda session: session.origin == origin, "not paired any more")
        self._changed()

    def refuse_pairing(self) -> None:
        self._pairing.refuse()

    # ------------------------------------------------------------------ PageGate

    def knows(self, origin: str, token: str) -> bool:
        known = is_known(token, (page.token_sha256 for page in self._pages if page.origin == origin))
        if known:
            self._timers.after_ms(0, self._changed)  # once the session is open
        return known

    def begin_pairing(self, session: PageSession) -> None:
        self._pairing.begin(session)
        self._stop_expecting(session)

    def expect_hello(self, session: PageSession) -> None:
        def late() -> None:
            self._deadlines.pop(session, None)
            if not session.is_open:
                session.close(POLICY_VIOLATION, "say hello first")

        self._stop_expecting(session)
        self._deadlines[session] = self._timers.after_ms(HELLO_MS, late)

    def finish_pairing(self, session: PageSession, code: str) -> str:
        self._pairing.try_code(session, code)
        token = new_token()
        of_origin = [page for page in self._pages if page.origin == session.origin]
        dropped = of_origin[: max(0, len(of_origin) + 1 - MAX_BROWSERS)]
        kept = tuple(page for page in self._pages if page not in dropped)
        self._keep((*kept, KeptPage(session.origin, token_digest(token), self._clock.now_s())))
        self._timers.after_ms(0, self._changed)
        return token

    def bring_up(self) -> None:
        self._bring_up()

    @property
    def page_view(self) -> PageView:
        return self._page_view

    # ------------------------------------------------------------------ on and off

    def _settings_changed(self, settings: Settings) -> None:
        wanted = settings.local_api
        if self._server is not None and (not wanted.enabled or wanted.port != self._wants_port):
            self._stop_listening("switched off" if not wanted.enabled else "moved to another port")
        self._cut_off(lambda session: session.origin not in wanted.origins, "this origin is not allowed any more")
        if wanted.enabled and self._server is None:
            self._listen(wanted.port)
        elif not wanted.enabled:
            self._stop_trying()
        self._show(self._toolbar.state)
        self._changed()

    def _listen(self, port: int) -> None:
        self._stop_trying()
        self._wants_port = port
        server = PageServer(self._is_allowed, self._accept, self)
        wrong = server.listen(port)
        if not wrong:
            self._server = server
            return
        _log.warning("the local API cannot listen on port %s: %s", port, wrong)
        server.deleteLater()
        self._fault = "local_api_port_taken"
        self._try_again = self._timers.after_ms(TRY_PORT_AGAIN_MS, self._listen_again)

    def _listen_again(self) -> None:
        self._try_again = None
        if self._toolbar.settings.local_api.enabled and self._server is None:
            self._listen(self._toolbar.settings.local_api.port)
            self._changed()

    def _stop_trying(self) -> None:
        self._fault = ""
        if self._try_again is not None:
            self._try_again.cancel()
            self._try_again = None

    def _stop_listening(self, words: str) -> None:
        self._stop_trying()
        server, self._server = self._server, None
        if server is not None:
            server.close()
            for session in list(self._sessions):
                session.close(GOING_AWAY, words)
                self._gone(session)
            server.deleteLater()

    def _is_allowed(self, origin: str) -> bool:
        """Exactly one of the list; a missing origin comes as "" and `null` as itself."""
        return origin in self._toolbar.settings.local_api.origins

    # ------------------------------------------------------------------ pages

    def _accept(self, socket: PageSocket) -> None:
        session = PageSession(socket, self, self._toolbar, self._clock)
        self._sessions[session] = socket
        socket.on_text = session.heard
        socket.on_binary = session.heard_binary
        socket.on_gone = partial(self._gone, session)
        self.expect_hello(session)

    def _gone(self, session: PageSession) -> None:
        if session not in self._sessions:
            return
        del self._sessions[session]
        session.gone()
        self._stop_expecting(session)
        self._pairing.gone(session)
        self._changed()

    def _stop_expecting(self, session: PageSession) -> None:
        timer = self._deadlines.pop(session, None)
        if timer is not None:
            timer.cancel()

    def _cut_off(self, which: Callable[[PageSession], bool], words: str) -> None:
        for session in [one for one in self._sessions if which(one)]:
            session.close(POLICY_VIOLATION, words)

    def _keep(self, pages: tuple[KeptPage, ...]) -> None:
        self._pages = pages
        self._kept.write(pages)

    def _show(self, state: ToolbarState) -> None:
        view = page_view(state, self._toolbar.settings)
        if view != self._page_view:
            self._page_view = view
            for session in list(self._sessions):
                session.show(view)

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()
