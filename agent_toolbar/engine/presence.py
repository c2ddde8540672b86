"""What the telephones of colleagues are doing, by subscription to their dialogs (RFC 4235). SIP thread only.

The library keeps the subscriptions, but shows one dialog of each NOTIFY only; the NOTIFY itself is read here.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

import pjsua2 as pj

from agent_toolbar.application.ports.telephony import AnyEvent, ExtensionsAnswered, PresenceChanged
from agent_toolbar.domain.colleague import ExtensionPresence, Presence
from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.dial_target import sip_uri, user_part
from agent_toolbar.engine.dialog_info import parse_dialog_info, presence_of
from agent_toolbar.engine.library_function import library_function
from agent_toolbar.engine.sip_headers import SipMessage, parse_parameters
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

MAX_EXTENSIONS = 100
_NEXT_AFTER_S = 0.02  # a hundred SUBSCRIBEs at once would be a storm
_LOOK_EVERY_S = 5.0
ANSWER_LIMIT_S = 2.5
_ENDED = (pj.PJSIP_EVSUB_STATE_NULL, pj.PJSIP_EVSUB_STATE_TERMINATED)
_WORTH_ASKING_AGAIN = frozenset({0, 200, 408, 480, 481, 500, 502, 503, 504})
_KIND = "application/dialog-info+xml"
_FOR_GOOD = frozenset({"noresource", "rejected"})  # RFC 6665 section 4.1.3


@dataclass
class _Watched:
    """One extension: the library's subscription if there is one, and what was heard by it.

    Attributes:
        call_id: of the subscription that spoke last, "" while nothing was heard of the present one.
        refused: the PBX has no such hint; not asked again before the next registration.
    """

    uri: str
    presence: Presence = Presence.UNKNOWN
    buddy: pj.Buddy | None = None
    call_id: str = ""
    dialogs: dict[str, str] = field(default_factory=dict)
    refused: bool = False


@dataclass
class _Question:
    """An AskExtensions that is not answered yet. open: of whom nothing was heard yet."""

    request: int
    extensions: tuple[str, ...]
    open: set[str]
    limit: TimerHandle


class PresenceWatch:
    """Subscribes while the line is registered; everything else is UNKNOWN."""

    def __init__(self, timers: TimerQueue, publish: Callable[[AnyEvent], None]) -> None:
        self._timers = timers
        self._publish = publish
        self._subscribe = library_function("pjsua_buddy_subscribe_dlg_event", ctypes.c_int, ctypes.c_int)
        self._extensions: tuple[str, ...] = ()
        self._line: PbxLine | None = None
        self._watched: dict[str, _Watched] = {}
        self._by_user: dict[str, _Watched] = {}
        self._waiting: deque[str] = deque()
        self._next: TimerHandle | None = None
        self._look: TimerHandle | None = None
        self._told: tuple[ExtensionPresence, ...] = ()
        self._questions: dict[int, _Question] = {}

    def watch(self, extensions: tuple[str, ...]) -> None:
        """Just these from now on, the first MAX_EXTENSIONS of them."""
        wanted = tuple(dict.fromkeys(extensions))[:MAX_EXTENSIONS]
        if wanted == self._extensions:
            return
        self._extensions = wanted
        self._follow_wishes()
        self._tell()

    def ask(self, extensions: tuple[str, ...], request: int) -> None:
        """Subscribes anew; until the answer what was heard last stands."""
        asked = {one for one in extensions if one in self._watched and not self._watched[one].refused}
        for extension in asked:
            watched = self._watched[extension]
            if watched.call_id:  # else its first word is on its way
                watched.call_id, watched.dialogs, watched.buddy = "", {}, None
            if watched.buddy is None and extension not in self._waiting:
                self._waiting.append(extension)
        if request in self._questions:
            self._questions[request].limit.cancel()
        limit = self._timers.after(ANSWER_LIMIT_S, lambda: self._give_up(request))
        self._questions[request] = _Question(request, extensions, asked, limit)
        self._subscribe_next()
        self._answer()

    def follow(self, line: PbxLine | None) -> None:
        """line: the registered one, None while there is none. Call it before a line is closed."""
        if line is self._line:
            return
        self._drop_all()
        self._line = line
        self._follow_wishes()
        self._tell()

    def on_notify(self, message: SipMessage) -> None:
        """A NOTIFY for Event: dialog in a dialog, from the PBX."""
        sender = message.addresses("from")
        watched = self._by_user.get(sender[0].user) if sender else None
        if watched is None or watched.buddy is None:
            return
        state, semicolon, rest = message.first("subscription-state").partition(";")
        call_id = message.first("call-id")
        if state.strip().lower() == "terminated":
            # the last word of a subscription that another one has replaced says nothing
            if call_id == watched.call_id:
                watched.refused = parse_parameters(semicolon + rest).get("reason", "").lower() in _FOR_GOOD
                self._forget(watched)
        else:
            self._read(watched, call_id, message)
        self._answer()
        self._tell()

    def close(self) -> None:
        """Gives every subscription back; the library must still have the account."""
        self.follow(None)

    # -------------------------------------------------------------- inside

    def _follow_wishes(self) -> None:
        for extension in [one for one in self._watched if one not in self._extensions]:
            self._drop(self._watched.pop(extension))
        line = self._line
        if line is not None:
            for extension in self._extensions:
                if extension not in self._watched:
                    self._add(extension, line.config.server)
        self._by_user = {unquote(user_part(one.uri)): one for one in self._watched.values()}
        self._subscribe_next()
        if self._watched and self._look is None:
            self._look = self._timers.after(_LOOK_EVERY_S, self._look_after)

    def _add(self, extension: str, server: str) -> None:
        try:
            uri = sip_uri(extension, server)
        except CallError:  # nothing that a PBX could know; it stays UNKNOWN
            return
        self._watched[extension] = _Watched(uri)
        self._waiting.append(extension)

    def _subscribe_next(self) -> None:
        if self._waiting and self._next is None:
            self._next = self._timers.after(_NEXT_AFTER_S, self._subscribe_one)

    def _subscribe_one(self) -> None:
        self._next = None
        watched = self._watched.get(self._waiting.popleft()) if self._waiting else None
        if watched is not None and self._line is not None and self._line.account is not None:
            try:
                watched.buddy = watched.buddy or _buddy(self._line.account, watched.uri)
            except pj.Error:  # the library cannot read this address; no PBX will know it
                watched.refused = True
            else:
                self._subscribe(watched.buddy.getId(), 1)
        self._subscribe_next()

    def _look_after(self) -> None:
        """The library says by no callback that a subscription ended: refused, expired, not answered."""
        self._look = self._timers.after(_LOOK_EVERY_S, self._look_after) if self._watched else None
        for extension, watched in self._watched.items():
            if watched.buddy is None or watched.refused:
                continue
            info = watched.buddy.getInfo()
            if int(info.subState) not in _ENDED:
                continue
            self._forget(watched)
            watched.refused = int(info.subTermCode) not in _WORTH_ASKING_AGAIN
            if not watched.refused and extension not in self._waiting:
                self._waiting.append(extension)
        self._subscribe_next()
        self._tell()

    def _read(self, watched: _Watched, call_id: str, message: SipMessage) -> None:
        kind = message.first("content-type").partition(";")[0].strip().lower()
        said = parse_dialog_info(message.body) if kind == _KIND else None
        if said is None:  # a pending subscription has no body yet
            return
        if said.full or call_id != watched.call_id:
            watched.dialogs = {}
        watched.call_id = call_id
        watched.dialogs |= said.states
        watched.dialogs = {name: state for name, state in watched.dialogs.items() if state != "terminated"}
        watched.presence = presence_of(watched.dialogs.values())

    def _answer(self) -> None:
        """The questions about whom everything was heard."""
        for question in list(self._questions.values()):
            question.open = {one for one in question.open if one in self._watched and not self._watched[one].call_id}
            if not question.open:
                del self._questions[question.request]
                question.limit.cancel()
                presence = tuple(self._now(one) for one in question.extensions)
                self._publish(ExtensionsAnswered(request=question.request, presence=presence))

    def _give_up(self, request: int) -> None:
        for extension in self._questions[request].open:
            if extension in self._watched:
                self._forget(self._watched[extension])
        self._questions[request].open = set()
        self._answer()
        self._tell()

    @staticmethod
    def _forget(watched: _Watched) -> None:
        watched.presence, watched.call_id, watched.dialogs = Presence.UNKNOWN, "", {}

    def _drop(self, watched: _Watched) -> None:
        self._forget(watched)
        watched.buddy = None  # deleting it takes the subscription back

    def _drop_all(self) -> None:
        for watched in self._watched.values():
            self._drop(watched)
        self._watched = {}
        self._by_user = {}
        self._waiting.clear()
        for timer in (self._next, self._look):
            if timer is not None:
                timer.cancel()
        self._next = self._look = None

    def _tell(self) -> None:
        now = tuple(self._now(extension) for extension in self._extensions)
        if now != self._told:
            self._told = now
            self._publish(PresenceChanged(presence=now))

    def _now(self, extension: str) -> ExtensionPresence:
        watched = self._watched.get(extension)
        return ExtensionPresence(extension, watched.presence) if watched is not None else ExtensionPresence(extension)


def _buddy(account: pj.Account, uri: str) -> pj.Buddy:
    config = pj.BuddyConfig()
    config.uri = uri
    config.subscribe = False  # that would be the presence package (RFC 3856)
    buddy = pj.Buddy()
    buddy.create(account, config)
    return buddy
