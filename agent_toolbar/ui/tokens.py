"""Design tokens: the colours of the light and the dark theme, spacing and radii. Pure values, no Qt objects.

Contrast is the ratio of WCAG 2.2 section 1.4.3; a test holds every text colour to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TEXT_CONTRAST = 4.5
SIGN_CONTRAST = 3.0
DEFAULT_ACCENT = ""

SPACE_XS = 4
SPACE_S = 8
SPACE_M = 12
SPACE_L = 16
SPACE_XL = 24
RADIUS = 6
HAIRLINE = 1
ICON = 20
CONTROL = 36
BAR = 48
CARD_RADIUS = 10
MIN_BAR_WIDTH = 640


class Tone(StrEnum):
    """What a colour says. Never the only sign: a word or an icon stands beside it."""

    TEXT = "text"
    MUTED = "muted"
    DISABLED = "disabled"
    ACCENT = "accent"
    READY = "ready"
    NOT_READY = "not_ready"
    ON_CALL = "on_call"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme as #rrggbb.

    Attributes:
        window: ground of bar, card and windows; field: of what is typed into and of lists.
        hover, pressed: ground of a quiet control under the pointer and held down; border: of a field, seen at 3:1.
        on_fill: text and icons on a ground of accent, ready, not_ready, on_call or fault.
    """

    dark: bool
    window: str
    field: str
    hover: str
    pressed: str
    hairline: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    ready: str
    not_ready: str
    on_call: str
    fault: str
    on_fill: str

    def ink(self, tone: Tone) -> str:
        """The colour of text and icons that say `tone`."""
        return str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """A quiet ground of `tone` that text of the theme is read on."""
        return mix(self.ink(tone), self.window, 0.16 if self.dark else 0.09)

    def fill_hover(self, tone: Tone) -> str:
        return mix(self.text, self.ink(tone), 0.12)

    def fill_pressed(self, tone: Tone) -> str:
        return mix(self.text, self.ink(tone), 0.24)


LIGHT = Palette(
    dark=False,
    window="#fcfcfd",
    field="#ffffff",
    hover="#eff1f4",
    pressed="#e3e6eb",
    hairline="#e4e6ea",
    border="#878e9b",
    text="#1a1d23",
    muted="#59606d",
    disabled="#8b929e",
    accent="#4a45c4",
    ready="#0f7442",
    not_ready="#8a5300",
    on_call="#1a5fbf",
    fault="#c0272d",
    on_fill="#ffffff",
)

DARK = Palette(
    dark=True,
    window="#1c1e23",
    field="#15171b",
    hover="#2a2d34",
    pressed="#353941",
    hairline="#31343c",
    border="#757c8a",
    text="#eceef2",
    muted="#a3aab7",
    disabled="#747b88",
    accent="#a5a1ff",
    ready="#4ac285",
    not_ready="#e5b04b",
    on_call="#78b4fb",
    fault="#ff7d75",
    on_fill="#101216",
)


def palette(dark: bool, accent: str = DEFAULT_ACCENT) -> Palette:
    """The theme's colours, with the company's accent made readable when one is set (#rrggbb, else it is ignored)."""
    base = DARK if dark else LIGHT
    channels = _channels(accent)
    if channels is None:
        return base
    readable = readable_accent(accent, base)
    return Palette(**{name: getattr(base, name) for name in Palette.__slots__} | {"accent": readable})


def readable_accent(accent: str, base: Palette) -> str:
    """`accent`, moved towards the theme's text colour until it is read on its ground and carries its own text."""
    for step in range(21):
        moved = mix(base.text, accent, step / 20)
        if min(contrast(moved, base.window), contrast(moved, base.on_fill)) >= TEXT_CONTRAST:
            return moved
    return base.text


def readable_sign(colour: str, base: Palette) -> str:
    """`colour`, moved towards the theme's text colour until it is seen on each quiet ground; "" for no colour."""
    if _channels(colour) is None:
        return ""
    grounds = (base.window, base.field, base.hover, base.soft(Tone.ACCENT))
    for step in range(21):
        moved = mix(base.text, colour, step / 20)
        if min(contrast(moved, ground) for ground in grounds) >= SIGN_CONTRAST:
            return moved
    return base.text


def mix(over: str, ground: str, share: float) -> str:
    """`over` laid on `ground` with `share` (0.0 to 1.0) of its strength."""
    a, b = _channels(over), _channels(ground)
    if a is None or b is None:
        raise ValueError(f"not a colour: {over!r} on {ground!r}")
    return "#" + "".join(f"{round(x * share + y * (1 - share)):02x}" for x, y in zip(a, b, strict=True))


def contrast(one: str, other: str) -> float:
    """1.0 (the same) to 21.0 (black on white), WCAG 2.2."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = _channels(colour)
    if channels is None:
        raise ValueError(f"not a colour: {colour!r}")
    linear = [c / 12.92 if (c := value / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int] | None:
    if len(colour) != 7 or colour[0] != "#" or not set(colour[1:]) <= set("0123456789abcdefABCDEF"):
        return None
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
