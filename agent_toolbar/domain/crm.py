"""What a CRM knows of a caller, and what it is told of a call. Texts from a CRM are plain, bounded text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.contact import Importance, MatchLevel


class CrmOperation(StrEnum):
    """What a connector may be able to do; only FIND is always there."""

    WHOAMI = "whoami"
    FIND = "find"
    FIND_BY_NAME = "find_by_name"
    CREATE = "create"
    DEALS = "deals"
    HISTORY = "history"
    LOG_CALL = "log_call"
    FIND_LOGGED = "find_logged"  # whether a call was already logged, asked before a doubtful second try
    UPDATE_CALL = "update_call"
    DISPOSITIONS = "dispositions"
    UPDATE_NUMBER = "update_number"
    RETIRE_NUMBER = "retire_number"
    ADD_NUMBER = "add_number"
    OWNER = "owner"


class CrmState(StrEnum):
    """What became of the CRM switch."""

    SIGNED_OUT = "signed_out"
    SIGNING_IN = "signing_in"
    BROWSER = "browser"  # the person is asked to sign in there
    SIGNED_IN = "signed_in"
    FAULT = "fault"


class CallResult(StrEnum):
    """How a call ended, as a CRM is told."""

    ANSWERED = "answered"
    MISSED = "missed"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class CrmUser:
    """Who is signed in. `account`: what tells this sign-in from every other (connector, address, user)."""

    account: str
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class CrmContact:
    """One record of the CRM that a number or name led to.

    Attributes:
        id: of the CRM. number: as stored there. url: its page, "" if there is none.
        level: how surely the number led here (found again with libphonenumber).
    """

    id: str
    name: str
    company: str = ""
    number: str = ""
    importance: Importance = Importance.NORMAL
    owner: str = ""
    url: str = ""
    level: MatchLevel = MatchLevel.EXACT


@dataclass(frozen=True, slots=True)
class Deal:
    """An open deal. `amount` as the CRM writes it, "" if unknown; `currency` ISO 4217 or ""."""

    id: str
    title: str
    amount: str = ""
    currency: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class PastContact:
    """An earlier contact with somebody. `when`: ISO 8601 date or time."""

    when: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One call as it is told to the CRM.

    Attributes:
        key: idempotency key, the same for every try; id of the call in the journal.
        number: E.164 where known, else as signalled. contact_id: of the CRM, "" if nobody is known.
        started_s: seconds since the epoch; duration_s: of the talk.
        subject: one line. note: more lines. disposition: code, "" for none. sip_call_id: RFC 3261 section 8.1.1.4.
    """

    key: str
    incoming: bool
    number: str
    result: CallResult
    contact_id: str = ""
    contact_name: str = ""
    started_s: float = 0.0
    duration_s: int = 0
    subject: str = ""
    note: str = ""
    disposition: str = ""
    follow_up: str = ""
    wrong_number: bool = False  # its number is marked; number_finding says as what (domain.number_finding)
    number_finding: str = ""
    sip_call_id: str = ""
    agent: str = ""
