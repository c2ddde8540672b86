"""Shows an address in the system's browser. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_WEB = frozenset({"https", "http"})


def open_page(address: str) -> bool:
    """False where it is no page of the web, or the desktop knows no browser."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in _WEB and QDesktopServices.openUrl(url)
