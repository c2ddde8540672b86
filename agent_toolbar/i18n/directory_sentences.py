"""Company directories in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

DIRECTORY_ERRORS: dict[str, str] = {
    "no_directories": QT_TRANSLATE_NOOP("Error", "No company directory is set up in the settings."),
    "no_such_directory": QT_TRANSLATE_NOOP("Error", "The settings name no company directory “{name}”."),
    "directory_no_password": QT_TRANSLATE_NOOP(
        "Error",
        "The password for the directory “{name}” is missing. Its contacts stay as they are. Give it with: "
        "agent-toolbar contacts sync NAME --password-stdin",
    ),
    "directory_password": QT_TRANSLATE_NOOP(
        "Error",
        "The directory “{name}” refuses user or password. Its contacts stay as they are. Give the password with: "
        "agent-toolbar contacts sync NAME --password-stdin",
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
