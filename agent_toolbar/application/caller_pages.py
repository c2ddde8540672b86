"""Opens the CRM's page of whom a call is with, as the settings say. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from agent_toolbar.application.ports.settings import CrmSettings, OpensPage, PageMoments, Settings, SettingsStore
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallState
from agent_toolbar.domain.crm_caller import CrmLookUp
from agent_toolbar.domain.errors import CallError, SettingsError
from agent_toolbar.domain.page_template import PageTemplate
from agent_toolbar.domain.phone_number import NumberKind


@dataclass(frozen=True, slots=True)
class CallerPage:
    """The page of one call. address "": there is none."""

    when: OpensPage = OpensPage.NEVER
    address: str = ""

    @property
    def has_button(self) -> bool:
        return bool(self.address) and self.when is not OpensPage.NEVER


NO_PAGE = CallerPage()


class CallerPages:
    """By itself once for each call, and not for one that an earlier life of the toolbar answered."""

    def __init__(
        self, settings: SettingsStore, open_page: Callable[[str], bool], *, signed_in: Callable[[], bool]
    ) -> None:
        self._settings = settings
        self._open_page = open_page
        self._signed_in = signed_in
        self._seen: set[str] = set()
        self._opened: set[str] = set()

    def call_changed(self, view: CallView) -> None:
        """A call is new or changed; may be told the same again."""
        call = view.call
        if not call.live:
            return
        connected = call.state is CallState.CONNECTED
        if call.id not in self._seen:
            self._seen.add(call.id)
            if connected:
                self._opened.add(call.id)
        if call.id in self._opened or not self._signed_in():
            return
        page = page_of(view, self._settings.current)
        due = page.when is OpensPage.RING or (page.when is OpensPage.ANSWER and connected)
        if due and page.address:
            self._opened.add(call.id)
            self._open_page(page.address)

    def open(self, view: CallView | None) -> None:
        """The agent asks for it. Raises CallError("no_crm_page")."""
        page = page_of(view, self._settings.current) if view is not None else NO_PAGE
        if not page.address:
            raise CallError("no_crm_page")
        self._open_page(page.address)

    def forget(self, call_id: str) -> None:
        """The call is not shown any more."""
        self._opened.discard(call_id)
        self._seen.discard(call_id)


def page_of(view: CallView, settings: Settings) -> CallerPage:
    """Which page a call has and when it opens: NO_PAGE for a withheld number, and before it is known who it is."""
    remote, crm = view.call.remote, settings.crm
    if remote.private or remote.anonymous:
        return NO_PAGE
    if view.number.kind is NumberKind.INTERNAL:
        return _internal_page(view, settings) if view.looked_up and crm.configured else NO_PAGE
    caller = view.crm
    if caller is None or caller.state not in {CrmLookUp.FOUND, CrmLookUp.NONE}:
        return NO_PAGE
    moments = crm.pages.incoming if view.call.direction is CallDirection.INCOMING else crm.pages.outgoing
    contact, certain = caller.contact, caller.only_certain
    if caller.state is CrmLookUp.NONE or not caller.contacts:
        return CallerPage(moments.none, _filled(crm.pages.none_url, view, settings))
    url = contact.url if contact is not None else ""
    if contact is not None:
        url = _filled(crm.pages.one_url, view, settings) or url
    if certain is not None and contact is certain:
        return CallerPage(moments.one, url)
    return CallerPage(moments.several, url or _filled(crm.pages.several_url, view, settings))


def crm_host(crm: CrmSettings) -> str:
    """In lower case without brackets; "" where none is set up."""
    try:
        return urlsplit(crm.url).hostname or ""
    except ValueError:
        return ""


def may_open(crm: CrmSettings, template: PageTemplate) -> bool:
    return template.may_open(crm_host(crm), frozenset(crm.page_hosts))


def without_foreign_pages(crm: CrmSettings, keep: frozenset[str]) -> CrmSettings:
    """Without addresses that belonged to the CRM of before. `keep`: dotted keys that stay whatever they are."""
    gone = {}
    for name, url in crm.pages.urls.items():
        if url and f"crm.pages.{name}" not in keep and not may_open(crm, PageTemplate.parse(url)):
            gone[name] = ""
    return msgspec.structs.replace(crm, pages=msgspec.structs.replace(crm.pages, **gone)) if gone else crm


def _internal_page(view: CallView, settings: Settings) -> CallerPage:
    """The CRM is not asked about extensions; the contacts of this desk know colleagues."""
    pages = settings.crm.pages
    moments: PageMoments = pages.internal
    certain = [one for one in view.matches if one.level.certain]
    if not view.matches:
        return CallerPage(moments.none, _filled(pages.none_url, view, settings))
    if len(certain) == 1:
        return CallerPage(moments.one, _filled(pages.one_url, view, settings))
    return CallerPage(moments.several, _filled(pages.several_url, view, settings))


def _filled(written: str, view: CallView, settings: Settings) -> str:
    """The address for this call, "" for none; looked at once more, whoever wrote the settings."""
    if not written:
        return ""
    try:
        template = PageTemplate.parse(written)
    except SettingsError:  # the store has refused it, and said so
        return ""
    if not may_open(settings.crm, template):
        return ""
    call, number = view.call, view.number
    internal = number.kind is NumberKind.INTERNAL
    out = call.direction is CallDirection.OUTGOING
    return template.address(
        {
            "number": number.key,
            "e164": number.key if number.kind is NumberKind.E164 else "",
            "digits": number.key.removeprefix("+"),
            "national": number.national,
            "name": view.known_name or view.story_title or call.remote.name,
            "company": view.company,
            "contact_id": view.crm.chosen if view.crm is not None else "",
            "call_id": call.id,
            "sip_call_id": call.sip_call_id,
            "agent": settings.account.extension,
            "queue": call.queue,
            "direction": "internal" if internal else "out" if out else "in",
        }
    )
