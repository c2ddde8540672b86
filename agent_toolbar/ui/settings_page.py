"""What all pages of the settings share: a title, sections, rows of label and control, and how a change is made.

GUI thread. A change applies at once; what is refused is said below its control.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.form_caption import form_caption, indent_text
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice

_CONTROL_WIDTH = 260
_CHECKBOX_TEXT = 32  # where a checkbox's words begin


class _Content(QWidget):
    """As high as its words need at the width that there is; a wrapped label alone asks for its height when narrow."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class SettingsPage(QScrollArea):
    """One page. Subclasses add rows in their constructor and draw the state in `show_state`."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__()
        self.toolbar = toolbar
        self.look = look
        self._places: dict[Notice, tuple[QFormLayout, QWidget]] = {}
        self.theme = theme = look.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = _Content()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(*([theme.px(tokens.SPACE_L + tokens.SPACE_XS)] * 4))
        self.body.setSpacing(theme.px(tokens.SPACE_S))
        self._heading = QLabel()
        self._heading.setFont(theme.font(large=True, strong=True))
        self._heading.setContentsMargins(0, 0, 0, theme.px(tokens.SPACE_XS))
        self.body.addWidget(self._heading)
        self._form = self.new_form()
        self.setWidget(self._content)

    def show_state(self, state: ToolbarState) -> None:
        """Draws what the page shows of the state; most pages show settings only."""

    def leave(self) -> None:
        """The page is no longer looked at."""

    @property
    def busy(self) -> bool:
        """An answer is awaited, so the page must live until it has come."""
        return False

    # ------------------------------------------------------------------ building

    def set_title(self, title: str) -> None:
        """The page's name, large at its top."""
        self._heading.setText(title)
        self.setAccessibleName(title)

    def new_form(self) -> QFormLayout:
        """Rows that follow go into a form of their own."""
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(self.theme.px(tokens.SPACE_L))
        form.setVerticalSpacing(self.theme.px(tokens.SPACE_M))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form = form
        self.body.addLayout(form)
        return form

    def add_section(self, title: str) -> QLabel:
        """A heading above the rows that follow."""
        label = QLabel(title)
        label.setFont(self.theme.font(strong=True))
        label.setContentsMargins(0, self.theme.px(tokens.SPACE_M), 0, 0)
        self.body.addWidget(label)
        self.new_form()
        return label

    def add_row(self, label: str, control: QWidget, hint: str = "", *, name: str = "", key: str = "") -> Notice:
        """A labelled control with a sentence below it; `name` is for screen readers when the label alone is vague.

        `key` is the setting's: what the administrator has set for good cannot be changed here.
        """
        control.setAccessibleName(name or label)
        control.setMinimumWidth(self.theme.px(_CONTROL_WIDTH))
        cell, notice = self._cell(control, hint, key)
        self._form.addRow(form_caption(label, control, self.theme), cell)
        self._places[notice] = (self._form, cell)
        return notice

    def add_wide(self, control: QWidget, hint: str = "", *, key: str = "") -> Notice:
        """A control over the whole width, a checkbox for example, which carries its own words. `key`: see add_row."""
        cell, notice = self._cell(control, hint, key)
        self._form.addRow(cell)
        self._places[notice] = (self._form, cell)
        return notice

    def fixed_text(self) -> str:
        """Why a control cannot be used."""
        return self.tr("Set by your administrator.")

    def show_row(self, notice: Notice, shown: bool) -> None:
        """Shows or hides the row to which `notice` belongs."""
        form, cell = self._places[notice]
        form.setRowVisible(cell, shown)

    def _cell(self, control: QWidget, hint: str, key: str) -> tuple[QWidget, Notice]:
        if key in self.toolbar.forced:
            control.setEnabled(False)
            hint = self.fixed_text()
            control.setToolTip(hint)
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(tokens.SPACE_XS))
        indent_text(control, self.theme)
        column.addWidget(control)
        notice = Notice(hint)
        column.addWidget(notice)
        if isinstance(control, QCheckBox | QRadioButton):
            notice.setIndent(self.theme.px(_CHECKBOX_TEXT))
        return cell, notice

    # ------------------------------------------------------------------ changing

    def change(self, settings: Settings, notice: Notice, places: Mapping[str, Notice] | None = None) -> bool:
        """Applies `settings`; a refusal is said in `notice`, or in that of `places` for its key, and answers False."""
        try:
            self.toolbar.change_settings(settings)
        except AgentToolbarError as error:
            place = (places or {}).get(str(error.params.get("key", "")), notice)
            place.say(error_text(error))
            return False
        notice.clear_problem()
        return True
