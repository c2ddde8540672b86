"""Keeps SDP away from the library that would end this process in a live assertion. SIP thread only.

A module of PJSIP (pjsip/sip_module.h), written with ctypes, looks at each message before the transaction layer does.
"""

from __future__ import annotations

import ctypes
import logging
import re
from pathlib import Path

import pjsua2 as pj

_log = logging.getLogger(__name__)

_BEFORE_TRANSACTIONS = 12  # between PJSIP_MOD_PRIORITY_TRANSPORT_LAYER (8) and _TSX_LAYER (16)
_BAD_SDP = 220020  # PJMEDIA_SDP_EINSDP: the library then answers 400 by itself
_PASS_ON = 0
_MAX_PACKET_MS = 500.0
_PACKET_TIME = re.compile(rb"^a=(?:max)?ptime:[ \t]*([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(rb"^([a-z])=", re.MULTILINE | re.IGNORECASE)

_ON_MESSAGE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class _Text(ctypes.Structure):
    """pj_str_t."""

    _fields_ = (("ptr", ctypes.c_void_p), ("slen", ctypes.c_ssize_t))


class _SdpOfMessage(ctypes.Structure):
    """pjsip_rdata_sdp_info (pjsip-ua/sip_inv.h), which the library keeps with the message."""

    _fields_ = (("body", _Text), ("sdp_err", ctypes.c_int), ("sdp", ctypes.c_void_p))


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


def is_dangerous(sdp: bytes) -> bool:
    """SDP that RFC 4566 forbids and that the library lets through to an assertion.

    Section 6: "ptime" and "maxptime" are positive times; a negative one ends in the stream's buffers.
    Section 5.7: one "c=" for the session or one for each media; a media of port 0 without it ends in `create_answer`.
    """
    if any(not _is_packet_time(found[1]) for found in _PACKET_TIME.finditer(sdp)):
        return True
    kinds = [found[1].lower() for found in _LINE.finditer(sdp)]
    if b"m" not in kinds:
        return False
    session, *medias = b"".join(kinds).split(b"m")
    return b"c" not in session and any(b"c" not in media for media in medias)


def _is_packet_time(value: bytes) -> bool:
    found = re.fullmatch(rb"(\d{1,6}(?:\.\d{1,6})?)\s*", value)
    return found is not None and 1.0 <= float(found[1]) <= _MAX_PACKET_MS


class SdpGuard:
    """Marks dangerous SDP as broken. Must live as long as the library does."""

    def __init__(self) -> None:
        package = Path(pj.__file__).parent
        library = ctypes.CDLL(str(next(package.glob("_pjsua2*"))))
        self._sdp_of = library.pjsip_rdata_get_sdp_info
        self._sdp_of.argtypes = [ctypes.c_void_p]
        self._sdp_of.restype = ctypes.POINTER(_SdpOfMessage)
        self._name = ctypes.create_string_buffer(b"mod-sdp-guard")
        look = _ON_MESSAGE(self._look)
        self._module = _Module(
            name=_Text(ctypes.addressof(self._name), len(self._name.value)),
            id=-1,
            priority=_BEFORE_TRANSACTIONS,
            on_rx_request=look,
            on_rx_response=look,
        )
        library.pjsua_get_pjsip_endpt.restype = ctypes.c_void_p
        register = library.pjsip_endpt_register_module
        register.argtypes = [ctypes.c_void_p, ctypes.POINTER(_Module)]
        status = register(library.pjsua_get_pjsip_endpt(), ctypes.byref(self._module))
        if status:
            _log.error("the guard of SDP could not be set up: %d", status)

    def _look(self, message: int) -> int:
        found = self._sdp_of(message)
        if found and found.contents.body.ptr and found.contents.sdp:
            body = found.contents.body
            if is_dangerous(ctypes.string_at(body.ptr, body.slen)):
                found.contents.sdp_err = _BAD_SDP
                found.contents.sdp = None
        return _PASS_ON
