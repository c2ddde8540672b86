"""Shows a page of the web in the person's own browser, or one of the system's settings. GUI thread."""

from __future__ import annotations

import logging

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_log = logging.getLogger(__name__)
_SCHEMES = frozenset({"http", "https"})
_DEFAULT_APPS = "ms-settings:defaultapps"


def open_page(address: str) -> bool:
    """False where nothing was opened: it is no page of the web, or the desktop knows no browser.

    Nothing but http and https; on which hosts was decided where the address was made (connector.rows).
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in _SCHEMES or not url.host() or url.userInfo():
        _log.warning("a page that is no http address was not opened")
        return False
    opened = QDesktopServices.openUrl(url)
    if not opened:
        _log.warning("the desktop could not open a page at %s", url.host())
    return opened


def open_system_page(address: str) -> bool:
    """The page of Windows where a person chooses who opens links; False where nothing was opened."""
    if address.partition("?")[0] != _DEFAULT_APPS:
        _log.warning("a page of the system that is none was not opened")
        return False
    return QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
