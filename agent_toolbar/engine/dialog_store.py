"""The connected calls of this engine on disk, so that a successor can take them back (RFC 3891). SIP thread only.

One owner-only file in the profile's runtime folder; an engine that ends in good order leaves none.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from agent_toolbar.domain.call import CallSnapshot, CallState
from agent_toolbar.engine.dialog_id import DialogId

_log = logging.getLogger(__name__)

FORGET_AFTER_S = 3600.0
_NAME = "engine-calls.json"
_MAX_BYTES = 256 * 1024
_MAX_ATTEMPTS = 3  # a call whose return kills the engine again and again is given up
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,255}")  # RFC 3261 section 25.1
_CALL_ID = re.compile(r"""[A-Za-z0-9.!%*_+`'~()<>:\\"/\[\]?{}@-]{1,255}""")


class StoredCall(msgspec.Struct, frozen=True):
    """One connected call.

    Attributes:
        server, extension: of the account that has it.
        call: as last told, without what is only of the moment.
        attempts: how often an engine began to take it back.
    """

    server: str
    extension: str
    dialog: DialogId
    call: CallSnapshot
    attempts: int = 0

    @property
    def usable(self) -> bool:
        """It stands for a call, and its dialog can be written into a header."""
        dialog = self.dialog
        return (
            self.call.state is CallState.CONNECTED
            and self.attempts < _MAX_ATTEMPTS
            and _CALL_ID.fullmatch(dialog.call_id) is not None
            and all(_TOKEN.fullmatch(tag) for tag in (dialog.local_tag, dialog.remote_tag))
        )


class _Written(msgspec.Struct, frozen=True):
    written_s: float
    calls: tuple[StoredCall, ...]


class DialogStore:
    """What stands in the file."""

    def __init__(self, folder: Path, now_s: Callable[[], float] = time.time) -> None:
        self._file = folder / _NAME
        self._now_s = now_s
        self._calls: dict[str, StoredCall] = {}

    @property
    def calls(self) -> tuple[StoredCall, ...]:
        return tuple(self._calls.values())

    def read(self) -> tuple[StoredCall, ...]:
        """What a dead predecessor left and what is worth taking back. To be called once, by who holds its lock."""
        self._calls = {one.call.id: one for one in self._left_by_predecessor() if one.usable}
        if not self._calls:
            self.write()
        return self.calls

    def put(self, stored: StoredCall) -> None:
        """Writes it when it differs from what stands there."""
        stored = msgspec.structs.replace(stored, call=_lasting(stored.call))
        if self._calls.get(stored.call.id) != stored:
            self._calls[stored.call.id] = stored
            self.write()

    def remove(self, call_id: str) -> None:
        if self._calls.pop(call_id, None) is not None:
            self.write()

    def write(self) -> None:
        """Renews the time in the file too, which says when this engine was last alive.

        Not flushed to the disk itself: it is for the end of this process, not of the machine.
        """
        try:
            if not self._calls:
                self._file.unlink(missing_ok=True)
                return
            text = msgspec.json.encode(_Written(self._now_s(), tuple(self._calls.values())))
            new = self._file.with_suffix(".new")
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(text)
            os.replace(new, self._file)  # noqa: PTH105 - whoever reads never sees half of it
        except OSError as error:  # the call goes on; it could only not be taken back
            _log.error("calls cannot be written down: %s", type(error).__name__)

    def _left_by_predecessor(self) -> tuple[StoredCall, ...]:
        try:
            with self._file.open("rb") as file:
                written = msgspec.json.decode(file.read(_MAX_BYTES), type=_Written)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
            _log.error("the calls of the engine before cannot be read: %s", type(error).__name__)
            return ()
        return written.calls if abs(self._now_s() - written.written_s) < FORGET_AFTER_S else ()


def _lasting(call: CallSnapshot) -> CallSnapshot:
    """Digits may be a card number or a PIN; they never reach the disk."""
    return replace(call, quality=None, digits_sent="", reconnecting=False)
