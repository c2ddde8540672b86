"""The words at the left of a control in a form, on one line with it however much stands below it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

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
