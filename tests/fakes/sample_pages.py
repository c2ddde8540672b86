"""Pages of the CRM at the local API, in moments worth looking at."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.pages import PagesView, PairedPage, PairingView
from agent_toolbar.application.ports.settings import LocalApiSettings
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy, ToolbarState
from tests.fakes.sample_states import NOW_S, READY, STATES

CRM, WIKI = "https://crm.example.com", "https://wiki.example.com:8443"
PAGE_SETTINGS = LocalApiSettings(enabled=True, origins=(CRM, WIKI))
PAIRING = PairingView(CRM, "042137", NOW_S + 97)
PAIRED = (
    PairedPage("https://crm.example.com", NOW_S - 86_400, browsers=2, connected=1),
    PairedPage("https://old.example.com", NOW_S - 8_640_000, allowed=False),
)
_TAKEN = {"port": 47824}


def _with(state: ToolbarState, **changes: object) -> ToolbarState:
    return replace(state, pages=replace(PagesView(port=47824, paired=PAIRED), **changes))  # type: ignore[arg-type]


PAGES: dict[str, ToolbarState] = {
    "page-pairing": _with(READY, pairing=PAIRING),
    "page-pairing-in-a-call": _with(STATES["in-a-call"], pairing=PAIRING),
    "page-port-taken": replace(
        _with(READY, port=0, fault="local_api_port_taken", fault_params=tuple(_TAKEN.items())),
        faults=(Fault("local_api_port_taken", FaultPlace.SETTINGS, Remedy.OPEN_PAGES, dict(_TAKEN)),),
    ),
}
