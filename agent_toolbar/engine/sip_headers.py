"""Reads the headers of a raw SIP message (RFC 3261 section 7.3), tolerantly: hostile text never raises.

Pure functions over text; used on the SIP thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from agent_toolbar.sip_text.compact_forms import whole_name

_MAX_HEADER_LINES = 256
_MAX_HEADER_LENGTH = 8192
_END_OF_HEAD = re.compile(r"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_PARAMETER = re.compile(r';[ \t]*([^\s;=",<>?]{1,64})[ \t]*(?:=[ \t]*("(?:\\.|[^"\\])*"|[^;\s]*))?')
_QUOTED_NAME = re.compile(r'\s*"((?:\\.|[^"\\])*)"\s*')


@dataclass(frozen=True, slots=True)
class SipAddress:
    """A name-addr or addr-spec (RFC 3261 section 20.10), or a tel: URI (RFC 3966).

    Attributes:
        user: unescaped user part, or the digits of a tel: URI; "" if there is none.
        uri: as it came, with its parameters and headers.
        uri_headers: what follows "?" in the URI, names in lower case, values unescaped.
        parameters: of the header, not of the URI; names in lower case.
    """

    name: str = ""
    uri: str = ""
    scheme: str = ""
    user: str = ""
    host: str = ""
    uri_headers: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)


class SipMessage:
    """The start line, headers and body of one message as text."""

    def __init__(self, text: str) -> None:
        head, *rest = _END_OF_HEAD.split(text, maxsplit=1)
        self.body = rest[0] if rest else ""
        start_line, *lines = _FOLD.sub(" ", head).split("\n")[: _MAX_HEADER_LINES + 1]
        self.start_line = start_line.rstrip("\r")
        self._headers: list[tuple[str, str]] = []
        for line in lines:
            name, colon, value = line.rstrip("\r").partition(":")
            if colon:
                key = name.strip().lower()
                self._headers.append((whole_name(key), value.strip()[:_MAX_HEADER_LENGTH]))

    def first(self, name: str) -> str:
        """The value of the first header of that name, "" if there is none."""
        return next((value for key, value in self._headers if key == name.lower()), "")

    def listed(self, name: str) -> list[str]:
        """The elements of a comma-separated header, over all its lines, topmost first."""
        return [part for key, value in self._headers if key == name.lower() for part in split_list(value)]

    def addresses(self, name: str) -> list[SipAddress]:
        return [parse_address(value) for value in self.listed(name)]

    @property
    def truncated(self) -> bool:
        """True when the body is shorter than Content-Length says: the library cut the message at its buffer's end."""
        declared = self.first("content-length")
        return declared.isascii() and declared.isdigit() and int(declared[:9]) > len(self.body.encode(errors="replace"))


def split_list(value: str) -> list[str]:
    """Splits at commas that are neither in a quoted string nor in angle brackets."""
    parts: list[str] = []
    start = 0
    quoted = escaped = bracketed = False
    for position, char in enumerate(value):
        if escaped:
            escaped = False
        elif quoted:
            escaped = char == "\\"
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in "<>":
            bracketed = char == "<"
        elif char == "," and not bracketed:
            parts.append(value[start:position].strip())
            start = position + 1
    parts.append(value[start:].strip())
    return [part for part in parts if part]


def parse_parameters(text: str) -> dict[str, str]:
    """`;name=value;flag` as a mapping; quoted values without their quotes, flags as ""."""
    return {name.lower(): _unquoted(value) for name, value in _PARAMETER.findall(text)}


def parse_address(value: str) -> SipAddress:
    """One element of From, P-Asserted-Identity, Diversion and the like."""
    name = ""
    quoted = _QUOTED_NAME.match(value)
    if quoted is not None:
        name, value = _unescaped(quoted[1]), value[quoted.end() :]
    before, bracket, after = value.partition("<")
    if bracket:
        uri, _, tail = after.partition(">")
        name = name or before.strip()
    else:
        uri, semicolon, tail = value.partition(";")
        tail = semicolon + tail
    address, _, uri_headers = uri.strip().partition("?")
    address = _without_parameters(address)
    scheme, _, rest = address.partition(":")
    user, _, host = rest.rpartition("@")
    if scheme.lower() == "tel":
        user, host = rest, ""
    return SipAddress(
        name=name,
        uri=uri.strip(),
        scheme=scheme.lower(),
        user=unquote(user.partition(":")[0].partition(";")[0], errors="replace"),
        host=host,
        uri_headers={
            key.lower(): unquote(text, errors="replace")
            for key, _, text in (pair.partition("=") for pair in uri_headers.split("&"))
            if key
        },
        parameters=parse_parameters(tail),
    )


def reason_cause(message: SipMessage) -> int:
    """The SIP cause of a Reason header (RFC 3326), 0 if there is none: 200 in a CANCEL means answered elsewhere."""
    return _cause_of(message, "SIP")


def q850_cause(message: SipMessage) -> int:
    """The cause of the telephone network in a Reason header (ITU-T Q.850, RFC 3326), 0 if there is none."""
    return _cause_of(message, "Q.850")


def _cause_of(message: SipMessage, protocol: str) -> int:
    for value in message.listed("reason"):
        named, semicolon, rest = value.partition(";")
        cause = parse_parameters(semicolon + rest).get("cause", "")
        if named.strip().upper() == protocol and cause.isascii() and cause.isdigit():
            return int(cause[:4])
    return 0


def retry_after_s(message: SipMessage) -> int:
    """Seconds of Retry-After (RFC 3261 section 20.33), 0 if there is none."""
    found = re.match(r"\d{1,7}", message.first("retry-after"), re.ASCII)
    return int(found[0]) if found else 0


def _without_parameters(address: str) -> str:
    """Cuts `;transport=...` off, but keeps parameters inside the user part such as `+33;ext=1@host`."""
    at = address.rfind("@")
    semicolon = address.find(";", at + 1)
    return address if semicolon < 0 else address[:semicolon]


def _unquoted(value: str) -> str:
    return _unescaped(value[1:-1]) if value[:1] == '"' and len(value) > 1 else value


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
