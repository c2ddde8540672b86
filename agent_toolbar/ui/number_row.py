"""A number that is wrong, put right: what it is, what it becomes, and where that is written. GUI thread.

Stands below the bar and in the history. Nothing is written before one of its buttons is pressed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from agent_toolbar.application.number_case import CorrectionOutcome, NumberCaseView
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.i18n.sentences import code_text, number_doubt_text, number_place_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.finding_choice import FindingChoice
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON
from agent_toolbar.ui.tokens import Tone

TYPED_LENGTH = 60
_BAD = frozenset(
    {CorrectionOutcome.REFUSED, CorrectionOutcome.HALF_DONE, CorrectionOutcome.CANNOT, CorrectionOutcome.NOBODY}
)


class NumberRow(FlowRow):
    """Shows ToolbarState.number_case; what is typed goes to the application letter by letter.

    Attributes:
        finding, contact, field, owner: what is wrong, whose it is, the right number, who else has it.
        correct, retire, give, leave: the four ways out.
    """

    def __init__(self, look: Look, toolbar: Toolbar, carry_out: Callable[[Callable[[], object]], bool]) -> None:
        """`carry_out` does an order, tells why it was refused, and answers whether it was done."""
        super().__init__(look)
        self._toolbar = toolbar
        self._carry_out = carry_out
        self._case: NumberCaseView | None = None
        self._known: tuple[str, str] = ("", "")  # the case that the fields belong to
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.finding = FindingChoice(self)
        self.contact = QComboBox()
        self.field = QLineEdit()
        self.field.setMaxLength(TYPED_LENGTH)
        self.preview = WrappingLabel(look)
        self.owner = QComboBox()
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.owner.setCompleter(None)  # type: ignore[arg-type]  # the contacts answer, not the list
        self.places = WrappingLabel(look, Tone.MUTED)
        self.correct = BarButton(look, Icon.DONE, height=BUTTON, raised=True)
        self.retire = BarButton(look, Icon.MINIMISE, height=BUTTON, raised=True)
        self.give = BarButton(look, Icon.CONTACT, height=BUTTON, raised=True)
        self.leave = BarButton(look, Icon.CLOSE, height=BUTTON, raised=True)
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.add(self._icon, leads=True)
        self.add(self.caption)
        self.add(self.finding)
        self.add(self.contact, most=240)
        self.add(self.field, least=150, most=220)
        self.add(self.preview)
        self.add(self.owner, least=150, most=240)
        self.add(self.correct, breaks=True)  # the buttons stay where they are while somebody types
        for part in (self.retire, self.give, self.leave):
            self.add(part)
        self.add(self.places)
        self.set_corner(self.close_button)
        self._wire()

    def _wire(self) -> None:
        toolbar = self._toolbar
        self.finding.chosen.connect(lambda finding: self._carry_out(lambda: toolbar.edit_number(finding=finding)))
        self.contact.activated.connect(
            lambda _index: self._carry_out(lambda: toolbar.edit_number(contact_id=self.contact.currentData()))
        )
        self.field.textEdited.connect(lambda typed: self._carry_out(lambda: toolbar.edit_number(typed=typed)))
        self.owner.editTextChanged.connect(self._look_for_owner)
        self.owner.activated.connect(lambda _index: self._show_buttons())
        self.correct.clicked.connect(lambda: self._apply(CorrectionKind.CORRECT))
        self.retire.clicked.connect(lambda: self._apply(CorrectionKind.RETIRE))
        self.give.clicked.connect(lambda: self._apply(CorrectionKind.MOVE))
        self.leave.clicked.connect(self.close_row)
        self.close_button.clicked.connect(self.close_row)

    # ------------------------------------------------------------------ what the owner says

    @property
    def is_open(self) -> bool:
        return self._case is not None

    def begin(self) -> None:
        """Gives the right number the keyboard."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_row(self) -> None:
        """The number is left as it is, or the result was seen."""
        self._carry_out(self._toolbar.close_number)

    def show_case(self, case: NumberCaseView | None) -> None:
        self._case = case
        if case is None:
            self._known = ("", "")
            return
        if self._known != (case.call, case.before):
            self._known = (case.call, case.before)
            self.field.setText(case.typed)
            self.owner.clear()
            self.owner.clearEditText()
        elif not self.field.hasFocus() and self.field.text() != case.typed:
            self.field.setText(case.typed)
        open_ = case.applied is None
        well = not open_ and not any(one.outcome in _BAD for one in case.places)
        self._icon.show_icon(Icon.DONE if well else Icon.WARNING, Tone.READY if well else Tone.NOT_READY)
        self.caption.setText(number_doubt_text(case))
        self.finding.retranslate()
        self.finding.show_finding(case.finding)
        self.finding.setVisible(open_)
        self._show_contacts(case)
        self._show_fields(case)
        self._show_buttons()
        self.places.setText(call_words.SEPARATOR.join(number_place_text(one, case.crm_name) for one in case.places))
        bad = any(one.outcome in _BAD for one in case.places)
        self.places.show_tone(Tone.NOT_READY if bad else Tone.MUTED if open_ else Tone.READY)
        self.close_button.explain(self.tr("Close"), key=key_text("Escape"))
        self.close_button.setVisible(not open_)
        self.arrange()

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field corrects, if that can be done."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.field.hasFocus():
            if self.correct.isEnabled():
                self._apply(CorrectionKind.CORRECT)
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ inside

    @property
    def _new_owner(self) -> ContactMatch | None:
        """The contact whose name stands in the field."""
        found = self.owner.currentData()
        return found if isinstance(found, ContactMatch) and self.owner.currentText() == _owner_text(found) else None

    def _show_contacts(self, case: NumberCaseView) -> None:
        several = len(case.contacts) > 1 and case.applied is None
        self.contact.setVisible(several)
        self.contact.setAccessibleName(self.tr("Contact whose number is wrong"))
        entries = [(self.tr("Whose number?"), 0), *((_owner_text(one), one.contact_id) for one in case.contacts)]
        shown = [(self.contact.itemText(i), self.contact.itemData(i)) for i in range(self.contact.count())]
        if entries != shown:
            self.contact.clear()
            for words, identity in entries:
                self.contact.addItem(words, identity)
        self.contact.setCurrentIndex(max(0, self.contact.findData(case.contact.contact_id if case.contact else 0)))

    def _show_fields(self, case: NumberCaseView) -> None:
        open_ = case.applied is None
        else_has_it = open_ and case.finding is NumberFinding.SOMEBODY_ELSE
        self.field.setVisible(open_)
        self.field.setPlaceholderText(self.tr("Right number"))
        self.field.setAccessibleName(self.tr("Right number in the place of %1").replace("%1", case.shown))
        self.owner.setVisible(else_has_it)
        owner = self.owner.lineEdit()
        if owner is not None:
            owner.setPlaceholderText(self.tr("Who has it?"))
            owner.setAccessibleName(self.tr("Contact that has this number"))
        self.owner.setAccessibleName(self.tr("Contact that has this number"))
        typed = bool(case.typed)
        wrong = typed and not case.after
        words = code_text(case.problem, {"number": case.typed}) if wrong else f"{case.shown} → {case.after_shown}"
        self.preview.setText(words if typed else "")
        self.preview.show_tone(Tone.NOT_READY if wrong else Tone.TEXT)
        self.preview.setVisible(typed and (open_ or case.applied is CorrectionKind.CORRECT))

    def _show_buttons(self) -> None:
        case = self._case
        if case is None:
            return
        open_, owner = case.applied is None, self._new_owner
        for button, word in (
            (self.correct, self.tr("Correct")),
            (self.retire, self.tr("Remove number")),
            (self.give, self.tr("Give it to them")),
            (self.leave, self.tr("Leave as it is")),
        ):
            button.show_word(word)
            button.setVisible(open_)
        whose = "" if case.contact is not None or case.kinds else self.tr("Choose the contact first.")
        becomes = self.tr("%1 becomes %2").replace("%1", case.before).replace("%2", case.after or "…")
        self.correct.explain(
            becomes,
            refusal=whose or ("" if CorrectionKind.CORRECT in case.kinds else self.tr("Type the right number.")),
        )
        taken = self.tr("%1 is taken from %2").replace("%1", case.before).replace("%2", case.name)
        self.retire.explain(taken, refusal=whose)
        given = self.tr("%1 goes to %2").replace("%1", case.before).replace("%2", owner.name if owner else "…")
        self.give.explain(given, refusal="" if owner is not None else self.tr("Type who has it, and choose them."))
        self.give.setVisible(open_ and case.finding is NumberFinding.SOMEBODY_ELSE)
        self.leave.explain(self.tr("Leave as it is"), key=key_text("Escape"))
        self.arrange()

    def _apply(self, kind: CorrectionKind) -> None:
        owner = self._new_owner if kind is CorrectionKind.MOVE else None
        self._carry_out(lambda: self._toolbar.apply_number(kind, owner))

    def _look_for_owner(self, typed: str) -> None:
        case = self._case
        if case is None or not typed.strip() or self._new_owner is not None:
            self._show_buttons()
            return

        def found(matches: tuple[ContactMatch, ...]) -> None:
            if self.owner.currentText() != typed:
                return
            mine = case.contact.contact_id if case.contact else 0
            self.owner.blockSignals(True)
            self.owner.clear()
            for match in matches:
                if match.contact_id != mine:
                    self.owner.addItem(_owner_text(match), match)
            exact = self.owner.findText(typed)
            self.owner.setCurrentIndex(exact)
            self.owner.setEditText(typed)
            self.owner.blockSignals(False)
            self._show_buttons()

        self._toolbar.suggest(typed, found)


def _owner_text(match: ContactMatch) -> str:
    return call_words.SEPARATOR.join(part for part in (match.name, match.company) if part)
