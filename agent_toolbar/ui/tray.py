"""The icon in the tray and its menu: state at a glance and the few things worth doing without the bar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.i18n.sentences import agent_full_words, registration_text
from agent_toolbar.ui import call_words
from agent_toolbar.ui.agent_menu import AgentMenu
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import menu_text
from agent_toolbar.ui.tokens import Tone
from agent_toolbar.ui.tray_host import TrayHost
from agent_toolbar.ui.tray_icon import TrayState, tray_picture, tray_state

_OPENING = frozenset(
    {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick},
)


class Tray(QObject):
    """Shows the state in the tray of the desktop, where there is one, whenever it comes.

    Signals:
        open_asked: show the bar. history_asked: show the calls so far. quit_asked: end the toolbar.
        selection_asked: call the text that is selected anywhere.
        availability_changed: whether there is a tray now.
    """

    open_asked = Signal()
    history_asked = Signal()
    quit_asked = Signal()
    selection_asked = Signal()
    availability_changed = Signal(bool)

    def __init__(self, toolbar: Toolbar, look: Look, orders: Orders, host: TrayHost | None = None) -> None:
        super().__init__(orders)
        self._toolbar = toolbar
        self._look = look
        self._orders = orders
        self._host = host or TrayHost(self)
        self._shown: tuple[TrayState, int] | None = None
        self._icon: QSystemTrayIcon | None = None
        self._wanted = False
        self.menu = QMenu()
        self.standing = self._add(None, self.open_asked.emit)
        self.menu.addSeparator()
        self.answer = self._add(Icon.ANSWER, orders.answer_current)
        self.hang_up = self._add(Icon.HANG_UP, orders.hang_up_current)
        self.menu.addSeparator()
        self.ready = self._add(None, orders.agent.toggle_ready)
        self.state_menu = AgentMenu(look, toolbar, orders, self.menu)
        self.menu.addMenu(self.state_menu)
        self.cti = self._add(None, lambda: orders.switch_cti(not toolbar.state.cti_on))
        self.menu.addSeparator()
        self.selection = self._add(Icon.CALL, self.selection_asked.emit)
        self.history = self._add(Icon.HISTORY, self.history_asked.emit)
        self.open = self._add(Icon.WINDOW, self.open_asked.emit)
        self.quit = self._add(Icon.QUIT, self.quit_asked.emit)
        for action in (self.ready, self.cti):
            action.setCheckable(True)
        self._host.changed.connect(self._renew)
        self.show_state(toolbar.state)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def is_there(self) -> bool:
        """The desktop has a tray and our icon is in it."""
        return self._icon is not None

    @property
    def icon(self) -> QSystemTrayIcon | None:
        return self._icon

    def show_state(self, state: ToolbarState) -> None:
        kind = tray_state(state)
        self._show_words(state)
        if self._icon is None:
            return
        if self._shown != (kind, state.missed):
            self._shown = (kind, state.missed)
            self._icon.setIcon(tray_picture(self._look.icons, kind, state.missed))
        tip = self._tip(state)
        if tip != self._icon.toolTip():
            self._icon.setToolTip(tip)

    def show(self) -> None:
        """From now on, wherever there is a tray or one comes."""
        self._wanted = True
        self._renew()

    def hide(self) -> None:
        """Before the toolbar ends, so that no dead icon stays in the tray."""
        self._wanted = False
        self._renew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The menu is no child of a window, so it hears of a new language only here."""
        if event.type() is QEvent.Type.LanguageChange and watched is self.menu:
            self.show_state(self._toolbar.state)
        return False

    # ------------------------------------------------------------------ inside

    def _add(self, icon: Icon | None, action: Callable[[], None]) -> QAction:
        added = self.menu.addAction("")
        if icon is not None:
            added.setIcon(self._look.icons.icon(icon, Tone.MUTED))
        added.triggered.connect(action)
        return added

    def _renew(self) -> None:
        """A tray that came after us knows only icons that are made after it."""
        before = self.is_there
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
        self._icon, self._shown = None, None
        if self._wanted and self._host.is_there:
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._activated)
            self.show_state(self._toolbar.state)
            self._icon.show()
        if self.is_there is not before:
            self.availability_changed.emit(self.is_there)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _OPENING:
            self.open_asked.emit()

    def _show_words(self, state: ToolbarState) -> None:
        self.standing.setText(menu_text(self._line(state)))
        self.answer.setText(self.tr("Answer"))
        ringing = tray_state(state) is TrayState.RINGING
        self.hang_up.setText(self.tr("Decline") if ringing and len(state.calls) == 1 else self.tr("Hang up"))
        self.answer.setEnabled(refusal(CallAction.ANSWER, state, target(CallAction.ANSWER, state)) is None)
        self.hang_up.setEnabled(refusal(CallAction.HANG_UP, state, state.current_call) is None)
        self.ready.setText(self.tr("Ready for calls"))
        self.ready.setEnabled(state.agent.state is not AgentState.CTI_OFF)
        self.ready.setChecked(state.agent.state is not AgentState.CTI_OFF and self._orders.agent.is_ready)
        self.state_menu.setTitle(self.tr("Your state"))
        self.state_menu.setEnabled(state.agent.state is not AgentState.CTI_OFF)
        self.state_menu.follow()
        self.cti.setText(self.tr("CTI on"))
        self.cti.setChecked(state.cti_on)
        self.selection.setText(self.tr("Call the selected text"))
        missed = self.tr("Calls so far, %1 missed").replace("%1", str(state.missed))
        self.history.setText(missed if state.missed else self.tr("Calls so far"))
        self.open.setText(self.tr("Show the toolbar"))
        self.quit.setText(self.tr("Quit"))

    def _line(self, state: ToolbarState) -> str:
        view = state.current_call
        words = [agent_full_words(state.agent, self._orders.agent.reasons)]
        if view is not None:
            words.append(call_words.title(view))
        elif state.cti_on:
            words.append(registration_text(state.registration))
        return call_words.SEPARATOR.join(words)

    def _tip(self, state: ToolbarState) -> str:
        """Windows shows 127 characters at most."""
        line = self._line(state)
        if state.missed:
            line += "\n" + self.tr("Missed calls: %1").replace("%1", str(state.missed))
        return line[:127]
