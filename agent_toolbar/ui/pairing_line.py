"""The quiet line with the code by which a page of the CRM is connected. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.ports.pages import PairingView
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.i18n.formats import pairing_code_text
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.message_line import MessageLine
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone


class PairingLine(MessageLine):
    """Never takes the keyboard: the code is typed elsewhere."""

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._orders = orders
        self._pairing: PairingView | None = None
        look.ticker.ticked.connect(self._draw)

    @property
    def has_something(self) -> bool:
        return self._pairing is not None

    def show_state(self, state: ToolbarState) -> None:
        self._pairing = state.pages.pairing
        self._look.ticker.want(self, self._pairing is not None)
        self._draw()

    def _draw(self) -> None:
        pairing = self._pairing
        if pairing is None:
            return
        asks = self.tr("%1 wants to be connected with this toolbar. If you asked for it, type this code there: %2")
        seconds = max(0, round(pairing.until_s - self._look.now_s()))
        self.say(
            asks.replace("%1", pairing.origin).replace("%2", pairing_code_text(pairing.code)),
            Tone.ACCENT,
            (self.tr("Refuse"), self._orders.refuse_pairing),
            countdown=self.tr("(%1 s)").replace("%1", str(seconds)),
        )
