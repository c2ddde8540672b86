"""Showing an address in the system's browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from agent_toolbar.ui.open_page import open_page

SCHEMES = ("https", "http", "file", "javascript", "tel")


class SystemBrowser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show_page(self, url: QUrl) -> None:
        self.shown.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser(qapp: object) -> Iterator[SystemBrowser]:
    browser = SystemBrowser()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, browser, "show_page")  # type: ignore[call-overload]  # it takes a text only
    yield browser
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)


def test_a_page_is_shown_with_the_very_address(browser: SystemBrowser) -> None:
    address = "https://login.test/authorize?scope=a+b&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb"

    assert open_page(address)
    assert browser.shown == [address]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "tel:112", "", "https://a b"])
def test_what_is_no_page_of_the_web_is_not_opened(browser: SystemBrowser, address: str) -> None:
    assert not open_page(address)
    assert browser.shown == []
