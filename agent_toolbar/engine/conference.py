"""The conference: calls that hear each other in the bridge, beside the desk that hears and is heard by each of them.

SIP thread only. Each call's own connection with the desk is its session's matter (call_media.join).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.call_media import connect
from agent_toolbar.engine.call_session import CallSession

_MAX_MEMBERS = 2  # with the desk, three parties


class Conference:
    """At most one, of two calls and the desk."""

    def __init__(self, sessions: Mapping[str, CallSession]) -> None:
        """sessions: the live calls by id."""
        self._sessions = sessions
        self._members: tuple[str, ...] = ()
        self._joined: set[tuple[str, str]] = set()

    def confer(self, calls: tuple[str, ...], request: int) -> None:
        """These calls and no others. Raises CallError, and changes nothing then."""
        wanted = tuple(dict.fromkeys(calls))
        if len(wanted) > _MAX_MEMBERS:
            raise CallError("call_operation_failed")
        if len(wanted) < 2:
            self._dissolve()
            return
        for member in wanted:
            if member not in self._sessions:
                raise CallError("call_not_found")
            self._sessions[member].require_connected()
        for gone in set(self._members) - set(wanted):
            self._part(gone)
        self._members = wanted
        for member in wanted:
            self._sessions[member].enter_conference(request)
        self.rewire()

    def silence(self, call: str, *, silenced: bool) -> None:
        if call not in self._members:
            raise CallError("not_in_conference")
        self._sessions[call].set_silenced(silenced=silenced)

    def follow(self, snapshot: CallSnapshot) -> None:
        """A call has changed: one that ended, or that would not come off hold, is no member any longer."""
        if snapshot.id not in self._members:
            return
        stuck = snapshot.held and not snapshot.changing_hold
        if snapshot.state is not CallState.CONNECTED or stuck:
            self._dissolve()

    def rewire(self) -> None:
        """Joins the members with each other; call it again after each change of media.

        What a member plays that has put us on hold is the music of its exchange, which the others are spared.
        """
        for source, sink in permutations(self._members, 2):
            speaks = not self._sessions[source].snapshot.remote_held
            self._connect(source, sink, connected=speaks)

    def _dissolve(self) -> None:
        for member in self._members:
            self._part(member)

    def _part(self, gone: str) -> None:
        for source, sink in [pair for pair in self._joined if gone in pair]:
            self._connect(source, sink, connected=False)
        self._members = tuple(member for member in self._members if member != gone)
        if gone in self._sessions:
            self._sessions[gone].leave_conference()

    def _connect(self, source: str, sink: str, *, connected: bool) -> None:
        if not connected and (source, sink) not in self._joined:
            return
        ends = [self._sessions[one].port if one in self._sessions else None for one in (source, sink)]
        if ends[0] is not None and ends[1] is not None:
            connect(ends[0], ends[1], connected=connected)
        if connected:
            self._joined.add((source, sink))
        else:
            self._joined.discard((source, sink))
