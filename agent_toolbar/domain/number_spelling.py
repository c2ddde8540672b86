"""Takes a written number out of its wrapping: URI schemes, parameters, foreign spaces. Pure text, no numbering plan."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

_SCHEME = re.compile(r"(tel|callto|sips?):", re.IGNORECASE)
_SIP_ADDRESS = re.compile(
    r"[A-Za-z0-9\-_.!~*'&=+$,%]+@(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
)
_SEPARATORS = str.maketrans("", "", " .-()/")
_FOREIGN_SEPARATORS = frozenset({"Zs", "Pd"})
_GLOBAL_CONTEXT = re.compile(r"\+[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A number or address without its wrapping.

    Attributes:
        text: ASCII only; address: it is user@host, already with its host in lower case.
        extension: the digits of an "ext" parameter (RFC 3966 section 5.3).
    """

    text: str
    address: bool = False
    extension: str = ""

    @property
    def compact(self) -> str:
        """Without spaces, dots, dashes, slashes and brackets."""
        return self.text.translate(_SEPARATORS)


def unwrap(shown: str) -> Spelling | None:
    """The spelling inside `shown` (a tel:, callto: or sip: URI, an address or digits), or None if it has foreign signs.

    Digits of other scripts are refused and not converted: what looks like a number to the eye must be one to the PBX.
    """
    text = shown.strip(" <>")
    scheme = _SCHEME.match(text)
    if scheme is None:
        plain = ascii_spelling(text)
        if plain is None:
            return None
        return _address(plain) if "@" in plain else Spelling(plain)
    plain = ascii_spelling(unquote(text[scheme.end() :]).strip())
    if plain is None:
        return None
    if scheme.group(1).lower().startswith("sip"):
        return _from_sip(plain)
    return _from_tel(plain)


def ascii_spelling(text: str) -> str | None:
    """With spaces and dashes of other scripts as spaces and without format characters; None if more is not ASCII."""
    if text.isascii():
        return text if text.isprintable() else None
    kept: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char.isascii():
            kept.append(char)
        elif category in _FOREIGN_SEPARATORS:
            kept.append(" ")
        elif category != "Cf":
            return None
    return "".join(kept).strip()


def _from_tel(text: str) -> Spelling:
    """RFC 3966: a local number with a global phone-context belongs to that country code."""
    digits, _, rest = text.partition(";")
    parameters = _parameters(rest)
    context = parameters.get("phone-context", "")
    if _GLOBAL_CONTEXT.fullmatch(context) and not digits.lstrip().startswith("+"):
        digits = context + digits
    return Spelling(digits.strip(), extension=_digits(parameters.get("ext", "")))


def _from_sip(text: str) -> Spelling | None:
    """RFC 3261 section 19.1: with user=phone, and without a host, the user part is a telephone number."""
    uri = text.partition("?")[0]
    user, at, host_and_parameters = uri.rpartition("@")
    if not at:
        return _from_tel(uri)
    host, _, parameters = host_and_parameters.partition(";")
    user_without_password = user.partition(":")[0]
    if _parameters(parameters).get("user", "").lower() == "phone":
        return _from_tel(user_without_password)
    return _address(f"{user_without_password.partition(';')[0]}@{host}")


def _address(text: str) -> Spelling | None:
    if not _SIP_ADDRESS.fullmatch(text):
        return None
    user, _, host = text.rpartition("@")
    return Spelling(f"{user}@{host.lower()}", address=True)


def _parameters(text: str) -> dict[str, str]:
    pairs = (parameter.partition("=") for parameter in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _digits(text: str) -> str:
    return "".join(char for char in text if "0" <= char <= "9")
