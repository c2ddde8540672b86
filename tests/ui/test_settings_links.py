"""The page about links: it says what the system says, and changes nothing without being asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from agent_toolbar.application.ports.scheme_handlers import HandlersFound, Offer
from agent_toolbar.application.ports.settings import LinkSettings
from agent_toolbar.domain.errors import SchemeError, SettingsError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.open_page import open_system_page
from agent_toolbar.ui.settings_links import LinksPage
from agent_toolbar.ui.tokens import Tone
from tests.fakes.link_handlers import LINPHONE, held_by_us
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.scenes import LINKS_ON_MACOS, LINKS_ON_WINDOWS, LINKS_UNREAD


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY)


def opened(qtbot, look: Look, toolbar: ToolbarSpy, found: HandlersFound = LINPHONE) -> LinksPage:
    toolbar.link_handlers.found = found
    page = LinksPage(look, toolbar)
    qtbot.addWidget(page)
    page.show()
    return page


def holders(page: LinksPage) -> list[str]:
    return [page.holders[scheme].text() for scheme in ("tel", "callto", "sip")]


def test_it_says_who_opens_links_and_that_the_toolbar_is_not_offered(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)

    assert holders(page) == ["Linphone", "Nobody", "Linphone"]
    assert page.holders["tel"].accessibleName() == "tel: Linphone"
    assert page.notice.text() == "The toolbar is not offered for these links."
    assert (page.offer.isEnabled(), page.take_back.isEnabled()) == (True, False)
    assert (page.become_default.isVisible(), page.open_page.isVisible()) == (True, False)
    assert set(toolbar.link_handlers.asked) == {"read"}


def test_an_offer_takes_nothing_over(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)

    page.offer.click()

    assert toolbar.link_handlers.asked[-1] == "register"
    assert holders(page)[0] == "Linphone"
    assert page.notice.text().endswith("Whoever opens them now keeps them until you choose otherwise.")
    assert (page.offer.isEnabled(), page.take_back.isEnabled(), page.become_default.isEnabled()) == (False, True, True)


def test_links_are_opened_with_the_toolbar_when_that_is_asked_for(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)

    page.become_default.click()

    assert toolbar.link_handlers.asked[-1] == "register --default"
    assert holders(page) == ["Agent Toolbar"] * 3
    assert not page.become_default.isEnabled()


def test_it_is_taken_back(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, held_by_us(LINPHONE))
    page.take_back.click()
    assert toolbar.link_handlers.asked[-1] == "unregister"
    assert holders(page)[0] == "Linphone"


def test_while_the_system_is_asked_no_button_can_be_pressed_and_the_page_lives(
    qtbot, look: Look, toolbar: ToolbarSpy
) -> None:
    page = opened(qtbot, look, toolbar)
    toolbar.link_handlers.slow = True

    page.offer.click()

    buttons = (page.offer, page.take_back, page.become_default)
    assert not any(button.isEnabled() for button in buttons)
    assert (page.busy, page.notice.text(), page.notice.tone) == (True, "One moment…", Tone.MUTED)
    toolbar.link_handlers.answer()
    assert (page.busy, page.take_back.isEnabled()) == (False, True)


def test_what_the_system_refuses_is_said_and_can_be_tried_again(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)
    toolbar.link_handlers.refuses = SchemeError("handlers_not_allowed", place="/home/me")

    page.offer.click()

    assert (page.notice.text(), page.notice.tone) == ("This account may not write there: /home/me.", Tone.FAULT)
    assert page.offer.isEnabled()


def test_what_was_done_before_the_refusal_shows_too(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)
    toolbar.link_handlers.refuses = SchemeError("handlers_overruled", scheme="tel", place="/a/gnome-mimeapps.list")
    toolbar.link_handlers.found = replace(LINPHONE, user=Offer.CURRENT)

    page.become_default.click()

    assert page.notice.tone is Tone.FAULT
    assert page.notice.text().startswith("The toolbar is offered, but this file gives tel links to somebody else")
    assert page.take_back.isEnabled()


def test_what_was_chosen_elsewhere_shows_when_the_person_comes_back(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)
    toolbar.link_handlers.found = held_by_us(LINPHONE)
    page.hide()
    page.show()
    assert holders(page) == ["Agent Toolbar"] * 3


def test_the_offer_of_a_copy_that_was_moved_can_be_renewed(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, replace(LINPHONE, user=Offer.OTHER_PROGRAM))
    assert page.notice.text().startswith("Another copy of the toolbar")
    assert (page.offer.isEnabled(), page.take_back.isEnabled()) == (True, True)


def test_what_was_offered_to_everybody_is_not_taken_back_here(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, replace(LINPHONE, machine=Offer.CURRENT))
    assert page.notice.text().startswith("The toolbar is offered for these links, to everybody at this computer.")
    assert not page.take_back.isEnabled()


class OpenedPages(QObject):
    """The desktop, as far as pages of its settings are concerned."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = list[str]()

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.pages.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def test_on_windows_the_person_chooses_on_the_page_of_the_system(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, LINKS_ON_WINDOWS)
    desktop = OpenedPages()
    QDesktopServices.setUrlHandler("ms-settings", desktop, "open")
    try:
        page.open_page.click()
    finally:
        QDesktopServices.unsetUrlHandler("ms-settings")

    assert desktop.pages == [LINKS_ON_WINDOWS.page]
    assert not page.become_default.isVisible()
    assert holders(page)[1] == "Not chosen yet: Windows asks at the next link"
    assert page.notice.text().endswith("Now choose it on the system's page.")


@pytest.mark.parametrize("address", ["", "https://example.com", "ms-settings:privacy", "file:///bin/sh"])
def test_no_other_page_of_the_system_is_opened(address: str) -> None:
    assert not open_system_page(address)


def test_on_macos_there_is_only_something_to_read(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, LINKS_ON_MACOS)
    buttons = (page.offer, page.take_back, page.become_default, page.open_page)
    assert not any(button.isVisible() for button in buttons)
    assert page.notice.text().startswith("macOS offers the toolbar for these links by itself")


def test_records_that_cannot_be_read_are_not_shown_as_nobody_chosen(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar, LINKS_UNREAD)
    assert set(holders(page)) == {"Not known"}
    assert page.notice.text().startswith("Who opens links is not known, as this file cannot be read (Operation not")


def test_what_links_may_do_applies_at_once(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)
    assert not page.at_once.isChecked()
    assert not page.foreign.isChecked()

    page.at_once.click()
    assert toolbar.settings.links == LinkSettings(dial_at_once=True)
    page.foreign.click()
    assert toolbar.settings.links == LinkSettings(dial_at_once=True, foreign_hosts=True)


def test_a_change_that_is_refused_is_said(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    page = opened(qtbot, look, toolbar)
    toolbar.refuses = SettingsError("settings_forced", key="links.dial_at_once")
    page.at_once.click()
    assert page.at_once.parentWidget().findChildren(type(page.notice))[0].tone is Tone.FAULT


def test_what_the_administrator_set_cannot_be_changed(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    toolbar.forced = frozenset({"links.dial_at_once"})
    page = opened(qtbot, look, toolbar)
    assert (page.at_once.isEnabled(), page.foreign.isEnabled()) == (False, True)
    assert page.at_once.toolTip() == "Set by your administrator."
