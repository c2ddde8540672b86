"""Every message between a page and the toolbar, as strict types; the JSON Schema in docs/ is made of them. Pure.

One JSON object per text frame, told apart by `type`; `v` is the version. A page numbers its requests (`id`); the answer
says to which it belongs (`re`). Times are seconds since the epoch, 0 while it has not happened.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

VERSION = 1
MAX_MESSAGE_BYTES = 65_536

Topic = Literal["calls", "agent"]
What = Literal["dialing", "alerting", "ringing", "answered", "held", "resumed", "changed", "ended"]
MessageId = Annotated[int, Meta(ge=0, le=2_147_483_647)]
CallId = Annotated[str, Meta(max_length=64)]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    v: Literal[1] = 1


# ---------------------------------------------------------------------- requests of a page


class Request(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of a page; `v` must be said."""

    v: Literal[1]
    id: MessageId


class Hello(Request, frozen=True, forbid_unknown_fields=True, tag="hello"):
    """The first message of a page that is paired. Answer: welcome."""

    token: Annotated[str, Meta(max_length=64, pattern="^[A-Za-z0-9_-]+$")]


class Pair(Request, frozen=True, forbid_unknown_fields=True, tag="pair"):
    """The first message of a page that is not: the toolbar shows a code. Answer: pairing."""


class PairCode(Request, frozen=True, forbid_unknown_fields=True, tag="pair_code"):
    """The code, as the person typed it into the page. Answer: paired."""

    code: Annotated[str, Meta(min_length=6, max_length=6, pattern="^[0-9]{6}$")]


class Dial(Request, frozen=True, forbid_unknown_fields=True, tag="dial"):
    """A number, SIP address or tel: link to be called; the agent is asked first. Answer: asked, later dial_settled."""

    number: Annotated[str, Meta(min_length=1, max_length=256)]


class Show(Request, frozen=True, forbid_unknown_fields=True, tag="show"):
    """The toolbar comes to the front, as far as the desktop lets it. Answer: done."""


class Subscribe(Request, frozen=True, forbid_unknown_fields=True, tag="subscribe"):
    """What the page wants to be told; takes the place of an earlier one. Answer: snapshot, then events."""

    topics: Annotated[tuple[Topic, ...], Meta(max_length=2)] = ("calls", "agent")


class SetSubject(Request, frozen=True, forbid_unknown_fields=True, tag="set_subject"):
    """The line about a call; call "": the current one or the one that has just ended. Answer: done."""

    text: Annotated[str, Meta(max_length=2000)]
    call: CallId = ""


class SetDisposition(Request, frozen=True, forbid_unknown_fields=True, tag="set_disposition"):
    """The outcome in the wrap-up that is open: one of its `dispositions`, "" for none. Answer: done."""

    disposition: Annotated[str, Meta(max_length=64)]
    call: CallId = ""


class SetWrapUp(Request, frozen=True, forbid_unknown_fields=True, tag="set_wrap_up"):
    """Opens the wrap-up of a call, or finishes it, if the settings let pages do so. Answer: done."""

    open: bool
    call: CallId = ""


AnyRequest = Hello | Pair | PairCode | Dial | Show | Subscribe | SetSubject | SetDisposition | SetWrapUp


# ---------------------------------------------------------------------- what a page is told of


class PageContact(msgspec.Struct, frozen=True):
    """Whom the number belongs to for certain. crm_id, crm_url: of the record in the CRM, "" if it did not say."""

    name: str
    company: str = ""
    importance: Literal["normal", "high", "vip"] = "normal"
    crm_id: str = ""
    crm_url: str = ""


class PageCall(msgspec.Struct, frozen=True):
    """A call. number: E.164 where it can be told, else as it was sent; "" when the caller withheld it.

    Attributes:
        shown: the number as people read it. name: as the network said it, "" if it did not.
        end_cause: "" while it is live; see docs/local-api.md.
    """

    id: str
    direction: Literal["incoming", "outgoing"]
    state: Literal["dialing", "alerting", "ringing", "answering", "connected", "ended"]
    held: bool
    number: str
    shown: str
    name: str
    contact: PageContact | None
    queue: str
    subject: str
    started_s: float
    answered_s: float
    ended_s: float
    end_cause: str


class PageAgent(msgspec.Struct, frozen=True):
    """state: see docs/local-api.md. reason: code of the not-ready reason. since_s: of the last change."""

    state: Literal["cti_off", "connecting", "ready", "not_ready", "ringing", "on_call", "wrap_up", "unknown", "asleep"]
    reason: str
    since_s: float


class PageTransfer(msgspec.Struct, frozen=True):
    """call: the customer's, which is handed over to `target`. outcome: "" while nobody knows."""

    call: str
    kind: Literal["blind", "consultation"]
    state: str
    target: str
    outcome: str


class PageDisposition(msgspec.Struct, frozen=True):
    code: str
    label: str


class PageWrapUp(msgspec.Struct, frozen=True):
    """The record that is open. missing: what must still be filled in. deadline_s: 0 for no limit."""

    call: str
    subject: str
    disposition: str
    missing: tuple[Literal["subject", "disposition"], ...]
    deadline_s: float
    dispositions: tuple[PageDisposition, ...]


# ---------------------------------------------------------------------- answers


class Answer(Message, frozen=True, kw_only=True):
    re: int


class Done(Answer, frozen=True, tag="done"):
    """It was done."""


class Welcome(Answer, frozen=True, tag="welcome"):
    """The token is good. wrap_up: pages may open and finish the wrap-up."""

    origin: str
    wrap_up: bool


class PairingBegun(Answer, frozen=True, tag="pairing"):
    """The toolbar shows a code for so many seconds; after so many wrong ones it is over."""

    expires_s: int
    tries: int


class Paired(Answer, frozen=True, tag="paired"):
    """The connection is open; the page keeps the token for the next one."""

    token: str
    origin: str
    wrap_up: bool


class Asked(Answer, frozen=True, tag="asked"):
    """waits: the agent is asked; else it is dialled already."""

    waits: bool


class Snapshot(Answer, frozen=True, tag="snapshot"):
    """Everything of the topics. current: id of the call that the toolbar's buttons act on, "" for none."""

    calls: tuple[PageCall, ...]
    current: str
    transfer: PageTransfer | None
    wrap_up: PageWrapUp | None
    agent: PageAgent | None


class Refused(Answer, frozen=True, tag="refused"):
    """It was not done. code is for programs, text is for people, in the toolbar's language."""

    code: str
    text: str


# ---------------------------------------------------------------------- events


class CallChanged(Message, frozen=True, tag="call", kw_only=True):
    """Something happened to a call. changed: nothing but what is known of it, such as the contact."""

    what: What
    call: PageCall
    current: str


class AgentChanged(Message, frozen=True, tag="agent", kw_only=True):
    agent: PageAgent


class TransferChanged(Message, frozen=True, tag="transfer", kw_only=True):
    """None: there is none any more."""

    transfer: PageTransfer | None


class WrapUpChanged(Message, frozen=True, tag="wrap_up", kw_only=True):
    """None: there is none any more."""

    wrap_up: PageWrapUp | None


class DialSettled(Message, frozen=True, tag="dial_settled", kw_only=True):
    """What became of the request `re`: the id of the call, None if nobody was called."""

    re: int
    call: str | None


class PairingOver(Message, frozen=True, tag="pairing_over", kw_only=True):
    """The code is not good any more."""

    why: Literal["expired", "refused", "wrong_codes"]


AnyAnswer = Done | Welcome | PairingBegun | Paired | Asked | Snapshot | Refused
AnyEvent = CallChanged | AgentChanged | TransferChanged | WrapUpChanged | DialSettled | PairingOver


class _Numbered(msgspec.Struct):
    id: MessageId = 0


_numbers = msgspec.json.Decoder(_Numbered)
_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)


class BadMessageError(ValueError):
    """A text that is no request of this version; says why in English, for who writes the page."""


def parse_request(text: str) -> AnyRequest:
    """Raises BadMessageError for everything that is not exactly a request."""
    try:
        return _requests.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        raise BadMessageError(str(fault)[:200]) from fault


def id_of(text: str) -> int:
    """The `id` of a message that is otherwise no request, 0 if it has none: so that its sender gets an answer."""
    try:
        return _numbers.decode(text).id
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return 0


def encode(message: AnyAnswer | AnyEvent) -> str:
    return msgspec.json.encode(message).decode()
