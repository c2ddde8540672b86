"""The page about links: who opens them on this computer, and what one may do. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from agent_toolbar.application.ports.scheme_handlers import DesktopSystem, HandlersFound, Offer
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.handler_sentences import holder_text, offer_text
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.open_page import open_system_page
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_SHOWN = ("tel", "callto", "sip")


class LinksPage(SettingsPage):
    """Asks the system again whenever the window gets the keyboard, as the person may have chosen elsewhere."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self._waiting = False
        self._found: HandlersFound | None = None
        self._problem = ""
        self.set_title(self.tr("Links"))
        self._add_holders()
        self._add_buttons()
        self._add_rules()
        self.body.addStretch()
        self._enable()

    @property
    def busy(self) -> bool:
        return self._waiting

    # ------------------------------------------------------------------ building

    def _add_holders(self) -> None:
        self.add_section(self.tr("Who opens links on this computer"))
        titles = {
            "tel": self.tr("Telephone (tel)"),
            "callto": self.tr("Telephone (callto)"),
            "sip": self.tr("SIP address (sip)"),
        }
        self.holders: dict[str, QLabel] = {}
        for scheme in _SHOWN:
            holder = self.holders[scheme] = QLabel()
            holder.setTextFormat(Qt.TextFormat.PlainText)
            holder.setWordWrap(True)
            self.add_row(titles[scheme], holder)

    def _add_buttons(self) -> None:
        self.offer = QPushButton(self.tr("Offer the toolbar for telephone links"))
        self.take_back = QPushButton(self.tr("Take it out again"))
        self.become_default = QPushButton(self.tr("Open these links with the toolbar"))
        self.open_page = QPushButton(self.tr("Open the system's page"))
        self.offer.clicked.connect(lambda: self._do(self.toolbar.link_handlers.register))
        self.take_back.clicked.connect(lambda: self._do(self.toolbar.link_handlers.unregister))
        self.become_default.clicked.connect(
            lambda: self._do(lambda answer: self.toolbar.link_handlers.register(answer, default=True))
        )
        self.open_page.clicked.connect(self._open_page)
        self._offer_row = self.add_wide(self._side_by_side(self.offer, self.take_back))
        self.notice = self.add_wide(self._side_by_side(self.become_default, self.open_page))

    def _side_by_side(self, *buttons: QPushButton) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(tokens.SPACE_S))
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.addWidget(button)
        line.addStretch()
        return row

    def _add_rules(self) -> None:
        self.add_section(self.tr("What a link may do"))
        links = self.toolbar.settings.links
        self.at_once = QCheckBox(self.tr("Dial links without asking"))
        self.at_once.setChecked(links.dial_at_once)
        hint = self.tr(
            "These always ask: emergency and premium numbers, codes with * or #, a country that was never called from "
            "here, addresses of other companies, and more than five links a minute."
        )
        at_once_notice = self.add_wide(self.at_once, hint, key="links.dial_at_once")
        self.at_once.toggled.connect(lambda on: self._change(at_once_notice, dial_at_once=on))
        self.foreign = QCheckBox(self.tr("Let links call SIP addresses of other companies"))
        self.foreign.setChecked(links.foreign_hosts)
        hint = self.tr("Otherwise only addresses of your own telephone system can be called from a link.")
        foreign_notice = self.add_wide(self.foreign, hint, key="links.foreign_hosts")
        self.foreign.toggled.connect(lambda on: self._change(foreign_notice, foreign_hosts=on))

    # ------------------------------------------------------------------ what the system says

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate and self.isVisible():
            self._read()
        return super().event(event)

    def _read(self) -> None:
        if not self._waiting:
            self._do(self.toolbar.link_handlers.read, keep_notice=True)

    def _do(
        self,
        ask: Callable[[Callable[[HandlersFound | AgentToolbarError], None]], None],
        *,
        keep_notice: bool = False,
    ) -> None:
        self._waiting = True
        if keep_notice:
            ask(self._show)
            return
        self.notice.say(self.tr("One moment…"), Tone.MUTED)
        self._enable()
        ask(self._done)

    def _done(self, answer: HandlersFound | AgentToolbarError) -> None:
        """What was refused may be half done, so the system is asked once more what is so now."""
        self._waiting = False
        if isinstance(answer, AgentToolbarError):
            self._problem = error_text(answer)
            self._read()
        else:
            self._show(answer)

    def _show(self, answer: HandlersFound | AgentToolbarError) -> None:
        self._waiting = False
        if isinstance(answer, AgentToolbarError):
            self.notice.say(self._problem or error_text(answer))
            self._problem = ""
            self._enable()
            return
        self._found = answer
        holders = {one.scheme: holder_text(one, answer) for one in answer.holders}
        for scheme, label in self.holders.items():
            label.setText(holders.get(scheme, ""))
            label.setAccessibleName(f"{scheme}: {label.text()}")
        self.notice.hint(self._explained(answer))
        problem = self._problem or (error_text(answer.problem) if answer.problem is not None else "")
        if problem:
            self.notice.say(problem)
            self._problem = ""
        self._enable()

    def _explained(self, found: HandlersFound) -> str:
        said = [offer_text(found)]
        ours = all(one.ours for one in found.holders if one.scheme in _SHOWN)
        if found.system is DesktopSystem.MACOS:
            said = [
                self.tr(
                    "macOS offers the toolbar for these links by itself, once it lies in the folder Applications. Who "
                    "opens them is chosen in FaceTime, Settings, “Default for calls”."
                )
            ]
        elif found.offered and not ours:
            said.append(
                self.tr("Whoever opens them now keeps them until you choose otherwise.")
                if found.can_become_default
                else self.tr("Now choose it on the system's page.")
            )
        return " ".join(said)

    def _enable(self) -> None:
        """Buttons that can do nothing here are not shown; none while an answer is awaited."""
        found = None if self._waiting else self._found
        shown = self._found
        self.show_row(self._offer_row, shown is None or shown.registers_itself)
        self.become_default.setVisible(shown is not None and shown.can_become_default)
        self.open_page.setVisible(shown is not None and bool(shown.page))
        self.offer.setEnabled(found is not None and found.user is not Offer.CURRENT)
        self.take_back.setEnabled(found is not None and found.user is not Offer.NONE)
        ours = found is not None and all(one.ours for one in found.holders if one.scheme in _SHOWN)
        self.become_default.setEnabled(found is not None and not ours)
        self.open_page.setEnabled(found is not None)

    def _open_page(self) -> None:
        if self._found is not None and not open_system_page(self._found.page):
            self.notice.say(self.tr("The page could not be opened. Look for “Default apps” in the system's settings."))

    # ------------------------------------------------------------------ changes

    def _change(self, notice: Notice, **changes: object) -> None:
        settings = self.toolbar.settings
        links = msgspec.structs.replace(settings.links, **changes)
        self.change(msgspec.structs.replace(settings, links=links), notice)
