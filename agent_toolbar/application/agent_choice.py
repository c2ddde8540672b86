"""What the agent chose: ready, not ready for a reason, or finishing a record; for now and for after the call."""

from __future__ import annotations

from agent_toolbar.application.ports.settings import Reason, SettingsStore
from agent_toolbar.domain.agent import AgentAct, Choice, Desired, KeptChoice, after_act
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.text import plain_text

NOTE_LENGTH = 200


class AgentChoice:
    """Moves along domain.agent.LEGAL_ACTS; every illegal act raises AgentError.

    Attributes:
        choice: what is in force. reason, note: of NOT_READY, "" otherwise.
        after_call: what was chosen during a call for afterwards, None if nothing.
    """

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings
        self.choice = Choice.READY
        self.reason = ""
        self.note = ""
        self.after_call: Desired | None = None
        self._note_after = ""

    @property
    def desired(self) -> Desired:
        """What the queue is to believe. Not ready after this call is told before it ends, so that none slips in."""
        if self.after_call is not None and not self.after_call.ready:
            return self.after_call
        return Desired(self.choice is Choice.READY, self.reason if self.choice is Choice.NOT_READY else "")

    def choose(self, ready: bool, reason: str, note: str, *, in_call: bool) -> None:
        """Raises AgentError("unknown_reason"), AgentError("reason_needs_note") or AgentError("wrap_up_open")."""
        reason, note = ("", "") if ready else self._checked(reason, note)
        follows = after_act(self.choice, AgentAct.CHOOSE_READY if ready else AgentAct.CHOOSE_NOT_READY)
        if in_call:
            self.after_call, self._note_after = Desired(ready, reason), note
            return
        self.after_call = None
        self.choice, self.reason, self.note = follows, reason, note

    def call_over(self) -> None:
        """The last call ended and nothing is to be finished: what was chosen for now comes into force."""
        if self.after_call is None or self.choice is Choice.WRAP_UP:
            return
        after, self.after_call = self.after_call, None
        self.choice = Choice.READY if after.ready else Choice.NOT_READY
        self.reason, self.note = after.reason, self._note_after

    def begin_wrap_up(self) -> None:
        """Who was away before the call is away again after its record."""
        follows = after_act(self.choice, AgentAct.BEGIN_WRAP_UP)
        if self.choice is Choice.NOT_READY and self.after_call is None:
            self.after_call, self._note_after = Desired(False, self.reason), self.note
        self.choice = follows

    def finish_wrap_up(self, *, not_ready: bool, reason: str, note: str) -> None:
        """What was chosen during the call goes before `not_ready`, unless that names a reason of its own."""
        reason, note = self._checked(reason, note) if not_ready else ("", "")
        follows = after_act(self.choice, AgentAct.FINISH_NOT_READY if not_ready else AgentAct.FINISH_WRAP_UP)
        self.choice, self.reason, self.note = follows, reason, note
        if reason:
            self.after_call = None
        self.call_over()

    def nobody_there(self) -> bool:
        """Perhaps nobody is at the desk: not ready now, or after what is open. False when that was chosen anyway."""
        if self.choice is Choice.NOT_READY or (self.after_call is not None and not self.after_call.ready):
            return False
        if self.choice is Choice.WRAP_UP:
            self.after_call, self._note_after = Desired(False), ""
        else:
            self.choice, self.reason, self.note = Choice.NOT_READY, "", ""
        return True

    @property
    def kept(self) -> KeptChoice:
        return KeptChoice(self.choice, self.reason, self.note, self.after_call, self._note_after)

    def restore(self, kept: KeptChoice) -> None:
        """As an earlier life of this toolbar left it, unless the agent has chosen already.

        An open record is the journal's to bring back.
        """
        if self.choice is Choice.READY and kept.choice is Choice.NOT_READY:
            self.choice, self.reason, self.note = kept.choice, kept.reason, kept.note
        if self.after_call is None:
            self.after_call, self._note_after = kept.after_call, kept.note_after

    def reason_named(self, code: str) -> Reason | None:
        return next((one for one in self._settings.current.availability.reasons if one.code == code), None)

    def _checked(self, code: str, note: str) -> tuple[str, str]:
        note = plain_text(note, NOTE_LENGTH)
        if not code:
            return "", note
        known = self.reason_named(code)
        if known is None:
            raise AgentError("unknown_reason", reason=plain_text(code, 40))
        if known.needs_note and not note:
            raise AgentError("reason_needs_note", reason=code)
        return code, note
