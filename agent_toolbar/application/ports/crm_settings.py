"""The settings of the CRM and of the pages that it shows; see settings.py. Values only."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class OpensPage(StrEnum):
    """When the page of whom a call is with opens in the browser."""

    NEVER = "never"
    BUTTON = "button"  # when the agent asks
    RING = "ring"
    ANSWER = "answer"


class PageMoments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a page opens, by how many contacts the number belongs to. one: to exactly one for certain."""

    none: OpensPage = OpensPage.BUTTON
    one: OpensPage = OpensPage.BUTTON
    several: OpensPage = OpensPage.BUTTON


_AT_NO_TIME = PageMoments(OpensPage.NEVER, OpensPage.NEVER, OpensPage.NEVER)


class CrmPages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page opens when; on RING and ANSWER there is a button too.

    Attributes:
        incoming, outgoing: calls with numbers outside, as the CRM knows them.
        internal: calls with extensions, as the contacts of this desk know them.
        none_url, one_url, several_url: addresses with places (domain.page_template). Without one_url the page is that
            of the record, as the connector has it; without the others there is none.
    """

    incoming: PageMoments = PageMoments()
    outgoing: PageMoments = PageMoments()
    internal: PageMoments = _AT_NO_TIME
    none_url: str = ""
    one_url: str = ""
    several_url: str = ""

    @property
    def urls(self) -> dict[str, str]:
        """Every address by its key."""
        return {"none_url": self.none_url, "one_url": self.one_url, "several_url": self.several_url}


class CrmSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The CRM and its switch, which is not CTI's.

    Attributes:
        manifest: name of a manifest that comes with the toolbar ("tryton"), or path of a file; "" for no CRM.
        url: base address, https except on this computer. user: who signs in; the key or password is in the keyring.
        values: further values that the manifest asks for, such as a database's name. No secrets.
        sign_in_at_start: else the toolbar starts signed out.
        logs_calls: every ended call with somebody outside is written to the CRM.
        page_hosts: names of computers, beside the CRM's own, that the addresses of `pages` may lead to.
    """

    manifest: str = ""
    url: str = ""
    user: str = ""
    values: dict[str, str] = {}
    sign_in_at_start: bool = False
    logs_calls: bool = True
    pages: CrmPages = CrmPages()
    page_hosts: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.manifest and self.url)
