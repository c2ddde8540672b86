"""The pictures of the docs: small files that show what was drawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPixmap

from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tray_icon import TrayState
from tests.ui.contact_sheet import contact_sheet, save_small, tray_sheet


def gradient(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(x % 256, y % 256, (x + y) % 256))
    return image


def test_a_picture_keeps_its_size_and_its_frequent_colours(tmp_path: Path):
    drawn = QImage(301, 40, QImage.Format.Format_RGB32)
    drawn.fill(QColor("#4a45c4"))
    save_small(drawn, tmp_path / "made" / "plain.png")
    kept = QImage(str(tmp_path / "made" / "plain.png"))
    assert kept.size() == drawn.size()
    assert abs(kept.pixelColor(300, 39).red() - 0x4A) < 4


def test_a_picture_of_many_colours_is_kept_in_256(tmp_path: Path):
    save_small(gradient(300, 200), tmp_path / "many.png")
    kept = QImage(str(tmp_path / "many.png"))
    assert kept.colorCount() <= 256
    assert kept.size() == gradient(300, 200).size()


def test_a_sheet_shows_every_picture_and_none_over_another(look: Look):
    pictures = {}
    for name, colour in {"red": "#ff0000", "green": "#00ff00", "blue": "#0000ff"}.items():
        pictures[name] = QPixmap(400, 100)
        pictures[name].fill(QColor(colour))
    sheet = contact_sheet(pictures, look.theme, width=900, gap=10, caption=20)
    seen = [sheet.pixelColor(x, y).name() for x, y in ((200, 60), (620, 60), (200, 190))]
    assert seen == ["#ff0000", "#00ff00", "#0000ff"]


def test_the_tray_sheet_has_a_row_for_each_state_with_and_without_missed_calls(look: Look):
    sheet = tray_sheet(look.icons)
    assert sheet.height() % (2 * len(TrayState)) == 0
