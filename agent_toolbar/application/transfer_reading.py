"""Reads from calls where a transfer stands: its progress, and the whole of it when another toolbar began it. Pure."""

from __future__ import annotations

from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallState, ReferProgress
from agent_toolbar.domain.transfer import Transfer, TransferKind, TransferProgress, TransferState, TransferTarget


def progress_of(refer: ReferProgress) -> TransferProgress:
    """What is known of the target; 180 and 183 are both heard as ringing (RFC 3261 section 21.1)."""
    if refer.sip_status >= 200:
        return TransferProgress.ANSWERED if refer.sip_status < 300 else TransferProgress.ACCEPTED
    if refer.sip_status > 100:
        return TransferProgress.RINGING
    if refer.sip_status == 100:
        return TransferProgress.TRYING
    return TransferProgress.ACCEPTED if refer.accepted else TransferProgress.NONE


def transfer_of_calls(calls: tuple[CallView, ...]) -> Transfer | None:
    """The transfer that these calls are in the midst of, None if they are in none."""
    by_id = {view.call.id: view for view in calls}
    for second in calls:
        customer = by_id.get(second.call.consult_for)
        if customer is not None:
            return _consultation(customer, second)
    for view in calls:
        refer = view.call.refer
        if refer is not None and not refer.final:
            return Transfer(
                kind=TransferKind.BLIND,
                state=TransferState.REFERRING,
                customer=view.call.id,
                customer_name=view.title,
                target=TransferTarget(refer.target),
                progress=progress_of(refer),
                sip_status=refer.sip_status,
                began_s=refer.sent_s,
            )
    return None


def _consultation(customer: CallView, second: CallView) -> Transfer:
    refer = customer.call.refer
    progress = progress_of(refer) if refer is not None and not refer.final else TransferProgress.NONE
    return Transfer(
        kind=TransferKind.CONSULTATION,
        state=_stage(customer, second),
        customer=customer.call.id,
        customer_name=customer.title,
        consult=second.call.id,
        target=TransferTarget(second.call.remote.number, second.title, second.shown_number),
        progress=progress,
        context_key=second.call.context_key,
        began_s=second.call.started_s,
    )


def _stage(customer: CallView, second: CallView) -> TransferState:
    refer = customer.call.refer
    if refer is not None and not refer.final:
        return TransferState.JOINING if second.call.state is CallState.CONNECTED else TransferState.REFERRING
    if second.call.state is not CallState.CONNECTED:
        return TransferState.CALLING
    if customer.call.in_conference and second.call.in_conference:
        return TransferState.CONFERENCE
    return TransferState.WITH_CUSTOMER if customer.call.in_talk else TransferState.CONSULTING
