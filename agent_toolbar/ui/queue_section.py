"""How the queue is told: the way, and only the fields that this way needs. GUI thread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLineEdit, QRadioButton, QWidget

from agent_toolbar.application.feature_code_presets import (
    preset_codes,
    preset_hint,
    preset_label,
    preset_names,
    toggles,
    with_preset,
)
from agent_toolbar.application.ports.settings import AvailabilityAdapter, FeatureCodes, RestSettings
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.tokens import Tone

if TYPE_CHECKING:
    from agent_toolbar.ui.settings_availability import AvailabilityPage

_CONTROL = re.compile(r"[A-Za-z0-9_-]{1,40}")
_DIALLED = re.compile(r"[A-Za-z0-9*#+._-]*")
_PLACES: dict[str, tuple[str, ...]] = {  # what is filled in, by the field in which it may stand
    "hint": ("{extension}",),
    "codes.pause": ("{extension}", "{queue}", "{reason}"),
    "codes.unpause": ("{extension}", "{queue}"),
    "codes.login": ("{extension}", "{queue}"),
    "codes.logout": ("{extension}", "{queue}"),
}
_QUEUE = re.compile(r"[A-Za-z0-9_-]{0,40}")
_VALUE = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=\s*(.*?)\s*")
_MANIFESTS = ("wazo", "kazoo")
_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})
_WAYS = AvailabilityAdapter
_CODES = ("pause", "unpause", "login", "logout")


class QueueSection(QObject):
    """A way takes effect once everything it needs is there; until then the one before stays in force, and that is said.

    Attributes:
        ways: a radio button for each; fields: what is typed, by the key of its setting below "availability".
        password: of the REST user, never shown again; outcome: what is still needed.
    """

    def __init__(self, page: AvailabilityPage) -> None:
        super().__init__(page)
        self._page = page
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._notices: dict[str, Notice] = {}
        self._shown_for: dict[Notice, tuple[AvailabilityAdapter, ...]] = {}
        self._add_ways()
        page.new_form().setContentsMargins(0, page.theme.px(tokens.SPACE_S), 0, 0)
        self._add_fields()
        self._show_fields()

    @property
    def chosen(self) -> AvailabilityAdapter:
        return next(way for way, button in self.ways.items() if button.isChecked())

    @property
    def unsaved(self) -> bool:
        day = self._page.toolbar.settings.availability
        waits = bool(self._problems() or self._needed() or self.password.text())
        return waits or self.chosen is not day.adapter

    def problem(self, key: str) -> str:
        """What stands below a field."""
        return self._notices[key].text()

    # ------------------------------------------------------------------ building

    def _add_ways(self) -> None:
        page = self._page
        page.add_section(self.tr("How the queue is told"))
        words = {
            _WAYS.PHONE_ONLY: (
                self.tr("Phone only"),
                self.tr("This telephone refuses calls while you are not ready. The queue does not know."),
            ),
            _WAYS.SIP_MESSAGE: (
                self.tr("SIP messages"),
                self.tr(
                    "The queue is told over the telephone's own connection; the dialplan needs a few lines for it."
                ),
            ),
            _WAYS.FEATURE_CODE: (
                self.tr("Dialled codes"),
                self.tr("A short code is called for each change, as on a desk telephone."),
            ),
            _WAYS.REST: (
                self.tr("Web service (REST)"),
                self.tr("The telephone system is told over HTTPS, with a user and password for it."),
            ),
        }
        self._group = QButtonGroup(self)
        self.ways: dict[AvailabilityAdapter, QRadioButton] = {}
        for way, (name, sentence) in words.items():
            button = QRadioButton(name)
            button.setAccessibleDescription(sentence)
            button.setChecked(way is page.toolbar.settings.availability.adapter)
            self._group.addButton(button)
            self.ways[way] = button
            page.add_wide(button, sentence)
            button.clicked.connect(self._apply)
        if "availability.adapter" in page.toolbar.forced:
            fixed = page.fixed_text()
            page.add_wide(Notice(fixed))
            for button in self.ways.values():
                button.setEnabled(False)
                button.setToolTip(fixed)

    def _add_fields(self) -> None:
        day = self._page.toolbar.settings.availability
        sip, code, rest = _WAYS.SIP_MESSAGE, _WAYS.FEATURE_CODE, _WAYS.REST
        self._line(
            "control", self.tr("Orders go to"), day.control, self.tr("The name before the @, “ctl” for example."), sip
        )
        self._add_presets(day.codes)
        for name, words in {
            "pause": self.tr("Code for a pause"),
            "unpause": self.tr("Code for ready"),
            "login": self.tr("Code to log in"),
            "logout": self.tr("Code to log out"),
        }.items():
            self._line(f"codes.{name}", words, getattr(day.codes, name), "", code)
        self._notices["codes.pause"].hint(self.tr("{extension}, {queue} and {reason} are filled in."))
        self._line("codes.queue", self.tr("Queue"), day.codes.queue, self.tr("What {queue} stands for."), code)
        hint = self.tr("An extension whose lamp tells a pause, also one that a supervisor set. Empty for none.")
        self._line("hint", self.tr("Lamp to watch"), day.hint, hint, sip, code)
        self._show_preset()
        self._add_service(day.rest)
        self._line("rest.url", self.tr("Address"), day.rest.url, "", rest, placeholder="https://pbx.example.com")
        self._line("rest.user", self.tr("User"), day.rest.user, "", rest)
        self._add_password()
        shown = ", ".join(f"{name}={value}" for name, value in day.rest.values.items())
        values_hint = self.tr("Only if the service asks for more: name=value, several separated by commas.")
        self._line("rest.values", self.tr("Further values"), shown, values_hint, rest)
        self.logs_in = QCheckBox(self.tr("CTI also logs in at the queues, and out again"))
        self.logs_in.setChecked(day.logs_in)
        self._logs_in_notice = self._page.add_wide(self.logs_in, key="availability.logs_in")
        self._shown_for[self._logs_in_notice] = (sip, code, rest)
        self.logs_in.toggled.connect(lambda on: self._page.change_availability(self._logs_in_notice, logs_in=on))
        self.outcome = self._page.add_wide(QWidget())

    def _add_presets(self, codes: FeatureCodes) -> None:
        box = QComboBox()
        box.addItem(self.tr("Codes of our own"), "")
        names = preset_names()
        for name in [*names, *([codes.preset] if codes.preset and codes.preset not in names else [])]:
            box.addItem(preset_label(name), name)
        box.setCurrentIndex(box.findData(codes.preset))
        box.activated.connect(self._choose_preset)
        hint = self.tr("Fills every code that is empty below.")
        self._field("codes.preset", self.tr("Telephone system"), box, hint, _WAYS.FEATURE_CODE)

    def _add_service(self, rest: RestSettings) -> None:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(_MANIFESTS)
        box.setEditText(rest.manifest)
        hint = self.tr("“wazo”, “kazoo”, or the path of a file that describes the service.")
        self._field("rest.manifest", self.tr("Service"), box, hint, _WAYS.REST)
        line = box.lineEdit()
        assert line is not None
        line.setAccessibleName(self.tr("Service"))
        line.editingFinished.connect(self._apply)
        box.activated.connect(self._apply)

    def _add_password(self) -> None:
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("Only to set a new one. It is kept in the keyring, never in a file.")
        notice = self._page.add_row(self.tr("Password"), self.password, hint)
        self._notices["password"] = notice
        self._shown_for[notice] = (_WAYS.REST,)
        self.password.editingFinished.connect(self._keep_password)

    def _line(
        self, key: str, label: str, text: str, hint: str, *ways: AvailabilityAdapter, placeholder: str = ""
    ) -> None:
        line = QLineEdit(text)
        line.setPlaceholderText(placeholder)
        line.editingFinished.connect(self._apply)
        self._field(key, label, line, hint, *ways)

    def _field(self, key: str, label: str, field: QLineEdit | QComboBox, hint: str, *ways: AvailabilityAdapter) -> None:
        self.fields[key] = field
        notice = self._page.add_row(label, field, hint, key=f"availability.{key}")
        self._notices[key] = notice
        self._shown_for[notice] = ways

    # ------------------------------------------------------------------ what is typed

    def _text(self, key: str) -> str:
        field = self.fields[key]
        return (field.text() if isinstance(field, QLineEdit) else field.currentText()).strip()

    def _codes(self) -> FeatureCodes:
        box = self.fields["codes.preset"]
        assert isinstance(box, QComboBox)
        typed = {name: self._text(f"codes.{name}") for name in (*_CODES, "queue")}
        return FeatureCodes(preset=str(box.currentData()), **typed)

    def _rest(self) -> RestSettings:
        found = (_VALUE.fullmatch(part) for part in self._text("rest.values").split(",") if part.strip())
        values = {one[1]: one[2] for one in found if one is not None}
        return RestSettings(self._text("rest.manifest"), self._text("rest.url"), self._text("rest.user"), values)

    def _problems(self) -> dict[str, str]:
        """What cannot be, by field; only of those that are shown."""
        plain = self.tr("Only letters, digits, “-” and “_” can stand here.")
        found: dict[str, str] = {}
        if not _CONTROL.fullmatch(self._text("control")):
            found["control"] = plain
        if not _QUEUE.fullmatch(self._text("codes.queue")):
            found["codes.queue"] = plain
        for key, places in _PLACES.items():
            text = self._text(key)
            for place in places:
                text = text.replace(place, "")
            if not _DIALLED.fullmatch(text):
                words = self.tr("This cannot be dialled. Letters, digits, * # + . _ - can stand here, and {places}.")
                found[key] = words.replace("{places}", " ".join(places))
        if self._text("codes.login") and self._text("codes.login") == self._text("codes.logout"):
            found["codes.logout"] = self.tr("Nothing would tell this code from the one to log in.")
        parts = [part for part in self._text("rest.values").split(",") if part.strip()]
        if not all(_VALUE.fullmatch(part) for part in parts):
            found["rest.values"] = self.tr("Write name=value, several separated by commas.")
        if words := self._url_problem(self._text("rest.url")):
            found["rest.url"] = words
        return {key: words for key, words in found.items() if self._is_shown(key)}

    def _url_problem(self, url: str) -> str:
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            named, _port = parts.hostname, parts.port
        except ValueError:
            return self.tr("An address looks like https://pbx.example.com.")
        if not named or parts.scheme not in {"http", "https"}:
            return self.tr("An address looks like https://pbx.example.com.")
        if parts.username or parts.password:
            return self.tr("No user and no password in the address; they have fields of their own.")
        if parts.scheme == "http" and named not in _THIS_COMPUTER:
            return self.tr("Only https: a password would travel in the clear.")
        return ""

    def _needed(self) -> str:
        """The first field that the chosen way needs and that is empty, "" for none."""
        needs: tuple[str, ...] = ()
        if self.chosen is _WAYS.REST:
            needs = ("rest.manifest", "rest.url", "rest.user")
        if self.chosen is _WAYS.FEATURE_CODE:
            used = with_preset(self._codes())
            needs = tuple(f"codes.{name}" for name in ("pause", "unpause") if not getattr(used, name))
            if any("{queue}" in getattr(used, name) for name in _CODES):
                needs += ("codes.queue",)
            if toggles(used):
                needs += ("hint",)
        return next((key for key in needs if not self._text(key)), "")

    # ------------------------------------------------------------------ changes

    def _is_shown(self, key: str) -> bool:
        return self.chosen in self._shown_for[self._notices[key]]

    def _show_fields(self) -> None:
        for notice, ways in self._shown_for.items():
            self._page.show_row(notice, self.chosen in ways)

    def _apply(self) -> bool:
        """Saves what is shown if all of it can be; answers whether it was saved."""
        self._show_fields()
        for key, notice in self._notices.items():
            if key != "password":
                notice.clear_problem()
        problems, needed = self._problems(), self._needed()
        for key, words in problems.items():
            self._notices[key].say(words)
        if needed and needed not in problems:
            self._notices[needed].say(self._why_needed(needed), Tone.NOT_READY)
        in_force = self._page.toolbar.settings.availability.adapter
        if problems or (needed and in_force is self.chosen):
            self.outcome.say(self.tr("Not saved yet: until this is put right, everything stays as it was."))
            return False
        changes = self._changes(complete=not needed)
        places = {f"availability.{key}": notice for key, notice in self._notices.items() if self._is_shown(key)}
        saved = self._page.change_availability(self.outcome, places, **changes)
        if saved and needed:
            words = self.tr("Not in force yet. Until everything is filled in, it stays “{way}”.")
            self.outcome.say(words.format(way=self.ways[in_force].text()), Tone.NOT_READY)
        return saved

    def _why_needed(self, key: str) -> str:
        if key == "hint":
            return self.tr("Needed, because one code switches both ways: only the lamp tells which.")
        return self.tr("This is needed.")

    def _choose_preset(self) -> None:
        """Its lamp comes along, where one is known, and that of another telephone system goes."""
        hint, others = preset_hint(self._codes().preset), {preset_hint(name) for name in preset_names()}
        field = self.fields["hint"]
        assert isinstance(field, QLineEdit)
        if hint or field.text() in others:
            field.setText(hint)
        self._show_preset()
        self._apply()

    def _show_preset(self) -> None:
        """What it fills in stands grey in the fields that are empty."""
        codes = preset_codes(self._codes().preset)
        for name in _CODES:
            field = self.fields[f"codes.{name}"]
            assert isinstance(field, QLineEdit)
            field.setPlaceholderText(getattr(codes, name))

    def _changes(self, *, complete: bool) -> dict[str, object]:
        changes: dict[str, object] = {"adapter": self.chosen} if complete else {}
        if self._is_shown("control"):
            changes["control"] = self._text("control")
        if self._is_shown("hint"):
            changes["hint"] = self._text("hint")
        if self._is_shown("codes.pause"):
            changes["codes"] = self._codes()
        if self._is_shown("rest.url"):
            changes["rest"] = self._rest()
        return changes

    def _keep_password(self) -> None:
        """On Return, and when the field is left."""
        password, notice = self.password.text(), self._notices["password"]
        if not password:
            return
        self._apply()
        rest = self._page.toolbar.settings.availability.rest
        if "rest.url" in self._problems() or not rest.url or not rest.user:
            notice.say(self.tr("Say the address and the user first; the password is kept for them."))
            return
        try:
            self._page.toolbar.keep_queue_password(password, self._kept)
        except AgentToolbarError as error:
            notice.say(error_text(error))
            return
        self.password.clear()

    def _kept(self, lasting: bool) -> None:
        if lasting:
            self._notices["password"].say(self.tr("Kept in the keyring."), Tone.READY)
        else:
            words = self.tr("This computer has no keyring: the password is kept until you quit.")
            self._notices["password"].say(words, Tone.NOT_READY)
