"""What a link, a page or a selected text asks to call: one parser on raw text (RFC 3966, RFC 3261). Pure.

The own scheme knows `agent-toolbar:dial/+33123456789`, `agent-toolbar:dial?number=%2B33123456789` and
`agent-toolbar:show`, nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from agent_toolbar.domain.number_spelling import ascii_spelling

MAX_LENGTH = 128
SCHEMES = ("tel", "callto", "sip", "sips")
OWN_SCHEME = "agent-toolbar"  # knows `dial` and `show` only

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AGAIN = re.compile(r"(?:tel|callto):", re.IGNORECASE)  # editors of pages put a second one before it
_LABEL = re.compile(
    r"(?:t[ée]l(?:[ée]phone)?|phone|mobile|portable|cell|fixe|gsm|fax|office|bureau)\b\.?\s*:?\s*(?=[+0-9(*#])",
    re.IGNORECASE,
)
_UNSAFE = frozenset("\"'`<>\\|^{}$")
_REORDERING = frozenset("\u202b\u202e\u2067")  # show digits in another order than they are dialled in
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOTTED_QUAD = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_POST_DIAL = re.compile(r"(?<=[0-9]{3})\s*[pPwW,].*")  # RFC 2806: pauses, and tones to be sent then
_WRITTEN_EXTENSION = re.compile(r"\s*(?:#\s*ext|ext(?:ension)?|poste|x)\s*[.:]?\s*([0-9]{1,7})", re.IGNORECASE)
_TYPE_OF_CALLTO = re.compile(r"\+type=[a-z]+", re.IGNORECASE)
_PHONE = re.compile(r"[ (]*\+?[0-9*# ().\-/]*(?:[*#]\+[0-9*# ().\-/]+)?")
_CONTEXT_PREFIX = re.compile(r"\+[0-9][0-9().\-]*")
_CONTEXT_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.?")
_ONCE_ONLY = frozenset({"phone-context", "ext", "isub"})  # RFC 3966 section 4
_SIP_USER = re.compile(r"[A-Za-z0-9\-_.!~*&=+,#]{1,64}")
_SIP_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])"
    r"(?::[0-9]{1,5})?"
)
_MOST_DIGITS_GLOBAL = 15  # ITU-T E.164
_MOST_DIGITS = 40


class LinkRefusal(StrEnum):
    """Why a text is refused."""

    TOO_LONG = "too_long"
    NOT_A_LINK = "not_a_link"  # a scheme that nobody registered us for, or a verb that is none of ours
    NO_NUMBER = "no_number"  # nothing that could be called, or signs that no number has
    DAMAGED = "damaged"  # the number was destroyed on the way here, such as into an IPv4 address


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as it was written, without its wrapping. extension: digits of `;ext=`, "" for none.

    `text` holds ASCII digits, one "+" at most, "*", "#" and the separators space ( ) . - / only.
    """

    text: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class SipAddress:
    """user@host, without headers and parameters; a port stays with the host, which is in lower case."""

    user: str
    host: str

    @property
    def text(self) -> str:
        return f"{self.user}@{self.host}"


@dataclass(frozen=True, slots=True)
class Show:
    """Only that the toolbar comes to the front."""


@dataclass(frozen=True, slots=True)
class Rejected:
    reason: LinkRefusal


Asked = Number | SipAddress | Show | Rejected
_NOTHING = Rejected(LinkRefusal.NO_NUMBER)
_NOT_OURS = Rejected(LinkRefusal.NOT_A_LINK)


def read_link(text: str) -> Asked:
    """What a link says. Never raises."""
    if len(text) > MAX_LENGTH:
        return Rejected(LinkRefusal.TOO_LONG)
    link = text.strip(" ")
    scheme = _SCHEME.match(link)
    if scheme is None:
        return _NOT_OURS
    name, rest = scheme.group(1).lower(), link[scheme.end() :]
    if name == OWN_SCHEME:
        return _read_own(rest)
    return _read_scheme(name, rest) if name in SCHEMES else _NOT_OURS


def read_text(text: str) -> Asked:
    """The same for what a person selected or a page sent: a number or address needs no scheme, and may have a label."""
    if len(text) > MAX_LENGTH:
        return Rejected(LinkRefusal.TOO_LONG)
    plain = text.strip(" \t\r\n<>")
    scheme = _SCHEME.match(plain)
    if scheme is not None and scheme.group(1).lower() in SCHEMES:
        return _read_scheme(scheme.group(1).lower(), plain[scheme.end() :])
    label = _LABEL.match(plain)
    bare = _safe(plain[label.end() :] if label is not None else plain)
    if bare is None or "%" in bare:
        return _NOTHING
    return _read_address(bare) if "@" in bare else _read_tel(bare.rstrip(".,;"))


def _read_own(rest: str) -> Asked:
    path, question, query = rest.removeprefix("//").partition("?")
    verb, slash, wanted = path.partition("/")
    if verb == "show" and not question and not wanted:
        return Show()
    if verb != "dial" or (question and wanted):
        return _NOT_OURS
    if question:
        name, _, wanted = query.partition("=")
        if slash or name != "number" or "&" in wanted:
            return _NOT_OURS
    return _read_sip(wanted) if "@" in wanted else _read_escaped_tel(wanted)


def _read_scheme(scheme: str, rest: str) -> Asked:
    if any(ord(char) < 0x20 or char == '"' for char in rest):  # also in the parts that are dropped
        return _NOTHING
    if scheme.startswith("sip"):
        return _read_sip(rest)
    if rest.lstrip(" ").startswith("//"):
        rest = rest.lstrip(" ").removeprefix("//").removesuffix("/")
        if _DOTTED_QUAD.fullmatch(rest):  # a URL parser read the number as the address of a computer
            return Rejected(LinkRefusal.DAMAGED)
    if scheme == "callto":
        rest = _TYPE_OF_CALLTO.sub("", rest)
    return _read_escaped_tel(rest)


def _read_escaped_tel(rest: str) -> Asked:
    again = _AGAIN.match(rest)
    plain = _decoded(rest[again.end() :] if again is not None else rest)
    return _NOTHING if plain is None else _read_tel(plain.partition("?")[0])


def _read_tel(text: str) -> Asked:
    """RFC 3966, and what pages write instead; `text` has no escapes any more."""
    written, *rest = text.split(";")
    parameters = _tel_parameters(rest)
    if parameters is None:
        return _NOTHING
    written, extension = _without_tail(written)
    context = parameters.get("phone-context", "")
    if _CONTEXT_PREFIX.fullmatch(context):
        if written and not written.lstrip(" (").startswith("+"):
            written = f"{context.rstrip('().-')} {written.strip()}"
    elif context and not _CONTEXT_DOMAIN.fullmatch(context):
        return _NOTHING
    signalled = parameters.get("ext", "")
    if signalled:
        extension = "".join(char for char in signalled if char in "0123456789")[:10]
    return _number(written, extension)


def _without_tail(written: str) -> tuple[str, str]:
    """Takes off what is sent after the call is answered, and an extension in words; gives back the extension."""
    written = _POST_DIAL.sub("", written)
    for found in _WRITTEN_EXTENSION.finditer(written):
        if found.end() == len(written.rstrip(" ")):
            return written[: found.start()], found.group(1)
    return written, ""


def _number(written: str, extension: str) -> Asked:
    text = " ".join(written.split()).rstrip("(.-/ ")
    digits = sum(char in "0123456789" for char in text)
    is_global = text.lstrip("( ").startswith("+") and not {"*", "#"} & set(text)
    most = _MOST_DIGITS_GLOBAL + text.count("(0)") if is_global else _MOST_DIGITS
    if not 0 < digits <= most or not _PHONE.fullmatch(text):
        return _NOTHING
    return Number(text, extension)


def _tel_parameters(pairs: list[str]) -> dict[str, str] | None:
    """None when RFC 3966 forbids to use the number: an unknown mandatory parameter, or one that stands there twice."""
    known: dict[str, str] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        name = name.strip().lower()
        if name.startswith("m-") or (name in known and name in _ONCE_ONLY):
            return None
        known[name] = value.strip()
    return known


def _read_sip(rest: str) -> Asked:
    """RFC 3261 section 19.1; headers and parameters go, and what they ask for is not done."""
    uri, question, headers = rest.removeprefix("//").partition("?")
    if "@" not in uri:
        return _NOTHING if question and "@" in headers else _read_escaped_tel(uri)
    if uri.count("@") > 1:
        return _NOTHING
    user, _, host = uri.partition("@")
    host, _, parameters = host.partition(";")
    plain_user = _decoded(user.partition(":")[0])
    if plain_user is None or "@" in plain_user:
        return _NOTHING
    if "user=phone" in parameters.lower().split(";"):
        return _read_tel(plain_user)
    return _read_address(f"{plain_user.partition(';')[0]}@{host}")


def _read_address(address: str) -> Asked:
    user, _, host = address.rpartition("@")
    host = host.removesuffix("/").removesuffix(".")
    if not _SIP_USER.fullmatch(user) or not _SIP_HOST.fullmatch(host):
        return _NOTHING
    return SipAddress(user, host.lower())


def _decoded(text: str) -> str | None:
    """Percent-decoded, once: what still has an escape then was made to deceive somebody on the way."""
    if _BROKEN_ESCAPE.search(text):
        return None
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        return None
    return None if "%" in decoded else _safe(decoded)


def _safe(text: str) -> str | None:
    """ASCII, with foreign spaces and dashes made plain; None if there are signs that no number or address has."""
    if any(char in _UNSAFE or char in _REORDERING for char in text):
        return None
    plain = ascii_spelling(text)
    return None if plain is None or not plain.isprintable() else plain
