"""The library's call object. Its callbacks copy plain values into the mailbox and decide nothing. SIP thread only."""

from __future__ import annotations

from collections import deque

import pjsua2 as pj

from agent_toolbar.engine.agreed_codec import codec_first, only_codec
from agent_toolbar.engine.call_operation import operation
from agent_toolbar.engine.library_events import (
    CallProgressed,
    DigitArrived,
    LibraryEvent,
    MediaChanged,
    MessageSeen,
    TransferReported,
    contained,
)

NO_CALL_ID = -1
_FINISHED = (pj.PJSIP_TSX_STATE_COMPLETED, pj.PJSIP_TSX_STATE_TERMINATED)


class LibraryCall(pj.Call):  # type: ignore[misc]
    """A call of the library.

    Deleting one hangs its call up, and ids are used again: see Graveyard.

    Attributes:
        key: our id of the call, carried by every event.
        agreed_codec: RTP name of the codec that the call has, "" before there is one.
    """

    def __init__(self, account: pj.Account, library_id: int, key: str, mailbox: deque[LibraryEvent]) -> None:
        super().__init__(account, library_id)
        self.key = key
        self.agreed_codec = ""
        self._mailbox = mailbox
        self._reinviting = False

    @property
    def exists(self) -> bool:
        """False before the call was made; asking the library about such a call ends the process."""
        return int(self.getId()) >= 0

    def send_reinvite(self, *, held: bool) -> None:
        """Asks for hold or for its end. Raises pj.Error while another transaction of the dialog is under way."""
        prm = operation()
        self._reinviting = True
        try:
            if held:
                self.setHold(prm)
            else:
                prm.opt.flag = pj.PJSUA_CALL_UNHOLD
                self.reinvite(prm)
        finally:
            self._reinviting = False

    def send_digit(self, digit: str, *, by_info: bool) -> None:
        """By SIP INFO, else as a telephone-event (RFC 4733). Raises pj.Error."""
        prm = pj.CallSendDtmfParam()
        prm.digits = digit
        prm.method = pj.PJSUA_DTMF_METHOD_SIP_INFO if by_info else pj.PJSUA_DTMF_METHOD_RFC2833
        self.sendDtmf(prm)

    @contained
    def onCallState(self, prm: pj.OnCallStateParam) -> None:
        info = self.getInfo()
        message = ""
        if prm.e.type == pj.PJSIP_EVENT_TSX_STATE and prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG:
            message = str(prm.e.body.tsxState.src.rdata.wholeMsg)
        self._mailbox.append(
            CallProgressed(
                self.key,
                int(info.state),
                int(info.lastStatusCode),
                str(info.lastReason),
                str(info.callIdString),
                message,
            )
        )

    @contained
    def onCallSdpCreated(self, prm: pj.OnCallSdpCreatedParam) -> None:
        """Called within `send_reinvite`, and when a PBX asks for an offer (RFC 3261 section 14.2)."""
        offer = str(prm.sdp.wholeSdp)
        if self.agreed_codec and offer and not prm.remSdp.wholeSdp:
            keep = only_codec if self._reinviting else codec_first
            prm.sdp.wholeSdp = keep(offer, self.agreed_codec)

    @contained
    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:
        self._mailbox.append(MediaChanged(self.key))

    @contained
    def onCallTsxState(self, prm: pj.OnCallTsxStateParam) -> None:
        if prm.e.type != pj.PJSIP_EVENT_TSX_STATE:
            return
        transition = prm.e.body.tsxState
        transaction = transition.tsx
        received = transition.type == pj.PJSIP_EVENT_RX_MSG
        ours = transaction.role == pj.PJSIP_ROLE_UAC
        # a transaction that is answered ends once more when its timer has run out
        finished = ours and transaction.state in _FINISHED and transition.prevState not in _FINISHED
        if not received and not finished:
            return
        message = str(transition.src.rdata.wholeMsg) if received else ""
        status = int(transaction.statusCode) if ours else 0
        self._mailbox.append(MessageSeen(self.key, str(transaction.method), ours, status, finished, message))

    @contained
    def onDtmfDigit(self, prm: pj.OnDtmfDigitParam) -> None:
        self._mailbox.append(DigitArrived(self.key, str(prm.digit)))

    @contained
    def onCallTransferStatus(self, prm: pj.OnCallTransferStatusParam) -> None:
        final = bool(prm.finalNotify)
        self._mailbox.append(TransferReported(self.key, int(prm.statusCode), str(prm.reason), final))
        if final:
            prm.cont = False

    @contained
    def onCallTransferRequest(self, prm: pj.OnCallTransferRequestParam) -> None:
        prm.statusCode = 603  # by default the library would dial whatever a REFER names

    @contained
    def onCallReplaceRequest(self, prm: pj.OnCallReplaceRequestParam) -> None:
        prm.statusCode = 603

    def onCallRedirected(self, prm: pj.OnCallRedirectedParam) -> int:
        return int(pj.PJSIP_REDIRECT_REJECT)


class Graveyard:
    """Keeps ended calls until the library can let go of them without harm to a later call in the same slot."""

    def __init__(self) -> None:
        self._calls: list[LibraryCall] = []

    def bury(self, call: LibraryCall) -> None:
        self._calls.append(call)

    def clear(self) -> None:
        """Call outside of callbacks. A call whose slot serves another call by now stays until that one ended."""
        self._calls = [call for call in self._calls if call.exists and call.isActive()]

    def __len__(self) -> int:
        return len(self._calls)
