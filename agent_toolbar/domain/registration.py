"""The registration of the account at the PBX (RFC 3261 section 10) as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RegistrationState(StrEnum):
    OFF = "off"  # CTI is off: nothing is registered and nothing is tried
    REGISTERING = "registering"
    REGISTERED = "registered"
    RETRYING = "retrying"  # failed for now; `retry_at_s` says when it is tried again
    REFUSED = "refused"  # trying again makes no sense before somebody changes something
    UNREGISTERING = "unregistering"


class RegistrationFault(StrEnum):
    """What is wrong, in the user's terms; the sentence is made in i18n."""

    NONE = "none"
    NO_ACCOUNT = "no_account"
    NO_PASSWORD = "no_password"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"  # connection refused, no route, ICMP port unreachable
    TIMEOUT = "timeout"  # 408: nobody answered
    WRONG_PASSWORD = "wrong_password"
    NOT_ALLOWED = "not_allowed"  # 403
    UNKNOWN_EXTENSION = "unknown_extension"  # 404
    SERVER_ERROR = "server_error"  # 5xx
    TLS = "tls"
    OTHER = "other"


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"


@dataclass(frozen=True, slots=True)
class RegistrationSnapshot:
    """State of the registration now.

    Attributes:
        sip_status: of the last answer to REGISTER, 0 if none came; sip_reason its phrase as plain text.
        retry_at_s, registered_s: seconds since the epoch, 0.0 if not applicable.
        expires_s: seconds that the registrar granted.
    """

    state: RegistrationState = RegistrationState.OFF
    fault: RegistrationFault = RegistrationFault.NONE
    sip_status: int = 0
    sip_reason: str = ""
    server: str = ""
    extension: str = ""
    transport: Transport = Transport.UDP
    retry_at_s: float = 0.0
    registered_s: float = 0.0
    expires_s: int = 0
