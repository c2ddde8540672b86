"""The words at the left of a control in a form, and where text begins in it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QLineEdit, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.theme import Theme


def form_caption(text: str, control: QWidget, theme: Theme) -> QLabel:
    """A label for `control`; QFormLayout itself would centre it in a place that is higher than the control."""
    caption = QLabel(text)
    caption.setBuddy(control)
    caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    control.ensurePolished()
    one_line = min(control.sizeHint().height(), theme.px(tokens.CONTROL))
    caption.setContentsMargins(0, max(0, (one_line - caption.sizeHint().height()) // 2), 0, 0)
    return caption


def indent_text(control: QWidget, theme: Theme) -> None:
    """Text of a number or a time begins where it does in other fields; a style sheet's padding does not reach it."""
    line = control.findChild(QLineEdit) if isinstance(control, QAbstractSpinBox) else None
    if line is not None:
        line.setTextMargins(theme.px(tokens.SPACE_XS + 2), 0, 0, 0)
