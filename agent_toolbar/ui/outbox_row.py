"""One call that waits for the CRM: whom it was with, what is told of it, why it is not there yet, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import OutboxView
from agent_toolbar.domain.crm import CallResult
from agent_toolbar.domain.wrap_up import SUBJECT_LENGTH
from agent_toolbar.i18n.formats import day_text, local_day, time_text
from agent_toolbar.i18n.sentences import call_result_text, correction_text, outbox_item_text, outbox_party_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_MISSED = frozenset({CallResult.MISSED, CallResult.DECLINED, CallResult.NOT_REACHED})


class OutboxRow(QWidget):
    """What is typed in it stays while the state around it changes.

    Signals:
        retry_asked, discard_asked: of this call. edited: the new subject.
    """

    retry_asked = Signal()
    discard_asked = Signal()
    edited = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._asks = False
        self._edits = False
        self._icon = IconLabel(look, tokens.ICON, self)
        self._title = PlainLabel(look, strong=True, elastic=True)
        self._when = PlainLabel(look, Tone.MUTED)
        self._subject = WrappingLabel(look, parent=self)
        self._trouble = WrappingLabel(look, Tone.MUTED, self)
        self.field = QLineEdit()
        self.field.setMaxLength(SUBJECT_LENGTH)
        self.question = WrappingLabel(look, Tone.NOT_READY, self)
        self.retry = QPushButton()
        self.edit = QPushButton()
        self.discard = QPushButton()
        self.save = QPushButton()
        self.save.setProperty("primary", True)
        self.really = QPushButton()
        self.back = QPushButton()
        self._lay_out()
        self.retry.clicked.connect(self.retry_asked)
        self.edit.clicked.connect(self._begin_edit)
        self.discard.clicked.connect(self._ask)
        self.save.clicked.connect(self._save)
        self.really.clicked.connect(self.discard_asked)
        self.back.clicked.connect(self.leave)

    def _lay_out(self) -> None:
        px = self._look.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(tokens.SPACE_S))
        top.addWidget(self._icon)
        top.addWidget(self._title, 1)
        top.addWidget(self._when)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(tokens.SPACE_S))
        for button in (self.retry, self.edit, self.discard, self.save, self.really, self.back):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(tokens.SPACE_M), px(tokens.SPACE_M), px(tokens.SPACE_M), px(tokens.SPACE_M))
        column.setSpacing(px(tokens.SPACE_XS))
        column.addLayout(top)
        for part in (self._subject, self.field, self._trouble, self.question):
            column.addWidget(part)
        column.addLayout(buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline below, as between the days of the history."""
        del event
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._look.theme.palette.hairline), tokens.HAIRLINE))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    # ------------------------------------------------------------------ showing

    def show_item(self, view: OutboxView, *, signed_in: bool) -> None:
        item = view.item
        entry = item.entry
        party = outbox_party_text(view)
        result = call_result_text(entry.result)
        missed = entry.result in _MISSED
        self._icon.show_icon(
            Icon.MISSED if missed else Icon.INCOMING if entry.incoming else Icon.OUTGOING, Tone.MUTED, result
        )
        self._title.show_text(party)
        day = day_text(local_day(entry.started_s), local_day(self._look.now_s()))
        self._when.show_text(f"{day}, {time_text(entry.started_s)}")
        subject = entry.subject or self.tr("no subject")
        about = f"{result[:1].upper()}{result[1:]} · {subject}"
        if item.correction is not None:
            self._icon.show_icon(Icon.WRITE, Tone.MUTED, self.tr("Correction of a number"))
            about = correction_text(item.correction)
        self._subject.setText(about)
        self._say_trouble(outbox_item_text(view, signed_in=signed_in), Tone.FAULT if item.stuck else Tone.MUTED)
        if not self._edits:
            self.field.setText(entry.subject)
        self._name(party, number=item.correction is not None)
        busy = view.sending
        self.retry.setVisible(not self._in_question and not view.foreign and not item.held)
        self.retry.setEnabled(not busy and (signed_in or item.stuck))
        can_edit = not item.held and item.correction is None  # the open record is where it is written now
        self.edit.setVisible(not self._in_question and can_edit)
        self.edit.setEnabled(not busy)
        self.discard.setVisible(not self._in_question)
        self.discard.setEnabled(not busy)
        why = self.tr("It is being sent.") if busy else ""
        for button in (self.edit, self.discard):
            button.setToolTip(why)
        self.retry.setToolTip(why or ("" if self.retry.isEnabled() else self.tr("Sign in at the CRM first.")))
        self._show_parts()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in the order of the eye."""
        return self.field, self.retry, self.edit, self.discard, self.save, self.really, self.back

    @property
    def _in_question(self) -> bool:
        return self._asks or self._edits

    def _show_parts(self) -> None:
        self._subject.setVisible(not self._edits)
        self.field.setVisible(self._edits)
        self.save.setVisible(self._edits)
        self.question.setVisible(self._asks)
        self.really.setVisible(self._asks)
        self.back.setVisible(self._in_question)
        if self._in_question:
            for button in (self.retry, self.edit, self.discard):
                button.hide()

    def _say_trouble(self, text: str, tone: Tone) -> None:
        self._trouble.setText(text)
        if self._trouble.property("tone") != tone.value:
            self._trouble.setProperty("tone", tone.value)
            self._trouble.style().unpolish(self._trouble)
            self._trouble.style().polish(self._trouble)

    def _name(self, party: str, *, number: bool) -> None:
        words = {
            self.retry: self.tr("Send now"),
            self.edit: self.tr("Change subject"),
            self.discard: self.tr("Discard"),
            self.save: self.tr("Save and send"),
            self.really: self.tr("Discard for good"),
            self.back: self.tr("Back"),
        }
        for button, word in words.items():
            button.setText(word)
            button.setAccessibleName(f"{word}: {party}")
        self.field.setAccessibleName(self.tr("Subject of the call with %1").replace("%1", party))
        question = self.tr("The CRM is then never told of this call. Your history keeps it.")
        self.question.setText(self.tr("The CRM then keeps the number it has.") if number else question)

    # ------------------------------------------------------------------ what the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._in_question:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.field.hasFocus():
            self._save()  # here and not by returnPressed, after which the window would press what has the keyboard then
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Back to the three buttons; what was typed is dropped."""
        before = self.edit if self._edits else self.discard
        self._asks = self._edits = False
        for button in (self.retry, self.edit, self.discard):
            button.show()
        self._show_parts()
        before.setFocus()

    def _begin_edit(self) -> None:
        self._edits = True
        self._show_parts()
        self.field.setFocus()
        self.field.selectAll()

    def _ask(self) -> None:
        self._asks = True
        self._show_parts()
        self.back.setFocus()

    def _save(self) -> None:
        subject = self.field.text()
        self.leave()
        self.edited.emit(subject)
