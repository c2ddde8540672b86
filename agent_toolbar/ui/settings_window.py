"""The window page: language, colours, place and motion. GUI thread."""

from __future__ import annotations

import re

import msgspec
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from agent_toolbar.application.ports.settings import BarPlace, WindowSettings
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.i18n.translation import FOLLOW_SYSTEM, LANGUAGES, language_name
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class WindowPage(SettingsPage):
    """Every choice shows at once in all windows."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Window"))
        window = toolbar.settings.window
        self._add_language(window)
        self._add_colours(window)
        self._add_place(window)
        self.body.addStretch()

    def _add_language(self, window: WindowSettings) -> None:
        self.language = QComboBox()
        self.language.addItem(self.tr("As the system"), FOLLOW_SYSTEM)
        for code in LANGUAGES:
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(window.language)))
        notice = self.add_row(self.tr("Language"), self.language, key="window.language")
        self.language.activated.connect(lambda _: self._change(notice, language=str(self.language.currentData())))

    def _add_colours(self, window: WindowSettings) -> None:
        self.scheme = QComboBox()
        self.scheme.addItem(self.tr("As the system"), Scheme.SYSTEM)
        self.scheme.addItem(self.tr("Light"), Scheme.LIGHT)
        self.scheme.addItem(self.tr("Dark"), Scheme.DARK)
        self.scheme.setCurrentIndex(self.scheme.findData(window.theme))
        notice = self.add_row(self.tr("Colours"), self.scheme, key="window.theme")
        self.scheme.activated.connect(lambda _: self._change(notice, theme=Scheme(self.scheme.currentData())))
        self.accent = QLineEdit(window.accent)
        self.accent.setPlaceholderText(self.look.theme.palette.accent)
        self.accent.setMaxLength(7)
        self.accent.setAccessibleName(self.tr("Accent colour"))
        choose = QPushButton(self.tr("Choose…"))
        choose.clicked.connect(self._choose_accent)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(tokens.SPACE_S))
        line.addWidget(self.accent, 1)
        line.addWidget(choose)
        row.setFocusProxy(self.accent)
        hint = self.tr("Empty for the toolbar's own. It is made darker or lighter where it could not be read.")
        self._accent_notice = self.add_row(self.tr("Accent"), row, hint, key="window.accent")
        self.accent.editingFinished.connect(self._change_accent)

    def _add_place(self, window: WindowSettings) -> None:
        self.place = QComboBox()
        self.place.addItem(self.tr("At the top of the screen"), BarPlace.TOP)
        self.place.addItem(self.tr("At the bottom of the screen"), BarPlace.BOTTOM)
        self.place.addItem(self.tr("Where I drag it"), BarPlace.FLOATING)
        self.place.setCurrentIndex(self.place.findData(window.place))
        notice = self.add_row(self.tr("Place"), self.place, key="window.place")
        self.place.activated.connect(lambda _: self._change(notice, place=BarPlace(self.place.currentData())))
        self.on_top = QCheckBox(self.tr("Stay above other windows"))
        self.on_top.setChecked(window.stay_on_top)
        on_top_notice = self.add_wide(self.on_top, key="window.stay_on_top")
        self.on_top.toggled.connect(lambda on: self._change(on_top_notice, stay_on_top=on))
        if QGuiApplication.platformName() == "wayland":
            self.on_top.setEnabled(False)
            hint = self.tr("This desktop decides that itself: use “Always on top” in the window's own menu.")
            on_top_notice.say(hint, Tone.MUTED)
        self.reduced_motion = QCheckBox(self.tr("Less motion"))
        self.reduced_motion.setChecked(window.reduced_motion)
        motion_notice = self.add_wide(
            self.reduced_motion, self.tr("Windows appear without sliding."), key="window.reduced_motion"
        )
        self.reduced_motion.toggled.connect(lambda on: self._change(motion_notice, reduced_motion=on))

    # ------------------------------------------------------------------ changes

    def _choose_accent(self) -> None:
        dialog = QColorDialog(QColor(self.look.theme.palette.accent), self)
        dialog.setWindowTitle(self.tr("Accent colour"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog, False)
        dialog.colorSelected.connect(self._accent_chosen)
        dialog.open()

    def _accent_chosen(self, colour: QColor) -> None:
        self.accent.setText(colour.name())
        self._change_accent()

    def _change_accent(self) -> None:
        typed = self.accent.text().strip()
        if typed and not _COLOUR.fullmatch(typed):
            self._accent_notice.say(self.tr("A colour looks like #1a5fbf."))
            return
        self._change(self._accent_notice, accent=typed.lower())

    def _change(self, notice: Notice, **changes: object) -> None:
        settings = self.toolbar.settings
        window = msgspec.structs.replace(settings.window, **changes)
        if window != settings.window:
            self.change(msgspec.structs.replace(settings, window=window), notice)
        else:
            notice.clear_problem()
