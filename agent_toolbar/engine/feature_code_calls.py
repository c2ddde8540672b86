"""Calls to codes of the PBX that do something there: none of the agent's calls, and without sound. SIP thread only."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pjsua2 as pj

from agent_toolbar.application.ports.telephony import (
    AnyCommand,
    AnyEvent,
    FeatureCodeAnswered,
    FeatureCodeEnded,
    SayFeatureCode,
)
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.call_operation import operation
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.library import library_error
from agent_toolbar.engine.library_events import CallProgressed, LibraryEvent
from agent_toolbar.engine.pj_call import NO_CALL_ID, Graveyard, LibraryCall
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_log = logging.getLogger(__name__)

ANSWER_LIMIT_S = 10.0
TALK_LIMIT_S = 5.0  # a dialplan that is hung up on earlier may not have got as far as its work
_MAX_REASON = 80
_CODE = re.compile(r"[A-Za-z0-9*#+._-]{1,64}")
_TIMEOUT, _OURSELVES = 408, 487


@dataclass
class _CodeCall:
    """One that is not over yet."""

    request: int
    call: LibraryCall
    line: PbxLine
    limit: TimerHandle
    answered: bool = False


@dataclass(frozen=True)
class CodeNeeds:
    """What they need of the user agent.

    Attributes:
        line: the account's present one. has_room: the library can take one more call.
        keep_awake: whether the bridge must tick although no call of the agent is up.
    """

    timers: TimerQueue
    graveyard: Graveyard
    mailbox: deque[LibraryEvent]
    line: Callable[[], PbxLine | None]
    has_room: Callable[[], bool]
    keep_awake: Callable[[bool], None]
    publish: Callable[[AnyEvent], None]


class FeatureCodeCalls:
    """From the command to the end of each call. Their media is joined with nothing, so nothing is heard either way."""

    def __init__(self, needs: CodeNeeds) -> None:
        self._needs = needs
        self._calls: dict[str, _CodeCall] = {}

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def lines(self) -> set[int]:
        """Serial numbers of the lines in use."""
        return {one.line.serial for one in self._calls.values()}

    def execute(self, command: AnyCommand) -> bool:
        """True if it was for us. Raises CallError for what cannot be called, EngineError when the library refuses."""
        if not isinstance(command, SayFeatureCode):
            return False
        line = self._needs.line()
        if line is None or line.account is None:
            raise CallError("not_registered")
        if not _CODE.fullmatch(command.code):
            raise CallError("bad_dial_target", target=plain_text(command.code, _MAX_REASON))
        uri = sip_uri(f"{command.code}@{line.config.server}", line.config.server)  # as it is: no dash is left out
        if not self._needs.has_room():
            raise CallError("no_line_for_code")
        key = uuid4().hex
        call = LibraryCall(line.account, NO_CALL_ID, key, self._needs.mailbox)
        self._needs.keep_awake(True)
        try:
            call.makeCall(uri, operation())
        except pj.Error as error:
            self._let_sleep()
            raise library_error(error, "dial_failed") from None
        limit = self._needs.timers.after(ANSWER_LIMIT_S, lambda: self._hang_up(key, _TIMEOUT))
        self._calls[key] = _CodeCall(command.request, call, line, limit)
        return True

    def took(self, event: LibraryEvent) -> bool:
        """True when it was about a call of ours."""
        one = self._calls.get(getattr(event, "key", ""))
        if one is None:
            return False
        if isinstance(event, CallProgressed):
            if event.state == pj.PJSIP_INV_STATE_DISCONNECTED:
                self._end(event.key, 200 if one.answered else event.sip_status, event.sip_reason)
            elif event.state == pj.PJSIP_INV_STATE_CONFIRMED and not one.answered:
                self._answered(event.key, one)
        return True

    def close(self) -> None:
        """The engine ends."""
        for key in list(self._calls):
            self._hang_up(key, _OURSELVES)

    def _answered(self, key: str, one: _CodeCall) -> None:
        one.answered = True
        one.limit.cancel()
        one.limit = self._needs.timers.after(TALK_LIMIT_S, lambda: self._hang_up(key, 200))
        self._needs.publish(FeatureCodeAnswered(request=one.request))

    def _hang_up(self, key: str, sip_status: int) -> None:
        """By BYE or CANCEL. It counts as over at once, whatever the network still has to say."""
        one = self._calls[key]
        try:
            if one.call.exists and one.call.isActive():
                one.call.hangup(operation())
        except pj.Error as error:
            _log.warning("a feature code does not end: %s", error.reason)
        self._end(key, 200 if one.answered else sip_status, "")

    def _end(self, key: str, sip_status: int, reason: str) -> None:
        one = self._calls.pop(key)
        one.limit.cancel()
        self._needs.graveyard.bury(one.call)
        self._let_sleep()
        self._needs.publish(
            FeatureCodeEnded(
                request=one.request,
                sip_status=sip_status,
                sip_reason=plain_text(reason, _MAX_REASON),
                answered=one.answered,
            )
        )

    def _let_sleep(self) -> None:
        if not self._calls:
            self._needs.keep_awake(False)
