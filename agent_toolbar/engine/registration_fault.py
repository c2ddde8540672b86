"""Says what is wrong when a REGISTER failed, and whether trying again makes sense (RFC 3261 section 10). Pure."""

from __future__ import annotations

from agent_toolbar.domain.registration import RegistrationFault

_CHALLENGES = frozenset({401, 407})
_WITHOUT_CHANGE_USELESS = frozenset(
    {
        RegistrationFault.NO_ACCOUNT,
        RegistrationFault.NO_PASSWORD,
        RegistrationFault.WRONG_PASSWORD,
        RegistrationFault.NOT_ALLOWED,
        RegistrationFault.UNKNOWN_EXTENSION,
    }
)
_PBX_ITSELF = frozenset({RegistrationFault.TIMEOUT, RegistrationFault.UNREACHABLE, RegistrationFault.SERVER_ERROR})


def fault_of(sip_status: int, *, answered: bool, has_password: bool) -> RegistrationFault:
    """The fault behind a final status.

    answered: the status came from the network; the library makes 408 and 503 itself when nobody answers.
    """
    if not answered:
        return RegistrationFault.TIMEOUT if sip_status == 408 else RegistrationFault.UNREACHABLE
    if sip_status in _CHALLENGES:
        return RegistrationFault.WRONG_PASSWORD if has_password else RegistrationFault.NO_PASSWORD
    if sip_status == 403:
        return RegistrationFault.NOT_ALLOWED
    if sip_status in {404, 410, 604}:
        return RegistrationFault.UNKNOWN_EXTENSION
    if sip_status == 408:
        return RegistrationFault.TIMEOUT
    return RegistrationFault.SERVER_ERROR if 500 <= sip_status <= 599 else RegistrationFault.OTHER


def is_final(fault: RegistrationFault, *, worked_before: bool) -> bool:
    """Trying again makes no sense before somebody changes something.

    worked_before: this account was registered before; then a 403 or 404 is more likely a PBX that restarts.
    """
    if fault in {RegistrationFault.NOT_ALLOWED, RegistrationFault.UNKNOWN_EXTENSION}:
        return not worked_before
    return fault in _WITHOUT_CHANGE_USELESS


def is_of_this_target(fault: RegistrationFault) -> bool:
    """Another address of the same PBX may well answer (RFC 3263 section 4.3)."""
    return fault in _PBX_ITSELF
