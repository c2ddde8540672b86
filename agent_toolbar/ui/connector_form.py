"""The way to a CRM as a form: product, address, what its connector asks for besides, user and key. GUI thread.

What is wrong stands below the field that it concerns. A key that is known is never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.ports.crm_catalog import Connector, TriedOn, WantedInput
from agent_toolbar.application.ports.settings import CrmSettings
from agent_toolbar.application.toolbar_port import CrmEntry, Toolbar
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.form_caption import form_caption
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice

OWN_FILE = "own-file"  # no name of a manifest: those have no "-"
_CAPTION = 170  # a connector's own words may be long
_VALUES_AT = 3  # row of the first further value


class ConnectorForm(QWidget):
    """Fields keep what was typed when another product is chosen.

    Attributes:
        product, file, url, user, key: the fields; values: those of the further values, by name.
    Signals:
        submitted: Enter was pressed in a field.
        product_changed: another product was chosen.
    """

    submitted = Signal()
    product_changed = Signal()

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__()
        self._theme = look.theme
        self._toolbar = toolbar
        self._forced = toolbar.forced
        self._typed: dict[str, str] = {}
        self._cells: dict[QWidget, QWidget] = {}
        self._notices: dict[QWidget, Notice] = {}
        self._connector: Connector | None = None
        self.values: dict[str, QLineEdit] = {}
        self.product = QComboBox()
        self.file, self.url, self.user, self.key = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.file_button = QPushButton(self.tr("Choose…"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self._build()
        self._show_settings(toolbar.settings.crm)
        self._fix()
        self.product.activated.connect(self._chosen)
        self.file.editingFinished.connect(self._read_file)
        self.file_button.clicked.connect(self._choose_file)
        for field in (self.file, self.url, self.user, self.key):
            self._listen(field)

    # ------------------------------------------------------------------ what the owner asks

    @property
    def has_product(self) -> bool:
        """False for "no CRM"."""
        return bool(self.product.currentData())

    def entry(self) -> CrmEntry:
        """What was typed. Raises CrmError("crm_value_missing", name) and what reading a file of one's own raises."""
        connector = self._read_connector()
        typed = {name: field.text().strip() for name, field in self.values.items()}
        for one in connector.wanted:
            if one.needed and not typed.get(one.name, "") and not one.default:
                raise CrmError("crm_value_missing", name=_label(one), value=one.name)
        return CrmEntry(
            manifest=connector.manifest,
            url=self.url.text().strip(),
            user=self.user.text().strip(),
            values={name: value for name, value in typed.items() if value},
            key=(self.key.text().strip() or None) if connector.has_key else None,
        )

    def show_error(self, error: AgentToolbarError) -> bool:
        """Below the field that it concerns, which takes the focus; False where it concerns none that is shown."""
        self.clear_problems()
        fields = {
            "bad_crm_url": self.url,
            "crm_unreachable": self.url,
            "crm_slow": self.url,
            "crm_no_key": self.key,
            "crm_unauthorized": self.key,
        }
        field: QWidget | None = fields.get(error.code)
        if error.code == "crm_value_missing":
            field = self.values[str(error.params["value"])]
        elif error.code in {"bad_manifest", "no_connector"} or error.code.startswith("manifest_"):
            field = self.file if self.product.currentData() == OWN_FILE else self.product
        connector = self._connector
        if field is None or (field is self.key and connector is not None and not connector.has_key):
            return False
        self._notices[field].say(error_text(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear_problems(self) -> None:
        for notice in self._notices.values():
            notice.clear_problem()

    def problem(self, field: QWidget) -> str:
        """The sentence below a field now."""
        return self._notices[field].text()

    def show_key_known(self, known: bool) -> None:
        """Says that one is kept without showing it."""
        self.key.setPlaceholderText(self.tr("Unchanged") if known else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        form = self._form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(self._theme.px(tokens.SPACE_L))
        form.setVerticalSpacing(self._theme.px(tokens.SPACE_M))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.product.addItem(self.tr("No CRM"), "")
        for one in self._toolbar.connectors():
            self.product.addItem(one.name, one.manifest)
        self.product.addItem(self.tr("Own connector (file)…"), OWN_FILE)
        self._row(self.tr("Product"), self.product)
        self._row(self.tr("File"), self.file, beside=self.file_button, hint=self.tr("A manifest (.toml)."))
        self.file_button.setAccessibleName(self.tr("Choose the file of a connector"))
        self._row(self.tr("Address"), self.url)
        self._row(self.tr("User"), self.user)
        self._row(self.tr("Key or password"), self.key)

    def _row(
        self, label: str, control: QWidget, *, hint: str = "", beside: QWidget | None = None, at: int = -1
    ) -> None:
        control.setAccessibleName(label)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(tokens.SPACE_XS))
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(tokens.SPACE_S))
        line.addWidget(control, 1)
        if beside is not None:
            line.addWidget(beside)
        column.addLayout(line)
        notice = Notice(hint)
        column.addWidget(notice)
        caption = form_caption(label, control, self._theme)
        if caption.sizeHint().width() > self._theme.px(_CAPTION):
            caption.setWordWrap(True)
            caption.setFixedWidth(self._theme.px(_CAPTION))
        self._form.insertRow(at if at >= 0 else self._form.rowCount(), caption, cell)
        self._cells[control] = cell
        self._notices[control] = notice

    def _settle(self) -> None:
        """WORKAROUND(QFormLayout): rows that came or went leave others the heights of before, which cuts words off."""
        for cell in self._cells.values():
            layout = cell.layout()
            assert layout is not None
            layout.invalidate()
            layout.activate()
        self._form.invalidate()
        self._form.activate()

    def _listen(self, field: QLineEdit) -> None:
        field.returnPressed.connect(self.submitted)
        field.textEdited.connect(self.clear_problems)

    def _fix(self) -> None:
        """What the administrator has set for good is shown and stays."""
        fixed = {"manifest": (self.product, self.file, self.file_button), "url": (self.url,), "user": (self.user,)}
        for name, controls in fixed.items():
            if f"crm.{name}" in self._forced:
                for control in controls:
                    self._fix_control(control)

    def _fix_control(self, control: QWidget) -> None:
        control.setEnabled(False)
        words = self.tr("Set by your administrator.")
        control.setToolTip(words)
        if control in self._notices:
            self._notices[control].hint(words)

    # ------------------------------------------------------------------ which product

    def _show_settings(self, crm: CrmSettings) -> None:
        self._typed = dict(crm.values)
        self.url.setText(crm.url)
        self.user.setText(crm.user)
        place = self.product.findData(crm.manifest)
        if place < 0:
            place = self.product.findData(OWN_FILE)
            self.file.setText(crm.manifest)
        self.product.setCurrentIndex(place)
        self._show_product()

    def _chosen(self) -> None:
        self.clear_problems()
        self._show_product()
        if self.url.text() in {"", *map(_only_address, self._toolbar.connectors())} and self.url.isEnabled():
            self.url.setText(_only_address(self._connector))
        self.product_changed.emit()

    def _show_product(self) -> None:
        own = self.product.currentData() == OWN_FILE
        self._form.setRowVisible(self._cells[self.file], own)
        try:
            connector = self._read_connector() if self.has_product and (not own or self.file.text().strip()) else None
        except AgentToolbarError as error:
            connector = None
            self._notices[self.file if own else self.product].say(error_text(error))
        self._show_connector(connector)

    def _show_connector(self, connector: Connector | None) -> None:
        self._connector = connector
        self._notices[self.product].hint(self._tried(connector) if connector is not None else "")
        if "crm.manifest" in self._forced:
            self._notices[self.product].hint(self.tr("Set by your administrator."))
        self._show_values(connector.wanted if connector is not None else ())
        self.url.setPlaceholderText(connector.address if connector is not None else "")
        for field in (self.url, self.user):
            self._form.setRowVisible(self._cells[field], connector is not None)
        self._form.setRowVisible(self._cells[self.key], connector is not None and connector.has_key)
        kept = self.tr("It is kept in this computer's keyring where there is one, else until you quit.")
        browser = self.tr("You sign in in your browser; this is the secret of the registered application.")
        self._notices[self.key].hint(browser if connector is not None and connector.in_browser else kept)
        only_browser = connector is not None and connector.in_browser
        if "crm.user" not in self._forced:
            self._notices[self.user].hint(self.tr("You sign in in your browser.") if only_browser else "")
        self._settle()

    def _show_values(self, wanted: Sequence[WantedInput]) -> None:
        for name, field in self.values.items():
            self._typed[name] = field.text()
            del self._notices[field]
            self._form.removeRow(self._cells.pop(field))
        self.values = {}
        for number, one in enumerate(wanted):
            field = QLineEdit(self._typed.get(one.name, ""))
            field.setPlaceholderText(one.default)
            hint = "" if one.needed else self.tr("May stay empty.")
            self._row(_label(one), field, hint=hint, at=_VALUES_AT + number)
            self._listen(field)
            if "crm.values" in self._forced:
                self._fix_control(field)
            self.values[one.name] = field
        order: list[QWidget] = [self.product, self.file, self.file_button, self.url, *self.values.values()]
        order += [self.user, self.key]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _tried(self, connector: Connector) -> str:
        if connector.tried_on is TriedOn.PRODUCT:
            return self.tr("Was run against the real product.")
        if connector.tried_on is TriedOn.SHAPES:
            return self.tr(
                "Was run against recorded answers only, not yet against the product: try it on one desk first."
            )
        return ""

    def _read_connector(self) -> Connector:
        chosen = str(self.product.currentData())
        return self._toolbar.read_connector(self.file.text().strip() if chosen == OWN_FILE else chosen)

    # ------------------------------------------------------------------ a file of one's own

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the file of a connector"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Connectors (*.toml)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_file)
        dialog.open()

    def use_file(self, name: str) -> None:
        """Takes the manifest of one's own at this place."""
        self.file.setText(str(Path(name)))
        self._read_file()

    def _read_file(self) -> None:
        self.clear_problems()
        if self.product.currentData() == OWN_FILE:
            self._show_product()


def _only_address(connector: Connector | None) -> str:
    """Of a product that all its customers share; "" where the example names a company."""
    address = connector.address if connector is not None else ""
    return "" if "COMPANY" in address or "example" in address else address


def _label(wanted: WantedInput) -> str:
    """In the language that is spoken."""
    french = QLocale().language() is QLocale.Language.French
    return (wanted.french if french else "") or wanted.english
