"""Reads application/dialog-info+xml (RFC 4235): which dialogs a watched telephone has. Pure; never raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from agent_toolbar.domain.colleague import Presence

_MAX_CHARACTERS = 64 * 1024
_MAX_DIALOGS = 64
_RINGS = frozenset({"trying", "proceeding", "early"})


@dataclass(frozen=True, slots=True)
class DialogInfo:
    """What one NOTIFY says.

    Attributes:
        full: these are all dialogs (RFC 4235 section 4.1.1); else only those that changed.
        states: state of each dialog by its id, in lower case.
    """

    full: bool
    states: dict[str, str]


def parse_dialog_info(body: str) -> DialogInfo | None:
    """None for what is no dialog-info document, is too long or has a DOCTYPE (which could name entities)."""
    if len(body) > _MAX_CHARACTERS or "<!DOCTYPE" in body:
        return None
    try:
        root = ElementTree.fromstring(body.strip().encode("utf-8", "surrogateescape"))
    except (ElementTree.ParseError, LookupError, ValueError):
        return None
    if _local_name(root) != "dialog-info":
        return None
    states: dict[str, str] = {}
    for number, dialog in enumerate(_children(root, "dialog")):
        if number == _MAX_DIALOGS:
            break
        state = next(_children(dialog, "state"), None)
        word = (state.text or "") if state is not None else ""
        states[dialog.get("id", "")] = word.strip().lower()
    return DialogInfo(full=root.get("state", "full").strip().lower() != "partial", states=states)


def presence_of(states: Iterable[str]) -> Presence:
    """A telephone with a call and another one that rings is busy; a state unknown to RFC 4235 says nothing."""
    known = set(states)
    if "confirmed" in known:
        return Presence.BUSY
    return Presence.RINGING if known & _RINGS else Presence.FREE


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _local_name(child) == name)


def _local_name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
