"""The company directories in `status --json`, and what `contacts sync` does in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import DirectoryView
from agent_toolbar.i18n.sentences import code_text
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.control_caller import Reply

JsonObject = dict[str, Any]


class DirectoryVerbs:
    """A part of the handler of the control socket.

    Attributes:
        actions: what each verb does.
    """

    def __init__(self, toolbar: Toolbar) -> None:
        self._toolbar = toolbar
        self.actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {Verb.CONTACTS_SYNC: self._sync}

    def _sync(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.sync_directories(
            request.text("name"),
            request.text("password") or None,
            lambda views: reply.done(
                {"failed": sum(bool(view.fault) for view in views), "directories": directories_report(views)}
            ),
        )


def directories_report(views: tuple[DirectoryView, ...]) -> list[JsonObject]:
    """`text` says in the toolbar's language why the last try failed; times are seconds since the epoch."""
    return [
        {
            "name": view.name,
            "kind": view.kind,
            "url": view.url,
            "state": view.state,
            "done": view.done,
            "total": view.total,
            "contacts": view.contacts,
            "added": view.added,
            "updated": view.updated,
            "removed": view.removed,
            "skipped": view.skipped,
            "synced": view.synced_s,
            "next": view.next_s,
            "fault": view.fault,
            "text": code_text(view.fault, view.fault_params) if view.fault else "",
        }
        for view in views
    ]
