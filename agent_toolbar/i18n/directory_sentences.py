"""Company directories in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.toolbar_state import DirectoryState, DirectoryView
from agent_toolbar.i18n.formats import count_text, day_text, local_day, time_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

DIRECTORY_ERRORS: dict[str, str] = {
    "no_directories": QT_TRANSLATE_NOOP("Error", "No company directory is set up in the settings."),
    "no_such_directory": QT_TRANSLATE_NOOP("Error", "The settings name no company directory “{name}”."),
    "directory_no_password": QT_TRANSLATE_NOOP(
        "Error",
        "The password for the directory “{name}” is missing. Its contacts stay as they are. Give it in the settings, "
        "or with: agent-toolbar contacts sync NAME --password-stdin",
    ),
    "directory_password": QT_TRANSLATE_NOOP(
        "Error",
        "The directory “{name}” refuses user or password. Its contacts stay as they are. Give the password in the "
        "settings, or with: agent-toolbar contacts sync NAME --password-stdin",
    ),
    "directory_unreachable": QT_TRANSLATE_NOOP(
        "Error", "The directory “{name}” cannot be reached ({detail}). Its contacts stay as they are."
    ),
    "directory_slow": QT_TRANSLATE_NOOP(
        "Error", "The directory “{name}” does not answer in time. Its contacts stay as they are."
    ),
    "directory_busy": QT_TRANSLATE_NOOP(
        "Error", "The directory “{name}” asks to wait. Its contacts stay as they are until then."
    ),
    "directory_forbidden": QT_TRANSLATE_NOOP(
        "Error", "The directory “{name}” does not let you read it. Ask who runs it. Its contacts stay as they are."
    ),
    "directory_not_found": QT_TRANSLATE_NOOP(
        "Error",
        "The directory “{name}” is not at its address. Check it in the settings. Its contacts stay as they are.",
    ),
    "directory_broken": QT_TRANSLATE_NOOP(
        "Error", "The directory “{name}” answers nothing usable ({detail}). Its contacts stay as they are."
    ),
    "directory_interrupted": QT_TRANSLATE_NOOP(
        "Error", "Reading the directory “{name}” stopped before its end. Its contacts stay as they are."
    ),
    "directory_not_started": QT_TRANSLATE_NOOP(
        "Error", "Reading the directory “{name}” did not start ({detail}). Its contacts stay as they are."
    ),
    "directory_changed": QT_TRANSLATE_NOOP(
        "Error", "Somebody else has changed this contact at “{name}” meanwhile. Nothing was overwritten; look again."
    ),
    "directory_no_such_number": QT_TRANSLATE_NOOP(
        "Error", "The contact at “{name}” has no number {number} any more. Nothing was changed."
    ),
}

_READING = QT_TRANSLATE_NOOP("Directory", "Being read…")
_READ_SO_FAR = QT_TRANSLATE_NOOP("Directory", "Being read: {done}…")
_READ_OF = QT_TRANSLATE_NOOP("Directory", "Being read: {done} of {total}…")
_FAILED = QT_TRANSLATE_NOOP("Directory", "Failed")
_NOT_YET = QT_TRANSLATE_NOOP("Directory", "Not read yet")
_CONTACTS = QT_TRANSLATE_NOOP("Directory", "Contacts: {contacts}")
_READ_AT = QT_TRANSLATE_NOOP("Directory", "Read {day} at {time}.")
_CHANGES = QT_TRANSLATE_NOOP(
    "Directory", "Contacts: {contacts} ({added} new, {updated} changed, {removed} gone; {skipped} left out)."
)


def directory_state_text(view: DirectoryView) -> str:
    """What a directory is doing, in a few words."""
    if view.state is DirectoryState.SYNCING:
        so_far = _READ_OF if view.total else _READ_SO_FAR if view.done else _READING
        return sentence("Directory", so_far, {"done": count_text(view.done), "total": count_text(view.total)})
    if view.state is DirectoryState.FAULT:
        return sentence("Directory", _FAILED)
    if not view.synced_s:
        return sentence("Directory", _NOT_YET)
    return sentence("Directory", _CONTACTS, {"contacts": count_text(view.contacts)})


def directory_sync_text(view: DirectoryView, now_s: float) -> str:
    """When it was read last, and what came of that; "" for never."""
    if not view.synced_s:
        return ""
    day = day_text(local_day(view.synced_s), local_day(now_s))
    counts = {name: count_text(getattr(view, name)) for name in ("contacts", "added", "updated", "removed", "skipped")}
    read = sentence("Directory", _READ_AT, {"day": day[:1].lower() + day[1:], "time": time_text(view.synced_s)})
    return f"{read} {sentence('Directory', _CHANGES, counts)}"
