"""What can be done with a call now, and if not, why: one table for buttons, keys and the command line."""

from __future__ import annotations

from enum import StrEnum

from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallDirection, CallState
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.registration import RegistrationState
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.transfer import TransferState

MAX_CALLS = 4  # the library's limit (engine)


class CallAction(StrEnum):
    DIAL = "dial"
    ANSWER = "answer"
    DECLINE = "decline"
    HANG_UP = "hang_up"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    DTMF = "dtmf"
    TRANSFER = "transfer"
    UNDO = "undo"
    CONSULT = "consult"
    COMPLETE = "complete"
    SWAP = "swap"
    TAKE_BACK = "take_back"
    CONFERENCE = "conference"
    REDIRECT = "redirect"
    SILENCE = "silence"
    ANSWER_REQUEST = "answer_request"


class Refusal(StrEnum):
    """Why an action makes no sense now; i18n makes the sentence that the tooltip and the command line show."""

    NO_CALL = "no_call"
    CTI_OFF = "cti_off"
    NOT_REGISTERED = "not_registered"
    LINES_FULL = "lines_full"
    NOT_RINGING = "not_ringing"
    NOT_CONNECTED = "not_connected"
    ALREADY_HELD = "already_held"
    NOT_HELD = "not_held"
    ALREADY_MUTED = "already_muted"
    NOT_MUTED = "not_muted"
    HOLD_IN_PROGRESS = "hold_in_progress"
    ENGINE_NOT_READY = "engine_not_ready"
    RECONNECTING = "reconnecting"
    TRANSFER_IN_PROGRESS = "transfer_in_progress"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NO_CONSULTATION = "no_consultation"
    NOT_ANSWERED_YET = "not_answered_yet"
    IN_CONFERENCE = "in_conference"
    NOT_IN_CONFERENCE = "not_in_conference"
    NEEDS_TWO_CALLS = "needs_two_calls"
    NOT_ASKED = "not_asked"  # nobody asked to be called elsewhere
    TOO_LATE = "too_late"  # the REFER has left


def target(action: CallAction, state: ToolbarState) -> CallView | None:
    """The call that `action` means when none is named: the longest ringing to answer, the held one to resume."""
    match action:
        case CallAction.ANSWER | CallAction.DECLINE | CallAction.REDIRECT:
            ringing = [view for view in state.calls if view.call.state is CallState.RINGING]
            return ringing[0] if ringing else state.current_call
        case CallAction.ANSWER_REQUEST:
            asking = [view for view in state.calls if view.call.transfer_request]
            return asking[0] if asking else state.current_call
        case CallAction.RESUME:
            current = state.current_call
            held = [view for view in state.calls if view.call.held]
            return current if current is None or current.call.held or not held else held[0]
        case _:
            return state.current_call


def refusal_of_dial(state: ToolbarState) -> Refusal | None:
    """Why no new call can be made, or None when it can."""
    if not state.cti_on:
        return Refusal.CTI_OFF
    if state.registration.state is not RegistrationState.REGISTERED:
        return Refusal.NOT_REGISTERED
    if len(state.calls) >= MAX_CALLS:
        return Refusal.LINES_FULL
    return Refusal.IN_CONFERENCE if _confers(state) else None


def _confers(state: ToolbarState) -> bool:
    """A conference needs the agent: its calls cannot be put on hold for another one."""
    return any(view.call.in_conference for view in state.calls)


def meant(action: CallAction, call_id: str, state: ToolbarState) -> CallView:
    """The call that an order is about: the named one, or with "" the one that `action` means.

    Raises CallError: unknown_call, or the Refusal as its code.
    """
    view = state.find(call_id) if call_id else target(action, state)
    if call_id and view is None:
        raise CallError("unknown_call", call=plain_text(call_id, 40))
    why = refusal(action, state, view)
    if why is not None or view is None:
        raise CallError(why or Refusal.NO_CALL)
    return view


_SWAPPABLE = frozenset({TransferState.CONSULTING, TransferState.WITH_CUSTOMER})
_COMPLETABLE = _SWAPPABLE | {TransferState.CALLING, TransferState.CONFERENCE}
_OF_TRANSFERS = frozenset(
    {
        CallAction.UNDO,
        CallAction.COMPLETE,
        CallAction.SWAP,
        CallAction.TAKE_BACK,
        CallAction.CONFERENCE,
    }
)


def joinable(state: ToolbarState) -> tuple[CallView, CallView] | None:
    """The only two connected calls, the held one first: what "join" and "conference" mean without a consultation."""
    connected = [view for view in state.calls if view.call.state is CallState.CONNECTED and not view.call.reconnecting]
    if len(connected) != 2 or len(state.calls) != 2:
        return None
    first, second = sorted(connected, key=lambda view: not view.call.held)
    return first, second


def refusal_of_transfer(action: CallAction, state: ToolbarState) -> Refusal | None:  # noqa: PLR0911 -- a table
    """Why one of the actions on a transfer that is under way cannot be done now."""
    transfer = state.transfer if state.transfer is not None and state.transfer.active else None
    stage = transfer.state if transfer is not None else None
    two = transfer is None and joinable(state) is not None
    match action:
        case CallAction.UNDO:
            if stage is TransferState.UNDOABLE:
                return None
            return Refusal.NOTHING_TO_UNDO if stage is not TransferState.REFERRING else Refusal.TOO_LATE
        case CallAction.COMPLETE:
            return None if stage in _COMPLETABLE or two else Refusal.NO_CONSULTATION
        case CallAction.SWAP:
            if stage is TransferState.CALLING:
                return Refusal.NOT_ANSWERED_YET
            if stage is TransferState.CONFERENCE:
                return Refusal.IN_CONFERENCE
            return None if stage in _SWAPPABLE or two else Refusal.NO_CONSULTATION
        case CallAction.TAKE_BACK:
            return Refusal.NO_CONSULTATION if stage in {None, TransferState.TAKING_BACK} else None
        case CallAction.CONFERENCE:
            if stage is TransferState.CALLING:
                return Refusal.NOT_ANSWERED_YET
            if stage is TransferState.CONFERENCE:
                return Refusal.IN_CONFERENCE
            if stage in _SWAPPABLE or two:
                return None
            return Refusal.NEEDS_TWO_CALLS if stage is None else Refusal.TRANSFER_IN_PROGRESS
        case _:
            return Refusal.NO_CONSULTATION


def refusal(action: CallAction, state: ToolbarState, view: CallView | None) -> Refusal | None:  # noqa: PLR0911
    """Why `action` cannot be done on `view` (the current call when the buttons ask), or None when it can."""
    if action is CallAction.DIAL:
        return refusal_of_dial(state)
    if action in _OF_TRANSFERS:
        return refusal_of_transfer(action, state)
    if view is None:
        return Refusal.NO_CALL
    if view.call.reconnecting and action is not CallAction.HANG_UP:
        return Refusal.RECONNECTING
    if action in {CallAction.TRANSFER, CallAction.CONSULT}:
        return _refusal_of_handover(action, state, view)
    if action is CallAction.ANSWER and _confers(state):
        return Refusal.IN_CONFERENCE
    return _refusal_of_call(action, view)


def _refusal_of_handover(action: CallAction, state: ToolbarState, view: CallView) -> Refusal | None:
    if view.call.state is not CallState.CONNECTED:
        return Refusal.NOT_CONNECTED
    if state.transfer is not None and state.transfer.active:
        return Refusal.TRANSFER_IN_PROGRESS
    return refusal_of_dial(state) if action is CallAction.CONSULT else None


def _refusal_of_call(action: CallAction, view: CallView) -> Refusal | None:  # noqa: PLR0911, PLR0912 -- a table
    call = view.call
    connected = call.state is CallState.CONNECTED
    ringing = call.state is CallState.RINGING and call.direction is CallDirection.INCOMING
    match action:
        case CallAction.ANSWER | CallAction.DECLINE | CallAction.REDIRECT:
            return None if ringing else Refusal.NOT_RINGING
        case CallAction.HANG_UP:
            return None
        case CallAction.ANSWER_REQUEST:
            return None if call.transfer_request else Refusal.NOT_ASKED
        case CallAction.SILENCE:
            return None if call.in_conference else Refusal.NOT_IN_CONFERENCE
        case CallAction.HOLD | CallAction.RESUME if not connected:
            return Refusal.NOT_CONNECTED
        case CallAction.HOLD | CallAction.RESUME if call.changing_hold:
            return Refusal.HOLD_IN_PROGRESS
        case CallAction.HOLD if call.in_conference:
            return Refusal.IN_CONFERENCE
        case CallAction.HOLD:
            return Refusal.ALREADY_HELD if call.held else None
        case CallAction.RESUME:
            return None if call.held else Refusal.NOT_HELD
        case CallAction.MUTE | CallAction.UNMUTE if not connected:
            return Refusal.NOT_CONNECTED
        case CallAction.MUTE:
            return Refusal.ALREADY_MUTED if call.muted else None
        case CallAction.UNMUTE:
            return None if call.muted else Refusal.NOT_MUTED
        case CallAction.DTMF:
            return None if connected or call.early_media else Refusal.NOT_CONNECTED
        case _:
            return None
