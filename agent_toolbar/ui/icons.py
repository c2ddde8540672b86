"""Icons by meaning, drawn from one icon font (Phosphor, in the QtAwesome package, which itself is never imported).

The same meaning has the same glyph in bar, card, tray and documents. GUI thread.
"""

from __future__ import annotations

import importlib.util
import json
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.tokens import Tone

_PACKAGE = "qtawesome"  # importing it would load six fonts: 44 MB for nothing
_FONT = "phosphor-*.ttf"
_NAMES = "phosphor-charmap-*.json"


class Icon(Enum):
    """What is meant, and the glyph's name in the font."""

    CALL = "phone"
    ANSWER = "phone-fill"
    HANG_UP = "phone-disconnect-fill"
    HOLD = "pause"
    RESUME = "play"
    MUTE = "microphone"
    MUTED = "microphone-slash-fill"
    KEYPAD = "dots-nine"
    HISTORY = "clock-counter-clockwise"
    SETTINGS = "gear-six"
    INCOMING = "phone-incoming"
    OUTGOING = "phone-outgoing"
    MISSED = "phone-x"
    ENCRYPTED = "lock-simple-fill"
    VIP = "star-fill"
    IMPORTANT = "star"
    OPEN_MENU = "caret-down"
    CLOSE = "x"
    SEARCH = "magnifying-glass"
    WARNING = "warning-fill"
    NOTE = "info"
    GRIP = "dots-six-vertical"
    COMPACT = "arrows-in-line-horizontal"
    EXPAND = "arrows-out-line-horizontal"
    CONTACT = "user"
    COMPANY = "buildings"
    CONTACTS = "address-book"
    DIRECTORY = "books"
    CERTAIN = "check-circle"
    UNCERTAIN = "question"
    DIVERTED = "arrow-bend-up-right"
    BACKSPACE = "backspace"
    TRANSFER = "arrows-left-right"
    CONSULT = "chats-circle"
    SWAP = "swap"
    CONFERENCE = "users-three"
    JOIN = "link"
    TAKE_BACK = "arrow-u-up-left"
    UNDO = "arrow-counter-clockwise"
    NOW = "arrow-right"
    WRITE = "note-pencil"
    SILENCED = "speaker-slash"
    READY = "check-circle-fill"
    NOT_READY = "pause-circle-fill"
    RINGING = "bell-ringing-fill"
    ON_CALL = "phone-call-fill"
    REGISTERING = "circle-dashed"
    WRAP_UP = "clipboard-text-fill"
    WAITING = "dots-three-outline-fill"
    MORE_TIME = "timer"
    CTI_OFF = "phone-slash"
    ASLEEP = "moon-fill"
    POWER = "power"
    QUIT = "sign-out"
    WINDOW = "app-window"
    BROWSER = "browser"
    STAY_ON_TOP = "push-pin"
    DOCK_TOP = "align-top"
    DOCK_BOTTOM = "align-bottom"
    MINIMISE = "minus"
    MICROPHONE = "microphone-fill"
    SPEAKER = "speaker-high"
    RINGER = "bell"
    RECORD = "record-fill"
    IMPORT = "download-simple"
    FILE = "file-text"
    PASSWORD = "key"
    SERVER = "hard-drives"
    LANGUAGE = "translate"
    LOOK = "palette"
    KEYBOARD = "keyboard"
    DONE = "check"
    EMPTY = "tray"
    PRACTICE = "graduation-cap"
    TRY_AGAIN = "arrow-clockwise"
    DOCTOR = "first-aid-kit"
    OUTBOX = "cloud-arrow-up"


class IconFontMissing(RuntimeError):
    """The icon font is not installed or lacks a glyph: the toolbar would show empty boxes."""


class IconFont:
    """The glyphs of all icons."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or _font_folder()
        font_file, names_file = _only(folder, _FONT), _only(folder, _NAMES)
        number = QFontDatabase.addApplicationFont(str(font_file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if not families:
            raise IconFontMissing(f"{font_file.name} is not a font")
        self._family = families[0]
        points = json.loads(names_file.read_text("utf-8"))
        absent = sorted(icon.value for icon in Icon if icon.value not in points)
        if absent:
            raise IconFontMissing(f"{names_file.name} lacks {', '.join(absent)}")
        self._glyphs = {icon: chr(int(points[icon.value], 16)) for icon in Icon}

    def glyph(self, icon: Icon) -> str:
        return self._glyphs[icon]

    def sized(self, size_px: int) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(max(1, size_px))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def paint(self, painter: QPainter, rect: QRect | QRectF, icon: Icon, colour: QColor) -> None:
        """Fills the largest square in the middle of `rect`."""
        area = QRectF(rect)
        side = int(min(area.width(), area.height()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self.sized(side))
        painter.setPen(colour)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.glyph(icon))
        painter.restore()


class Icons:
    """Icons in the colours of the theme; those made before a change of theme show the new colours when repainted."""

    def __init__(self, theme: Theme, font: IconFont | None = None) -> None:
        self._theme = theme
        self.font = font or IconFont()

    def icon(self, icon: Icon, tone: Tone = Tone.TEXT) -> QIcon:
        """For buttons, actions and rows that Qt paints. Disabled icons take the theme's disabled colour."""
        return QIcon(_GlyphEngine(self.font, self._theme, icon, tone))

    def paint(self, painter: QPainter, rect: QRect | QRectF, icon: Icon, colour: QColor) -> None:
        self.font.paint(painter, rect, icon, colour)

    def pixmap(self, icon: Icon, size_px: int, colour: QColor, ratio: float = 0.0) -> QPixmap:
        """A picture of `size_px` logical pixels for a screen with `ratio` (0.0: the sharpest screen's)."""
        return _glyph_pixmap(self.font, icon, QSize(size_px, size_px), colour, ratio or _sharpest_ratio())


class _GlyphEngine(QIconEngine):
    """Paints one glyph at whatever size and resolution is asked for."""

    def __init__(self, font: IconFont, theme: Theme, icon: Icon, tone: Tone) -> None:
        super().__init__()
        self._font = font
        self._theme = theme
        self._icon = icon
        self._tone = tone

    def _colour(self, mode: QIcon.Mode) -> QColor:
        return self._theme.ink(Tone.DISABLED if mode is QIcon.Mode.Disabled else self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        self._font.paint(painter, rect, self._icon, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        del state
        return _glyph_pixmap(self._font, self._icon, size, self._colour(mode), scale)

    def isNull(self) -> bool:
        return False

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._font, self._theme, self._icon, self._tone)


def _glyph_pixmap(font: IconFont, icon: Icon, size: QSize, colour: QColor, ratio: float) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    font.paint(painter, QRect(QPoint(0, 0), size), icon, colour)
    painter.end()
    return pixmap


def _sharpest_ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


def _font_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise IconFontMissing(f"the package {_PACKAGE} is not installed")
    return Path(places[0]) / "fonts"


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise IconFontMissing(f"no {pattern} in {folder}")
    return found[-1]
