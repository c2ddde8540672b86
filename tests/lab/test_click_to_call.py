"""A click in Chromium becomes a call at the PBX: the handler is registered by our own command, xdg-open starts it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from agent_toolbar.application.ports.link_settings import LinkSettings
from tests.lab.browser_stage import BrowserStage
from tests.lab.chromium import Page
from tests.lab.deadline import wait_until

pytestmark = pytest.mark.timeout(180)

MARIE = "+33123456789"
SENTINEL = "601"
AFTER_A_START_S = 30


@pytest.fixture(scope="module")
def registered(browser: BrowserStage) -> BrowserStage:
    """As 1001 at the PBX, and as the handler of links."""
    browser.register_handler()
    browser.start_toolbar()
    return browser


@pytest.fixture
def desk(registered: BrowserStage) -> Iterator[BrowserStage]:
    """Asks about each link."""
    with_links(registered, LinkSettings())
    yield registered
    registered.clear()


@pytest.fixture
def trusting(registered: BrowserStage) -> Iterator[BrowserStage]:
    """Links are dialled at once."""
    with_links(registered, LinkSettings(dial_at_once=True))
    yield registered
    registered.clear()


def with_links(stage: BrowserStage, links: LinkSettings) -> None:
    """Starts the toolbar anew if these are other settings, which is why tests with the same ones stand together."""
    if stage.settings.links != links:
        stage.stop_toolbar()
        stage.change_settings(lambda settings: replace(settings, links=links))
        stage.start_toolbar()


def links(*uris: str) -> str:
    """A page with a link for each, whose ids are l0, l1, ..."""
    items = "".join(f'<p><a id="l{index}" href="{escape(uri)}">{escape(uri)}</a>' for index, uri in enumerate(uris))
    return f"<!doctype html><meta charset=utf-8><title>Contacts</title>{items}"


def await_invite(desk: BrowserStage, number: str, timeout_s: float = 15.0) -> None:
    wait_until(desk.invited, timeout_s, "an INVITE at the PBX")
    assert desk.invited() == [number]


def assert_only_the_click_counts(desk: BrowserStage, page: Page, sentinel: str) -> None:
    """What came before the click on the sentinel calls nobody; a link that it clicked would have arrived before."""
    page.click(f"#{sentinel}")
    desk.toolbar.await_status(lambda now: (now["dial_request"] or {}).get("number") == SENTINEL, 15, "the sentinel")
    assert desk.invited() == []


def test_a_click_asks_on_the_bar_and_one_key_dials(desk: BrowserStage) -> None:
    page = desk.page(links(f"tel:{MARIE}"))
    desk.focus_browser()

    desk.screen.click(*page.place_on_screen("#l0"))

    desk.asked()
    wait_until(desk.bar_has_keyboard, 10, "the bar to have the keyboard")
    assert desk.invited() == []
    desk.agree()
    await_invite(desk, MARIE)


def test_a_click_starts_the_toolbar_and_the_link_is_not_lost(desk: BrowserStage) -> None:
    desk.stop_toolbar()
    desk.change_settings(lambda known: replace(known, account=replace(known.account, connect_at_start=True)))
    page = desk.page(links("tel:600"))
    desk.focus_browser()

    page.click("#l0")

    desk.asked(AFTER_A_START_S)
    desk.agree()
    await_invite(desk, "600", AFTER_A_START_S)


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("tel:+33 (0)1 23 45 67 89", MARIE),
        ("tel:+33%20123%20456%20789", MARIE),
        ("tel:%2B33-123.456/789", MARIE),
        ("tel:\u00a0+33\u00a0123456789", MARIE),
        ("tel://+33123456789", MARIE),
        ("callto:+33123456789", MARIE),
        ("callto://600", "600"),
        ("TEL:600;phone-context=example.com", "600"),
        ("sip:1002@127.0.0.1", "1002"),
        ("sip:1002@127.0.0.1;transport=tcp?Replaces=a%3Bto-tag%3Db", "1002"),
    ],
)
def test_spellings_of_real_pages(desk: BrowserStage, uri: str, number: str) -> None:
    page = desk.page(links(uri))

    page.click("#l0")

    desk.asked()
    desk.agree()
    await_invite(desk, number)


def test_chromium_asks_first_about_a_site_that_nobody_trusts(desk: BrowserStage) -> None:
    page = desk.page(links("tel:600"), of=desk.stranger)
    desk.focus_browser()
    page.activate()
    page.click("#l0")
    page.await_true("!document.hasFocus()")  # Chromium's question has the keyboard
    assert not desk.toolbar.status()["dial_request"]

    desk.screen.press("Tab")  # from "Cancel" to "Open Agent Toolbar"
    wait_until(lambda: pressed_and_asked(desk), 15, "Chromium to take the key, which it does not at first")
    assert desk.invited() == []


def pressed_and_asked(desk: BrowserStage) -> bool:
    desk.screen.press("Return")
    try:
        return desk.asked(2.0)["number"] == "600"
    except AssertionError:
        return False


FIRES = """
function fire() {
  for (let number = 3312345670; number < 3312345690; number++) {
    const frame = document.createElement("iframe");
    frame.src = `tel:+${number}`;
    document.body.append(frame);
    window.open(`tel:+${number}`);
    location.href = `tel:+${number}`;
  }
}
"""


def test_a_click_that_fires_many_links_calls_nobody(desk: BrowserStage) -> None:
    page = desk.page(f'{links(f"tel:{SENTINEL}")}<button onclick="fire()">Win!</button><script>{FIRES}</script>')

    page.click("button")

    assert_only_the_click_counts(desk, page, "l0")


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:void(document.title = 'acted')",
        "data:text/html,600",
        "tel:600&&xmessage",
        f"agent-toolbar:transfer/{MARIE}",
        f"agent-toolbar:dial?number={quote(MARIE)}&then=transfer",
        "tel:",
        "tel:" + "1" * 300,
        "tel:--practice",
    ],
)
def test_a_link_that_is_none_calls_nobody(desk: BrowserStage, uri: str) -> None:
    page = desk.page(links(uri, f"tel:{SENTINEL}"))

    page.click("#l0")

    assert_only_the_click_counts(desk, page, "l1")


def test_a_trusted_link_is_dialled_at_once(trusting: BrowserStage) -> None:
    page = trusting.page(links("tel:600"))

    page.click("#l0")

    await_invite(trusting, "600")


def test_a_page_that_fires_links_by_itself_calls_nobody_although_links_are_trusted(trusting: BrowserStage) -> None:
    # Not while the person clicks: the click's permission would be the page's to use, for any one of its links.
    again = "let rounds = 0; setInterval(() => { if (rounds++ < 5) fire(); else document.title = 'fired' }, 50)"
    page = trusting.page(f"{links(f'tel:{SENTINEL}')}<body><script>{FIRES} {again}</script>")
    page.await_true("document.title === 'fired'")

    page.click("#l0")

    await_invite(trusting, SENTINEL)
