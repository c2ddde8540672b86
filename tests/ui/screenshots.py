"""`python -m tests.ui.screenshots FOLDER [NAME...]`: draws every window in every sample state, for the docs.

The same pictures come out every time: fixed clock, fixed time zone, no screen. Each look gives one contact sheet for
each group; the look of the docs (light, 100 %) gives single pictures too. `--group` and `--look` draw less.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QCursor, QPixmap
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.ui.contact_sheet import contact_sheet, save_small, tray_sheet
from tests.ui.scenes import GROUPS, Scene, Stage

WIDTH, HEIGHT = 2600, 1900
SCREEN = {"name": "drawing", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "logicalDpi": 96, "logicalBaseDpi": 96}
USUAL_TEXT_PX = 13
DOUBLE_TEXT_PX = 26
GAP = 16
CAPTION = 22
SHEET_WIDTH = 1648  # two pages of the settings, side by side


def prepare_platform(folder: Path) -> None:
    """Says how Qt is to draw; must come before the QApplication."""
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": [{**SCREEN, "dpr": 1}]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"
    os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"  # what this platform cannot do does not matter here
    os.environ["TZ"] = "Europe/Paris"
    time.tzset()


@dataclass(frozen=True)
class Variant:
    """One look of all windows."""

    language: str
    scheme: str
    text_px: int

    @property
    def name(self) -> str:
        return f"{self.language}-{self.scheme}-{100 * self.text_px // USUAL_TEXT_PX}"

    @property
    def single_pictures(self) -> bool:
        return self.scheme == "light" and self.text_px == USUAL_TEXT_PX


VARIANTS = tuple(
    Variant(language, scheme, text_px)
    for language in ("en", "fr")
    for scheme in ("light", "dark")
    for text_px in (USUAL_TEXT_PX, DOUBLE_TEXT_PX)
)


def draw(folder: Path, wanted: list[str], variants: tuple[Variant, ...], groups: list[str]) -> None:
    """Draws the scenes named in `wanted` (all when empty) of `groups` (all when empty) in each of `variants`."""
    application = QApplication(["screenshots"])
    application.setCursorFlashTime(0)
    translation = Translation(application)
    stage = Stage.build(application)
    for variant in variants:
        translation.use(variant.language)
        stage.dress(Scheme(variant.scheme), variant.text_px)
        for group, scenes in GROUPS.items():
            if groups and group not in groups:
                continue
            pictures: dict[str, QPixmap] = {}
            for name, scene in scenes.items():
                if wanted and name not in wanted:
                    continue
                pictures[name] = picture(stage, scene)
                if variant.single_pictures:
                    save_small(pictures[name].toImage(), folder / variant.language / f"{name}.png")
            if pictures:
                width = round(SHEET_WIDTH * stage.look.theme.scale)
                sheet = contact_sheet(pictures, stage.look.theme, width, GAP, CAPTION)
                save_small(sheet, folder / f"all-{variant.name}-{group}.png")
        print(variant.name, flush=True)
    if not wanted and not groups:
        save_small(tray_sheet(stage.look.icons), folder / "tray.png")
    translation.use("en")


def picture(stage: Stage, scene: Scene) -> QPixmap:
    """One scene as it would stand on the screen."""
    QCursor.setPos(WIDTH - 1, HEIGHT - 1)  # nothing lies under the pointer
    window = scene(stage)
    focused = window.focusWidget()
    if isinstance(window, ToolbarWindow) and focused is not None:
        focused.clearFocus()  # the bar rarely has the keyboard
    stage.application.processEvents()
    drawn = window.grab()
    stage.clear()
    return drawn


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.ui.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these scenes")
    parser.add_argument("--look", action="append", choices=[variant.name for variant in VARIANTS])
    parser.add_argument("--group", action="append", choices=[*GROUPS], help="only scenes of this sheet")
    options = parser.parse_args(arguments)
    variants = tuple(variant for variant in VARIANTS if not options.look or variant.name in options.look)
    with tempfile.TemporaryDirectory() as scratch:
        prepare_platform(Path(scratch))
        draw(options.folder, options.names, variants, options.group or [])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
