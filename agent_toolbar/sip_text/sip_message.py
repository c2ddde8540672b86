"""SIP messages as values: read from and written to bytes (RFC 3261 section 7). Pure; no socket, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from agent_toolbar.sip_text.compact_forms import whole_name

Fields = tuple[tuple[str, str], ...]

MAX_MESSAGE_BYTES = 65_535

REASONS = {
    100: "Trying",
    180: "Ringing",
    183: "Session Progress",
    200: "OK",
    202: "Accepted",
    302: "Moved Temporarily",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    489: "Bad Event",
    491: "Request Pending",
    500: "Server Internal Error",
    603: "Decline",
}

_TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
_STATUS_LINE = re.compile(r"SIP/2\.0 ([1-6][0-9]{2})(?: (.*))?")
_NAME_ADDR = re.compile(r'\s*(?P<name>"(?:[^"\\]|\\.)*"|[^<"]*?)\s*<(?P<uri>[^>]*)>(?P<rest>.*)', re.DOTALL)
_URI = re.compile(r"(?P<scheme>sips?|tel):(?:(?P<user>[^@;?]*)@)?(?P<host>[^;?]*)(?P<rest>.*)", re.IGNORECASE)


class MalformedMessageError(ValueError):
    """Bytes that are no SIP message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipMessage:
    """What requests and responses share.

    Attributes:
        fields: (name, value) in the order of the wire; names are kept as they came.
    """

    fields: Fields = ()
    body: bytes = b""

    def first(self, name: str) -> str:
        """The value of the first field of this name in any spelling, "" if there is none."""
        return next(iter(self.every(name)), "")

    def every(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for found, value in self.fields if whole_name(found) == wanted]

    @property
    def call_id(self) -> str:
        return self.first("call-id")

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method; (0, "") when the field cannot be read."""
        number, _, method = self.first("cseq").strip().partition(" ")
        return (int(number), method.strip().upper()) if number.isascii() and number.isdigit() else (0, "")

    @property
    def branch(self) -> str:
        """Branch of the topmost Via (RFC 3261 section 8.1.1.7)."""
        return parameters_of(self.first("via").partition(",")[0].partition(";")[2]).get("branch", "")

    @property
    def from_tag(self) -> str:
        return parse_address(self.first("from")).parameters.get("tag", "")

    @property
    def to_tag(self) -> str:
        return parse_address(self.first("to")).parameters.get("tag", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SipRequest(SipMessage):
    method: str
    uri: str

    def to_bytes(self) -> bytes:
        return _to_bytes(f"{self.method} {self.uri} SIP/2.0", self.fields, self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class SipResponse(SipMessage):
    status: int
    reason: str = ""

    def to_bytes(self) -> bytes:
        return _to_bytes(f"SIP/2.0 {self.status} {self.reason}", self.fields, self.body)


@dataclass(frozen=True, slots=True)
class Address:
    """A name-addr or addr-spec with its header parameters (RFC 3261 section 20.10)."""

    name: str = ""
    uri: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uri:
    """The parts of a sip:, sips: or tel: URI that a small exchange looks at; port 0 if none is named."""

    user: str = ""
    host: str = ""
    port: int = 0
    parameters: str = ""


def parse_message(raw: bytes) -> SipRequest | SipResponse:
    """Reads one message; the body is cut at Content-Length if there is one (RFC 3261 section 18.3).

    Raises MalformedMessageError for anything without a start line, Via, From, To, Call-ID and CSeq.
    """
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator or len(raw) > MAX_MESSAGE_BYTES:
        raise MalformedMessageError("no end of the header fields")
    text = head.decode("utf-8", "replace").lstrip("\r\n")
    start, *lines = re.sub(r"\r\n[ \t]+", " ", text).split("\r\n")  # unfolded
    fields = tuple(_field(line) for line in lines)
    message = _with_start_line(start, fields, body)
    if not all(message.first(name) for name in ("via", "from", "to", "call-id")) or not message.cseq[1]:
        raise MalformedMessageError("a mandatory header field is missing")
    length = message.first("content-length").strip()
    if not length:
        return message
    if not (length.isascii() and length.isdigit()) or int(length) > len(body):
        raise MalformedMessageError("Content-Length and body differ")
    return _with_start_line(start, fields, body[: int(length)])


def parse_address(value: str) -> Address:
    """Reads From, To, Contact, ...: the first address only. What cannot be read gives an empty Address."""
    matched = _NAME_ADDR.match(value)
    if matched is None:
        uri, _, rest = value.strip().partition(";")
        return Address("", uri.strip(), parameters_of(rest))
    name = matched["name"].strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Address(name, matched["uri"].strip(), parameters_of(_until_comma(matched["rest"]).lstrip(" ;")))


def parse_uri(text: str) -> Uri:
    """Reads a URI; one that is of another scheme gives an empty Uri."""
    matched = _URI.fullmatch(text.strip())
    if matched is None:
        return Uri()
    user, host = matched["user"] or "", matched["host"]
    if matched["scheme"].lower() == "tel":
        return Uri(host, "", 0, matched["rest"])
    host, _, port = host.partition(":")
    return Uri(_unescaped(user), host, int(port) if port.isascii() and port.isdigit() else 0, matched["rest"])


def uri_headers(text: str) -> dict[str, str]:
    """The headers that a request to this URI is to have (RFC 3261 section 19.1.1); names in lower case."""
    pairs = (pair.partition("=") for pair in text.partition("?")[2].split("&"))
    return {unquote(name).lower(): unquote(value) for name, _, value in pairs if name}


def parameters_of(text: str) -> dict[str, str]:
    """Reads "a=b;c" with quoted values; names in lower case."""
    found: dict[str, str] = {}
    for name, quoted, plain in re.findall(r'([^=;\s]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*)))?', text):
        found[name.lower()] = quoted or plain.strip()
    return found


def name_addr(name: str, uri: str, tag: str = "") -> str:
    """Writes a name-addr; the name as a quoted-string without control characters."""
    clean = re.sub(r"[\x00-\x1f\x7f]", " ", name).replace("\\", "\\\\").replace('"', '\\"')
    shown = f'"{clean}" <{uri}>' if clean else f"<{uri}>"
    return f"{shown};tag={tag}" if tag else shown


def delta_seconds(text: str, default_s: int, longest_s: int) -> int:
    """Reads Expires or a parameter of that name (RFC 3261 section 20.19); `default_s` for what is no number."""
    asked = text.strip()
    return min(longest_s, int(asked)) if asked.isascii() and asked.isdigit() else default_s


def _with_start_line(start: str, fields: Fields, body: bytes) -> SipRequest | SipResponse:
    status = _STATUS_LINE.fullmatch(start)
    if status is not None:
        return SipResponse(status=int(status[1]), reason=status[2] or "", fields=fields, body=body)
    method, _, rest = start.partition(" ")
    uri, _, version = rest.partition(" ")
    if version != "SIP/2.0" or not uri or not _TOKEN.fullmatch(method):
        raise MalformedMessageError("no start line of SIP/2.0")
    return SipRequest(method=method.upper(), uri=uri, fields=fields, body=body)


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not _TOKEN.fullmatch(name.strip()):
        raise MalformedMessageError("a line that is no header field")
    return name.strip(), value.strip()


def _to_bytes(start: str, fields: Fields, body: bytes) -> bytes:
    lines = [start, *(f"{name}: {value}" for name, value in fields if name.lower() != "content-length")]
    lines.append(f"Content-Length: {len(body)}")
    clean = (re.sub(r"[\r\n\x00]", " ", line) for line in lines)  # nothing may slip into a field of its own
    return "\r\n".join(clean).encode() + b"\r\n\r\n" + body


def _until_comma(text: str) -> str:
    return re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', text, maxsplit=1)[0]


def _unescaped(user: str) -> str:
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), user)
