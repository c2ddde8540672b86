"""What can be done with a call now, and if not, why: one table for buttons, keys and the command line."""

from __future__ import annotations

from enum import StrEnum

from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallDirection, CallState
from agent_toolbar.domain.registration import RegistrationState

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


def target(action: CallAction, state: ToolbarState) -> CallView | None:
    """The call that `action` means when none is named: the longest ringing to answer, the held one to resume."""
    match action:
        case CallAction.ANSWER | CallAction.DECLINE:
            ringing = [view for view in state.calls if view.call.state is CallState.RINGING]
            return ringing[0] if ringing else state.current_call
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
    return None


def refusal(action: CallAction, state: ToolbarState, view: CallView | None) -> Refusal | None:  # noqa: PLR0911 -- a table
    """Why `action` cannot be done on `view` (the current call when the buttons ask), or None when it can."""
    if action is CallAction.DIAL:
        return refusal_of_dial(state)
    if view is None:
        return Refusal.NO_CALL
    call = view.call
    connected = call.state is CallState.CONNECTED
    ringing = call.state is CallState.RINGING and call.direction is CallDirection.INCOMING
    match action:
        case CallAction.ANSWER | CallAction.DECLINE:
            return None if ringing else Refusal.NOT_RINGING
        case CallAction.HANG_UP:
            return None
        case CallAction.HOLD | CallAction.RESUME if not connected:
            return Refusal.NOT_CONNECTED
        case CallAction.HOLD | CallAction.RESUME if call.changing_hold:
            return Refusal.HOLD_IN_PROGRESS
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
