"""Walks every widget of every window: names for screen readers, room for the text at 200 %, order of the Tab key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from agent_toolbar import paths
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import TEXT_CONTRAST, Tone, contrast, palette
from tests.ui.scenes import (
    BARS,
    CALL_CARDS,
    CRM,
    CRM_PAGES,
    CRM_WINDOWS,
    DAY,
    GROUPS,
    HANDOVERS,
    LINKS,
    NUMBER_SCENES,
    WINDOWS,
    Scene,
    Stage,
)

USUAL_TEXT_PX, DOUBLE_TEXT_PX = 13, 26
SCENES: dict[str, Scene] = {name: scene for group in GROUPS.values() for name, scene in group.items()}
EXPLAINED = {**BARS, **HANDOVERS, **DAY, **CRM, **CRM_WINDOWS, **CRM_PAGES, **CALL_CARDS, **LINKS, **NUMBER_SCENES}
WALKED = {**WINDOWS, **HANDOVERS, **DAY, **CRM, **CRM_WINDOWS, **CRM_PAGES, **LINKS, **NUMBER_SCENES}
LANGUAGES = ("en", "fr")
LEAST_TARGET_PX = 20  # an icon; WCAG 2.2 section 2.5.8 asks 24 but for the sign of a call, which has room around it
# a line that may be shortened says so by an ellipsis and shows the whole text in its tool tip
TOLERANCE_PX = 2
_WITH_PARTS = (QAbstractItemView, QAbstractSpinBox, QLineEdit)  # what lies in these is laid out by Qt and holds no text


@pytest.fixture
def stage(qapp: QApplication, look: Look) -> Iterator[Stage]:
    shown = Stage(qapp, look)
    Translation(qapp).use("en")
    yield shown
    shown.clear()
    look.theme.use_text_size(USUAL_TEXT_PX)


def controls(window: QWidget) -> list[QWidget]:
    """Visible widgets that the keyboard or a screen reader stops at, the parts of compound controls left out."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and (widget.focusPolicy() is not Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton))
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractScrollArea)
        and widget.objectName() != "qt_scrollarea_viewport"
    ]


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {spoken(widget) or widget.objectName()!r}"


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
def test_every_control_says_what_it_is(stage: Stage, scene: Scene):
    window = scene(stage)
    assert [described(widget) for widget in controls(window) if not spoken(widget).strip()] == []


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
def test_every_window_has_a_title(stage: Stage, scene: Scene):
    assert scene(stage).windowTitle()


@pytest.mark.parametrize("scene", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_what_is_disabled_in_bar_and_card_says_why(stage: Stage, scene: Scene):
    window = scene(stage)
    mute = [
        described(widget)
        for widget in window.findChildren(QAbstractButton)
        if widget.isVisible() and not widget.isEnabled() and not widget.toolTip()
    ]
    assert mute == []


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
def test_every_button_is_large_enough_to_be_hit(stage: Stage, scene: Scene, qapp: QApplication):
    window = scene(stage)
    qapp.processEvents()
    small = [
        f"{described(widget)}: {widget.width()} x {widget.height()}"
        for widget in controls(window)
        if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < LEAST_TARGET_PX
    ]
    assert small == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
def test_no_text_is_cut_off_at_twice_the_size(stage: Stage, scene: Scene, language: str, qapp: QApplication):
    translation = Translation(qapp)
    translation.use(language)
    stage.look.theme.use_text_size(DOUBLE_TEXT_PX)
    window = scene(stage)
    qapp.processEvents()
    try:
        assert [f"{described(widget)}: {why}" for widget, why in _cut_off(window)] == []
    finally:
        translation.use("en")


def _cut_off(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Widgets whose text does not fit into them, and those that hang out of it."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget.parentWidget(), _WITH_PARTS):
            continue
        if isinstance(widget, QAbstractButton) or (type(widget) is QLabel and not widget.wordWrap()):
            needed = widget.minimumSizeHint() if isinstance(widget, QLabel) else widget.sizeHint()
            if widget.text() and widget.width() + TOLERANCE_PX < needed.width():
                yield widget, f"{widget.width()} of {needed.width()} pixels wide"
            if widget.height() + TOLERANCE_PX < needed.height():
                yield widget, f"{widget.height()} of {needed.height()} pixels high"
        if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
            needed_height = widget.heightForWidth(widget.width())
            if widget.height() + TOLERANCE_PX < needed_height:
                yield widget, f"{widget.height()} of {needed_height} pixels high"


def test_the_bar_that_does_not_fit_the_screen_becomes_the_pill(stage: Stage, qapp: QApplication):
    """Else its right end, with history and settings, could not be reached at large text sizes."""
    stage.look.theme.use_text_size(DOUBLE_TEXT_PX)
    window = BARS["in-a-call"](stage)
    assert window.width() <= window.screen().availableGeometry().width()


@pytest.mark.parametrize("scene", WALKED.values(), ids=WALKED.keys())
def test_the_tab_key_follows_the_eye(stage: Stage, scene: Scene):
    window = scene(stage)
    order = _tab_order(window)
    places = [QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()) for widget in order]
    jumps = [
        f"{described(before)} -> {described(after)}"
        for (before, one), (after, other) in zip(
            zip(order, places, strict=True), zip(order[1:], places[1:], strict=True), strict=False
        )
        if other.bottom() < one.top() and other.left() < one.right()
    ]
    assert jumps == []


def _tab_order(window: QWidget) -> list[QWidget]:
    """Widgets in the order of the Tab key, from the first one of the window."""
    wanted = {widget for widget in controls(window) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus}
    order: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not window:
        if widget in wanted and widget.focusProxy() is None and widget.isEnabled():
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.DISABLED])
def test_every_text_colour_is_read_on_every_ground(dark: bool, tone: Tone):
    colours = palette(dark)
    for ground in (colours.window, colours.field, colours.soft(Tone.ACCENT)):
        assert contrast(colours.ink(tone), ground) >= TEXT_CONTRAST


def test_the_pictures_of_the_fields_have_the_colours_of_the_theme():
    for dark, name in ((False, "light"), (True, "dark")):
        colours = palette(dark)
        assert colours.muted in paths.resource_path("icons", f"caret-down-{name}.svg").read_text()
        assert colours.on_fill in paths.resource_path("icons", f"check-{name}.svg").read_text()
