"""The look of all windows: follows the system's light or dark scheme and text size, and tells when it changed.

One Theme per application, on the GUI thread. Sizes come in pixels at 100 % and grow with the system's text size;
the screen's own scale factor is Qt's affair.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.ui import tokens
from agent_toolbar.ui.style_sheet import style_sheet
from agent_toolbar.ui.tokens import Palette, Tone

_BODY_PX = 13
_LARGE = 1.55  # the second of the two text sizes, as a multiple of the first
_TALLEST_UNSCALED_PX = 15  # system text up to this size fits the sizes of 100 %
_UNTHEMED_FAMILIES = {"Sans Serif", "Sans", "sans-serif", "MS Shell Dlg 2"}
_GOOD_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Liberation Sans")
_SCHEMES = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}


class Theme(QObject):
    """Colours, fonts and sizes in force.

    Attributes:
        palette: the colours; scale: of all sizes, 1.0 at the usual text size, up to 3.0.
    Signals:
        changed: colours, fonts or sizes are others now; widgets measure and paint themselves anew.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._scheme = Scheme.SYSTEM
        self._accent = tokens.DEFAULT_ACCENT
        self._base = _system_font()
        self.palette: Palette = tokens.LIGHT
        self.scale = 1.0
        application.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        self._refresh()

    def choose(self, scheme: Scheme, accent: str = tokens.DEFAULT_ACCENT) -> None:
        """Light, dark or as the system has it; `accent` as #rrggbb or "" for the product's own."""
        if (scheme, accent) == (self._scheme, self._accent):
            return
        self._scheme, self._accent = scheme, accent
        hints = QGuiApplication.styleHints()
        if scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(_SCHEMES[scheme])
        self._refresh()

    def use_text_size(self, body_px: int) -> None:
        """Text of another size than the system's, in pixels (13 is usual)."""
        self._base.setPixelSize(max(_BODY_PX, body_px))
        self._refresh()

    # ------------------------------------------------------------------ what widgets ask

    def px(self, size: float) -> int:
        """A size at 100 % in pixels of now."""
        return round(size * self.scale)

    def font(self, *, strong: bool = False, large: bool = False) -> QFont:
        """One of two sizes and two weights; figures are all of one width, so that timers do not tremble."""
        font = QFont(self._base)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        if large:
            font.setPixelSize(round(self._base.pixelSize() * _LARGE))
        return font

    def ink(self, tone: Tone) -> QColor:
        return QColor(self.palette.ink(tone))

    def soft(self, tone: Tone) -> QColor:
        return QColor(self.palette.soft(tone))

    # ------------------------------------------------------------------ inside

    def _refresh(self) -> None:
        dark = self._scheme is Scheme.DARK
        if self._scheme is Scheme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.palette = tokens.palette(dark, self._accent)
        self.scale = min(3.0, max(1.0, self._base.pixelSize() / _TALLEST_UNSCALED_PX))
        self._application.setFont(self.font())
        self._application.setPalette(_qt_palette(self.palette))
        self._application.setStyleSheet(style_sheet(self.palette, self.px))
        self.changed.emit()


def _system_font() -> QFont:
    """The desktop's font at its size; where the desktop names none, the best known one that is installed."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    size_px = QFontInfo(font).pixelSize()
    if font.family() in _UNTHEMED_FAMILIES:
        installed = set(QFontDatabase.families())
        font.setFamily(next((family for family in _GOOD_FAMILIES if family in installed), font.family()))
    font.setPixelSize(max(_BODY_PX, size_px))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _qt_palette(colours: Palette) -> QPalette:
    """The same colours for what Qt draws itself: menus, checkboxes, text cursors."""
    qt = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.window,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.window,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.field,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_fill,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Light: colours.hover,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Dark: colours.border,
    }
    for role, colour in roles.items():
        qt.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return qt
