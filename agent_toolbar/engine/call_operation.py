"""Parameters of the library's operations on a call. SIP thread only."""

from __future__ import annotations

import pjsua2 as pj

from agent_toolbar.engine.context_key import Headers


def refer_notice(cseq: int, sip_status: int, reason: str) -> pj.CallSendRequestParam:
    """The NOTIFY about a REFER of that CSeq (RFC 3515 section 2.4.5); a final status ends the subscription."""
    prm = pj.CallSendRequestParam()
    prm.method = "NOTIFY"
    state = "active;expires=60" if sip_status < 200 else "terminated;reason=noresource"
    for name, value in (("Event", f"refer;id={cseq}"), ("Subscription-State", state)):
        header = pj.SipHeader()
        header.hName, header.hValue = name, value
        prm.txOption.headers.append(header)
    prm.txOption.contentType = "message/sipfrag;version=2.0"
    prm.txOption.msgBody = f"SIP/2.0 {sip_status} {reason}\r\n"
    return prm


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
