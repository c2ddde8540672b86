"""Qt's own controls in the look of the tokens: fields, push buttons, menus, lists, scroll bars, tool tips.

A push button with the property `primary` set to true is the one that goes on; the property `tone` of a label
("muted", "fault", ...) colours its text; `navigation` true makes a list the quiet menu of a window.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from agent_toolbar import paths
from agent_toolbar.ui import tokens
from agent_toolbar.ui.tokens import Palette, Tone

_RULES = Template("""
QWidget { color: $text; selection-background-color: $accent; selection-color: $on_fill; }
QDialog, QMainWindow, QWizard, QScrollArea, QStackedWidget { background: $window; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="ready"] { color: $ready; }
QLabel[tone="not_ready"] { color: $not_ready; }
QLabel[tone="on_call"] { color: $on_call; }
QLabel[tone="fault"] { color: $fault; }
QLabel:disabled { color: $disabled; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QKeySequenceEdit {
    background: $field; border: ${line}px solid $border; border-radius: ${radius}px;
    padding: ${s4}px ${s8}px; min-height: ${field_height}px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: ${focus}px solid $accent; padding: ${s4_focus}px ${s8_focus}px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $disabled; border-color: $hairline; }
QComboBox::drop-down, QDateEdit::drop-down,
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; background: transparent;
    width: ${s24}px; }
QComboBox::down-arrow, QDateEdit::down-arrow,
QAbstractSpinBox::down-arrow { image: url("$caret_down"); width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::up-arrow { image: url("$caret_up"); width: ${s12}px; height: ${s12}px; }
QComboBox QAbstractItemView { background: $field; border: ${line}px solid $hairline; outline: 0; }

QPushButton {
    background: $field; border: ${line}px solid $border; border-radius: ${radius}px;
    padding: ${s4}px ${s16}px; min-height: ${field_height}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: ${focus}px solid $accent; padding: ${s4_focus}px ${s16_focus}px; }
QPushButton:disabled { color: $disabled; border-color: $hairline; background: transparent; }
QPushButton[primary="true"] { background: $accent; color: $on_fill; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; }
QPushButton[primary="true"]:focus { border: ${focus}px solid $text; }
QPushButton[primary="true"]:disabled { background: $pressed; border-color: $pressed; color: $disabled; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: $accent;
    padding: ${s4}px ${s4}px; }  /* its text stands below that of the captions */
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border-color: $accent; padding: ${s4_focus}px ${s4_focus}px; }

QCheckBox, QRadioButton { spacing: ${s8}px; background: transparent; padding: ${s4}px; border-radius: ${radius}px;
    border: ${focus}px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator { width: ${s16}px; height: ${s16}px; background: $field; border: ${line}px solid $border;
    border-radius: ${s4}px; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { background: transparent; border-color: $hairline; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }
QRadioButton::indicator { width: ${s16}px; height: ${s16}px; background: $field; border: ${line}px solid $border;
    border-radius: ${radio_radius}px; }
QRadioButton::indicator:hover { background: $hover; }
QRadioButton::indicator:checked { width: ${s8}px; height: ${s8}px; background: $on_fill;
    border: ${radio_ring}px solid $accent; }
QRadioButton::indicator:disabled { background: transparent; border-color: $hairline; }
QRadioButton::indicator:checked:disabled { background: $on_fill; border-color: $disabled; }

QMenu { background: $field; border: ${line}px solid $hairline; padding: ${s4}px 0; }
QMenu::item { padding: ${s8}px ${s24}px ${s8}px ${s8}px; margin: 0 ${s4}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu[informs="true"]::item:disabled { color: $muted; }
QMenu::icon { padding-left: ${s8}px; }
QMenu::separator { height: ${line}px; background: $hairline; margin: ${s4}px ${s12}px; }
QToolTip { background: $field; color: $text; border: ${line}px solid $border; padding: ${s4}px ${s8}px; }

QListView, QTreeView, QTableView { background: $field; border: ${line}px solid $hairline; border-radius: ${radius}px;
    outline: 0; gridline-color: $hairline; alternate-background-color: $window; }
QListView:focus, QTreeView:focus, QTableView:focus { border: ${focus}px solid $accent; }
QListView::item, QTreeView::item, QTableView::item { padding: ${s4}px ${s8}px; border: 0; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; color: $text; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_soft; color: $text; }
QListView[navigation="true"], QListView[navigation="true"]:focus { background: $window; border: 0; border-radius: 0;
    border-right: ${line}px solid $hairline; padding: ${s8}px; }
QListView[navigation="true"]::item { border-radius: ${radius}px; border: ${focus}px solid transparent;
    padding: 0 ${s4}px; }
QListView[navigation="true"]::item:selected:focus { border-color: $accent; }
QHeaderView { background: $field; border: 0; }
QHeaderView::section { background: $field; color: $muted; border: 0; border-bottom: ${line}px solid $hairline;
    padding: ${s8}px ${s8}px ${s8}px ${header_left}px; }

QTabWidget::pane { border: 0; border-top: ${line}px solid $hairline; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: ${s8}px ${s12}px;
    border: ${focus}px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border-color: $accent; }

QProgressBar { background: $pressed; border: 0; border-radius: ${half}px; min-height: ${s4}px; max-height: ${s4}px;
    text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: ${half}px; }
QSlider:horizontal { min-height: ${s24}px; }
QSlider::groove:horizontal { height: ${s4}px; background: $pressed; border-radius: ${half}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${half}px; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
QSlider::handle:horizontal { width: ${s16}px; height: ${s16}px; margin: -${knob_rise}px 0;
    border-radius: ${knob_radius}px; background: $accent; }
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:disabled { background: $disabled; }
QSlider:focus { border: ${focus}px solid $accent; border-radius: ${radius}px; }

QScrollBar:vertical { background: transparent; width: ${s12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${s12}px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: ${bar_radius}px; margin: ${bar_margin}px; }
QScrollBar::handle:vertical { min-height: ${s24}px; }
QScrollBar::handle:horizontal { min-width: ${s24}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")
_FOCUS = 2
_FIELD_INNER_HEIGHT = 22


def style_sheet(colours: Palette, px: Callable[[float], int]) -> str:
    """The rules with the colours of `colours` and sizes that `px` turns from 100 % into pixels."""
    radio = px(16) + 2 * tokens.HAIRLINE
    knob_rise = (px(16) - px(4)) // 2
    scheme = "dark" if colours.dark else "light"
    pictures = {
        name.replace("-", "_"): paths.resource_path("icons", f"{name}-{scheme}.svg").as_posix()
        for name in ("caret-down", "caret-up", "check")
    }
    border_growth = _FOCUS - tokens.HAIRLINE  # what the thicker focus border takes from the padding
    return _RULES.substitute(
        {name: getattr(colours, name) for name in colours.__slots__} | pictures,
        accent_hover=colours.fill_hover(Tone.ACCENT),
        accent_pressed=colours.fill_pressed(Tone.ACCENT),
        accent_soft=colours.soft(Tone.ACCENT),
        line=tokens.HAIRLINE,
        focus=_FOCUS,
        radius=px(tokens.RADIUS),
        field_height=px(_FIELD_INNER_HEIGHT),
        s4=px(4),
        s4_focus=px(4) - border_growth,
        s8=px(8),
        s8_focus=px(8) - border_growth,
        s12=px(12),
        s16=px(16),
        s16_focus=px(16) - border_growth,
        s24=px(24),
        header_left=px(8) + 3,  # Qt insets the text of a cell by three more pixels
        half=px(2),
        radio_radius=radio // 2,
        radio_ring=(radio - px(8)) // 2,
        knob_rise=knob_rise,
        knob_radius=px(4) // 2 + knob_rise,  # a radius above half the height would make it square
        bar_margin=px(3),
        bar_radius=px(3),
    )
