"""Pages of the CRM in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

PAGE_ERRORS: dict[str, str] = {
    "bad_origin": QT_TRANSLATE_NOOP(
        "Error", "“{origin}” is not the address of a page without its path. It looks like https://crm.example.com."
    ),
    "page_not_paired": QT_TRANSLATE_NOOP("Error", "This page is not connected with the toolbar. Connect it first."),
    "page_already_paired": QT_TRANSLATE_NOOP("Error", "This page is connected with the toolbar already."),
    "page_pairing_busy": QT_TRANSLATE_NOOP("Error", "Another page is being connected right now. Try again afterwards."),
    "page_pairing_paused": QT_TRANSLATE_NOOP("Error", "Wait {seconds} s, then ask for a new code."),
    "page_pairing_over": QT_TRANSLATE_NOOP("Error", "This code is not good any more. Ask for a new one."),
    "page_wrong_code": QT_TRANSLATE_NOOP("Error", "That was another code. Tries left: {left}."),
    "page_unknown_call": QT_TRANSLATE_NOOP("Error", "This call has been over for too long to write about it here."),
    "page_no_wrap_up": QT_TRANSLATE_NOOP("Error", "The toolbar's settings do not let pages open or finish a record."),
    "no_browser": QT_TRANSLATE_NOOP("Error", "No browser could be opened. Open this address on this computer: {url}"),
}

PAGE_FAULTS: dict[str, str] = {
    "local_api_port_taken": QT_TRANSLATE_NOOP(
        "Fault",
        "Pages of the CRM cannot reach this toolbar: another program has the port {port}. Quit that one, or choose "
        "another port for the toolbar and the CRM.",
    ),
}
