"""Parameters of the library's operations on a call. SIP thread only."""

from __future__ import annotations

import pjsua2 as pj

from agent_toolbar.engine.context_key import Headers


def operation(sip_status: int = 0, headers: Headers = ()) -> pj.CallOpParam:
    """One audio stream, a status where the operation sends one (0: none), and headers for what is sent.

    The library writes headers as they are: nothing may be in them that was not made or checked by us.
    """
    prm = pj.CallOpParam(True)
    if sip_status:
        prm.statusCode = sip_status
    prm.opt.audioCount = 1
    prm.opt.videoCount = 0
    for name, value in headers:
        header = pj.SipHeader()
        header.hName, header.hValue = name, value
        prm.txOption.headers.append(header)
    return prm
