"""Reads a NOTIFY about our REFER (RFC 3515 section 2.4). Pure.

The library gives such a NOTIFY to the first REFER of a dialog, and answers 481 when that one is over already; the PBX
then says nothing more of the second. So they are read before the library sees them.
"""

from __future__ import annotations

import re

from agent_toolbar.engine.dialog_id import dialog_of_request
from agent_toolbar.engine.library_events import ReferNotified
from agent_toolbar.engine.sip_headers import SipMessage, parse_parameters

_STATUS_LINE = re.compile(r"\s*SIP/2\.0[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?", re.IGNORECASE | re.ASCII)


def refer_notification(request: SipMessage) -> ReferNotified | None:
    """None for any other request."""
    if request.start_line.partition(" ")[0].upper() != "NOTIFY":
        return None
    package, semicolon, rest = request.first("event").partition(";")
    dialog = dialog_of_request(request)
    if package.strip().lower() != "refer" or dialog is None:
        return None
    number = parse_parameters(semicolon + rest).get("id", "")
    state = request.first("subscription-state").partition(";")[0].strip().lower()
    found = _STATUS_LINE.match(request.body)
    return ReferNotified(
        dialog=dialog,
        cseq=int(number[:10]) if number.isascii() and number.isdigit() else 0,
        sip_status=int(found[1]) if found else 0,
        sip_reason=(found[2] or "") if found else "",
        ends=state == "terminated",
    )
