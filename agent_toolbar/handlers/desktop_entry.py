"""The text of a .desktop file, written and read (Desktop Entry Specification 1.5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agent_toolbar.ipc.process_roles import URI_SWITCH

DESKTOP_ID = "agent-toolbar.desktop"
_KEPT = "X-AgentToolbar-Kept"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED_IN_QUOTES = frozenset('"`$\\')
_NOT_IN_A_PROGRAM = frozenset("=%")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r"}
_WRITTEN = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def mime_type(scheme: str) -> str:
    return f"x-scheme-handler/{scheme}"


def entry_text(program: Iterable[str], schemes: Iterable[str], icon: str, kept: Mapping[str, str] | None = None) -> str:
    """Our own file. `program`: words of the command. `kept`: see kept_holders.

    Raises ValueError for a program whose path no such file can hold.
    """
    values = {
        "Type": "Application",
        "Version": "1.0",
        "Name": "Agent Toolbar",
        "GenericName": "Telephone",
        "GenericName[fr]": "Téléphone",
        "Comment": "Take and make calls, with the customer's record beside them",
        "Comment[fr]": "Recevoir et passer des appels, la fiche du client à côté",
        "Exec": exec_line(program),
        "Icon": icon,
        "Terminal": "false",
        "Categories": "Network;Telephony;",
        "Keywords": "call;phone;softphone;SIP;",
        "Keywords[fr]": "appel;téléphone;softphone;SIP;",
        "MimeType": "".join(f"{mime_type(scheme)};" for scheme in schemes),
        "StartupNotify": "true",
        "StartupWMClass": "agent-toolbar",
        "X-PulseAudio-Properties": "media.role=phone",
    }
    if kept:
        values[_KEPT] = "".join(f"{scheme}:{holder};" for scheme, holder in sorted(kept.items()))
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in values.items())


def exec_line(program: Iterable[str]) -> str:
    """The command with a link as the only thing that follows it.

    Raises ValueError for a path with "=", which the specification forbids, or "%", which GLib does not find.
    """
    words = list(program)
    if _NOT_IN_A_PROGRAM.intersection(words[0]):
        raise ValueError(f"{words[0]!r} cannot stand in a .desktop file")
    return " ".join([*(_argument(word) for word in words), URI_SWITCH, "%u"])


def _argument(word: str) -> str:
    """One word of Exec: quoted where the specification wants it, then escaped as any string of the file is."""
    if not word or any(ord(char) < 32 or ord(char) == 127 for char in word):
        raise ValueError(f"{word!r} cannot stand in a .desktop file")
    if _RESERVED.intersection(word):
        word = '"' + "".join(f"\\{char}" if char in _ESCAPED_IN_QUOTES else char for char in word) + '"'
    return "".join(_WRITTEN.get(char, char) for char in word.replace("%", "%%"))


def read_entry(text: str) -> dict[str, str]:
    """The values of the group [Desktop Entry], still escaped; of a line that is none, nothing."""
    values: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            group = stripped
        elif group == "[Desktop Entry]" and not stripped.startswith("#") and "=" in stripped:
            key, _, value = stripped.partition("=")
            values.setdefault(key.rstrip(), value.lstrip())
    return values


def unescaped(value: str) -> str:
    """A string of such a file as it is meant."""
    parts, escaped = list[str](), False
    for char in value:
        if escaped:
            parts.append(_ESCAPES.get(char, char))
        elif char != "\\":
            parts.append(char)
        escaped = not escaped and char == "\\"
    return "".join(parts)


def command_words(value: str) -> list[str]:
    """The words of an Exec value; [] when its quotes do not close. (shlex keeps the backslash of \\$ in quotes.)"""
    words, word, quote = list[str](), "", ""
    begun = escaped = False
    for char in unescaped(value):
        if escaped:
            word, escaped = word + char, False
        elif char == "\\" and quote != "'":
            begun = escaped = True
        elif char == quote:
            quote = ""
        elif char in "\"'" and not quote:
            begun, quote = True, char
        elif char == " " and not quote:
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + char, True
    if quote or escaped:
        return []
    return [*words, word] if begun else words


def program_of(entry: Mapping[str, str]) -> list[str]:
    """Words of the command before the switch for links; [] for one that takes none, or that cannot be read."""
    words = command_words(entry.get("Exec", ""))
    return [word.replace("%%", "%") for word in words[:-2]] if words[-2:] == [URI_SWITCH, "%u"] else []


def mime_types(entry: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name.strip() for name in entry.get("MimeType", "").split(";") if name.strip())


def kept_holders(entry: Mapping[str, str]) -> dict[str, str]:
    """Ids by scheme that were named as defaults when the toolbar came, because it would have taken their links.

    They stand in our own file, so they are forgotten with it.
    """
    pairs = (pair.partition(":") for pair in entry.get(_KEPT, "").split(";"))
    return {scheme: holder for scheme, colon, holder in pairs if colon}
