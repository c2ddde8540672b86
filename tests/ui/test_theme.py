from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon, IconFont, IconFontMissing
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import SIGN_CONTRAST, TEXT_CONTRAST, Palette, Tone, contrast

WORDS = (Tone.TEXT, Tone.MUTED, Tone.ACCENT, Tone.READY, Tone.NOT_READY, Tone.ON_CALL, Tone.FAULT)
MEANINGS = (Tone.ACCENT, Tone.READY, Tone.NOT_READY, Tone.ON_CALL, Tone.FAULT)
PALETTES = pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])


@PALETTES
@pytest.mark.parametrize("tone", WORDS)
def test_words_are_read_on_every_ground_they_stand_on(colours: Palette, tone: Tone) -> None:
    grounds = [colours.window, colours.field, colours.hover, colours.soft(tone if tone in MEANINGS else Tone.ACCENT)]
    assert min(contrast(colours.ink(tone), ground) for ground in grounds) >= TEXT_CONTRAST


@PALETTES
@pytest.mark.parametrize("tone", MEANINGS)
def test_filled_buttons_carry_readable_text_also_under_the_pointer(colours: Palette, tone: Tone) -> None:
    for ground in (colours.ink(tone), colours.fill_hover(tone), colours.fill_pressed(tone)):
        assert contrast(colours.on_fill, ground) >= TEXT_CONTRAST


@PALETTES
def test_borders_and_disabled_signs_can_be_seen(colours: Palette) -> None:
    assert contrast(colours.border, colours.field) >= SIGN_CONTRAST
    assert contrast(colours.disabled, colours.window) >= SIGN_CONTRAST


@pytest.mark.parametrize("accent", ["#ffff00", "#f4f4f4", "#101010", "#e4002b", "#00a1de", "#777777"])
@pytest.mark.parametrize("dark", [False, True])
def test_any_accent_of_a_company_becomes_readable(accent: str, dark: bool) -> None:
    colours = tokens.palette(dark, accent)

    assert contrast(colours.accent, colours.window) >= TEXT_CONTRAST
    assert contrast(colours.on_fill, colours.accent) >= TEXT_CONTRAST


@pytest.mark.parametrize("broken", ["", "red", "#12345", "#gggggg", "javascript:"])
def test_an_accent_that_is_no_colour_is_ignored(broken: str) -> None:
    assert tokens.palette(False, broken) == tokens.LIGHT


def test_choosing_dark_reaches_icons_that_exist_already(look: Look) -> None:
    look.theme.choose(Scheme.LIGHT)
    icon = look.icons.icon(Icon.CALL)
    light = _darkest(icon)

    look.theme.choose(Scheme.DARK)

    assert look.theme.palette.dark
    assert light == QColor(tokens.LIGHT.text)
    assert _darkest(icon) == QColor(tokens.DARK.text)


def test_an_icon_is_drawn_at_the_resolution_of_the_screen(look: Look) -> None:
    assert look.icons.icon(Icon.CALL).pixmap(QSize(20, 20), 2.5).size() == QSize(50, 50)


def test_a_disabled_icon_takes_the_disabled_colour(look: Look) -> None:
    look.theme.choose(Scheme.LIGHT)
    assert _darkest(look.icons.icon(Icon.CALL), QIcon.Mode.Disabled) == QColor(tokens.LIGHT.disabled)


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_has_a_glyph_that_paints_something(look: Look, icon: Icon) -> None:
    image = look.icons.pixmap(icon, 20, QColor("black"), 1.0).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


def test_a_missing_icon_font_is_an_error_and_not_a_row_of_boxes(tmp_path) -> None:
    with pytest.raises(IconFontMissing):
        IconFont(tmp_path)


def test_the_icons_do_not_load_all_fonts_of_their_package() -> None:
    script = "import sys, agent_toolbar.ui.toolbar; print('qtawesome' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )


def _darkest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """The colour of the pixel that the glyph covers most."""
    image = icon.pixmap(QSize(64, 64), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
    solid = max(pixels, key=QColor.alpha)
    return QColor(solid.red(), solid.green(), solid.blue())
