"""The store that desks share for the stories of transferred calls. Answers come by callback on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from agent_toolbar.domain.context import CallContext
from agent_toolbar.domain.errors import AgentToolbarError


class ContextStore(Protocol):
    """Keeps stories for LIFE_S seconds. A fault of it delays no call: it answers with nothing and shows as a fault."""

    def use(self, url: str) -> None:
        """From now on this database, with the password that the keyring has now. What is not written yet goes there.

        `url` as SQLAlchemy writes it, without a password; "" is the profile's own file.
        """

    def check(self, on_result: Callable[[AgentToolbarError | None], None]) -> None:
        """Tries it now and writes what is not written yet: why it cannot be used, None when it works."""

    def put(self, context: CallContext) -> None:
        """Keeps the story, in place of an earlier one of the same key. Never raises."""

    def find(self, key: str, on_result: Callable[[CallContext | None], None]) -> None:
        """The story of a key that came with a call, None if there is none or it has expired."""

    def find_probable(self, number: str, extension: str, on_result: Callable[[CallContext | None], None]) -> None:
        """The newest story of the last PROBABLE_S seconds that may belong to a call from `number` at `extension`.

        It does when `number` is the customer's or the sender's own extension, and `extension` is where the call was
        sent or the sender's (then it came back).
        """

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        """Tells why the store cannot be used now, and None when it works again."""

    def close(self) -> None:
        """Writes what is queued and closes; waits two seconds at most."""
