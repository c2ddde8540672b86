"""A module of PJSIP (pjsip/sip_module.h) written with ctypes: it sees each message before the library's own layers.

PJSUA2 has no such place. The layouts are those of pjproject 2.15 and are verified at start (see MessageTap.verify).
"""

from __future__ import annotations

import ctypes
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pjsua2 as pj

_BEFORE_TRANSACTIONS = 12  # between PJSIP_MOD_PRIORITY_TRANSPORT_LAYER (8) and _TSX_LAYER (16)
_MAX_PACKET = 4000  # PJSIP_MAX_PKT_LEN
_BAD_SDP = 220020  # PJMEDIA_SDP_EINSDP: the library answers 400 by itself
_VERIFY_TURNS = 50
_PROBE = (
    "OPTIONS sip:probe@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKprobe\r\n"
    "Max-Forwards: 1\r\nFrom: <sip:probe@127.0.0.1>;tag=1\r\nTo: <sip:probe@127.0.0.1>\r\n"
    "Call-ID: probe\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
)

_ON_MESSAGE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class _Text(ctypes.Structure):
    """pj_str_t."""

    _fields_ = (("ptr", ctypes.c_void_p), ("slen", ctypes.c_ssize_t))


class _SdpOfMessage(ctypes.Structure):
    """pjsip_rdata_sdp_info (pjsip-ua/sip_inv.h), which the library keeps with the message."""

    _fields_ = (("body", _Text), ("sdp_err", ctypes.c_int), ("sdp", ctypes.c_void_p))


class _Received(ctypes.Structure):
    """The beginning of pjsip_rx_data (pjsip/sip_transport.h), up to where in the packet this message is."""

    _fields_ = (
        ("pool", ctypes.c_void_p),
        ("transport", ctypes.c_void_p),
        ("tp_data", ctypes.c_void_p),
        ("op_key", ctypes.c_void_p * 35),
        ("timestamp", ctypes.c_long * 2),
        ("packet", ctypes.c_ubyte * _MAX_PACKET),
        ("zero", ctypes.c_uint32),
        ("length", ctypes.c_ssize_t),
        ("family", ctypes.c_uint16),
        ("port", ctypes.c_ubyte * 2),
        ("ip", ctypes.c_ubyte * 4),
        ("rest_of_address", ctypes.c_ubyte * 20),  # pj_sockaddr holds an IPv6 address too
        ("address_length", ctypes.c_int),
        ("source_name", ctypes.c_char * 46),
        ("source_port", ctypes.c_int),
        ("message", ctypes.c_void_p),
        ("message_length", ctypes.c_int),
    )


class _Module(ctypes.Structure):
    """pjsip_module."""

    _fields_ = (
        ("prev", ctypes.c_void_p),
        ("next", ctypes.c_void_p),
        ("name", _Text),
        ("id", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("load", ctypes.c_void_p),
        ("start", ctypes.c_void_p),
        ("stop", ctypes.c_void_p),
        ("unload", ctypes.c_void_p),
        ("on_rx_request", _ON_MESSAGE),
        ("on_rx_response", _ON_MESSAGE),
        ("on_tx_request", ctypes.c_void_p),
        ("on_tx_response", ctypes.c_void_p),
        ("on_tsx_state", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True)
class TappedRequest:
    """A request as it came. source: IPv4 address; text: of at most the library's message buffer."""

    source: str
    text: str


class MessageTap:
    """Shows requests and SDP to its owner before the library acts on them. Must live as long as the library does."""

    def __init__(self, answers: Callable[[TappedRequest], int], spoils: Callable[[bytes], bool]) -> None:
        """answers: the status to answer with, 0 to let the request pass; spoils: True makes this SDP count as broken.

        Both run inside of the library: they must not call it and must not raise. libInit must have been called.
        """
        self._answers = answers
        self._spoils = spoils
        self._verified = False
        self._probe_port = 0
        library = ctypes.CDLL(str(next(Path(pj.__file__).parent.glob("_pjsua2*"))))
        self._sdp_of = library.pjsip_rdata_get_sdp_info
        self._sdp_of.argtypes = [ctypes.c_void_p]
        self._sdp_of.restype = ctypes.POINTER(_SdpOfMessage)
        self._respond = library.pjsip_endpt_respond_stateless
        self._respond.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 3]
        library.pjsua_get_pjsip_endpt.restype = ctypes.c_void_p
        self._endpoint = library.pjsua_get_pjsip_endpt()
        self._name = ctypes.create_string_buffer(b"mod-message-tap")
        self._module = _Module(
            name=_Text(ctypes.addressof(self._name), len(self._name.value)),
            id=-1,
            priority=_BEFORE_TRANSACTIONS,
            on_rx_request=_ON_MESSAGE(self._on_request),
            on_rx_response=_ON_MESSAGE(self._on_response),
        )
        library.pjsip_endpt_register_module.argtypes = [ctypes.c_void_p, ctypes.POINTER(_Module)]
        self._status = library.pjsip_endpt_register_module(self._endpoint, ctypes.byref(self._module))

    def verify(self, address: tuple[str, int], pump: Callable[[], None]) -> bool:
        """Sends a request to our own port: True when it was seen with the right source. Else nothing is ever refused.

        pump: lets the library handle events for a few milliseconds.
        """
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            self._probe_port = probe.getsockname()[1]
            probe.sendto(_PROBE.format(port=self._probe_port).encode(), address)
            for _ in range(_VERIFY_TURNS):
                pump()
                if not self._probe_port:
                    break
        return self._verified and not self._status

    def _on_request(self, message: int) -> int:
        received = _Received.from_address(message)
        if self._probe_port:
            right = received.port[0] << 8 | received.port[1], bytes(received.ip), _text_of(message, received)
            probe = _PROBE.format(port=self._probe_port)
            self._verified = right == (self._probe_port, b"\x7f\x00\x00\x01", probe)
            self._probe_port = 0
            return 1
        if self._verified:
            text = _text_of(message, received)
            status = self._answers(TappedRequest(".".join(map(str, received.ip)), text))
            if status:
                self._respond(self._endpoint, message, status, None, None, None)
                return 1
        self._look_at_sdp(message)
        return 0

    def _on_response(self, message: int) -> int:
        self._look_at_sdp(message)
        return 0

    def _look_at_sdp(self, message: int) -> None:
        found = self._sdp_of(message)
        if found and found.contents.body.ptr and found.contents.sdp:
            body = found.contents.body
            if self._spoils(ctypes.string_at(body.ptr, body.slen)):
                found.contents.sdp_err = _BAD_SDP
                found.contents.sdp = None


def _text_of(message: int, received: _Received) -> str:
    """The text of this message: by TCP several may have come in one packet."""
    packet = message + _Received.packet.offset
    start = (received.message or 0) - packet
    if not 0 <= start <= _MAX_PACKET:
        return ""
    length = max(0, min(received.message_length, _MAX_PACKET - start))
    return ctypes.string_at(packet + start, length).decode("utf-8", "surrogateescape")
