"""Opens the CRM's page of whom a call is with, as the settings say. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.settings import CrmSettings, OpensPage, SettingsStore
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallState


class CallerPages:
    """By itself only for the one contact that the number belongs to for certain, and once for each call."""

    def __init__(self, settings: SettingsStore, open_page: Callable[[str], bool]) -> None:
        self._settings = settings
        self._open_page = open_page
        self._opened: set[str] = set()

    def call_changed(self, view: CallView) -> None:
        """A call is new or changed; may be told the same again."""
        call, caller = view.call, view.crm
        if caller is None or not call.live or call.id in self._opened:
            return
        contact = caller.only_certain
        if contact is None or contact.id != caller.chosen or not contact.url:
            return
        when = opens_page(self._settings.current.crm, call.direction)
        if when is OpensPage.RING or (when is OpensPage.ANSWER and call.state is CallState.CONNECTED):
            self._opened.add(call.id)
            self._open_page(contact.url)

    def open(self, url: str) -> None:
        """The agent asks for it."""
        self._open_page(url)

    def forget(self, call_id: str) -> None:
        """The call is not shown any more."""
        self._opened.discard(call_id)


def opens_page(crm: CrmSettings, direction: CallDirection) -> OpensPage:
    return crm.page_incoming if direction is CallDirection.INCOMING else crm.page_outgoing
